import { createHmac } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DataSource } from 'typeorm';
import type { Logger } from 'pino';
import { isPostgresUrl } from '../config/database-settings.js';
import type { Settings } from '../config/settings.js';
import { databaseTuning } from './database-tuning.js';
import { encryptionKey, previousKeys } from '../infrastructure/encryption-key.js';
import {
  createDataSource,
  createMigrationDataSource,
  type DatabaseTuning,
  sqlitePath,
} from '../persistence/data-source-options.js';
import { migrate } from '../persistence/migrate.js';
import { localBounds } from '../persistence/postgres-options.js';
import { lockForProcess } from '../persistence/sqlite/process-lock.js';
import { createStores } from '../persistence/stores.js';
import { AesSealer } from '../shared/aes-sealer.js';
import { type Clock, SystemClock } from '../shared/clock.js';
import { AppError } from '../shared/errors.js';
import type { Ground } from '../wiring/ground.js';
import type { Instruments } from '../wiring/instruments.js';

/** An open database, and what the middle stands on. */
export interface OpenGround {
  readonly ground: Ground & { readonly sealer: AesSealer };
  readonly dataSource: DataSource;
  /** Closes the database, and lets another process have it. */
  close(): Promise<void>;
}

/**
 * Opens the database.
 * @param options.exclusive SQLite: only this process has it from now on, and it is migrated. Without it the database is only read, a
 *   server may go on beside, and its tables must be up to date.
 * @param options.instruments who watches; nobody unless told
 * @throws AppError with a sentence for the operator: `database_in_use`, `database_outdated`, ...
 */
export async function openGround(
  settings: Settings,
  logger: Logger,
  clock: Clock = new SystemClock(),
  { exclusive = true, instruments = {} }: { readonly exclusive?: boolean; readonly instruments?: Instruments } = {},
): Promise<OpenGround> {
  const file = sqlitePath(settings.databaseUrl);
  if (file !== undefined && exclusive) mkdirSync(dirname(file), { recursive: true });
  if (file !== undefined && !exclusive && !existsSync(file))
    throw new AppError('database_missing', `There is no database ${file} (SLUICE_DATABASE_URL)`);
  const unlock = file === undefined || !exclusive ? undefined : await lockForProcess(file);
  const tuning = databaseTuning(settings);
  const dataSource = createDataSource(settings.databaseUrl, tuning);
  const close = async (): Promise<void> => {
    if (dataSource.isInitialized) await dataSource.destroy();
    await unlock?.();
  };
  try {
    const key = encryptionKey(settings.encryptionKey, file);
    await dataSource.initialize();
    if (!exclusive) await refuseOutdated(dataSource);
    else if (isPostgresUrl(settings.databaseUrl)) await migrateApart(settings.databaseUrl, tuning);
    else await migrate(dataSource);
    const ground = {
      settings,
      clock,
      logger,
      instruments,
      stores: createStores(
        dataSource,
        (error) => logger.error({ err: error }, 'An effect after a commit failed'),
        localBounds(tuning),
        instruments.transactions,
      ),
      sealer: new AesSealer(key, previousKeys(settings.encryptionKeyPrevious)),
      sessionCodeKey: createHmac('sha256', key).update('session_code').digest(),
    };
    return { ground, dataSource, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** With a connection of its own: migrations of a large database take longer than statements of a login may. */
async function migrateApart(url: string, tuning: DatabaseTuning): Promise<void> {
  const apart = createMigrationDataSource(url, tuning);
  try {
    await apart.initialize();
    await migrate(apart);
  } finally {
    if (apart.isInitialized) await apart.destroy();
  }
}

async function refuseOutdated(dataSource: DataSource): Promise<void> {
  if (await dataSource.showMigrations())
    throw new AppError(
      'database_outdated',
      'The database is new or of an older version: start the server once, it brings the tables up to date.',
    );
}
