import type { DataSource } from 'typeorm';
import { describe, expect, it } from 'vitest';
import { createDataSource } from '../../src/persistence/data-source-options.js';
import { migrate } from '../../src/persistence/migrate.js';
import { freshPostgres, freshSqlite } from '../support/databases.js';
import { contentOf, databaseAsOf, fill, schemaOf, type ColumnShape, type Schema } from '../support/older-database.js';

/** Where the last release stands: servers of it may run on the tables of today. Move it on with each release. */
const LAST_RELEASE = 'GroupNames1764100021000';

/** Indexes that every request for a token reads by. */
const READ_BY_TOKENS = ['group_member_user', 'group_role_role', 'role_composite_child', 'user_role_role'];

/** Which indexes these are, on PostgreSQL: one that was made again is another. */
const indexesFor = (dataSource: DataSource): Promise<unknown[]> =>
  dataSource.query('SELECT relname, oid FROM pg_class WHERE relname = ANY($1) ORDER BY relname', [READ_BY_TOKENS]);

/** Why a server that knows the tables of before could not work on those of after; nothing when it can. */
function obstacles(before: Schema, after: Schema): readonly string[] {
  const found: string[] = [];
  for (const [table, columns] of before) {
    const now = after.get(table);
    if (!now) found.push(`${table} is gone`);
    for (const [name, { type, isNullable }] of now ? columns : []) {
      const column = now?.get(name);
      if (!column) found.push(`${table}.${name} is gone`);
      else if (column.type !== type) found.push(`${table}.${name} is ${column.type} and was ${type}`);
      else if (isNullable && !column.isNullable) found.push(`${table}.${name} must be there and need not before`);
    }
    for (const [name, { isNullable, hasDefault }] of now ?? [])
      if (!columns.has(name) && !isNullable && !hasDefault)
        found.push(`${table}.${name} is new, and has neither NULL nor a default`);
  }
  return found;
}

describe.each([
  ['SQLite', freshSqlite],
  ['PostgreSQL', freshPostgres],
] as const)('A database of the last release on %s', (_name, fresh) => {
  it('is brought up to date with all its rows, and servers of that release can go on beside it', async () => {
    const { url, drop } = await fresh();
    try {
      const old = await databaseAsOf(url, LAST_RELEASE);
      const before = await schemaOf(old);
      expect(before.size).toBeGreaterThan(20);
      await fill(old, before, 'stored before');
      const stored = await contentOf(old, before);
      expect(Object.values(stored).filter((rows) => (rows as unknown[]).length === 0)).toEqual([]);

      const indexes = _name === 'PostgreSQL' ? await indexesFor(old) : [];
      const current = await createDataSource(url, { poolSize: 2 }).initialize();
      if (_name === 'SQLite') await old.destroy();
      await migrate(current);
      expect(await current.showMigrations()).toBe(false);
      expect(obstacles(before, await schemaOf(current))).toEqual([]);
      expect(await contentOf(current, before)).toEqual(stored);
      if (_name === 'PostgreSQL') {
        expect(indexes).toHaveLength(READ_BY_TOKENS.length);
        expect(await indexesFor(current)).toEqual(indexes); // to drop one would lock its table against every login
      }

      // The server of the last release is still there, reads what it knows and writes what it knows.
      const beside = _name === 'SQLite' ? current : old;
      expect(await contentOf(beside, before)).toEqual(stored);
      await fill(beside, before, 'stored beside');
      const rows = Object.entries(await contentOf(current, before)) as [string, readonly string[]][];
      for (const [table, texts] of rows) expect([table, texts.join().includes('stored before')]).toEqual([table, true]);
      await current.destroy();
      if (_name !== 'SQLite') await old.destroy();
    } finally {
      await drop();
    }
  });
});

describe('What would keep a server of the last release from working', () => {
  const schema = (columns: Record<string, { type: string; isNullable: boolean; hasDefault: boolean }>): Schema =>
    new Map([['t', new Map(Object.entries(columns))]]);
  const text = { type: 'text', isNullable: true, hasDefault: false };

  it.each([
    ['a table that is gone', schema({ a: text }), new Map(), 't is gone'],
    ['a column that is gone, or has another name', schema({ a: text }), schema({ b: text }), 't.a is gone'],
    ['a type', schema({ a: text }), schema({ a: { ...text, type: 'bigint' } }), 't.a is bigint and was text'],
    [
      'a column that must be there now',
      schema({ a: text }),
      schema({ a: { ...text, isNullable: false } }),
      'must be there',
    ],
    ['a new one that must', schema({}), schema({ a: { ...text, isNullable: false } }), 't.a is new'],
  ] as const)('is found: %s', (_what, before, after, says) => {
    expect(obstacles(before, after).join()).toContain(says);
  });

  it('is not: a new table, a column with a default or without a need', () => {
    const after: Schema = new Map([
      ...schema({ a: text, b: text, c: { type: 'text', isNullable: false, hasDefault: true } }),
      ...new Map([['u', new Map<string, ColumnShape>()]]),
    ]);
    expect(obstacles(schema({ a: text }), after)).toEqual([]);
  });
});
