import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe } from 'vitest';
import { createDataSource, type DatabaseTuning } from '../../src/persistence/data-source-options.js';
import { migrate } from '../../src/persistence/migrate.js';
import { createStores, type Stores } from '../../src/persistence/stores.js';
import { PostgresServer } from './postgres-server.js';

/** Address of an empty database, and how to get rid of it. */
export interface FreshDatabase {
  readonly url: string;
  readonly drop: () => Promise<void>;
}

/** An empty SQLite file in a directory of its own. */
export async function freshSqlite(): Promise<FreshDatabase> {
  const directory = await mkdtemp(join(tmpdir(), 'sluice-sqlite-'));
  return { url: `sqlite:${join(directory, 'sluice.db')}`, drop: () => rm(directory, { recursive: true, force: true }) };
}

/** An empty database on a PostgreSQL that is started for it. */
export async function freshPostgres(): Promise<FreshDatabase> {
  const server = await PostgresServer.start();
  return { url: await server.createDatabase(`sluice_${randomUUID().replaceAll('-', '')}`), drop: () => server.stop() };
}

/** A migrated database with all stores; filled in before the tests of the suite run. */
export interface DatabaseUnderTest extends Stores {
  readonly dataSource: DataSource;
  /** What effects after a commit threw. */
  readonly effectFailures: unknown[];
}

const DATABASES = { SQLite: freshSqlite, PostgreSQL: freshPostgres } as const;
const TUNING: DatabaseTuning = { poolSize: 40, synchronous: 'NORMAL' };

/**
 * Declares the same tests once per database, each on a fresh one.
 *
 * @param tests gets a function, to be called inside of tests and hooks, that gives the database
 */
export function describeOnEachDatabase(name: string, tests: (database: () => DatabaseUnderTest) => void): void {
  describe.each(Object.keys(DATABASES) as (keyof typeof DATABASES)[])(`${name} on %s`, (kind) =>
    describeOn(kind, tests),
  );
}

/** As `describeOnEachDatabase`, for what only PostgreSQL has. */
export function describeOnPostgres(name: string, tests: (database: () => DatabaseUnderTest) => void): void {
  describe(`${name} on PostgreSQL`, () => describeOn('PostgreSQL', tests));
}

/**
 * Has PostgreSQL count what the tables hold, as autovacuum does in time. Nobody ever does on SQLite: there a plan has to be good without.
 */
export async function withStatistics(dataSource: DataSource): Promise<void> {
  if (dataSource.options.type === 'postgres') await dataSource.query('VACUUM ANALYZE');
}

function describeOn(kind: keyof typeof DATABASES, tests: (database: () => DatabaseUnderTest) => void): void {
  let fresh: FreshDatabase | undefined;
  let database: DatabaseUnderTest | undefined;

  beforeAll(async () => {
    fresh = await DATABASES[kind]();
    const dataSource = createDataSource(fresh.url, TUNING);
    await dataSource.initialize();
    await migrate(dataSource);
    const effectFailures: unknown[] = [];
    database = { ...createStores(dataSource, (error) => effectFailures.push(error)), dataSource, effectFailures };
  });

  afterAll(async () => {
    await database?.dataSource.destroy();
    await fresh?.drop();
  });

  tests(() => {
    if (!database) throw new Error('The database is there only while tests run');
    return database;
  });
}
