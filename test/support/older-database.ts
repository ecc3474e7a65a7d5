import type { DataSource, QueryRunner } from 'typeorm';
import { createDataSource } from '../../src/persistence/data-source-options.js';
import { migrate } from '../../src/persistence/migrate.js';

/** A column as both databases describe it. */
export interface ColumnShape {
  readonly type: string;
  readonly isNullable: boolean;
  readonly hasDefault: boolean;
}

/** Columns of each table, by name. */
export type Schema = ReadonlyMap<string, ReadonlyMap<string, ColumnShape>>;

/** Brings a database to where it was after the migration of that name, and gives it open: with nothing of later ones. */
export async function databaseAsOf(url: string, migration: string): Promise<DataSource> {
  const dataSource = createDataSource(url, { poolSize: 2 });
  const all = Object.values(dataSource.options.migrations ?? {});
  const last = all.findIndex((each) => typeof each === 'function' && each.name === migration);
  if (last < 0) throw new Error(`There is no migration ${migration}`);
  dataSource.setOptions({ migrations: all.slice(0, last + 1) });
  await dataSource.initialize();
  await migrate(dataSource);
  return dataSource;
}

export async function withRunner<T>(dataSource: DataSource, work: (runner: QueryRunner) => Promise<T>): Promise<T> {
  const runner = dataSource.createQueryRunner();
  try {
    return await work(runner);
  } finally {
    await runner.release();
  }
}

/** What the database itself says of its tables. */
export async function schemaOf(dataSource: DataSource): Promise<Schema> {
  const isPostgres = dataSource.options.type === 'postgres';
  const names = await dataSource.query<{ name: string }[]>(
    isPostgres
      ? "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'"
      : "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
  );
  const schema = new Map<string, ReadonlyMap<string, ColumnShape>>();
  for (const { name } of names) {
    if (['migrations', 'typeorm_metadata'].includes(name)) continue;
    const table = await withRunner(dataSource, (runner) => runner.getTable(name));
    schema.set(
      name,
      new Map(
        (table?.columns ?? []).map((column) => [
          column.name,
          { type: column.type, isNullable: column.isNullable, hasDefault: column.default !== undefined },
        ]),
      ),
    );
  }
  return schema;
}

/**
 * A row in every table, written as a server writes that knows this schema: with these columns and no others. Every text is `value`, so
 * that rows of all tables refer to each other.
 */
export async function fill(dataSource: DataSource, schema: Schema, value: string): Promise<void> {
  await withRunner(dataSource, async (runner) => {
    await runner.startTransaction(); // references are checked at its end
    for (const [table, columns] of schema) {
      const values = [...columns.values()].map(({ type }) =>
        type.includes('bool') ? false : type.includes('int') ? 1 : value,
      );
      const names = [...columns.keys()].map((name) => `"${name}"`).join(', ');
      const places = values.map((_, index) => `$${index + 1}`).join(', ');
      // The counts of client sessions are kept by a trigger, which may have been there first.
      await runner.query(`INSERT INTO ${table} (${names}) VALUES (${places}) ON CONFLICT DO NOTHING`, values);
    }
    await runner.commitTransaction();
  });
}

/** Every row of every table, in these columns only. */
export async function contentOf(dataSource: DataSource, schema: Schema): Promise<Readonly<Record<string, unknown>>> {
  const content: Record<string, unknown> = {};
  for (const [table, columns] of schema) {
    const names = [...columns.keys()].map((name) => `"${name}"`);
    const rows = await dataSource.query<object[]>(`SELECT ${names.join(', ')} FROM ${table}`);
    content[table] = rows.map((row) => JSON.stringify(row)).sort();
  }
  return content;
}
