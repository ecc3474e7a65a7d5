import type { INestApplicationContext } from '@nestjs/common';
import type { Logger } from 'pino';
import { PendingBindings } from '../flows/pending-bindings.js';
import { regularly } from './regularly.js';

/** A binding that nobody confirmed may be one that nobody gets through: seconds count. */
const LOOK_EVERY_MS = 2_000;

/**
 * Lets bindings return that were not confirmed in time: now, and every two seconds.
 * @returns how to stop: a round under way is finished
 */
export function returnBindingsRegularly(app: INestApplicationContext, logger: Logger): () => Promise<void> {
  const pending = app.get(PendingBindings);
  const round = async (): Promise<void> => {
    const returned = await pending.returnDue();
    if (returned > 0) logger.warn({ returned }, 'Bindings that were not confirmed have returned');
  };
  const failed = (error: unknown): void => logger.error({ err: error }, 'Bindings on trial could not be looked at');
  const work = regularly(LOOK_EVERY_MS, round, failed);
  work.begin();
  return work.stop;
}
