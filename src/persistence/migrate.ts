import { MigrationExecutor, type DataSource } from 'typeorm';

/** Any number that nobody else locks in this database. */
const LOCK_ID = 7_583_402_911;

/**
 * Brings the tables up to date: all pending migrations in one transaction, or none. Nodes that start at the same time queue, on
 * PostgreSQL by a lock of the transaction (one of the session would not survive a pooler), on SQLite by its one writer.
 */
export async function migrate(dataSource: DataSource): Promise<void> {
  const runner = dataSource.createQueryRunner();
  try {
    await runner.beforeMigration(); // SQLite can switch foreign keys off only outside of a transaction
    await runner.startTransaction();
    try {
      // A pooler may have given the server bounds of its own.
      if (dataSource.options.type === 'postgres')
        await runner.query('SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0');
      if (dataSource.options.type === 'postgres') await runner.query('SELECT pg_advisory_xact_lock($1)', [LOCK_ID]);
      const executor = new MigrationExecutor(dataSource, runner);
      executor.transaction = 'none'; // ours
      await executor.executePendingMigrations();
      await runner.commitTransaction();
    } catch (error) {
      await runner.rollbackTransaction();
      throw error;
    }
    await runner.afterMigration();
  } finally {
    await runner.release();
  }
}
