import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Metrics } from '../../support/metrics.js';
import { PostgresServer } from '../../support/postgres-server.js';
import { ServerProcess } from '../../support/server-process.js';
import { pauseMs } from '../../../src/workers/workers.js';
import { readSettings } from '../../../src/config/settings.js';

/** The sources, so that nothing has to be built first. */
const PROGRAM = new URL('../../../src/main.ts', import.meta.url).pathname;

let postgres: PostgresServer;
let server: ServerProcess | undefined;
let pids: readonly number[];
let managementUrl: string;

beforeAll(async () => {
  postgres = await PostgresServer.start();
  server = await ServerProcess.start({
    program: PROGRAM,
    settings: {
      SLUICE_WORKERS: '2',
      SLUICE_DATABASE_URL: await postgres.createDatabase('workers'),
      SLUICE_ENCRYPTION_KEY: '0f'.repeat(32),
      SLUICE_MANAGEMENT_PORT: '0',
    },
  });
  const { log } = server;
  const line = await logLine(log, 'All server processes run');
  expect(member(line, 'workers')).toBe(2);
  managementUrl = (JSON.parse(line) as { readonly managementUrl: string }).managementUrl;
  pids = log.filter((each) => each.includes('"Sluice is ready"')).map((each) => member(each, 'worker'));
  expect(new Set(pids).size).toBe(2);
});

afterAll(async () => {
  await server?.kill();
  await postgres.stop();
});

/** Waits for a line of the log. */
async function logLine(log: readonly string[], text: string): Promise<string> {
  for (;;) {
    const line = log.find((each) => each.includes(text));
    if (line !== undefined) return line;
    await sleep(100);
  }
}

const member = (line: string, name: string): number =>
  (JSON.parse(line) as Readonly<Record<string, number>>)[name] ?? Number.NaN;

const health = async (path: string) => {
  const answer = await fetch(`${managementUrl}${path}`);
  const { checks } = (await answer.json()) as {
    readonly checks: readonly { readonly name: string; readonly status: string; readonly data: object }[];
  };
  return { status: answer.status, checks };
};

it('is watched at one port: metrics are those of all processes, health that of each', async () => {
  const { url } = server!;
  const before = await Metrics.of(managementUrl);
  for (let request = 0; request < 6; request++)
    await fetch(`${url}/realms/master`, { headers: { connection: 'close' } });
  const after = await Metrics.of(managementUrl);
  const route = ['method="GET"', 'route="/realms/:realm"', 'status="200"'];
  const requests = (of: Metrics): number => of.sum('sluice_http_requests_total', ...route);
  expect(requests(after) - requests(before)).toBe(6);
  // Both read the same database: what it has is not counted twice.
  expect(after.sum('sluice_outbox_deliveries')).toBe(0);
  expect(after.sum('sluice_database_connections', 'state="idle"')).toBeGreaterThan(1);
  expect(after.names).toContain('nodejs_eventloop_lag_p99_seconds');

  for (const path of ['/health/live', '/health/started', '/health/ready']) {
    const { status, checks } = await health(path);
    expect(status).toBe(200);
    expect(checks[0]).toEqual({ name: 'Processes run', status: 'UP', data: { running: '2 of 2' } });
  }
  const { checks } = await health('/health/ready');
  for (const pid of pids) {
    const own = checks.filter(({ data }) => 'process' in data && data.process === String(pid));
    expect(own.map(({ name, status }) => [name, status])).toEqual([
      ['Server takes requests', 'UP'],
      ['Database answers', 'UP'],
    ]);
  }
  expect((await fetch(`${url}/metrics`)).status).toBe(404);
});

it('says which process hangs', async () => {
  const [hanging] = pids;
  process.kill(hanging!, 'SIGSTOP');
  try {
    const { status, checks } = await health('/health/live');
    expect(status).toBe(503);
    const data = { process: String(hanging) };
    expect(checks.filter((check) => check.status === 'DOWN')).toEqual([
      { name: 'Process answers', status: 'DOWN', data },
    ]);
  } finally {
    process.kill(hanging!, 'SIGCONT');
  }
  expect((await health('/health/live')).status).toBe(200);
});

it('runs several processes behind one port, replaces one that dies, and ends them all', async () => {
  const { log, url } = server!;
  const ready = async (): Promise<number> => (await fetch(`${url}/health/ready`)).status;
  expect(await Promise.all(Array.from({ length: 6 }, ready))).toEqual(Array(6).fill(200));

  process.kill(pids[0]!, 'SIGKILL');
  await logLine(log, 'A server process ended, and is replaced');
  expect(await ready()).toBe(200); // the other one answers meanwhile
  expect((await health('/health/ready')).checks[0]).toMatchObject({ status: 'UP', data: { running: '1 of 2' } });
  while (log.filter((line) => line.includes('"Sluice is ready"')).length < 3) await sleep(100);
  expect(await server!.stop()).toBe(0);
  for (const line of log.filter((each) => each.includes('"Sluice is ready"')))
    expect(() => process.kill(member(line, 'worker'), 0)).toThrow('ESRCH');
});

it('ends at once although all of them wait to be replaced', async () => {
  const crew = await ServerProcess.start({
    program: new URL('crew.fixture.ts', import.meta.url).pathname,
    settings: {},
  });
  const lines = (text: string): readonly string[] => crew.log.filter((each) => each.includes(text));
  // The second time the pauses are two and four seconds, long enough for the test to come between.
  for (const ends of [2, 4]) {
    while (lines('"Sluice is ready"').length < ends) await sleep(20);
    for (const line of lines('"Sluice is ready"').slice(-2)) process.kill(member(line, 'worker'), 'SIGKILL');
    while (lines('is replaced').length < ends) await sleep(5);
  }
  // One that had to be killed would have no exit code.
  expect(await crew.stop()).toBe(0);
  expect(lines('"Sluice is ready"')).toHaveLength(4);
});

it('waits longer for each further worker that ends, and half a minute at most', () => {
  expect([1, 2, 3, 20].map(pauseMs)).toEqual([500, 1000, 2000, 30_000]);
});

it('is refused on SQLite with a sentence', () => {
  for (const workers of ['2', 'auto'])
    expect(() => readSettings({ SLUICE_WORKERS: workers })).toThrow('SLUICE_WORKERS: SQLite serves one process');
  expect(() => readSettings({ SLUICE_WORKERS: 'many' })).toThrow('must be a number of processes, or auto');
});
