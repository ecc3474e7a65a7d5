import { quantile } from '../../src/proof/figures.js';
import type { Measured, MeasuredServer } from '../measure.js';
import { cpuMilliseconds, familyCpuMilliseconds } from '../process-figures.js';

/** One kind of call, made several times by each of those who work at once, before the next kind begins. */
export interface Phase<W> {
  readonly name: string;
  /** What has to be there first; not measured. */
  prepare?(who: W): Promise<void>;
  call(who: W, turn: number): Promise<void>;
}

/** Of one call, over all cycles. */
interface Sums {
  readonly latencies: number[];
  elapsedMs: number;
  cpuMs: number;
  databaseCpuMs: number;
}

/**
 * Goes through all phases again and again, so that each cycle leaves things as it found them, until each phase has had about so many
 * seconds. Rates and processor time are those of each kind of call by itself.
 * @param calls how often each of those who work makes a call in a cycle
 */
export async function measurePhases<W>(
  phases: readonly Phase<W>[],
  workers: readonly W[],
  server: MeasuredServer,
  { seconds, calls }: { readonly seconds: number; readonly calls: number },
): Promise<ReadonlyMap<string, Measured>> {
  const sums = new Map<string, Sums>();
  const began = performance.now();
  do {
    for (const phase of phases) {
      const sum = sums.get(phase.name) ?? { latencies: [], elapsedMs: 0, cpuMs: 0, databaseCpuMs: 0 };
      sums.set(phase.name, sum);
      await runPhase(phase, workers, calls, server, sum);
    }
  } while (performance.now() - began < seconds * 1000 * phases.length);
  return new Map([...sums].map(([name, sum]) => [name, measuredOf(sum, server)]));
}

async function runPhase<W>(
  phase: Phase<W>,
  workers: readonly W[],
  calls: number,
  server: MeasuredServer,
  sum: Sums,
): Promise<void> {
  await Promise.all(workers.map(async (worker) => phase.prepare?.(worker)));
  const before = [performance.now(), cpuMilliseconds(server.pid), databaseCpu(server)] as const;
  await Promise.all(
    workers.map(async (worker) => {
      for (let turn = 0; turn < calls; turn++) {
        const asked = performance.now();
        await phase.call(worker, turn);
        sum.latencies.push(performance.now() - asked);
      }
    }),
  );
  sum.elapsedMs += performance.now() - before[0];
  sum.cpuMs += cpuMilliseconds(server.pid) - before[1];
  sum.databaseCpuMs += databaseCpu(server) - before[2];
}

const databaseCpu = ({ databasePid }: MeasuredServer): number =>
  databasePid === undefined ? 0 : familyCpuMilliseconds(databasePid);

function measuredOf({ latencies, elapsedMs, cpuMs, databaseCpuMs }: Sums, server: MeasuredServer): Measured {
  const { length } = latencies;
  return {
    cpuMs: cpuMs / length,
    ...(server.databasePid === undefined ? {} : { databaseCpuMs: databaseCpuMs / length }),
    perSecond: (length * 1000) / elapsedMs,
    p50Ms: quantile(latencies, 0.5),
    p99Ms: quantile(latencies, 0.99),
  };
}
