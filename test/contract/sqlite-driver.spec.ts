import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { QueryFailedError } from 'typeorm';
import type { Sqlite3DataSource } from '../../src/persistence/sqlite/sqlite3-data-source.js';
import { tempDatabase, type TempDatabase } from '../support/temp-database.js';
import { Counter, fixtureDataSource, openFixture, Specimen, specimen } from './sqlite-driver.fixture.js';

const UUID = '6f2c8a90-7f0e-4d0f-9c1b-3a5d5a3c9e11';
const OTHER_UUID = '0b1e9f52-3c54-4f6e-8a4c-d9f6b2f0a722';

describe.each(['file', ':memory:'])('the SQLite driver (%s)', (kind) => {
  let directory: TempDatabase;
  let database: string;
  let dataSource: Sqlite3DataSource;

  beforeEach(async () => {
    directory = await tempDatabase();
    database = kind === 'file' ? directory.path : kind;
    dataSource = await openFixture({ database });
  });

  afterEach(async () => {
    await dataSource.destroy();
    await directory.remove();
  });

  describe('values', () => {
    it.each([
      [
        'ordinary',
        {
          varchar: 'a',
          text: 'b',
          integer: 7,
          smallint: 3,
          bigint: 1_700_000_000_123,
          boolean: false,
          float: 1.5,
          double: 0.1,
          json: { a: [1, null] },
          array: ['x', 'y'],
        },
      ],
      [
        'extreme',
        {
          varchar: null,
          text: '🔑 it\'s "quoted"\n',
          integer: -2147483648,
          smallint: -32768,
          bigint: Number.MAX_SAFE_INTEGER,
          boolean: true,
          float: -1e-300,
          double: 1.7976931348623157e308,
          json: ['🔑', 1e300],
          array: [],
        },
      ],
      [
        'text that looks like something else',
        { varchar: '0123', text: '1e5', json: { 1: '1' }, array: ['01', 'null'] },
      ],
    ])('round trip through every portable column type: %s', async (_name, values) => {
      const given = specimen({ uuid: UUID, ...values });
      const repository = dataSource.getRepository(Specimen);
      await repository.insert(given);
      expect(await repository.findOneByOrFail({ uuid: UUID })).toMatchObject(given);
    });

    it('gives an entity what the database generated for it, hydrated', async () => {
      const saved = await dataSource.getRepository(Specimen).save(specimen({ uuid: UUID }));
      expect(saved).toMatchObject({ id: 1, boolean: true, json: {} });
    });

    it('generates the ids of rows inserted together in their order', async () => {
      const saved = await dataSource
        .getRepository(Specimen)
        .save([specimen({ uuid: UUID }), specimen({ uuid: OTHER_UUID })]);
      expect(saved.map(({ id, uuid }) => [id, uuid])).toEqual([
        [1, UUID],
        [2, OTHER_UUID],
      ]);
    });

    it('refuses values that the binding would store as something else, and keeps small bigints', async () => {
      await expect(dataSource.query('SELECT ? AS value', [{ a: 1 }])).rejects.toThrow('cannot bind a object');
      await expect(dataSource.query('SELECT ? AS value', [2n ** 53n])).rejects.toThrow(
        'cannot bind a bigint beyond 2^53',
      );
      expect(await dataSource.query('SELECT ? AS value', [42n])).toEqual([{ value: 42 }]);
    });

    it('never runs a statement with the values of the call before', async () => {
      expect(await dataSource.query('SELECT ? AS value', ['secret'])).toEqual([{ value: 'secret' }]);
      await expect(dataSource.query('SELECT ? AS value')).rejects.toThrow('Expected 1 parameters, got 0');
    });
  });

  describe('results', () => {
    beforeEach(() => dataSource.manager.insert(Counter, [{ id: 'a' }, { id: 'b' }, { id: 'c' }]));

    it('count the affected rows of updates and deletes', async () => {
      const { manager } = dataSource;
      expect((await manager.update(Counter, { id: 'a' }, { value: 1 })).affected).toBe(1);
      expect((await manager.update(Counter, { id: 'a', value: 0 }, { value: 2 })).affected).toBe(0);
      expect((await manager.createQueryBuilder().delete().from(Counter).execute()).affected).toBe(3);
    });

    it('have the rows of INSERT ... ON CONFLICT ... RETURNING', async () => {
      const upsert = `INSERT INTO counter (id, value) VALUES (?, 1) ON CONFLICT (id) DO UPDATE SET value = counter.value + 1 RETURNING id, value`;
      expect(await dataSource.query(upsert, ['new'])).toEqual([{ id: 'new', value: 1 }]);
      expect(await dataSource.query(upsert, ['new'])).toEqual([{ id: 'new', value: 2 }]);
    });

    it('have rows and count of UPDATE ... RETURNING', async () => {
      const update = dataSource
        .createQueryBuilder()
        .update(Counter)
        .set({ value: () => 'value + 5' })
        .where({ id: 'a' })
        .returning(['id', 'value']);
      expect(await update.execute()).toMatchObject({ affected: 1, raw: [{ id: 'a', value: 5 }] });
    });

    it('do not take a quoted RETURNING for a clause', async () => {
      const runner = dataSource.createQueryRunner();
      const result = await runner.query(`UPDATE counter SET id = 'RETURNING me' WHERE id = 'a'`, [], true);
      await runner.release();
      expect(result.affected).toBe(1);
    });
  });

  describe('errors', () => {
    it.each([
      [
        'a unique column',
        'UNIQUE',
        async () => dataSource.manager.insert(Specimen, [specimen({ uuid: UUID }), specimen({ uuid: UUID })]),
      ],
      [
        'a missing value',
        'NOT NULL',
        async () => dataSource.query<unknown>('INSERT INTO counter (id, value) VALUES (?, NULL)', ['a']),
      ],
      [
        'a foreign key',
        'FOREIGN KEY',
        async () => dataSource.manager.insert(Specimen, specimen({ uuid: UUID, counterId: 'none' })),
      ],
    ])('of a constraint surface with their code: %s', async (_name, message, violate) => {
      const error = await violate().then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      expect(error).toBeInstanceOf(QueryFailedError);
      expect((error as QueryFailedError).driverError).toMatchObject({
        code: 'SQLITE_CONSTRAINT',
        message: expect.stringContaining(message) as string,
      });
    });

    it('of wrong SQL surface, and the connection goes on', async () => {
      await expect(dataSource.query('SELEKT 1')).rejects.toThrow(QueryFailedError);
      expect(await dataSource.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
    });
  });

  it('enforces foreign keys after migrations, and cascades', async () => {
    await dataSource.manager.insert(Counter, { id: 'a' });
    await dataSource.manager.insert(Specimen, specimen({ uuid: UUID, counterId: 'a' }));
    await dataSource.manager.delete(Counter, { id: 'a' });
    expect(await dataSource.manager.count(Specimen)).toBe(0);
  });

  it('reverts a migration and runs it again', async () => {
    await dataSource.undoLastMigration();
    await expect(dataSource.manager.count(Counter)).rejects.toThrow('no such table');
    expect(await dataSource.runMigrations()).toHaveLength(1);
    expect(await dataSource.manager.count(Counter)).toBe(0);
  });

  it('can be closed twice, at once and later, and opened again', async () => {
    await Promise.all([dataSource.destroy(), dataSource.destroy()]);
    await dataSource.destroy();
    await expect(dataSource.query('SELECT 1')).rejects.toThrow('has been closed');
    dataSource = await fixtureDataSource({ database }).initialize();
    expect(await dataSource.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });
});
