import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { keepAlive } from '../support/http-request.js';
import { ServerProcess } from '../support/server-process.js';
import { Administrator } from '../support/administrator.js';
import { openHistory } from './history.js';
import { planRows, realmFor, type DoorName, type PlanOptions, type ProofRealm } from './proof-plan.js';
import { proofRealmFile } from './proof-realm.js';
import { LIMITS_OF_THE_PROOF, provedTable, type ProvedRow } from './report.js';
import { runRound, type ProofGround } from './round.js';
import { violationsOf } from './violations.js';

/** What the command line says. */
export interface ProofOptions extends PlanOptions {
  /** An empty database to use instead of a SQLite file in a temporary folder. */
  readonly databaseUrl?: string;
  /** Another server program than the project's build. */
  readonly program?: string;
  /** Leaves the temporary folder behind, to look at the database. */
  readonly keep: boolean;
}

/**
 * @throws TypeError for an option that does not exist
 */
export function readOptions(args: readonly string[]): ProofOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rounds: { type: 'string', default: '50' },
      parallel: { type: 'string', default: '64' },
      caps: { type: 'string', default: '1,3,10' },
      doors: { type: 'string', default: 'direct,browser' },
      'default-hash-rounds': { type: 'string', default: '5' },
      'database-url': { type: 'string' },
      program: { type: 'string' },
      keep: { type: 'boolean', default: false },
    },
  });
  return {
    rounds: atLeast(1, 'rounds', values.rounds),
    parallel: atLeast(2, 'parallel', values.parallel),
    caps: values.caps.split(',').map((cap) => atLeast(1, 'caps', cap)),
    doors: values.doors.split(',').map(doorNamed),
    defaultHashRounds: atLeast(0, 'default-hash-rounds', values['default-hash-rounds']),
    keep: values.keep,
    ...(values['database-url'] === undefined ? {} : { databaseUrl: values['database-url'] }),
    ...(values.program === undefined ? {} : { program: values.program }),
  };
}

/** Runs the proof and prints its table; true when nothing was violated. */
export async function proveLimits(options: ProofOptions): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-proof-'));
  try {
    const realms = planRows(options).map(realmFor);
    const databaseUrl = options.databaseUrl ?? `sqlite:${join(folder, 'proof.sqlite')}`;
    const server = await startServer(folder, realms, databaseUrl, options.program);
    try {
      return await proveOn(server, databaseUrl, realms, options.parallel);
    } finally {
      await server.stop();
    }
  } finally {
    if (options.keep) console.log(`The database and the realm files are in ${folder}`);
    else await rm(folder, { recursive: true, force: true });
  }
}

async function startServer(
  folder: string,
  realms: readonly ProofRealm[],
  databaseUrl: string,
  program: string | undefined,
): Promise<ServerProcess> {
  const files = join(folder, 'realms');
  await mkdir(files);
  for (const realm of realms) {
    await writeFile(join(files, `${realm.name}.json`), JSON.stringify(proofRealmFile(realm)));
  }
  return ServerProcess.start({
    ...(program === undefined ? {} : { program }),
    settings: {
      SLUICE_DATABASE_URL: databaseUrl,
      SLUICE_IMPORT: files,
      SLUICE_ENCRYPTION_KEY: randomBytes(32).toString('base64'),
    },
  });
}

async function proveOn(
  server: ServerProcess,
  databaseUrl: string,
  realms: readonly ProofRealm[],
  parallel: number,
): Promise<boolean> {
  const agent = keepAlive(parallel);
  const ground: ProofGround = {
    agent,
    server: server.url,
    administrator: new Administrator(agent, server.url, server.admin),
    history: await openHistory(databaseUrl),
  };
  const proved: ProvedRow[] = [];
  const seen = new Set<string>();
  try {
    for (const realm of realms) proved.push(await proveRow(ground, realm, seen));
  } finally {
    await ground.history.close();
    agent.destroy();
  }
  console.log(`\n${provedTable(proved)}\n\n${LIMITS_OF_THE_PROOF}`);
  return proved.every(({ violations }) => violations.length === 0);
}

/** @param seen ids of all sessions so far, to which the row's are added */
async function proveRow(ground: ProofGround, realm: ProofRealm, seen: Set<string>): Promise<ProvedRow> {
  const latencies: number[] = [];
  const violations: string[] = [];
  let [admitted, denied, evicted] = [0, 0, 0];
  for (const [index, user] of realm.users.entries()) {
    const { observation, latencies: measured } = await runRound(ground, realm, user);
    const reused = observation.history.filter(({ id }) => seen.has(id));
    for (const { id } of observation.history) seen.add(id);
    const found = [...violationsOf(observation), ...reused.map(({ id }) => `the id ${id} was used before`)];
    for (const violation of found) console.error(`${realm.name}, round ${index + 1}: ${violation}`);
    violations.push(...found);
    latencies.push(...measured);
    admitted += observation.admitted.length;
    denied += observation.denied;
    evicted += observation.history.filter(({ end }) => end?.reason === 'evicted').length;
    showProgress(`${realm.name}: round ${index + 1} of ${realm.users.length}`);
  }
  return { row: realm.row, admitted, denied, evicted, violations, latencies };
}

/** One line that is written over; a log file gets nothing of it. */
function showProgress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[2K${text}`);
}

function atLeast(least: number, option: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < least)
    throw new TypeError(`--${option} takes whole numbers from ${least}: ${text}`);
  return value;
}

function doorNamed(name: string): DoorName {
  if (name === 'direct' || name === 'browser') return name;
  throw new TypeError(`--doors takes direct and browser: ${name}`);
}
