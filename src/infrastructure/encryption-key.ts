import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { AppError } from '../shared/errors.js';

/**
 * The key that seals secrets: the one of the settings, or on SQLite one of a file beside the database, made once and readable by the
 * owner only.
 * @param databasePath path of the SQLite file; undefined when the database is elsewhere
 * @throws AppError `encryption_key_missing` when the database exists and its key file does not
 */
export function encryptionKey(setting: string | undefined, databasePath: string | undefined): string {
  if (setting !== undefined) return setting;
  if (databasePath === undefined || databasePath === ':memory:') return randomBytes(32).toString('base64');
  const path = `${databasePath}.key`;
  if (existsSync(path)) return readFileSync(path, 'utf8').trim();
  if (existsSync(databasePath)) {
    throw new AppError(
      'encryption_key_missing',
      `${path} is gone. The secrets in ${databasePath} open only with that key: put the file back, or set SLUICE_ENCRYPTION_KEY.`,
    );
  }
  const key = randomBytes(32).toString('base64');
  writeFileSync(path, `${key}\n`, { mode: 0o600, flag: 'wx' });
  return key;
}

/** The keys of before that the settings name. */
export const previousKeys = (setting: string | undefined): readonly string[] =>
  (setting ?? '')
    .split(',')
    .map((key) => key.trim())
    .filter((key) => key !== '');
