import { AsyncLocalStorage } from 'node:async_hooks';
import type { DataSource, EntityManager, QueryRunner } from 'typeorm';
import type { TransactionObserver } from '../shared/transaction-observer.js';
import { translated } from './database-errors.js';
import { ReadCache } from './read-cache.js';

/** The transaction that the running code is in. */
export interface Transaction {
  readonly manager: EntityManager;
  readonly runner: QueryRunner;
  /** To be called after the commit, in this order. */
  readonly effects: (() => void | Promise<void>)[];
  /** Set once it has been committed or rolled back. */
  over: boolean;
}

/** What a writing statement did. */
export interface Executed {
  /** Of its RETURNING clause. */
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  /** How many rows it changed. */
  readonly affected: number;
}

/**
 * The way of all stores to the database. Writes go to the transaction of the running unit of work. Reads do too, so that they see
 * its writes; outside of one they go to a read-only connection (SQLite) or to any connection of the pool (PostgreSQL).
 *
 * Statements are written once for both databases: parameters are `$1`, `$2`, ... and **first occur in that order**, because
 * SQLite takes them for names and numbers them as they come.
 */
export class Database {
  /** Of the tables that change rarely; one for all, so that a change of any makes them all be read again. */
  readonly cache = new ReadCache();
  /** Of flows, which are edited step by step: that makes nothing else be read again. */
  readonly flowCache = new ReadCache();
  /** When it last answered anything, by `performance.now()`. */
  answeredAt = -Infinity;
  private readonly transactions = new AsyncLocalStorage<Transaction>();

  constructor(
    readonly dataSource: DataSource,
    readonly observer?: TransactionObserver,
  ) {}

  get isPostgres(): boolean {
    return this.dataSource.options.type === 'postgres';
  }

  /** The running transaction, if any. One that is over does not count: effects and forgotten promises are outside. */
  get transaction(): Transaction | undefined {
    const transaction = this.transactions.getStore();
    return transaction?.over === true ? undefined : transaction;
  }

  /** Runs `work` as part of the transaction. */
  within<T>(transaction: Transaction, work: () => Promise<T>): Promise<T> {
    return this.transactions.run(transaction, work);
  }

  /** Reads with TypeORM. */
  async read<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return translating(() => work(this.transaction?.manager ?? this.dataSource.manager));
  }

  /** Rows of one reading statement. */
  async select<R = Record<string, unknown>>(sql: string, parameters: readonly unknown[]): Promise<R[]> {
    return translating(async () => {
      const { transaction } = this;
      const runner = transaction?.runner ?? this.dataSource.createQueryRunner('slave');
      try {
        const { records } = await runner.query(sql, [...parameters], true);
        this.answeredAt = performance.now();
        return records as R[];
      } finally {
        if (!transaction) await runner.release();
      }
    });
  }

  /**
   * Runs one writing statement.
   * @throws Error outside of a unit of work
   */
  async execute(sql: string, parameters: readonly unknown[]): Promise<Executed> {
    const { runner } = this.mustBeInTransaction();
    const result = await translating(() => runner.query(sql, [...parameters], true));
    this.answeredAt = performance.now();
    return { rows: result.records as Executed['rows'], affected: result.affected ?? 0 };
  }

  private mustBeInTransaction(): Transaction {
    const { transaction } = this;
    if (!transaction) throw new Error('A write outside of a unit of work: wrap it in UnitOfWork.run');
    return transaction;
  }
}

async function translating<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw translated(error);
  }
}
