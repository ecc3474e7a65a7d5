import { availableParallelism, cpus } from 'node:os';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { alignedTable, thousands } from '../../src/proof/figures.js';
import { sluice } from '../support/command-line.js';
import { freshPostgres, type FreshDatabase } from '../support/databases.js';
import { PgBouncer } from '../support/pgbouncer.js';
import { crowd, type CrowdOutcome } from './lock-waits.js';

const PAGE = join(import.meta.dirname, '..', '..', 'docs', 'proof.md');
const [BEGIN, END] = ['<!-- written by npm run proof -->', '<!-- until here -->'];
const PROCESSORS = `${availableParallelism()} x ${cpus()[0]?.model ?? 'unknown processor'}`;
const CROWD = { users: 500, nodes: 3 };

/** What lies between the nodes and their database, and what happens to them. */
interface Deployment {
  readonly title: string;
  readonly database: 'sqlite' | 'postgres' | 'pgbouncer';
  readonly args: readonly string[];
}

const DEPLOYMENTS: Readonly<Record<string, Deployment>> = {
  sqlite: { title: 'SQLite', database: 'sqlite', args: ['--start', '1'] },
  'sqlite-kill': { title: 'SQLite, killed', database: 'sqlite', args: ['--start', '1', '--kill'] },
  postgres: { title: 'PostgreSQL, 1 node', database: 'postgres', args: ['--start', '1'] },
  nodes: { title: 'PostgreSQL, 3 nodes', database: 'postgres', args: ['--start', '3'] },
  kill: { title: 'PostgreSQL, 3 nodes, killed', database: 'postgres', args: ['--start', '3', '--kill'] },
  pgbouncer: { title: 'PgBouncer, 3 nodes', database: 'pgbouncer', args: ['--start', '3', '--pooler'] },
};
/** A node that is killed is down most of the time, and its rounds take so much longer. */
const KILLED_SHARE = 1 / 4;
/** Beside the deployments: see `crowd`. */
const LOCKS = 'locks';

export interface ProgrammeOptions {
  /** Rounds of each of the twelve rows of a deployment; a quarter of them where nodes are killed. */
  readonly rounds: number;
  readonly parallel: number;
  readonly only: readonly string[];
  /** Prints the tables instead of writing them into docs/proof.md. */
  readonly dry: boolean;
}

/** @throws TypeError for an option or a deployment that does not exist */
export function readOptions(args: readonly string[]): ProgrammeOptions {
  const all = [...Object.keys(DEPLOYMENTS), LOCKS];
  const { values } = parseArgs({
    args: [...args],
    options: {
      // Six deployments of twelve rows, two of them a quarter, and five rounds with the default hash in each: 5,118 rounds.
      rounds: { type: 'string', default: '94' },
      parallel: { type: 'string', default: '64' },
      only: { type: 'string', multiple: true, default: all },
      dry: { type: 'boolean', default: false },
    },
  });
  for (const name of values.only)
    if (!all.includes(name)) throw new TypeError(`--only takes ${all.join(', ')}: ${name}`);
  return { rounds: Number(values.rounds), parallel: Number(values.parallel), only: values.only, dry: values.dry };
}

/** What `sluice proof --json` says. */
interface Proved {
  readonly holds: boolean;
  readonly rounds: number;
  readonly logins: number;
  readonly lost: number;
  readonly violations: number;
  readonly kills: number;
  readonly seconds: number;
  readonly rows: readonly { readonly most: number; readonly cap: number; readonly latency: { readonly p99: number } }[];
}

/**
 * Runs everything, one after the other, and writes the tables as they grow: a programme of hours may be cut off. True when nothing was
 * violated anywhere.
 */
