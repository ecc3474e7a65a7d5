import { QueryFailedError, QueryResult, QueryRunnerAlreadyReleasedError, TypeORMError } from 'typeorm';
import { AbstractSqliteQueryRunner } from 'typeorm/driver/sqlite-abstract/AbstractSqliteQueryRunner.js';
import { Broadcaster } from 'typeorm/subscriber/Broadcaster.js';
import { BroadcasterResult } from 'typeorm/subscriber/BroadcasterResult.js';
import type { ReplicationMode } from 'typeorm';
import type { AbstractSqliteDriver } from 'typeorm/driver/sqlite-abstract/AbstractSqliteDriver.js';
import type { IsolationLevel } from 'typeorm/driver/types/IsolationLevel.js';
import type { ConnectionPool, WriterLease } from './connection-pool.js';
import { statementKind } from './sql-statement.js';
import type { SqliteConnection } from './sqlite-connection.js';

/**
 * Runs the statements of one caller. A `master` runner holds the writer from its first statement to `release()`, so that
 * nobody else's statements fall into its transaction; a `slave` runner reads the last committed state and cannot write.
 */
export class Sqlite3QueryRunner extends AbstractSqliteQueryRunner {
  private lease: Promise<WriterLease> | undefined;
  private foreignKeysOff = false;
  private transactionEnds = false;

  constructor(
    driver: AbstractSqliteDriver,
    private readonly pool: ConnectionPool,
    mode: ReplicationMode,
  ) {
    super();
    this.driver = driver;
    this.dataSource = driver.dataSource;
    this.mode = mode;
    this.broadcaster = new Broadcaster(this);
  }

  /**
   * The connection of this runner; waits for the writer the first time.
   *
   * @throws QueryRunnerAlreadyReleasedError, and as `ConnectionPool.acquireWriter`
   */
  override connect(): Promise<SqliteConnection> {
    if (this.isReleased) return Promise.reject(new QueryRunnerAlreadyReleasedError());
    if (this.mode === 'slave') return Promise.resolve(this.pool.reader());
    this.lease ??= this.pool.acquireWriter();
    return this.lease.then((lease) => lease.connection);
  }

  /** Rolls an open transaction back and gives the writer to the next in line. Releasing twice is fine. */
  override async release(): Promise<void> {
    if (this.isReleased) return;
    this.isReleased = true;
    await super.release();
    const lease = await this.lease?.catch(() => undefined);
    if (!lease) return;
    try {
      await this.leaveClean(lease.connection);
    } finally {
      lease.release();
    }
  }

  /** Begins a transaction, or a savepoint inside of one. `slave` runners share their connection and have no transactions. */
  override async startTransaction(isolationLevel?: IsolationLevel): Promise<void> {
    if (this.mode === 'slave')
      throw new TypeORMError('A slave query runner only reads: transactions need a master query runner');
    try {
      await super.startTransaction(isolationLevel);
    } catch (error) {
      // TypeORM has marked the transaction as active before it began, and would now roll back what never started.
      if (this.transactionDepth === 0) this.isTransactionActive = false;
      throw error;
    }
  }

  /** Lets migrations rebuild tables that others refer to; `release` undoes it should the migration fail. */
  override async beforeMigration(): Promise<void> {
    await (await this.connect()).exec('PRAGMA foreign_keys = OFF');
    this.foreignKeysOff = true;
  }

  /** Undoes `beforeMigration`. */
  override async afterMigration(): Promise<void> {
    await (await this.connect()).exec('PRAGMA foreign_keys = ON');
    this.foreignKeysOff = false;
  }

  /**
   * Runs one statement.
   *
   * Gives the rows of a query or a RETURNING clause, the last id of an INSERT, nothing else; with `useStructuredResult`
   * a `QueryResult` that also has the count of affected rows.
   *
   * @throws QueryFailedError whose `driverError.code` is SQLite's result code, such as SQLITE_CONSTRAINT
   */
  override query(sql: string, parameters: unknown[] | undefined, useStructuredResult: true): Promise<QueryResult>;
  override query<T = unknown>(sql: string, parameters?: unknown[]): Promise<T>;
  override async query(sql: string, parameters: unknown[] = [], useStructuredResult = false): Promise<unknown> {
    const ends = sql === 'COMMIT' || sql === 'ROLLBACK';
    if (ends) this.transactionEnds = true;
    try {
      const result = await this.observed(beginAsWriter(sql), parameters, ends);
      return useStructuredResult ? result : (result.raw as unknown);
    } finally {
      if (ends) this.transactionEnds = false;
    }
  }

