import 'reflect-metadata';
import { readSettings } from './config/settings.js';
import { encryptionKey, previousKeys } from './infrastructure/encryption-key.js';
import { createDataSource, sqlitePath } from './persistence/data-source-options.js';
import { Database } from './persistence/database.js';
import { migrate } from './persistence/migrate.js';
import { Resealing, type ResealingReport } from './persistence/resealing.js';
import { lockForProcess } from './persistence/sqlite/process-lock.js';
import { TypeOrmUnitOfWork } from './persistence/typeorm-unit-of-work.js';
import { AesSealer } from './shared/aes-sealer.js';
import { AppError } from './shared/errors.js';

/**
 * Seals every secret of the database anew with SLUICE_ENCRYPTION_KEY. SQLite: the server must be stopped.
 * @throws AppError with a sentence for the operator
 */
async function reseal(): Promise<ResealingReport> {
  const settings = readSettings(process.env);
  const previous = previousKeys(settings.encryptionKeyPrevious);
  if (previous.length === 0)
    throw new AppError('previous_key_missing', 'SLUICE_ENCRYPTION_KEY_PREVIOUS: name the key that is to be replaced');
  const file = sqlitePath(settings.databaseUrl);
  const unlock = file === undefined ? undefined : await lockForProcess(file);
  const dataSource = createDataSource(settings.databaseUrl, { synchronous: settings.sqliteSynchronous });
  try {
    const sealer = new AesSealer(encryptionKey(settings.encryptionKey, file), previous);
    await dataSource.initialize();
    await migrate(dataSource);
    const database = new Database(dataSource);
    const unitOfWork = new TypeOrmUnitOfWork(database, (error) => process.stderr.write(`${String(error)}\n`));
    return await new Resealing(database, unitOfWork, sealer).run();
  } finally {
    if (dataSource.isInitialized) await dataSource.destroy();
    await unlock?.();
  }
}

reseal().then(
  ({ resealed, unreadable }) => {
    process.stdout.write(`${String(resealed)} rows were sealed with the current key.\n`);
    if (unreadable === 0) return;
    process.stdout.write(
      `${String(unreadable)} texts name an older key that does not open them; they were left alone.\n`,
    );
    process.exitCode = 2;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof AppError ? error.message : String(error)}\n`);
    process.exitCode = 1;
  },
);
