import { median } from '../src/proof/figures.js';
import { workloadsOf, type BenchRun, type BothMeasured } from './bench-run.js';
import type { Deployment, DeploymentName } from './deployments.js';
import { HASH_MS_THERE, totalOf, type KeycloakCost } from './keycloak.js';
import type { Measured } from './measure.js';

/** What one work costs: medians of all runs. CPU-milliseconds of one request, or of one login. */
export interface WorkCost {
  readonly work: string;
  readonly ownSessions?: number;
  readonly serverMs: number;
  readonly databaseMs: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Server and database. */
  readonly totalMs: number;
  /** The same of the floor, in the same run. */
  readonly floorMs: number;
  readonly timesFloor: number;
  /** `totalMs` and `floorMs`, as they would be on the machine on which Keycloak was measured. */
  readonly scaledMs: number;
  readonly scaledFloorMs: number;
  readonly keycloak?: KeycloakCost & { readonly totalMs: number; readonly timesLess: number };
}

/** What one deployment costs: medians of all runs. */
export interface Costs {
  readonly firstStartMs: number;
  readonly startMs: number;
  readonly idleMib: number;
  readonly loadedMib: number;
  readonly hashMs: number;
  readonly work: readonly WorkCost[];
}

export interface DeploymentCosts extends Costs {
  readonly name: DeploymentName;
  readonly deployment: Deployment;
}

/** @param only as the runs were made */
export function costsOf(runs: readonly BenchRun[], only: string): Costs {
  const middle = (figure: (run: BenchRun) => number): number => median(runs.map(figure));
  const hashMs = middle((run) => run.hashMs);
  const scale = HASH_MS_THERE / hashMs;
  return {
    firstStartMs: middle(({ firstStartMs }) => firstStartMs),
    startMs: middle(({ startMs }) => startMs),
    idleMib: middle(({ idleMib }) => idleMib),
    loadedMib: middle(({ loadedMib }) => loadedMib),
    hashMs,
    work: workloadsOf(only).map(({ name, keycloak, ownSessions }): WorkCost => {
      const measured = runs.flatMap(({ work }) => work.get(name) ?? []);
      const of = (figure: (both: BothMeasured) => number): number => median(measured.map(figure));
      const totalMs = of(({ server }) => total(server));
      const scaledMs = totalMs * scale;
      const floorMs = of(({ floor }) => total(floor));
      return {
        work: name,
        ...(ownSessions === undefined ? {} : { ownSessions }),
        serverMs: of(({ server }) => server.cpuMs),
        databaseMs: of(({ server }) => server.databaseCpuMs ?? 0),
        perSecond: of(({ server }) => server.perSecond),
        p50Ms: of(({ server }) => server.p50Ms),
        p99Ms: of(({ server }) => server.p99Ms),
        totalMs,
        floorMs,
        timesFloor: of(({ server, floor }) => total(server) / total(floor)),
        scaledMs,
        scaledFloorMs: floorMs * scale,
        ...(keycloak && {
          keycloak: { ...keycloak, totalMs: totalOf(keycloak), timesLess: totalOf(keycloak) / scaledMs },
        }),
      };
    }),
  };
}

const total = ({ cpuMs, databaseCpuMs = 0 }: Measured): number => cpuMs + databaseCpuMs;
