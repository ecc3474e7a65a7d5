import type { Logger } from 'pino';
import { readSettings, type Settings } from './config/settings.js';
import { deliverRegularly } from './deliver-regularly.js';
import { Housekeeping } from './housekeeping.js';
import { createLogger } from './infrastructure/logger.js';
import { returnBindingsRegularly } from './return-bindings-regularly.js';
import { createServer, type Server } from './server.js';
import { AppError } from './shared/errors.js';
import { startUp } from './start-up.js';

const SWEEP_EVERY_MS = 30_000;
/** How long requests under way may take when the server stops, and after how long it ends come what may. */
const DRAIN_MS = 7_000;
const GIVE_UP_MS = 9_500;

async function main(): Promise<void> {
  const settings = readSettings(process.env);
  const logger = createLogger(settings.logLevel);
  const server = await createServer(settings, logger);
  try {
    const { announcements } = await startUp(server.app, settings, logger);
    await listen(server, settings, logger);
    for (const line of announcements) process.stdout.write(`${line}\n`);
  } catch (error) {
    await server.close();
    throw error;
  }
  const jobs = [
    sweepRegularly(server, logger),
    deliverRegularly(server.app, logger),
    returnBindingsRegularly(server.app, logger),
  ];
  stopOnSignal(server, logger, jobs);
}

async function listen({ app }: Server, settings: Settings, logger: Logger): Promise<void> {
  await app.listen(settings.port, settings.host);
  logger.info({ url: await app.getUrl() }, 'Sluice is ready');
}

/** Rounds never overlap; a round that fails is logged and the next one tries again. */
function sweepRegularly({ app }: Server, logger: Logger): () => Promise<void> {
  const housekeeping = app.get(Housekeeping);
  let running: Promise<void> = Promise.resolve();
  let idle = true;
  const timer = setInterval(() => {
    if (!idle) return;
    idle = false;
    running = housekeeping
      .sweep()
      .catch((error: unknown) => logger.error({ err: error }, 'Housekeeping failed'))
      .finally(() => (idle = true));
  }, SWEEP_EVERY_MS);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await running;
  };
}

/** SIGTERM and SIGINT drain: requests under way are finished, then the database is closed and the process ends with 0. */
function stopOnSignal(server: Server, logger: Logger, jobs: readonly (() => Promise<void>)[]): void {
  let stopping = false;
  const stop = (signal: NodeJS.Signals): void => {
    if (stopping) return;
    stopping = true;
    logger.info({ signal }, 'Stopping');
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
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

main().catch((error: unknown) => {
  // What the operator can mend is a sentence; anything else comes with its stack.
  process.stderr.write(
    `${error instanceof AppError ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  process.exitCode = 1;
});
