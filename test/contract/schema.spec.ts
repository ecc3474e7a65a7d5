import type { QueryRunner } from 'typeorm';
import { describe, expect, it } from 'vitest';
import { createDataSource } from '../../src/persistence/data-source-options.js';
import { migrate } from '../../src/persistence/migrate.js';
import { describeOnEachDatabase, freshPostgres, freshSqlite } from '../support/databases.js';

/** What TypeORM keeps for itself. */
const FOREIGN = ['migrations', 'typeorm_metadata'];
/** Columns that no entity has, because one statement alone writes them. */
const UNMAPPED = ['credential.otp_step', 'login_failure.lock_version'];

describeOnEachDatabase('The tables', (database) => {
  async function tableNames(): Promise<string[]> {
    const { dataSource } = database();
    const sql =
      dataSource.options.type === 'postgres'
        ? "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'"
        : "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";
    const rows = await dataSource.query<{ name: string }[]>(sql);
    return rows.map(({ name }) => name).filter((name) => !FOREIGN.includes(name));
  }

  /** Runs `work` on a runner, for what the stores do not offer. */
  async function withRunner<T>(work: (runner: QueryRunner) => Promise<T>): Promise<T> {
    const runner = database().dataSource.createQueryRunner();
    try {
      return await work(runner);
    } finally {
      await runner.release();
    }
  }

  it('are those of the entities, with the same columns', async () => {
    const { dataSource } = database();
    const entities = dataSource.entityMetadatas;
    expect((await tableNames()).sort()).toEqual(entities.map(({ tableName }) => tableName).sort());
    await withRunner(async (runner) => {
      for (const entity of entities) {
        const table = await runner.getTable(entity.tableName);
        const stored = (table?.columns ?? [])
          .filter(({ name }) => !UNMAPPED.includes(`${entity.tableName}.${name}`))
          .map(({ name, isNullable, isPrimary, type }) => ({ name, isNullable, isPrimary, type }));
        const mapped = entity.columns.map((column) => ({
          name: column.databaseName,
          isNullable: column.isNullable,
          isPrimary: column.isPrimary,
          type: dataSource.driver.normalizeType(column),
        }));
        const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);
        expect([entity.tableName, stored.sort(byName)]).toEqual([entity.tableName, mapped.sort(byName)]);
      }
    });
  });

  it('have the realm first in every key', async () => {
    await withRunner(async (runner) => {
      for (const name of await tableNames()) {
        const key = (await runner.getTable(name))?.primaryColumns.map((column) => column.name) ?? [];
        expect([name, key[0]]).toEqual([name, name === 'realm' ? 'id' : 'realm_id']);
      }
    });
  });

  it('keep nothing of a deleted realm, and everything of another', async () => {
    const { unitOfWork, realms, dataSource } = database();
    const names = await tableNames();
    for (const realm of ['doomed', 'other']) {
      await withRunner(async (runner) => {
        await runner.startTransaction(); // references are checked at its end
        for (const name of names) await insertSomething(runner, name, realm);
        await runner.commitTransaction();
      });
    }
    await unitOfWork.run(() => realms.delete('doomed'));
    for (const name of names) {
      const column = name === 'realm' ? 'id' : 'realm_id';
      const rows = await dataSource.query<{ realm: string }[]>(`SELECT DISTINCT ${column} AS realm FROM ${name}`);
      expect([name, rows]).toEqual([name, [{ realm: 'other' }]]);
    }
  });

  it('are migrated once', async () => {
    const { dataSource } = database();
    await migrate(dataSource);
    expect(await dataSource.query('SELECT name FROM migrations')).toEqual(
      dataSource.migrations.map(({ name }) => ({ name })),
    );
    expect(await dataSource.showMigrations()).toBe(false);
  });
});

/** A row with `x` in every text: rows of all tables then refer to each other. */
async function insertSomething(runner: QueryRunner, name: string, realm: string): Promise<void> {
  const columns = (await runner.getTable(name))?.columns ?? [];
  const values = columns.map((column) => {
    if (column.name === 'realm_id' || (name === 'realm' && ['id', 'name'].includes(column.name))) return realm;
    if (column.type.includes('bool')) return false;
    return column.type.includes('int') ? 1 : 'x';
  });
  const placeholders = values.map((_, index) => `$${index + 1}`).join(', ');
  await runner.query(
    `INSERT INTO ${name} (${columns.map((column) => `"${column.name}"`).join(', ')}) VALUES (${placeholders})`,
    values,
  );
}

describe.each([
  ['SQLite', freshSqlite],
  ['PostgreSQL', freshPostgres],
] as const)('Migrations on %s', (_name, fresh) => {
  it('queue when several nodes start at once', async () => {
    const { url, drop } = await fresh();
    const nodes = await Promise.all(Array.from({ length: 3 }, () => createDataSource(url).initialize()));
    try {
      await Promise.all(nodes.map((node) => migrate(node)));
      expect(await nodes[0]?.query('SELECT name FROM migrations')).toHaveLength(nodes[0]!.migrations.length);
    } finally {
      await Promise.all(nodes.map((node) => node.destroy()));
      await drop();
    }
  });
});

describe('The address of a database', () => {
  it.each(['mysql://u:secret@h/d', 'sqlite:', '', 'postgres:secret'])(
    'is refused without being repeated: %s',
    (url) => {
      expect(() => createDataSource(url)).toThrow(RangeError);
      expect(() => createDataSource(url)).not.toThrow('secret');
    },
  );

  it('opens a SQLite database in memory', async () => {
    const dataSource = await createDataSource('sqlite::memory:').initialize();
    await migrate(dataSource);
    expect(await dataSource.query('SELECT count(*) AS count FROM realm')).toEqual([{ count: 0 }]);
    await dataSource.destroy();
  });
});
