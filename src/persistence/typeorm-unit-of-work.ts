import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { UnitOfWork } from '../shared/unit-of-work.js';
import { isRetryable, translated } from './database-errors.js';
import type { Database, Transaction } from './database.js';

type Effect = () => void | Promise<void>;

/** A serialization failure or deadlock is tried again this often, after a random delay that doubles. */
const RETRIES = 4;
const RETRY_DELAY_MS = 10;

/**
 * Transactions of TypeORM: BEGIN IMMEDIATE on SQLite's one writer, READ COMMITTED on PostgreSQL.
 *
 * PostgreSQL may refuse a transaction because of another one (deadlock, serialization failure). The whole work is then done again,
 * so it must be repeatable: it changes nothing but the database, everything else is an effect. Effects of a try that
 * failed are dropped.
 */
export class TypeOrmUnitOfWork extends UnitOfWork {
  /** @param effectFailed is told what an effect threw: the transaction stands, somebody should know */
  constructor(
    private readonly database: Database,
    private readonly effectFailed: (error: unknown) => void,
  ) {
    super();
  }

  /** @throws UnavailableError `database_unavailable` when the database is gone, ConflictError `concurrent_change` */
  override async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.database.transaction) return work();
    const { result, effects } = await this.runRepeatedly(work);
    for (const effect of effects) await this.perform(effect);
    return result;
  }

  override afterCommit(effect: Effect): void {
    const { transaction } = this.database;
    if (transaction) transaction.effects.push(effect);
    else void this.perform(effect);
  }

  private async runRepeatedly<T>(work: () => Promise<T>): Promise<{ result: T; effects: readonly Effect[] }> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.runOnce(work);
      } catch (error) {
        if (attempt > RETRIES || !isRetryable(error)) throw translated(error);
        await sleep(randomInt(RETRY_DELAY_MS * 2 ** attempt));
      }
    }
  }

  private async runOnce<T>(work: () => Promise<T>): Promise<{ result: T; effects: readonly Effect[] }> {
    const effects: Effect[] = [];
    let transaction: Transaction | undefined;
    try {
      const result = await this.database.dataSource.transaction((manager) => {
        if (!manager.queryRunner) throw new Error('The manager of a transaction has a query runner');
        transaction = { manager, runner: manager.queryRunner, effects, over: false };
        return this.database.within(transaction, work);
      });
      return { result, effects };
    } finally {
      if (transaction) transaction.over = true;
    }
  }

  private async perform(effect: Effect): Promise<void> {
    try {
      await effect();
    } catch (error) {
      this.effectFailed(error);
    }
  }
}