  /** Reads the definition of a table or of its indices for TypeORM's schema tools. */
  protected override loadTableRecords(tablePath: string, kind: 'table' | 'index'): Promise<unknown> {
    const name = this.splitTablePath(tablePath)[1];
    const column = kind === 'table' ? 'name' : 'tbl_name';
    return this.query(`SELECT NULL AS "database", * FROM "sqlite_master" WHERE "type" = ? AND "${column}" = ?`, [
      kind,
      name,
    ]);
  }

  /** Reads `PRAGMA pragma("table")` for TypeORM's schema tools. */
  protected override loadPragmaRecords(tablePath: string, pragma: string): Promise<unknown> {
    return this.query(`PRAGMA ${pragma}(${this.driver.escape(this.splitTablePath(tablePath)[1])})`);
  }

  /** Tells loggers and subscribers about the statement; costs next to nothing when nobody listens. */
  private async observed(sql: string, parameters: unknown[], ends: boolean): Promise<QueryResult> {
    const connection = await this.connect();
    const { logger, subscribers, options } = this.dataSource;
    logger.logQuery(sql, parameters, this);
    if (subscribers.length > 0) await this.broadcaster.broadcast('BeforeQuery', sql, parameters);
    this.refuseStraggler(ends);
    const startedAt = performance.now();
    try {
      const result = await execute(connection, sql, parameters);
      const took = performance.now() - startedAt;
      if (options.maxQueryExecutionTime && took > options.maxQueryExecutionTime)
        logger.logQuerySlow(Math.round(took), sql, parameters, this);
      if (subscribers.length > 0) await this.broadcastAfterQuery(sql, parameters, took, result.raw);
      return result;
    } catch (error) {
      const failure = error instanceof Error ? error : new Error(String(error));
      logger.logQueryError(failure, sql, parameters, this);
      if (subscribers.length > 0) await this.broadcastAfterQuery(sql, parameters, undefined, failure);
      throw new QueryFailedError(sql, parameters, failure);
    }
  }

  /**
   * A statement that comes while COMMIT or ROLLBACK is under way (one of several in a `Promise.all` of which another
   * failed) would run behind it, outside of any transaction, and stay.
   */
  private refuseStraggler(ends: boolean): void {
    if (this.isReleased) throw new QueryRunnerAlreadyReleasedError();
    if (this.transactionEnds && !ends)
      throw new TypeORMError('The transaction of this query runner is ending: statements must be awaited before');
  }

  private async broadcastAfterQuery(
    sql: string,
    parameters: unknown[],
    took: number | undefined,
    outcome: unknown,
  ): Promise<void> {
    const result = new BroadcasterResult();
    const succeeded = took !== undefined;
    this.broadcaster.broadcastAfterQueryEvent(
      result,
      sql,
      parameters,
      succeeded,
      took,
      succeeded ? outcome : undefined,
      succeeded ? undefined : outcome,
    );
    await result.wait();
  }

  private async leaveClean(connection: SqliteConnection): Promise<void> {
    if (this.isTransactionActive) {
      this.isTransactionActive = false;
      this.transactionDepth = 0;
      await connection.exec('ROLLBACK').catch(ignoreNoTransaction);
    }
    if (this.foreignKeysOff) await connection.exec('PRAGMA foreign_keys = ON');
  }
}

/** Takes SQLite's write lock at the start: a transaction that reads first and then writes would fail with SQLITE_BUSY. */
function beginAsWriter(sql: string): string {
  return sql === 'BEGIN TRANSACTION' ? 'BEGIN IMMEDIATE' : sql;
}

async function execute(
  connection: SqliteConnection,
  sql: string,
  parameters: readonly unknown[],
): Promise<QueryResult> {
  const result = new QueryResult();
  const kind = statementKind(sql);
  if (kind === 'insert' || kind === 'change') {
    const { changes, lastId } = await connection.run(sql, parameters);
    result.affected = changes;
    result.raw = kind === 'insert' ? lastId : undefined;
  } else {
    const rows = await connection.all(sql, parameters);
    result.raw = rows;
    result.records = rows;
    if (kind !== 'rows') result.affected = rows.length;
  }
  return result;
}

/** SQLite has already rolled back by itself after some errors (disk full, out of memory). */
function ignoreNoTransaction(error: unknown): void {
  if (!(error instanceof Error && error.message.includes('no transaction is active'))) throw error;
}
