import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { UnitOfWork } from '../shared/unit-of-work.js';
import { commitUnknown, isBrokenConnection, isRetryable, translated } from './database-errors.js';
import type { Database, Transaction } from './database.js';

type Effect = () => void | Promise<void>;

/** Work that another transaction or a broken connection cut off is tried again this often, after a random delay that doubles. */
const RETRIES = 4;
const RETRY_DELAY_MS = 10;

/** What one try came to know, for whoever decides whether there is another. */
interface Try {
  readonly effects: Effect[];
  /** Set once COMMIT is on its way. */
  committing: boolean;
}

/**
 * Transactions of TypeORM: BEGIN IMMEDIATE on SQLite's one writer, READ COMMITTED on PostgreSQL.
 *
 * PostgreSQL may refuse a transaction because of another one (deadlock, serialization failure), and its connection may break. The whole
 * work is then done again, so it must be repeatable: it changes nothing but the database, everything else is an effect. Effects of a
 * try that failed are dropped. A connection that breaks after COMMIT was sent leaves it open whether the work is stored; that is said
 * (`commit_unknown`) and nothing is tried again.
 */
export class TypeOrmUnitOfWork extends UnitOfWork {
  /**
   * @param effectFailed is told what an effect threw: the transaction stands, somebody should know
   * @param firstStatement is sent at the beginning of every transaction
   */
  constructor(
    private readonly database: Database,
    private readonly effectFailed: (error: unknown) => void,
    private readonly firstStatement?: string,
  ) {
    super();
  }

  /**
   * @throws UnavailableError `database_unavailable` when the database is gone, `database_busy` when it did not get to it in time,
   * `commit_unknown` when it broke at the COMMIT; ConflictError `concurrent_change`
   */
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
      const one: Try = { effects: [], committing: false };
      try {
        const { observer } = this.database;
        const once = (begun?: () => void): Promise<T> => this.runOnce(work, one, begun);
        return { result: await (observer ? observer.transaction(once) : once()), effects: one.effects };
      } catch (error) {
        const isBroken = isBrokenConnection(error);
        if (isBroken && one.committing) throw commitUnknown(error);
        if (attempt > RETRIES || !(isBroken || isRetryable(error))) throw translated(error);
        await sleep(randomInt(RETRY_DELAY_MS * 2 ** attempt));
      }
    }
  }

  private async runOnce<T>(work: () => Promise<T>, one: Try, begun?: () => void): Promise<T> {
    let transaction: Transaction | undefined;
    try {
      return await this.database.dataSource.transaction(async (manager) => {
        begun?.();
        if (!manager.queryRunner) throw new Error('The manager of a transaction has a query runner');
        if (this.firstStatement !== undefined) await manager.queryRunner.query(this.firstStatement);
        transaction = { manager, runner: manager.queryRunner, effects: one.effects, over: false };
        const result = await this.database.within(transaction, work);
        one.committing = true;
        return result;
      });
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
