import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, loadavg, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs, promisify } from 'node:util';
import { ServerProcess, type ServerOptions } from '../test/support/server-process.js';
import { benchRealmFile, CHEAP_HASH, DEFAULT_HASH } from './bench-realm.js';
import { measure, type Measured } from './measure.js';
import { residentMebibytes } from './process-figures.js';
import { report, type BenchRun } from './report.js';
import { CHEAP_LOGIN, WORKLOADS } from './workloads.js';

const RESULTS = join(import.meta.dirname, 'results');
/** What the event loop has left to do after a start is done by then. */
const SETTLE_MS = 2000;
const WARM_UP_SECONDS = 2;

export interface BenchOptions {
  readonly runs: number;
  /** How long each workload is measured. */
  readonly seconds: number;
  /** Logins before memory is read again; they warm the server up, too. */
  readonly logins: number;
  /** Only workloads whose names contain this. */
  readonly only: string;
  /** Prints the report instead of writing it. */
  readonly dry: boolean;
  /** Options of Node for the server that is measured, such as `--cpu-prof`. */
  readonly nodeOptions: readonly string[];
  /** Another server program than the project's build. */
  readonly program?: string;
}

/** @throws TypeError for an option that does not exist */
export function readOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      runs: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '10' },
      logins: { type: 'string', default: '10000' },
      only: { type: 'string', default: '' },
      dry: { type: 'boolean', default: false },
      'node-option': { type: 'string', multiple: true, default: [] },
      program: { type: 'string' },
    },
  });
  return {
    runs: Number(values.runs),
    seconds: Number(values.seconds),
    logins: Number(values.logins),
    only: values.only,
    dry: values.dry,
    nodeOptions: values['node-option'],
    ...(values.program === undefined ? {} : { program: values.program }),
  };
}

/** Measures and writes `bench/results/<date>-sqlite.md`. */
export async function bench(options: BenchOptions): Promise<void> {
  const [load = 0] = loadavg();
  const runs: BenchRun[] = [];
  for (let run = 1; run <= options.runs; run++) {
    console.error(`Run ${run} of ${options.runs}`);
    runs.push(await oneRun(options));
  }
  const now = new Date().toISOString();
  const text = report(runs, {
    date: now.slice(0, 10),
    processor: cpus()[0]?.model ?? 'unknown',
    processors: availableParallelism(),
    memoryGib: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    load,
    ...options,
  });
  console.log(text);
  if (options.dry) return;
  await mkdir(RESULTS, { recursive: true });
  await writeFile(join(RESULTS, `${now.slice(0, 10)}-sqlite.md`), text);
}

/** A server on an empty database, started again once its realms are there, filled, and measured. */
async function oneRun({ seconds, logins, only, nodeOptions, program }: BenchOptions): Promise<BenchRun> {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-bench-'));
  const settings = { SLUICE_DATABASE_URL: `sqlite:${join(folder, 'bench.sqlite')}` };
  const options: ServerOptions = { settings, ...(program === undefined ? {} : { program }) };
  try {
    const first = await timedStart(options);
    await first.server.stop();
    const importing = { ...settings, SLUICE_IMPORT: await writeRealmFiles(folder) };
    await (await ServerProcess.start({ ...options, settings: importing })).stop();

    const { server, milliseconds } = await timedStart({ ...options, nodeOptions });
    try {
      await pause(SETTLE_MS);
      const idleMib = residentMebibytes(server.pid);
      await measure(CHEAP_LOGIN, server, { times: logins });
      const loadedMib = residentMebibytes(server.pid);
      const work = await measureAll(server, only, seconds);
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
    await rm(folder, { recursive: true, force: true });
  }
}

async function writeRealmFiles(folder: string): Promise<string> {
  const files = join(folder, 'realms');
  await mkdir(files);
  for (const realm of [DEFAULT_HASH, CHEAP_HASH]) {
    await writeFile(join(files, `${realm.name}.json`), JSON.stringify(benchRealmFile(realm)));
  }
  return files;
}

async function measureAll(server: ServerProcess, only: string, seconds: number): Promise<Map<string, Measured>> {
  const work = new Map<string, Measured>();
  for (const workload of WORKLOADS.filter(({ name }) => name.includes(only))) {
    await measure(workload, server, { seconds: Math.min(WARM_UP_SECONDS, seconds) });
    const measured = await measure(workload, server, { seconds });
    work.set(workload.name, measured);
    console.error(`  ${workload.name}: ${measured.cpuMs.toFixed(2)} CPU-ms`);
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

async function bareHash(): Promise<number> {
  const { stdout } = await promisify(execFile)(process.execPath, [join(import.meta.dirname, 'bare-hash.mjs')]);
  return Number(stdout);
}
