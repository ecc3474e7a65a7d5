import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ServerProcess, type ServerOptions } from '../test/support/server-process.js';
import { APP, benchRealmFile, CHEAP_HASH, CROWDS, crowdPrefix, DEFAULT_HASH, ROOMY_APP } from './bench-realm.js';
import type { Deployment } from './deployments.js';
import { startFloor } from './floor/floor-process.js';
import { fillSessions } from './growth/fill.js';
import { measure, type Extent, type Measured, type MeasuredServer } from './measure.js';
import { measuredAt, newPlace, type Place } from './place.js';
import { bareHash, familyMebibytes } from './process-figures.js';
import type { Workload } from './workload.js';
import { CHEAP_LOGIN, CROWDED_WORKLOADS, WORKLOADS } from './workloads.js';

/** What the event loop has left to do after a start is done by then. */
const SETTLE_MS = 2000;
const WARM_UP_SECONDS = 2;
/** After so many logins the floor's code is compiled, as the server's is after its load. */
const FLOOR_LOGINS = 5000;
const LOOK_EVERY_MS = 50;
const WORKERS_WITHIN_MS = 60_000;

/** How to measure one deployment once. */
export interface RunOptions {
  /** How long each workload is measured. */
  readonly seconds: number;
  /** Logins before memory is read again; they warm the server up, too. */
  readonly load: Extent;
  /** Only workloads whose names contain this. */
  readonly only: string;
  /** Options of Node for the server that is measured, such as `--cpu-prof`. */
  readonly nodeOptions: readonly string[];
  /** Another server program than the project's build. */
  readonly program?: string;
}

/** The same work, done by the server and by the floor. */
export interface BothMeasured {
  readonly server: Measured;
  readonly floor: Measured;
}

/** What one run gave. */
export interface BenchRun {
  /** Start on an empty database: schema, keys and the first administrator are made. */
  readonly firstStartMs: number;
  readonly startMs: number;
  readonly idleMib: number;
  readonly loadedMib: number;
  /** CPU-milliseconds of one password hash by itself. */
  readonly hashMs: number;
  /** By name of the workload. */
  readonly work: ReadonlyMap<string, BothMeasured>;
}

/** The workloads of a run, in the order of the report. */
export const workloadsOf = (only: string): readonly Workload[] =>
  [...WORKLOADS, ...CROWDED_WORKLOADS].filter(({ name }) => name.includes(only));

/** A server on an empty database, started again once its realms are there, filled, and measured beside a floor of its own. */
export async function benchRun({ database, workers }: Deployment, run: RunOptions): Promise<BenchRun> {
  const place = await newPlace(database, 'bench');
  try {
    const options: ServerOptions = {
      settings: { SLUICE_DATABASE_URL: place.url, ...place.settings, SLUICE_WORKERS: String(workers) },
      ...(run.program === undefined ? {} : { program: run.program }),
    };
    const first = await timedStart(options);
    await first.server.stop();
    await importRealms(options, place);
    const floor = await startFloor(await place.another('floor'), workers);
    try {
      const { server, milliseconds } = await timedStart({ ...options, nodeOptions: run.nodeOptions });
      try {
        await Promise.all([server, floor].map((each) => allWorkersOf(each, workers)));
        await pause(SETTLE_MS);
        const idleMib = familyMebibytes(server.pid);
        await measure(CHEAP_LOGIN, measuredAt(place, server), run.load);
        const loadedMib = familyMebibytes(server.pid);
        await measure(CHEAP_LOGIN, measuredAt(place, floor), floorWarmUp(run.load));
        const work = await measureAll(measuredAt(place, server), measuredAt(place, floor), run);
        return {
          firstStartMs: first.milliseconds,
          startMs: milliseconds,
          idleMib,
          loadedMib,
          hashMs: await bareHash(),
          work,
        };
      } finally {
        await server.stop();
      }
    } finally {
      await floor.stop();
    }
  } finally {
    await place.drop();
  }
}

const floorWarmUp = (load: Extent): Extent =>
  'times' in load && load.times < FLOOR_LOGINS ? load : { times: FLOOR_LOGINS };

/** Two realms, in one of which some people have many sessions already. */
async function importRealms(options: ServerOptions, { folder, url }: Place): Promise<void> {
  const files = join(folder, 'realms');
  await mkdir(files);
  for (const realm of [DEFAULT_HASH, { ...CHEAP_HASH, crowds: CROWDS }])
    await writeFile(join(files, `${realm.name}.json`), JSON.stringify(benchRealmFile(realm)));
  const importing = { ...options.settings, SLUICE_IMPORT: files, SLUICE_WORKERS: '1' };
  await (await ServerProcess.start({ ...options, settings: importing })).stop();
  await fillSessions(
    url,
    { realm: CHEAP_HASH.name, pattern: 'user-1', clients: [ROOMY_APP.clientId, APP.clientId] },
    CROWDS.filter(({ sessions }) => sessions > 0).map((crowd) => ({
      prefix: crowdPrefix(crowd),
      each: crowd.sessions,
      first: 1,
      last: crowd.users,
    })),
  );
}

/** One after the other, so that what the machine does meanwhile is the same for both. */
async function measureAll(
  server: MeasuredServer,
  floor: MeasuredServer,
  { only, seconds }: RunOptions,
): Promise<Map<string, BothMeasured>> {
  const work = new Map<string, BothMeasured>();
  for (const workload of workloadsOf(only)) {
    const of = async (measured: MeasuredServer): Promise<Measured> => {
      await measure(workload, measured, { seconds: Math.min(WARM_UP_SECONDS, seconds) });
      return measure(workload, measured, { seconds });
    };
    const both = { server: await of(server), floor: await of(floor) };
    work.set(workload.name, both);
    console.error(`  ${workload.name}: ${both.server.cpuMs.toFixed(2)} CPU-ms, floor ${both.floor.cpuMs.toFixed(2)}`);
  }
  return work;
}

/** From the start of the process to the first 200 of `/health/ready`. */
async function timedStart(options: ServerOptions): Promise<{ server: ServerProcess; milliseconds: number }> {
  const before = performance.now();
  const server = await ServerProcess.start(options);
  const { status } = await fetch(`${server.url}/health/ready`);
  if (status !== 200) throw new Error(`A server that listens is not ready: ${status}`);
  return { server, milliseconds: performance.now() - before };
}

/** The first worker listens before the others do. */
async function allWorkersOf({ log }: ServerProcess, workers: number): Promise<void> {
  const until = performance.now() + WORKERS_WITHIN_MS;
  while (workers > 1 && !log.some((line) => line.includes('All server processes run'))) {
    if (performance.now() > until) throw new Error('Not all workers run within a minute');
    await pause(LOOK_EVERY_MS);
  }
}
