import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { lookInto } from '../../src/proof/database-look.js';
import { StartedNodes } from '../../src/proof/started-nodes.js';
import { freshSqlite } from '../support/databases.js';
import { clockStepped, databaseRestarted, diskFull, nodeKilled, primaryLost, type Fault } from './faults.js';
import { ReplicatedPostgres } from './replicated-postgres.js';
import { Soaking, type Pace, type Soaked } from './soaking.js';

const PROGRAM = join(import.meta.dirname, 'soak-server.mjs');
const CONNECTIONS = 64;

export const DATABASES = ['sqlite', 'postgres'] as const;
export type DatabaseName = (typeof DATABASES)[number];

/** How long a disk stays full and clocks are wrong. */
export interface SoakPace extends Pace {
  readonly faultMs: number;
}

/** Starts the build on an empty database of the kind, loads it, and lets every fault of the kind happen. */
export async function soakOn(database: DatabaseName, pace: SoakPace, say: (line: string) => void): Promise<Soaked> {
  if (database === 'postgres') {
    const postgres = await ReplicatedPostgres.start();
    try {
      return await soakNodes(postgres.url, 2, pace, say, (nodes) => [
        nodeKilled(nodes),
        databaseRestarted(postgres),
        clockStepped(nodes, pace.faultMs),
        primaryLost(postgres),
      ]);
    } finally {
      await postgres.stop();
    }
  }
  const sqlite = await freshSqlite();
  try {
    return await soakNodes(sqlite.url, 1, pace, say, (nodes) => [
      nodeKilled(nodes),
      diskFull(nodes, pace.faultMs),
      clockStepped(nodes, pace.faultMs),
    ]);
  } finally {
    await sqlite.drop();
  }
}

async function soakNodes(
  databaseUrl: string,
  count: number,
  pace: SoakPace,
  say: (line: string) => void,
  faultsOf: (nodes: StartedNodes) => readonly Fault[],
): Promise<Soaked> {
  const nodes = await StartedNodes.start({
    program: PROGRAM,
    settings: { SLUICE_DATABASE_URL: databaseUrl, SLUICE_ENCRYPTION_KEY: randomBytes(32).toString('base64') },
    count,
    connections: CONNECTIONS,
    mayDie: true,
    takesMessages: true,
  });
  try {
    const look = await lookInto(databaseUrl);
    try {
      return await Soaking.run(nodes, look, faultsOf(nodes), pace, say);
    } finally {
      await look.close();
    }
  } finally {
    await nodes.stop();
  }
}