export async function programme(options: ProgrammeOptions): Promise<boolean> {
  const proved = new Map<string, Proved>();
  const textWith = (locks?: CrowdOutcome): string =>
    [pageOf(options, proved), ...(locks ? [locksAsText(locks)] : [])].join('\n\n');
  for (const [name, deployment] of Object.entries(DEPLOYMENTS)) {
    if (!options.only.includes(name)) continue;
    console.error(`${deployment.title} ...`);
    const rounds = Math.ceil(options.rounds * (deployment.args.includes('--kill') ? KILLED_SHARE : 1));
    const outcome = await proveOn(deployment, { ...options, rounds });
    proved.set(deployment.title, outcome);
    console.error(`  ${outcome.rounds} rounds, ${outcome.violations} violations, ${outcome.seconds} s`);
    if (!options.dry) await intoPage(textWith());
  }
  const locks = options.only.includes(LOCKS) ? await crowdOnPostgres() : undefined;
  if (options.dry) console.log(textWith(locks));
  else if (locks) await intoPage(textWith(locks));
  const locksHold = !locks || (locks.deadlocks === 0 && locks.over === 0 && locks.refused.length === 0);
  return locksHold && [...proved.values()].every(({ holds }) => holds);
}

async function proveOn({ database, args }: Deployment, { rounds, parallel }: ProgrammeOptions): Promise<Proved> {
  const postgres = database === 'sqlite' ? undefined : await freshPostgres();
  try {
    const bouncer = postgres && database === 'pgbouncer' ? await PgBouncer.before(postgres.url) : undefined;
    try {
      const url = bouncer?.url ?? postgres?.url;
      const sizes = ['--rounds', String(rounds), '--parallel', String(parallel), '--json'];
      const result = await sluice(
        ['proof', ...args, ...(url === undefined ? [] : ['--database-url', url]), ...sizes],
        {},
      );
      process.stderr.write(result.stderr);
      if (result.stdout === '') throw new Error(`The proof ended with ${String(result.code)} and proved nothing`);
      return result.json() as Proved;
    } finally {
      await bouncer?.stop();
    }
  } finally {
    await postgres?.drop();
  }
}

async function crowdOnPostgres(): Promise<CrowdOutcome> {
  const database: FreshDatabase = await freshPostgres();
  try {
    console.error(`${CROWD.users} users at two clients ...`);
    return await crowd({ databaseUrl: database.url, ...CROWD });
  } finally {
    await database.drop();
  }
}

function pageOf({ rounds, parallel }: ProgrammeOptions, proved: ReadonlyMap<string, Proved>): string {
  const total = (figure: (outcome: Proved) => number): number =>
    [...proved.values()].reduce((sum, outcome) => sum + figure(outcome), 0);
  const head = [
    'deployment',
    'rounds',
    'logins',
    'kills',
    'answers lost',
    'over a cap',
    'violations',
    'p99 ms',
    'seconds',
  ];
  const rows = [...proved].map(([title, outcome]) => [
    title,
    thousands(outcome.rounds),
    thousands(outcome.logins),
    String(outcome.kills),
    String(outcome.lost),
    `${outcome.rows.filter(({ most, cap }) => most > cap).length} of ${outcome.rows.length} rows`,
    String(outcome.violations),
    String(Math.max(...outcome.rows.map(({ latency }) => latency.p99))),
    String(outcome.seconds),
  ]);
  return `\`npm run proof -- --rounds ${rounds} --parallel ${parallel}\` on ${new Date().toISOString().slice(0, 10)} (${PROCESSORS}, Node ${process.versions.node}):
${thousands(total(({ rounds: count }) => count))} rounds, ${thousands(total(({ logins }) => logins))} logins, ${total(({ violations }) => violations)} violations. The p99 is that of the slowest row.

${alignedTable(head, rows)}`;
}

const locksAsText = ({ logins, refused, deadlocks, over, p50, p99, longestWait }: CrowdOutcome): string =>
  `**Lock waits**: ${CROWD.users} users at two clients, ${thousands(logins)} logins at one instant over ${CROWD.nodes} nodes on PostgreSQL: ${deadlocks} deadlocks, ${over} users over a cap, ${refused.length} refused.
A login took ${p50.toFixed(0)} ms (p50) and ${p99.toFixed(0)} ms (p99), most of it in the queue for the processors; no connection was seen waiting for a lock longer than ${longestWait.toFixed(0)} ms.`;

/** @throws Error when the page has no place for it */
async function intoPage(text: string): Promise<void> {
  const page = await readFile(PAGE, 'utf8');
  const [from, to] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (from < 0 || to < from) throw new Error(`docs/proof.md has no ${BEGIN} ... ${END}`);
  await writeFile(PAGE, `${page.slice(0, from + BEGIN.length)}\n\n${text}\n\n${page.slice(to)}`);
}
