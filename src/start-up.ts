import type { INestApplicationContext } from '@nestjs/common';
import type { Logger } from 'pino';
import { settingsWarnings } from './config/network-settings.js';
import type { Settings } from './config/settings.js';
import { Bootstrap } from './realm-files/bootstrap.js';
import { importWarning, readRealmFiles } from './realm-files/realm-files.js';

/** What the operator has to read once, on the terminal and not in the log. */
export interface StartUpReport {
  readonly announcements: readonly string[];
}

/**
 * Brings the realms into being before the first request: master with its administrator on an empty database, then the realm files.
 * @throws AppError when a realm file cannot be imported; nothing of it stays behind
 */
export async function startUp(
  app: INestApplicationContext,
  settings: Settings,
  logger: Logger,
): Promise<StartUpReport> {
  for (const warning of settingsWarnings(settings)) logger.warn(warning);
  const files = settings.import === undefined ? [] : await readRealmFiles(settings.import);
  const password = settings.bootstrapAdminPassword;
  const admin = { username: settings.bootstrapAdminUsername, ...(password === undefined ? {} : { password }) };
  const report = await app.get(Bootstrap).run(admin, files);
  for (const imported of report.imports) {
    const warning = importWarning(imported);
    if (warning !== undefined) logger.warn(warning);
    logger.info(
      { realm: imported.realm },
      imported.kind === 'imported' ? 'Realm imported' : 'The realm exists and was left alone',
    );
  }
  if (!report.admin?.generated) return { announcements: [] };
  return {
    announcements: [
      `The first administrator is "${report.admin.username}" with the password ${report.admin.password} (it is shown only now).`,
    ],
  };
}
