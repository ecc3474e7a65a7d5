import type { DatabaseSettings } from '../config/database-settings.js';
import { readDatabaseTlsFiles } from '../infrastructure/tls-files.js';
import type { DatabaseTuning } from '../persistence/data-source-options.js';

/**
 * How the database is spoken to, by the settings.
 * @throws InvalidInputError `tls_files` when a file that is named cannot be used
 */
export function databaseTuning(settings: DatabaseSettings): DatabaseTuning {
  const { databaseTls, databaseTlsCa: ca, databaseTlsCert: cert, databaseTlsKey: key } = settings;
  return {
    synchronous: settings.sqliteSynchronous,
    poolSize: settings.databasePoolSize,
    connectTimeoutMs: settings.databaseConnectTimeout,
    poolTimeoutMs: settings.databasePoolTimeout,
    idleTimeoutMs: settings.databaseIdleTimeout,
    statementTimeoutMs: settings.databaseStatementTimeout,
    lockTimeoutMs: settings.databaseLockTimeout,
    pooled: settings.databasePooler === 'transaction',
    ...(databaseTls === 'off'
      ? {}
      : { tls: { ...readDatabaseTlsFiles({ ca, cert, key }), rejectUnauthorized: databaseTls === 'verify' } }),
  };
}
