import { alignedTable, median, thousands } from '../src/proof/figures.js';
import { CONNECTIONS, type Measured } from './measure.js';
import { WORKLOADS } from './workloads.js';

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
  readonly work: ReadonlyMap<string, Measured>;
}

/** CPU-milliseconds of one password hash by itself on the machine on which Keycloak was measured (`bench/results/2026-11-24-sqlite.md`). */
const HASH_MS_THERE = 6.37;

/** Where and how it was measured. */
export interface Circumstances {
  readonly date: string;
  readonly processor: string;
  readonly processors: number;
  readonly memoryGib: number;
  readonly node: string;
  /** Load average of the last minute before the first run. */
  readonly load: number;
  readonly runs: number;
  readonly seconds: number;
  readonly logins: number;
}

/** The results as a page: median of all runs, beside what Keycloak was measured at. */
export function report(runs: readonly BenchRun[], about: Circumstances): string {
  const middle = (figure: (run: BenchRun) => number): number => median(runs.map(figure));
  const hash = middle(({ hashMs }) => hashMs);
  const names = WORKLOADS.filter(({ name }) => runs.every(({ work }) => work.has(name)));
  const work = names.map(({ name, keycloak, hashes }) => {
    const figure = (of: (measured: Measured) => number): number =>
      median(runs.flatMap((run) => run.work.get(name) ?? []).map(of));
    const cpu = figure(({ cpuMs }) => cpuMs);
    return [
      name,
      cpu.toFixed(2),
      ((cpu * HASH_MS_THERE) / hash).toFixed(2),
      hashes ? (((cpu - hash) * HASH_MS_THERE) / hash).toFixed(2) : '',
      keycloak,
      figure(({ perSecond }) => perSecond).toFixed(0),
      figure(({ p50Ms }) => p50Ms).toFixed(1),
      figure(({ p99Ms }) => p99Ms).toFixed(1),
    ];
  });
  const process = [
    ['start-up, until the first 200', `${(middle(({ startMs }) => startMs) / 1000).toFixed(2)} s`, '10.7 to 19.6 s'],
    ['first start, on an empty database', `${(middle(({ firstStartMs }) => firstStartMs) / 1000).toFixed(2)} s`, ''],
    ['resident memory, idle', `${middle(({ idleMib }) => idleMib).toFixed(0)} MiB`, '450 to 530 MB'],
    [
      `resident memory after ${thousands(about.logins)} logins`,
      `${middle(({ loadedMib }) => loadedMib).toFixed(0)} MiB`,
      '945 MB (after ten minutes of load)',
    ],
  ];
  return `# Costs on SQLite, ${about.date}

- Machine: ${about.processor}, ${about.processors} processors, ${about.memoryGib} GiB; Node ${about.node}. Load average before: ${about.load.toFixed(1)}.
- Command: \`npm run bench\`. Median of ${about.runs} runs, each with a server of its own on a database of its own (SQLite,
  \`synchronous=FULL\`), warmed up with ${thousands(about.logins)} logins; ${CONNECTIONS} connections, ${about.seconds} s for each line.
- CPU-ms: user and system time of the server process for one request, or for one login where it says so. The load generator runs on the
  same machine and takes its share of the processors, so rates and latencies are lower bounds.
- One password hash by itself, in a process of its own: ${hash.toFixed(2)} CPU-ms here, ${HASH_MS_THERE} on the machine of Keycloak's figures. "Scaled" is
  CPU-ms times the second over the first, "without hash" is that less the hash.
- Keycloak 26.7.4 on PostgreSQL: CPU-ms of its process, and of PostgreSQL. Here the database is part of the process and its time is included.

${alignedTable(['work', 'CPU-ms', 'scaled', 'without hash', 'Keycloak CPU-ms (+ PostgreSQL)', 'per second', 'p50 ms', 'p99 ms'], work)}

${alignedTable(['process', 'Sluice', 'Keycloak'], process)}
`;
}
