import { EntityManager, type DataSource, type QueryRunner } from 'typeorm';
import type { IsolationLevel } from 'typeorm/driver/types/IsolationLevel.js';

type TransactionWork<T> = (entityManager: EntityManager) => Promise<T>;

/** An entity manager whose transactions are known as holders of the writer, so that a second writer inside of one throws. */
export class Sqlite3EntityManager extends EntityManager {
  constructor(
    dataSource: DataSource,
    queryRunner: QueryRunner | undefined,
    private readonly asWriter: <T>(work: () => Promise<T>) => Promise<T>,
  ) {
    super(dataSource, queryRunner);
  }

  /** As TypeORM's, and a write inside `work` by any other manager throws WriterSelfDeadlockError. */
  override transaction<T>(work: TransactionWork<T>): Promise<T>;
  override transaction<T>(isolationLevel: IsolationLevel, work: TransactionWork<T>): Promise<T>;
  override transaction<T>(...args: [TransactionWork<T>] | [IsolationLevel, TransactionWork<T>]): Promise<T> {
    const run = (): Promise<T> =>
      args.length === 1 ? super.transaction(args[0]) : super.transaction(args[0], args[1]);
    // With a query runner it is a savepoint (or a transaction) on a writer that is already ours.
    return this.queryRunner ? run() : this.asWriter(run);
  }
}
