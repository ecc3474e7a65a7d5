import { Option, type Command } from 'commander';
import { DOOR_NAMES, planRows, type PlanOptions } from '../proof/proof-plan.js';
import { prove } from '../proof/prove.js';
import { NOT_PROVED, provedJson, provedTable, totalsOf, type ProvedRow } from '../proof/report.js';
import { listOf, oneOf, wholeFrom } from './arguments.js';
import { EXIT } from './exit-codes.js';
import { interruptible } from './interruption.js';
import { onGround, type Prepared, type ProofTarget } from './proof-ground.js';
import { terminalOf } from './program-options.js';
import type { Terminal } from './terminal.js';

type ProofFlags = PlanOptions & ProofTarget;

export const addProof = (program: Command): void =>
  void program
    .command('proof')
    .description(
      'Race many logins of one user against a session cap, on any server with the API of Keycloak; ends with 1 when it was exceeded. It works in realms of its own and deletes them.',
    )
    .addOption(new Option('--url <url...>', 'the nodes of a server that runs; logins are spread over them'))
    .option('--admin-user <name>', 'an administrator of master, who is made with --start', 'admin')
    .addOption(
      new Option('--admin-password <password>', 'of the administrator; with --start a random one unless given').env(
        'PROOF_ADMIN_PASSWORD',
      ),
    )
    .addOption(
      new Option('--start <n>', 'start so many nodes of this server for it; one unless --url is given')
        .argParser(wholeFrom(1))
        .conflicts('url'),
    )
    .option(
      '--database-url <url>',
      'with --start: an empty database (a temporary SQLite file unless given); with --url: the database of a Sluice, to look into',
    )
    .option('--pooler', 'with --start: PgBouncer in transaction mode stands before the database')
    .option('--kill', 'with --start: end nodes with SIGKILL and start them again while logins run')
    .option('--rounds <n>', 'rounds of each row, each with a fresh user', wholeFrom(1), 50)
    .option('--parallel <n>', 'logins of a round, all at once', wholeFrom(2), 64)
    .option('--caps <list>', 'sessions of a user in the realm', listOf(wholeFrom(1)), [1, 3, 10])
    .option('--doors <list>', 'ways to log in', listOf(oneOf(DOOR_NAMES)), DOOR_NAMES)
    .option('--default-hash-rounds <n>', 'rounds with the default password hash', wholeFrom(0), 5)
    .option('--keep', 'leave the realms, and a temporary database, behind')
    .action(run);

async function run(flags: ProofFlags, command: Command): Promise<void> {
  const terminal = terminalOf(command);
  const holds = await interruptible((giveUp) =>
    onGround(flags, (prepared) => proveOn(prepared, flags, terminal, giveUp)),
  );
  if (!holds) process.exitCode = EXIT.refused;
}

/** True when nothing was violated. */
async function proveOn(
  { ground, killer, folder }: Prepared,
  flags: ProofFlags,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<boolean> {
  const rows = planRows(flags);
  const total = rows.reduce((sum, { rounds }) => sum + rounds, 0);
  const keep = flags.keep ?? false;
  const bar = terminal.progress('Rounds');
  const began = performance.now();
  let proved: readonly ProvedRow[];
  try {
    proved = await prove({
      ground,
      rows,
      keep,
      signal,
      ...(killer && { killer }),
      progress: (done) => bar.at(done, total),
      violated: (sentence) => terminal.say(sentence),
    });
  } finally {
    bar.end();
  }
  if (keep && folder !== undefined) terminal.say(`The database is in ${folder}`);
  const totals = totalsOf(proved);
  const holds = totals.violations === 0;
  const seconds = Math.round((performance.now() - began) / 1000);
  const run = { nodes: ground.nodes.count, history: ground.history !== undefined, kills: killer?.kills ?? 0, seconds };
  terminal.result({ holds, ...totals, ...run, rows: provedJson(proved), notProved: NOT_PROVED }, [
    provedTable(proved),
    '',
    `${String(totals.rounds)} rounds, ${String(totals.logins)} logins, ${String(run.nodes)} nodes, ${String(run.kills)} times one was killed, ${String(seconds)} s: ${String(totals.violations)} violations.`,
    ...(run.history ? [] : ['From outside only: the database was not looked into (--database-url).']),
    ...NOT_PROVED.map((sentence) => `  (${sentence})`),
  ]);
  return holds;
}
