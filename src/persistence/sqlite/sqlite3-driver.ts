import type { DataSource, EntityMetadata, ObjectLiteral, ReplicationMode } from 'typeorm';
import { AbstractSqliteDriver } from 'typeorm/driver/sqlite-abstract/AbstractSqliteDriver.js';
import type { ReturningType } from 'typeorm/driver/types/ReturningType.js';
import { OrmUtils } from 'typeorm/util/OrmUtils.js';
import { ConnectionPool } from './connection-pool.js';
import { SqliteClosedError } from './errors.js';
import { Sqlite3QueryRunner } from './sqlite3-query-runner.js';
import { sqliteSettings, type SqliteSettings } from './sqlite3-options.js';

/** TypeORM's view of SQLite through the npm package `sqlite3`, which TypeORM 1.x has no driver for any more. */
export class Sqlite3Driver extends AbstractSqliteDriver {
  private readonly settings: Required<SqliteSettings>;
  private openPool: ConnectionPool | undefined;

  constructor(dataSource: DataSource, settings: SqliteSettings) {
    super(dataSource);
    this.settings = sqliteSettings(settings);
    this.database = this.settings.database;
  }

  /** The open connections. Throws SqliteClosedError before `connect` and after `disconnect`. */
  get pool(): ConnectionPool {
    if (!this.openPool) throw new SqliteClosedError();
    return this.openPool;
  }

  /** Opens the database. Throws SqliteModuleLoadError or SqliteOpenError. */
  override async connect(): Promise<void> {
    this.openPool = await ConnectionPool.open(this.settings);
  }

  /** Lets the running transaction end and closes all connections. Disconnecting twice is fine. */
  override async disconnect(): Promise<void> {
    await this.openPool?.close();
    this.openPool = undefined;
  }

  /** A runner of its own for every caller: `master` on the writer, `slave` on a reader. */
  override createQueryRunner(mode: ReplicationMode = 'master'): Sqlite3QueryRunner {
    return new Sqlite3QueryRunner(this, this.pool, mode);
  }

  /**
   * SQLite has RETURNING since 3.35. TypeORM's builder writes it into updates and deletes of any driver that says so, but
   * into inserts of PostgreSQL's family only; an INSERT ... RETURNING goes through `query`.
   */
  override isReturningSqlSupported(statement?: ReturningType): boolean {
    return statement === 'update' || statement === 'delete';
  }

  /** Values that the database generated: of a RETURNING row, or from the last id of an INSERT. */
  override createGeneratedMap(
    metadata: EntityMetadata,
    result: unknown,
    entityIndex: number,
    entityCount: number,
  ): ObjectLiteral | undefined {
    if (typeof result !== 'object' || result === null)
      return super.createGeneratedMap(metadata, result, entityIndex, entityCount);
    const generated: ObjectLiteral = {};
    for (const [name, value] of Object.entries(result)) {
      const column = metadata.findColumnWithDatabaseName(name);
      if (column) OrmUtils.mergeDeep(generated, column.createValueMap(this.prepareHydratedValue(value, column)));
    }
    return generated;
  }
}
