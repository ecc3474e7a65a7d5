import fc from 'fast-check';
import type { OpenApi } from '../../src/web/api-docs/api-page.js';
import { FuzzRealm, REALM_WORDS, type FuzzedServer } from './fuzz-realm.js';
import { FuzzRound, type Finding } from './fuzz-round.js';
import { CallGenerator, type GeneratedCall } from './generated-calls.js';
import { WatchedDatabase } from './watched-database.js';

/** What came of a fuzz. */
export interface FuzzReport {
  readonly calls: number;
  readonly statuses: ReadonlyMap<number, number>;
  readonly findings: readonly Finding[];
}

export interface FuzzPlan {
  /** The same seed makes the same calls, as far as the server gives the same ids. */
  readonly seed: number;
  /** Each round has a realm of its own, and calls every operation. */
  readonly rounds: number;
  /** Calls of each operation in a round. */
  readonly callsEach: number;
  /** No call begins after this moment (milliseconds since the epoch). */
  readonly until?: number;
  readonly onRound?: (report: FuzzReport) => void;
}

/** After how many calls callers sign in again and the realm is looked at again. */
const FRESH_AFTER = 150;

/** Calls every operation of a server's own document again and again. Takes realms away that are not `master`. */
export async function fuzz(server: FuzzedServer, plan: FuzzPlan): Promise<FuzzReport> {
  const document = (await (await fetch(`${server.url}/docs/api/openapi.json`)).json()) as OpenApi;
  const generator = new CallGenerator(document, REALM_WORDS);
  const database = await WatchedDatabase.open(server.database);
  const statuses = new Map<number, number>();
  const findings: Finding[] = [];
  const isTimeLeft = (): boolean => plan.until === undefined || Date.now() < plan.until;
  let calls = 0;
  const report = (): FuzzReport => ({ calls, statuses, findings });
  try {
    for (let at = 0; at < plan.rounds && isTimeLeft(); at++) {
      const realm = await FuzzRealm.make(server, `fuzz-${plan.seed}-${at}`);
      const round = new FuzzRound(server, document, realm, database);
      for (const [place, call] of callsOf(generator, plan.seed + at, plan.callsEach).entries()) {
        if (!isTimeLeft()) break;
        if (place % FRESH_AFTER === FRESH_AFTER - 1) {
          await realm.signInAll();
          if (!(await realm.look())) break;
        }
        await round.make(call);
        calls++;
      }
      await realm.remove();
      findings.push(...round.findings);
      for (const [status, count] of round.statuses) statuses.set(status, (statuses.get(status) ?? 0) + count);
      plan.onRound?.(report());
    }
    return report();
  } finally {
    await database.close();
  }
}

/** Calls of every operation in an order of chance; what takes the realm away comes last. */
function callsOf(generator: CallGenerator, seed: number, each: number): readonly GeneratedCall[] {
  const calls = generator
    .operations()
    .flatMap(({ path, method }, at) => fc.sample(generator.callsOf(path, method), { numRuns: each, seed: seed + at }));
  const [order = []] = fc.sample(fc.shuffledSubarray(calls, { minLength: calls.length }), { numRuns: 1, seed });
  const isEnd = ({ path, method }: GeneratedCall): boolean => path === '/admin/realms/{realm}' && method === 'DELETE';
  return [...order.filter((call) => !isEnd(call)), ...order.filter(isEnd)];
}
