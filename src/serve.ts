import type { Logger } from 'pino';
import type { Settings } from './config/settings.js';
import { deliverRegularly } from './background/deliver-regularly.js';
import { returnBindingsRegularly } from './background/return-bindings-regularly.js';
import { listening } from './infrastructure/listening.js';
import { createServer, type Server } from './server.js';
import { startUp } from './start-up.js';
import { sweepRegularly } from './background/sweep-regularly.js';

/** How long requests under way may take when the server stops, and after how long it ends come what may. */
const DRAIN_MS = 7_000;
const GIVE_UP_MS = 9_500;

/**
 * One server process: puts the server together, listens, does the work in the background, and stops on a signal.
 * @throws AppError with a sentence for the operator when something stops the start
 */
export async function serve(settings: Settings, logger: Logger): Promise<void> {
  const server = await createServer(settings, logger);
  const announcements = await open(server, settings, logger);
  const jobs = [
    sweepRegularly(server.app, logger),
    deliverRegularly(server.app, logger),
    returnBindingsRegularly(server.app, logger),
  ];
  // Before it says that it is ready: whoever reads that may stop it at once.
  stopOnSignal(server, settings, logger, jobs);
  await sayReady(server, settings, logger);
  for (const line of announcements) process.stdout.write(`${line}\n`);
}

/** From here on requests are answered. @returns what the operator is to be told */
async function open(server: Server, settings: Settings, logger: Logger): Promise<readonly string[]> {
  try {
    const { announcements } = await startUp(server.app, settings, logger);
    await listening(settings, 'SLUICE_PORT', () => server.app.listen(settings.port, settings.host));
    return announcements;
  } catch (error) {
    await server.close();
    throw error;
  }
}

async function sayReady({ app, managementUrl }: Server, settings: Settings, logger: Logger): Promise<void> {
  // With several processes behind one port, the log tells which one.
  logger.info(
    {
      url: await app.getUrl(),
      ...(managementUrl && { managementUrl }),
      ...(settings.workers === '1' ? {} : { worker: process.pid }),
    },
    'Sluice is ready',
  );
}

/**
 * SIGTERM and SIGINT: the server is not ready any more, goes on for as long as a load balancer needs to notice, finishes requests under
 * way, closes the database, and the process ends with 0.
 */
function stopOnSignal(
  server: Server,
  { shutdownDelay }: Pick<Settings, 'shutdownDelay'>,
  logger: Logger,
  jobs: readonly (() => Promise<void>)[],
): void {
  let stopping = false;
  const drain = (): void => {
    setTimeout(() => {
      logger.warn('Requests that have not ended by now are cut off');
      server.cutOff();
    }, DRAIN_MS).unref();
    setTimeout(() => {
      logger.error('The server did not stop in time');
      process.exit(1);
    }, GIVE_UP_MS).unref();
    server.close(Promise.allSettled(jobs.map((stop) => stop()))).then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error({ err: error }, 'Stopping failed');
        process.exit(1);
      },
    );
  };
  const stop = (signal: NodeJS.Signals): void => {
    if (stopping) return;
    stopping = true;
    logger.info({ signal }, 'Stopping');
    void server.retire(shutdownDelay * 1000).then(drain);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}
