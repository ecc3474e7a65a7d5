import type sqlite3 from 'sqlite3';
import { SqliteModuleLoadError } from './errors.js';

/** The module object of the npm package `sqlite3`. */
export type Sqlite3Module = typeof sqlite3;

/**
 * Loads the npm package `sqlite3` when a database is opened, not when this file is imported: a server on PostgreSQL
 * starts without the native module.
 *
 * @param load replaced by tests only
 * @throws SqliteModuleLoadError when the native module does not load; the message names the cure
 */
export async function loadSqlite3(
  load: () => Promise<{ default: Sqlite3Module }> = () => import('sqlite3'),
): Promise<Sqlite3Module> {
  try {
    return (await load()).default;
  } catch (error) {
    throw new SqliteModuleLoadError(error);
  }
}
