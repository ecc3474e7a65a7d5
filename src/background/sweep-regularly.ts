import type { INestApplicationContext } from '@nestjs/common';
import type { Logger } from 'pino';
import { Housekeeping } from './housekeeping.js';
import { regularly } from './regularly.js';
import { Clock } from '../shared/clock.js';
import { UnitOfWork } from '../shared/unit-of-work.js';
import { SingleUseStore } from '../tokens/single-use.js';

const SWEEP_EVERY_MS = 30_000;
/** Shorter than a round, so that a process that takes every turn is never late for its own. */
const TURN_MS = 25_000;

/**
 * Clears away what is over, every thirty seconds. Of all processes on one database one does it: whoever takes the turn. Sweeping side
 * by side would be safe (rows that another one works on are skipped), and would cost each of them the search.
 * @returns how to stop: a round under way is finished
 */
export function sweepRegularly(app: INestApplicationContext, logger: Logger): () => Promise<void> {
  const housekeeping = app.get(Housekeeping);
  const round = async (): Promise<void> => {
    if (await isOurTurn(app)) await housekeeping.sweep();
  };
  const failed = (error: unknown): void => logger.error({ err: error }, 'Housekeeping failed');
  return regularly(SWEEP_EVERY_MS, round, failed).stop;
}

/** A turn is a name that may be used once until it expires; that it belongs to no realm keeps it apart from theirs. */
async function isOurTurn(app: INestApplicationContext): Promise<boolean> {
  const now = app.get(Clock).now();
  return app.get(UnitOfWork).run(() => app.get(SingleUseStore).take('', 'housekeeping', now, now + TURN_MS));
}
