import { keepAlive } from '../src/proof/http-request.js';
import { quantile } from '../src/proof/figures.js';
import { familyCpuMilliseconds } from './process-figures.js';
import type { Workload } from './workload.js';

/** As many as Keycloak was measured with. */
export const CONNECTIONS = 4;

/** What doing it once costs. */
export interface Measured {
  /** Processor time of the server process and its workers, user and system, all threads. */
  readonly cpuMs: number;
  /** Processor time of the database's processes, where it has its own. */
  readonly databaseCpuMs?: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** When to stop: after so many times, or after so long. */
export type Extent = { readonly times: number } | { readonly seconds: number };

/** What is measured. */
export interface MeasuredServer {
  readonly url: string;
  readonly pid: number;
  /** The process whose children answer for the database. */
  readonly databasePid?: number;
}

/**
 * Does a workload over a few connections that stay open, and takes the server's processor time for it.
 * @throws Error when an answer is not what it should be
 */
export async function measure(workload: Workload, server: MeasuredServer, extent: Extent): Promise<Measured> {
  const agent = keepAlive(CONNECTIONS);
  try {
    const ground = { agent, server: server.url };
    const parts = await Promise.all(
      Array.from({ length: CONNECTIONS }, (_, connection) => workload.prepare(ground, connection)),
    );
    const latencies: number[] = [];
    const began = performance.now();
    const cpuBefore = familyCpuMilliseconds(server.pid);
    const databaseCpu = (): number =>
      server.databasePid === undefined ? 0 : familyCpuMilliseconds(server.databasePid);
    const databaseBefore = databaseCpu();
    let started = 0;
    const goesOn = (): boolean =>
      'times' in extent ? started++ < extent.times : performance.now() - began < extent.seconds * 1000;
    await Promise.all(
      parts.map(async (once) => {
        while (goesOn()) {
          const before = performance.now();
          await once();
          latencies.push(performance.now() - before);
        }
      }),
    );
    const elapsed = performance.now() - began;
    return {
      cpuMs: (familyCpuMilliseconds(server.pid) - cpuBefore) / latencies.length,
      ...(server.databasePid === undefined
        ? {}
        : { databaseCpuMs: (databaseCpu() - databaseBefore) / latencies.length }),
      perSecond: (latencies.length * 1000) / elapsed,
      p50Ms: quantile(latencies, 0.5),
      p99Ms: quantile(latencies, 0.99),
    };
  } finally {
    agent.destroy();
  }
}
