import type { BaseDataSourceOptions } from 'typeorm/data-source/BaseDataSourceOptions.js';

/** What is particular to SQLite; every member but `database` has a default. */
export interface SqliteSettings {
  /** Path of the database file, or `:memory:` for a database in one connection that vanishes with it (tests). */
  readonly database: string;
  /** Read-only connections beside the writer; 2 unless told. None for `:memory:`. */
  readonly readers?: number;
  /** How long a query runner waits for the writer, in milliseconds; 10,000 unless told. */
  readonly acquireTimeoutMs?: number;
  /** How long SQLite waits for a lock of another process, in milliseconds; 5,000 unless told. */
  readonly busyTimeoutMs?: number;
  /** FULL (unless told): a commit survives a power cut. NORMAL: faster; a power cut may lose the last commits, never corrupts. */
  readonly synchronous?: 'FULL' | 'NORMAL';
  /** Prepared statements kept by each connection; 200 unless told. */
  readonly statementCacheSize?: number;
}

/** Options of `Sqlite3DataSource`: those of every TypeORM data source, and SQLite's. */
export type Sqlite3DataSourceOptions = Omit<BaseDataSourceOptions, 'type' | 'poolSize' | 'extra'> & SqliteSettings;

/** The path that stands for a database in memory. */
export const IN_MEMORY = ':memory:';

const DEFAULTS = {
  readers: 2,
  acquireTimeoutMs: 10_000,
  busyTimeoutMs: 5_000,
  synchronous: 'FULL',
  statementCacheSize: 200,
} as const;

/** Fills in the defaults and drops what is TypeORM's. */
export function sqliteSettings(options: SqliteSettings): Required<SqliteSettings> {
  return {
    database: options.database,
    readers: options.readers ?? DEFAULTS.readers,
    acquireTimeoutMs: options.acquireTimeoutMs ?? DEFAULTS.acquireTimeoutMs,
    busyTimeoutMs: options.busyTimeoutMs ?? DEFAULTS.busyTimeoutMs,
    synchronous: options.synchronous ?? DEFAULTS.synchronous,
    statementCacheSize: options.statementCacheSize ?? DEFAULTS.statementCacheSize,
  };
}
