import { AppError } from '../../shared/errors.js';
import { SqliteConnection } from './sqlite-connection.js';

/**
 * Holds a SQLite database for one server process: the embedded database has one writer, and a second process would wait for it.
 * The lock is an open exclusive transaction on a file of its own, so the operating system gives it up with the process, however it
 * dies; there is nothing to clean up and no process id to guess by.
 * @returns releases the lock
 * @throws AppError `database_in_use` with a sentence for the operator
 */
export async function lockForProcess(databasePath: string): Promise<() => Promise<void>> {
  const connection = await SqliteConnection.open(`${databasePath}.lock`, { readOnly: false, statementCacheSize: 1 });
  try {
    await connection.exec('PRAGMA busy_timeout=0; BEGIN EXCLUSIVE;');
  } catch (cause) {
    await connection.close();
    if ((cause as { code?: unknown }).code !== 'SQLITE_BUSY') throw cause;
    throw new AppError(
      'database_in_use',
      `${databasePath} is in use by another server process. SQLite serves one process; for more of them use PostgreSQL.`,
      { cause },
    );
  }
  return () => connection.close();
}
