import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { thousands } from '../../src/proof/figures.js';
import { keepAlive } from '../../src/proof/http-request.js';
import type { ServerProcess } from '../../test/support/server-process.js';
import { APP, benchRealmFile, CHEAP_HASH } from '../bench-realm.js';
import { measure, type Measured } from '../measure.js';
import {
  databaseNamed,
  DATABASES,
  machine,
  measuredAt,
  reportEach,
  withServer,
  type DatabaseName,
  type Place,
} from '../place.js';
import { CHEAP_LOGIN, WORKLOADS } from '../workloads.js';
import { fill, generatedUser, outdate, SESSIONS_EACH, type Filling } from './fill.js';
import { administrator, clientIdOf, listWorkloads, type ListGround } from './lists.js';
import { plansOf } from './plans.js';
import { growthChart } from './chart.js';
import { growthReport, type Growth, type Stage } from './report.js';
import { watchSweep, type Swept } from './sweep.js';

const OTHER_CLIENTS = Array.from({ length: 20 }, (_, index) => `bench-other-${index + 1}`);
const FILLING: Filling = { realm: CHEAP_HASH.name, pattern: 'user-1', clients: [APP.clientId, ...OTHER_CLIENTS] };
/** Of the workloads of `npm run bench`, those that work on sessions. */
const SESSION_WORK = [CHEAP_LOGIN, ...WORKLOADS.filter(({ name }) => /limiter|refresh$|introspection/.test(name))];
const WARM_UP_SECONDS = 2;
const AN_OLD_USE_MS = 12 * 3_600_000;

export interface GrowthOptions {
  readonly databases: readonly DatabaseName[];
  /** Numbers of sessions, rising. */
  readonly sizes: readonly number[];
  readonly seconds: number;
  /** How many sessions are over at once when the sweeper is watched. */
  readonly due: number;
  /** Prints the report instead of writing it. */
  readonly dry: boolean;
}

/**
 * @throws TypeError for an option that does not exist
 * @throws RangeError for sizes that do not rise, or are no multiples of the sessions of a user
 */
export function readOptions(args: readonly string[]): GrowthOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      database: { type: 'string', multiple: true, default: Object.keys(DATABASES) },
      sizes: { type: 'string', default: '10000,100000,1000000' },
      seconds: { type: 'string', default: '10' },
      due: { type: 'string', default: '10000' },
      dry: { type: 'boolean', default: false },
    },
  });
  const sizes = values.sizes.split(',').map(Number);
  if (sizes.some((size, index) => !(size > (sizes[index - 1] ?? 0)) || size % SESSIONS_EACH !== 0))
    throw new RangeError(`--sizes must rise, in multiples of ${SESSIONS_EACH}: ${values.sizes}`);
  return {
    databases: values.database.map(databaseNamed),
    sizes,
    seconds: Number(values.seconds),
    due: Number(values.due),
    dry: values.dry,
  };
}

/** Measures and writes `bench/results/<date>-growth-<database>.md` and its chart. */
export const growth = (options: GrowthOptions): Promise<void> =>
  reportEach(options, 'growth', async (place, database, date, page) => {
    const measured = { database, ...(await grow(place, options)) };
    const chart = `${page}.svg`;
    return {
      text: growthReport(measured, circumstances(options, date), chart),
      charts: new Map([[chart, growthChart(measured)]]),
    };
  });

async function grow(place: Place, { sizes, seconds, due }: GrowthOptions): Promise<Omit<Growth, 'database'>> {
  await withServer(place, { SLUICE_IMPORT: await writeRealmFile(place.folder) }, () => Promise.resolve());
  const stages: Stage[] = [];
  let made = 0;
  for (const size of sizes) {
    console.error(`${size} sessions`);
    await fill(place.url, FILLING, made, size);
    made = size;
    stages.push({ sessions: size, work: await measureAll(place, size, seconds) });
  }
  const clientId = await withServer(place, {}, async (server) => (await groundOf(server, made)).clientId);
  const plans = await plansOf(place.url, FILLING.realm, clientId, generatedUser(1));
  const ended = await outdate(place.url, due, Date.now() - AN_OLD_USE_MS);
  const swept = await withServer(place, {}, async (server): Promise<Swept> =>
    watchSweep(server, await groundOf(server, made), FILLING.realm, ended + due),
  );
  return { stages, plans, due, swept };
}

function measureAll(place: Place, size: number, seconds: number): Promise<Map<string, Measured>> {
  return withServer(place, {}, async (server) => {
    const work = new Map<string, Measured>();
    const measured = measuredAt(place, server);
    for (const workload of [...listWorkloads(await groundOf(server, size)), ...SESSION_WORK]) {
      await measure(workload, measured, { seconds: Math.min(WARM_UP_SECONDS, seconds) });
      const figures = await measure(workload, measured, { seconds });
      work.set(workload.name, figures);
      console.error(`  ${workload.name}: ${(figures.cpuMs + (figures.databaseCpuMs ?? 0)).toFixed(2)} CPU-ms`);
    }
    return work;
  });
}

async function groundOf({ admin, url }: ServerProcess, sessions: number): Promise<ListGround> {
  const agent = keepAlive(1);
  try {
    return {
      admin,
      users: sessions / SESSIONS_EACH,
      clientId: await clientIdOf(administrator(agent, url, { admin }), APP.clientId),
    };
  } finally {
    agent.destroy();
  }
}

async function writeRealmFile(folder: string): Promise<string> {
  const file = join(folder, 'realm.json');
  const realm = benchRealmFile(CHEAP_HASH);
  const others = OTHER_CLIENTS.map((clientId) => ({ clientId, enabled: true, publicClient: true }));
  await writeFile(file, JSON.stringify({ ...realm, clients: [...realm.clients, ...others] }));
  return file;
}

const circumstances = ({ seconds, due }: GrowthOptions, date: string): string =>
  `${machine(date)}
- Command: \`npm run bench:growth\`. Users with ${SESSIONS_EACH} sessions each, all at one client and every second at another of ${OTHER_CLIENTS.length}; random
  ids. 4 connections, ${seconds} s for each line after ${WARM_UP_SECONDS} s of warm-up; durability as delivered. ${thousands(due)} sessions are over at once for the sweeper.`;
