import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { readSettings } from '../config/settings.js';
import { coreProviders } from '../core.module.js';
import { createLogger, FrameworkLogger } from '../infrastructure/logger.js';
import { openGround, type OpenGround } from '../ground/open-ground.js';
import { type Realm, RealmStore } from '../realm/realm.js';
import { NotFoundError } from '../shared/errors.js';

/** The middle of the server without its doors, on the database of the settings. */
export interface Application extends OpenGround {
  /** A class of the middle, as its container knows it. */
  readonly part: <T>(token: abstract new (...parts: never[]) => T) => T;
  /** @throws NotFoundError `realm_not_found` */
  readonly realm: (name: string) => Promise<Realm>;
}

/** Commands write what they have to say themselves; the log is for what went wrong beside. */
const LOG_LEVEL = 'error';

// A module of Nest is a class, if only a name.
// eslint-disable-next-line @typescript-eslint/no-extraneous-class
class CoreModule {}

/**
 * Opens the database of the settings, runs `work` and closes it.
 * @param mode `read` goes beside a running server; `write` needs SQLite for itself, and refuses while a server has it
 * @throws AppError as `openGround`, InvalidInputError `invalid_settings`
 */
export async function withApplication<T>(
  mode: 'read' | 'write',
  work: (application: Application) => Promise<T>,
): Promise<T> {
  const settings = readSettings(process.env);
  const logger = createLogger(LOG_LEVEL);
  const open = await openGround(settings, logger, undefined, { exclusive: mode === 'write' });
  try {
    const context = await NestFactory.createApplicationContext(
      { module: CoreModule, providers: coreProviders(open.ground) },
      { logger: new FrameworkLogger(logger), abortOnError: false },
    );
    const realm = async (name: string): Promise<Realm> => {
      const found = await context.get(RealmStore).byName(name);
      if (!found) throw new NotFoundError('realm_not_found', `There is no realm "${name}"`);
      return found;
    };
    return await work({ ...open, part: (token) => context.get(token), realm });
  } finally {
    await open.close();
  }
}
