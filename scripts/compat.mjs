// npm run compat: replays the recorded answers of test/compat (oracle and more) on a server of its own, and fails when fewer cases pass than
// test/compat/floor.json says. The floor only rises: `npm run compat -- --raise` writes the new figure. Other arguments go to the
// replay (`--only <pattern>`, `-v`); with --only there is no floor.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, open, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildIfStale } from './build.mjs';
import { freePort, startServer, stopServer, untilReady } from './server-process.mjs';

const COMPAT = join(import.meta.dirname, '..', 'test', 'compat');
const FLOOR = join(COMPAT, 'floor.json');
/** How much of the server's log is shown when something fails. */
const LOG_LINES = 20;
const CREDENTIALS = { name: 'admin', password: 'admin' };

const given = process.argv.slice(2);
const raise = given.includes('--raise');
const passedOn = given.filter((argument) => argument !== '--raise');
const partial = passedOn.includes('--only');

/** The recorded answers: those of the oracle, and our own by area. */
async function goldens() {
  const own = join(COMPAT, 'more', 'golden');
  const areas = (await readdir(own)).filter((name) => name.endsWith('.json')).sort();
  return [join(COMPAT, 'oracle', 'golden', 'given.json'), ...areas.map((name) => join(own, name))];
}

/** Replays all of them, and gives one report. */
async function replayAll(base, folder) {
  const reports = [];
  for (const golden of await goldens()) reports.push(await replay(base, folder, golden));
  const sum = (member) => reports.reduce((all, report) => all + report[member], 0);
  return { passed: sum('passed'), total: sum('total'), cases: reports.flatMap(({ cases }) => cases) };
}

/** Runs the replay of one file, shows what it prints, and gives its report. */
async function replay(base, folder, golden) {
  const report = join(folder, 'report.json');
  const args = [join(COMPAT, 'oracle', 'compare.mjs'), '--base', base, '--golden', golden];
  const child = spawn(process.execPath, [...args, '--json', report, ...passedOn], {
    stdio: 'inherit',
    env: { ...process.env, ORACLE_ADMIN: CREDENTIALS.name, ORACLE_PASSWORD: CREDENTIALS.password },
  });
  await once(child, 'exit');
  return JSON.parse(await readFile(report, 'utf8'));
}

/** Says how the figure stands to the floor; true when the floor holds. */
async function holdsFloor({ passed, total, cases }) {
  const failing = cases.filter(({ ok }) => !ok).map(({ id }) => id);
  if (failing.length > 0) console.log(`failing: ${failing.join(' ')}`);
  if (partial) return failing.length === 0;
  const floor = JSON.parse(await readFile(FLOOR, 'utf8'));
  if (passed < floor.passed) {
    console.error(`Only ${passed} of ${total} cases pass; the floor is ${floor.passed} (test/compat/floor.json).`);
    return false;
  }
  if (raise && passed > floor.passed) await writeFile(FLOOR, `${JSON.stringify({ passed, total }, null, 2)}\n`);
  else if (passed > floor.passed)
    console.log(`The floor is ${floor.passed}: raise it with "npm run compat -- --raise".`);
  return true;
}

buildIfStale();
const folder = await mkdtemp(join(tmpdir(), 'sluice-compat-'));
const port = await freePort();
const base = `http://127.0.0.1:${port}`;
const log = join(folder, 'server.log');
const logFile = await open(log, 'a');
const settings = {
  SLUICE_HOST: '127.0.0.1',
  SLUICE_PORT: String(port),
  SLUICE_DATABASE_URL: `sqlite:${join(folder, 'compat.sqlite')}`,
  SLUICE_BOOTSTRAP_ADMIN_USERNAME: CREDENTIALS.name,
  SLUICE_BOOTSTRAP_ADMIN_PASSWORD: CREDENTIALS.password,
  SLUICE_LOG_LEVEL: 'warn',
};
const server = await startServer(settings, ['ignore', logFile.fd, logFile.fd]);
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => server.kill('SIGTERM'));
try {
  await untilReady(server, base);
  if (!(await holdsFloor(await replayAll(base, folder)))) process.exitCode = 1;
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  await stopServer(server);
  if (process.exitCode) console.error((await readFile(log, 'utf8')).split('\n').slice(-LOG_LINES).join('\n'));
  await logFile.close();
  await rm(folder, { recursive: true, force: true });
}
