import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectFile } from '../infrastructure/project-files.js';
import { Administrator } from '../proof/administrator.js';
import { lookInto } from '../proof/database-look.js';
import { History } from '../proof/history.js';
import { Killer } from '../proof/killer.js';
import { GivenNodes } from '../proof/nodes.js';
import { hasRealms } from '../proof/occupied-database.js';
import type { ProofGround } from '../proof/round.js';
import { StartedNodes } from '../proof/started-nodes.js';
import { InvalidInputError } from '../shared/errors.js';

/** Which server is put to the proof. */
export interface ProofTarget {
  /** Nodes that run already. */
  readonly url?: readonly string[];
  readonly adminUser: string;
  /** Of nodes that are started: a random one unless given. */
  readonly adminPassword?: string;
  /** How many nodes to start where none are named. */
  readonly start?: number;
  readonly databaseUrl?: string;
  /** The database is behind a pooler in transaction mode. */
  readonly pooler?: boolean;
  readonly kill?: boolean;
  /** Logins at once. */
  readonly parallel: number;
  /** Leaves a temporary database behind. */
  readonly keep?: boolean;
}

/** What a proof is run on. */
export interface Prepared {
  readonly ground: ProofGround;
  readonly killer?: Killer;
  /** Folder of the temporary database, where there is one. */
  readonly folder?: string;
}

/** Beside the logins there is somebody who lists sessions. */
const SPARE_CONNECTIONS = 4;

/**
 * Reaches or starts the nodes, works, and stops what it started.
 * @throws InvalidInputError `usage` for targets that cannot be
 */
export async function onGround<T>(target: ProofTarget, work: (prepared: Prepared) => Promise<T>): Promise<T> {
  if (target.url && target.kill)
    throw new InvalidInputError('usage', '--kill ends only nodes that --start has started');
  return target.url ? onGiven(target, target.url, work) : onStarted(target, work);
}

async function onGiven<T>(
  { adminUser, adminPassword, databaseUrl, parallel }: ProofTarget,
  urls: readonly string[],
  work: (prepared: Prepared) => Promise<T>,
): Promise<T> {
  if (adminPassword === undefined)
    throw new InvalidInputError('usage', 'Give the password of the administrator: PROOF_ADMIN_PASSWORD');
  const nodes = new GivenNodes(urls, parallel + SPARE_CONNECTIONS);
  try {
    const administrator = new Administrator(await nodes.next(), nodes.base, {
      name: adminUser,
      password: adminPassword,
    });
    if (databaseUrl === undefined) return await work({ ground: { nodes, administrator } });
    return await withHistory(databaseUrl, (history) => work({ ground: { nodes, administrator, history } }));
  } finally {
    nodes.close();
  }
}

async function onStarted<T>(target: ProofTarget, work: (prepared: Prepared) => Promise<T>): Promise<T> {
  const {
    start = 1,
    kill = false,
    parallel,
    adminUser,
    adminPassword = randomBytes(32).toString('base64url'),
  } = target;
  if (target.databaseUrl === undefined && start > 1)
    throw new InvalidInputError('usage', 'SQLite serves one process: several nodes need --database-url postgres://...');
  // A server would change it: bring its tables up to date, make keys and an administrator, clear away what is over.
  if (target.databaseUrl !== undefined && (await hasRealms(target.databaseUrl)))
    throw new InvalidInputError(
      'usage',
      'The database has realms: --start takes an empty one, --url a server that runs',
    );
  const folder = target.databaseUrl === undefined ? await mkdtemp(join(tmpdir(), 'sluice-proof-')) : undefined;
  const databaseUrl = target.databaseUrl ?? `sqlite:${join(folder ?? '', 'proof.sqlite')}`;
  try {
    const nodes = await StartedNodes.start({
      program: projectFile('dist/src/main.js'),
      settings: {
        SLUICE_DATABASE_URL: databaseUrl,
        ...(target.pooler && { SLUICE_DATABASE_POOLER: 'transaction' }),
        SLUICE_ENCRYPTION_KEY: randomBytes(32).toString('base64'),
        SLUICE_BOOTSTRAP_ADMIN_USERNAME: adminUser,
        SLUICE_BOOTSTRAP_ADMIN_PASSWORD: adminPassword,
        SLUICE_LOG_LEVEL: 'info',
      },
      count: start,
      connections: parallel + SPARE_CONNECTIONS,
      mayDie: kill,
      // Ctrl-C must leave them to delete the realms with.
      shielded: true,
    });
    try {
      const administrator = new Administrator(await nodes.next(), nodes.base, nodes.admin);
      return await withHistory(databaseUrl, (history) =>
        work({
          ground: { nodes, administrator, history },
          ...(kill && { killer: new Killer(nodes) }),
          ...(folder !== undefined && { folder }),
        }),
      );
    } finally {
      await nodes.stop();
    }
  } finally {
    if (folder !== undefined && !target.keep) await rm(folder, { recursive: true, force: true });
  }
}

async function withHistory<T>(databaseUrl: string, work: (history: History) => Promise<T>): Promise<T> {
  const look = await lookInto(databaseUrl);
  try {
    return await work(new History(look));
  } finally {
    await look.close();
  }
}
