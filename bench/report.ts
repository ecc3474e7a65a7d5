import { alignedTable, thousands } from '../src/proof/figures.js';
import { CROWDS } from './bench-realm.js';
import { BY_OWN_SESSIONS } from './cost-charts.js';
import type { DeploymentCosts, WorkCost } from './costs.js';
import { HASH_MS_THERE, KEYCLOAK_PROCESS } from './keycloak.js';
import { CONNECTIONS } from './measure.js';

/** Where and how it was measured. */
export interface Circumstances {
  readonly date: string;
  readonly machine: string;
  readonly runs: number;
  readonly seconds: number;
  /** What memory is read after. */
  readonly load: string;
}

/** How many times its floor a work may cost (issue 6). */
const FLOOR_AIM = 1.5;

/** Of the client whose sessions are listed. */
const SESSIONS = CROWDS.reduce((sum, { sessions, users }) => sum + sessions * users, 0);

/**
 * The results as a page.
 * @param chart gives the file of a chart by its name; undefined when there is none
 */
export function report(
  costs: readonly DeploymentCosts[],
  { date, machine, runs, seconds, load }: Circumstances,
  chart: (name: string) => string | undefined,
): string {
  const hashes = costs.map(({ deployment, hashMs }) => `${hashMs.toFixed(2)} (${deployment.title})`).join(', ');
  return `# Costs, ${date}

- Machine: ${machine}
- Command: \`npm run bench\`. Median of ${runs} runs for each deployment, each with a server of its own on a database of its own, durability
  as delivered (SQLite \`synchronous=FULL\`), warmed up with ${load}; ${CONNECTIONS} connections, ${seconds} s for each line.
- CPU-ms: user and system time for one request, or for one login where it says so, of the server with its workers, and of all processes of
  PostgreSQL. SQLite is part of the server. The load generator runs on the same machine and takes its share of the processors, so rates and
  latencies are lower bounds.
- Floor: the same work done by \`bench/floor\` in the same run, one line after the other, on the same database with the same driver: HTTP, the
  hash, one durable write, a read by key where a session has to live, and the signatures; no users, settings, flows or events. The aim is ${FLOOR_AIM} times.
- Scaled: server and database, as they would be on the machine of Keycloak's figures. One password hash by itself takes ${HASH_MS_THERE} CPU-ms
  there, and here ${hashes}; the figures are multiplied by the first over the second.
- Keycloak 26.7.4 on PostgreSQL: CPU-ms of its process + PostgreSQL (\`bench/keycloak.ts\`). "Times less" is their sum over ours, scaled.
  Its refresh was measured with RS256, its browser login without a limiter, its list of sessions at a client with 20,000 (here ${thousands(SESSIONS)}).

## Process

${processTable(costs, load)}
${costs.map((each) => section(each, chart(each.name))).join('')}${image('Logins by own sessions', chart(BY_OWN_SESSIONS))}`;
}

function processTable(costs: readonly DeploymentCosts[], load: string): string {
  const row = (name: string, figure: (each: DeploymentCosts) => string, keycloak: string, aim: string): string[] => [
    name,
    ...costs.map(figure),
    keycloak,
    aim,
  ];
  const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(2)} s`;
  const mebibytes = (figure: number): string => `${figure.toFixed(0)} MiB`;
  return alignedTable(
    ['', ...costs.map(({ deployment }) => deployment.title), 'Keycloak', 'aim'],
    [
      row('start-up, until the first 200', ({ startMs }) => seconds(startMs), KEYCLOAK_PROCESS.startUp, '1.4 s'),
      row('first start, on an empty database', ({ firstStartMs }) => seconds(firstStartMs), '', ''),
      row('resident memory, idle', ({ idleMib }) => mebibytes(idleMib), KEYCLOAK_PROCESS.idle, ''),
      row(`after ${load}`, ({ loadedMib }) => mebibytes(loadedMib), KEYCLOAK_PROCESS.loaded, '189 MB'),
    ],
  );
}

function section({ deployment, work }: DeploymentCosts, chart: string | undefined): string {
  const above = work.filter(({ timesFloor }) => timesFloor > FLOOR_AIM);
  return `
## ${deployment.title}

${alignedTable(
  ['work', 'server CPU-ms', 'database CPU-ms', 'per second', 'p50 ms', 'p99 ms'],
  work.map((each) => [
    each.work,
    each.serverMs.toFixed(2),
    deployment.database === 'sqlite' ? '' : each.databaseMs.toFixed(2),
    each.perSecond.toFixed(0),
    each.p50Ms.toFixed(1),
    each.p99Ms.toFixed(1),
  ]),
)}

Against the two yardsticks, server and database together:

${alignedTable(
  ['work', 'CPU-ms', 'floor', 'times its floor', 'scaled', 'Keycloak', 'times less', 'aim'],
  work.map((each) => [
    each.work,
    each.totalMs.toFixed(2),
    each.floorMs.toFixed(2),
    each.timesFloor.toFixed(1),
    each.scaledMs.toFixed(2),
    ...againstKeycloak(each),
  ]),
)}

${above.length === 0 ? `Every work is within ${FLOOR_AIM} times its floor.` : `${above.length} of ${work.length} are above ${FLOOR_AIM} times their floor.`}
${image(`Costs on ${deployment.title}`, chart)}`;
}

function againstKeycloak({ keycloak }: WorkCost): readonly string[] {
  if (!keycloak) return ['', '', ''];
  const { serverMs, serverMsAtMost, databaseMs, timesLess, aim } = keycloak;
  const server = serverMsAtMost === undefined ? String(serverMs) : `${serverMs} to ${serverMsAtMost}`;
  return [`${server} + ${databaseMs}`, timesLess.toFixed(1), aim === undefined ? '' : String(aim)];
}

const image = (title: string, file: string | undefined): string =>
  file === undefined ? '' : `\n![${title}](${file})\n`;
