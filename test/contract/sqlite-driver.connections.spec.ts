import { readdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SqliteModuleLoadError, WriterTimeoutError } from '../../src/persistence/sqlite/errors.js';
import { loadSqlite3 } from '../../src/persistence/sqlite/native-module.js';
import type { Sqlite3DataSource } from '../../src/persistence/sqlite/sqlite3-data-source.js';
import type { SqliteSettings } from '../../src/persistence/sqlite/sqlite3-options.js';
import { tempDatabase, type TempDatabase } from '../support/temp-database.js';
import { Counter, CreateTables1700000000000, fixtureDataSource, openFixture } from './sqlite-driver.fixture.js';

describe('the connections of the SQLite driver', () => {
  let directory: TempDatabase;
  const opened: Sqlite3DataSource[] = [];

  beforeEach(async () => {
    directory = await tempDatabase();
  });

  afterEach(async () => {
    await Promise.all(opened.splice(0).map((dataSource) => dataSource.destroy()));
    await directory.remove();
  });

  async function open(settings: Omit<SqliteSettings, 'database'> = {}): Promise<Sqlite3DataSource> {
    const dataSource = await openFixture({ database: directory.path, ...settings });
    opened.push(dataSource);
    return dataSource;
  }

  async function pragmas(dataSource: Sqlite3DataSource, mode: 'master' | 'slave'): Promise<Record<string, unknown>> {
    const runner = dataSource.createQueryRunner(mode);
    const names = ['journal_mode', 'synchronous', 'busy_timeout', 'foreign_keys', 'cache_size', 'temp_store'];
    const values: Record<string, unknown> = {};
    for (const name of names)
      values[name] = Object.values(
        (await dataSource.query<Record<string, unknown>[]>(`PRAGMA ${name}`, [], runner))[0] ?? {},
      )[0];
    await runner.release();
    return values;
  }

  it('are durable and write ahead unless told otherwise', async () => {
    const FULL = 2;
    const IN_MEMORY = 2;
    const expected = {
      journal_mode: 'wal',
      synchronous: FULL,
      busy_timeout: 5000,
      foreign_keys: 1,
      cache_size: -16000,
      temp_store: IN_MEMORY,
    };
    const dataSource = await open();
    expect(await pragmas(dataSource, 'master')).toEqual(expected);
    expect(await pragmas(dataSource, 'slave')).toEqual({ ...expected, cache_size: -4000 });
  });

  it('trade durability for speed on request', async () => {
    const NORMAL = 1;
    expect(await pragmas(await open({ synchronous: 'NORMAL', busyTimeoutMs: 7 }), 'master')).toMatchObject({
      synchronous: NORMAL,
      busy_timeout: 7,
    });
  });

  it('let readers read while the writer is held', async () => {
    const dataSource = await open();
    await dataSource.manager.insert(Counter, { id: 'committed' });
    const writer = dataSource.createQueryRunner();
    await writer.startTransaction();
    await writer.manager.insert(Counter, { id: 'open' });
    expect(await dataSource.manager.find(Counter)).toEqual([{ id: 'committed', value: 0 }]);
    await writer.commitTransaction();
    await writer.release();
    expect(await dataSource.manager.count(Counter)).toBe(2);
  });

  it('of readers cannot write and have no transactions', async () => {
    const reader = (await open()).createQueryRunner('slave');
    await expect(reader.query(`INSERT INTO counter (id) VALUES ('a')`)).rejects.toMatchObject({
      driverError: { code: 'SQLITE_READONLY' },
    });
    await expect(reader.startTransaction()).rejects.toThrow('master query runner');
    await reader.release();
  });

  it('tell who waited too long for the writer, and serve the next', async () => {
    const dataSource = await open({ acquireTimeoutMs: 50 });
    const holder = dataSource.createQueryRunner();
    await holder.startTransaction();
    const error = await dataSource.manager.insert(Counter, { id: 'late' }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(WriterTimeoutError);
    expect(error).toMatchObject({
      code: 'database_busy',
      options: { detail: expect.stringContaining('not free within 50 ms') as string },
    });
    await expect(dataSource.transaction((manager) => manager.insert(Counter, { id: 'late' }))).rejects.toThrow(
      WriterTimeoutError,
    );
    await holder.release();
    await dataSource.manager.insert(Counter, { id: 'in time' });
    expect(await dataSource.manager.find(Counter)).toEqual([{ id: 'in time', value: 0 }]);
  });

  it('close after the running transaction, and refuse those who wait', async () => {
    const dataSource = await open();
    const holder = dataSource.createQueryRunner();
    await holder.startTransaction();
    await holder.manager.insert(Counter, { id: 'running' });
    const waiting = dataSource.manager.insert(Counter, { id: 'waiting' }).catch((thrown: unknown) => thrown);
    const closed = dataSource.destroy();
    expect(String(await waiting)).toContain('has been closed');
    await holder.commitTransaction();
    await holder.release();
    await closed;
    expect(await (await open()).manager.find(Counter)).toEqual([{ id: 'running', value: 0 }]);
  });

  it('leave one file behind, the write-ahead log emptied into it', async () => {
    const dataSource = await open();
    await dataSource.manager.insert(Counter, { id: 'a' });
    await dataSource.destroy();
    expect(await readdir(dirname(directory.path))).toEqual(['sluice.sqlite']);
  });

  it('enforce foreign keys again after a migration that failed', async () => {
    class Broken1800000000000 extends CreateTables1700000000000 {
      override up(): Promise<void> {
        return Promise.reject(new Error('on purpose'));
      }
    }
    const dataSource = await open();
    Object.assign(dataSource, { migrations: [new Broken1800000000000()] });
    await expect(dataSource.runMigrations()).rejects.toThrow('on purpose');
    expect(await pragmas(dataSource, 'master')).toMatchObject({ foreign_keys: 1 });
  });

  it('name the path when a database cannot be opened', async () => {
    await expect(fixtureDataSource({ database: '/dev/null/none' }).initialize()).rejects.toThrow('/dev/null');
  });

  it('name the cure when the native module does not load', async () => {
    const cause = new Error("/lib/libm.so.6: version `GLIBC_2.38' not found");
    const error = await loadSqlite3(() => Promise.reject(cause)).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(SqliteModuleLoadError);
    expect(error).toMatchObject({
      cause,
      message: expect.stringMatching(/GLIBC_2\.38[^]*python3, make[^]*npm rebuild sqlite3/) as string,
    });
  });
});
