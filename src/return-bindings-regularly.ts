import type { INestApplicationContext } from '@nestjs/common';
import type { Logger } from 'pino';
import { PendingBindings } from './flows/pending-bindings.js';

/** A binding that nobody confirmed may be one that nobody gets through: seconds count. */
const LOOK_EVERY_MS = 2_000;

/**
 * Lets bindings return that were not confirmed in time: now, and every two seconds.
 * @returns how to stop: a round under way is finished
 */
export function returnBindingsRegularly(app: INestApplicationContext, logger: Logger): () => Promise<void> {
  const pending = app.get(PendingBindings);
  let running: Promise<unknown> | undefined;
  const look = (): void => {
    running ??= pending
      .returnDue()
      .then((returned) => returned > 0 && logger.warn({ returned }, 'Bindings that were not confirmed have returned'))
      .catch((error: unknown) => logger.error({ err: error }, 'Bindings on trial could not be looked at'))
      .finally(() => (running = undefined));
  };
  look();
  const timer = setInterval(look, LOOK_EVERY_MS);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await running;
  };
}
