import { AsyncResource } from 'node:async_hooks';
import type { INestApplicationContext } from '@nestjs/common';
import type { Logger } from 'pino';
import { DeliveryRunner } from '../deliveries/delivery-runner.js';
import { DeliverySignal } from '../deliveries/delivery-signal.js';

/** For what is to be tried again, and for what another node queued and did not get to send. */
const LOOK_EVERY_MS = 5_000;

/**
 * Sends what is in the outbox: at once when something was queued here, and every five seconds.
 * @returns how to stop: calls under way are finished, nothing more is begun
 */
export function deliverRegularly(app: INestApplicationContext, logger: Logger): () => Promise<void> {
  const runner = app.get(DeliveryRunner);
  const look = (): void => {
    runner.runDue().catch((error: unknown) => logger.error({ err: error }, 'The outbox could not be read'));
  };
  // Bound to here: what is sent is no part of the request that happened to queue the first of it.
  const deaf = app.get(DeliverySignal).listen(AsyncResource.bind(look));
  const timer = setInterval(look, LOOK_EVERY_MS);
  timer.unref();
  return async () => {
    clearInterval(timer);
    deaf();
    await runner.drain();
  };
}
