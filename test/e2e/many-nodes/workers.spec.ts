import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PostgresServer } from '../../support/postgres-server.js';
import { ServerProcess } from '../../support/server-process.js';
import { pauseMs } from '../../../src/workers.js';
import { readSettings } from '../../../src/config/settings.js';

/** The sources, so that nothing has to be built first. */
const PROGRAM = new URL('../../../src/main.ts', import.meta.url).pathname;

let postgres: PostgresServer;
let server: ServerProcess | undefined;

beforeAll(async () => {
  postgres = await PostgresServer.start();
});

afterAll(async () => {
  await server?.kill();
  await postgres?.stop();
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

it('runs several processes behind one port, replaces one that dies, and ends them all', async () => {
  server = await ServerProcess.start({
    program: PROGRAM,
    settings: {
      SLUICE_WORKERS: '2',
      SLUICE_DATABASE_URL: await postgres.createDatabase('workers'),
      SLUICE_ENCRYPTION_KEY: '0f'.repeat(32),
    },
  });
  const { log, url } = server;
  expect(member(await logLine(log, 'All server processes run'), 'workers')).toBe(2);
  const pids = log.filter((line) => line.includes('"Sluice is ready"')).map((line) => member(line, 'worker'));
  expect(new Set(pids).size).toBe(2);
  const ready = async (): Promise<number> => (await fetch(`${url}/health/ready`)).status;
  expect(await Promise.all(Array.from({ length: 6 }, ready))).toEqual(Array(6).fill(200));

  process.kill(pids[0]!, 'SIGKILL');
  await logLine(log, 'A server process ended, and is replaced');
  expect(await ready()).toBe(200); // the other one answers meanwhile
  while (log.filter((line) => line.includes('"Sluice is ready"')).length < 3) await sleep(100);
  expect(await server.stop()).toBe(0);
  for (const line of log.filter((each) => each.includes('"Sluice is ready"')))
    expect(() => process.kill(member(line, 'worker'), 0)).toThrow('ESRCH');
});

it('waits longer for each further worker that ends, and half a minute at most', () => {
  expect([1, 2, 3, 20].map(pauseMs)).toEqual([500, 1000, 2000, 30_000]);
});

it('is refused on SQLite with a sentence', () => {
  for (const workers of ['2', 'auto'])
    expect(() => readSettings({ SLUICE_WORKERS: workers })).toThrow('SLUICE_WORKERS: SQLite serves one process');
  expect(() => readSettings({ SLUICE_WORKERS: 'many' })).toThrow('must be a number of processes, or auto');
});
