import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ServerProcess } from '../support/server-process.js';
import { fuzz, type FuzzReport } from './run-fuzz.js';

export interface FuzzOptions {
  readonly minutes: number;
  readonly seed: number;
}

const CALLS_EACH = 2;
const SHOWN = 30;

/** @throws TypeError for an option that does not exist, or is no number */
export function readOptions(args: readonly string[]): FuzzOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      minutes: { type: 'string', default: '10' },
      seed: { type: 'string', default: String(Date.now() % 1e6) },
    },
  });
  const minutes = Number(values.minutes);
  const seed = Number(values.seed);
  if (!(minutes > 0)) throw new TypeError(`--minutes takes a number above 0: ${values.minutes}`);
  if (!Number.isInteger(seed)) throw new TypeError(`--seed takes a whole number: ${values.seed}`);
  return { minutes, seed };
}

/** Fuzzes a server of its own and prints what it found; true when that is nothing. */
export async function fuzzAServer({ minutes, seed }: FuzzOptions): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-fuzz-'));
  const database = join(folder, 'fuzz.sqlite');
  const settings = { SLUICE_DATABASE_URL: `sqlite:${database}` };
  console.log(`Seed ${seed}, ${minutes} min`);
  try {
    const server = await ServerProcess.start({ settings });
    const { name: username, password } = server.admin;
    try {
      const report = await fuzz(
        { url: server.url, database, admin: { username, password } },
        {
          seed,
          rounds: Number.POSITIVE_INFINITY,
          callsEach: CALLS_EACH,
          until: Date.now() + minutes * 60_000,
          onRound: ({ calls, findings }) => console.log(`${calls} calls, ${findings.length} findings`),
        },
      );
      print(report);
      if (report.findings.length > 0)
        console.error(
          server.log.filter((line) => line.includes(`"level":50`) && !line.includes('MailNotSentError')).join('\n'),
        );
      return report.findings.length === 0;
    } finally {
      await server.stop();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function print({ calls, statuses, findings }: FuzzReport): void {
  const counts = [...statuses].sort(([a], [b]) => a - b).map(([status, count]) => `${status}: ${count}`);
  console.log(`${calls} calls; answers ${counts.join(', ')}`);
  for (const { what, request } of findings.slice(0, SHOWN)) console.error(`\n${what}\n  ${request}`);
  console.log(findings.length === 0 ? 'Nothing found.' : `${findings.length} findings.`);
}
