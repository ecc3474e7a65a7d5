import { randomInt } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { StartedNodes } from '../../src/proof/started-nodes.js';
import type { ReplicatedPostgres } from './replicated-postgres.js';

/** Something that goes wrong and is mended again. */
export interface Fault {
  readonly name: string;
  /** It does not come round again. */
  readonly once?: boolean;
  /** No request may fail of it. */
  readonly harmless?: boolean;
  /** Over when it is mended. @param felt resolves when a request has failed of it */
  strike(felt: () => Promise<void>): Promise<void>;
}

const STEP_MS = 240_000;

/** Some node ends as by a power cut, and starts again. */
export const nodeKilled = (nodes: StartedNodes): Fault => ({
  name: 'node killed',
  // Memory is watched over one life of the first node: where it is the only one, it dies once, at the beginning.
  once: nodes.count === 1,
  strike: () => nodes.killAndRestart(nodes.count === 1 ? 0 : randomInt(1, nodes.count)),
});

/** All clocks jump ahead together, and back again. */
export const clockStepped = (nodes: StartedNodes, forMs: number): Fault => ({
  name: 'clock stepped',
  harmless: true,
  strike: async () => {
    await nodes.tell({ stepMs: STEP_MS });
    await pause(forMs);
    await nodes.tell({ stepMs: -STEP_MS });
  },
});

/** SQLite may not take a single page more, until somebody has noticed. */
export const diskFull = (nodes: StartedNodes, forMs: number): Fault => ({
  name: 'SQLite full',
  strike: async (felt) => {
    await nodes.tell({ sparePages: 0 });
    try {
      await felt();
      await pause(forMs);
    } finally {
      await nodes.tell({ sparePages: null });
    }
  },
});

export const databaseRestarted = (postgres: ReplicatedPostgres): Fault => ({
  name: 'database restarted',
  strike: () => postgres.restart(),
});

/** Possible once: there is one standby. */
export const primaryLost = (postgres: ReplicatedPostgres): Fault => ({
  name: 'primary lost, standby promoted',
  once: true,
  strike: () => postgres.failOver(),
});
