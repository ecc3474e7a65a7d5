import cluster from 'node:cluster';
import { readSettings } from './config/settings.js';
import { createLogger } from './infrastructure/logger.js';
import { AppError } from './shared/errors.js';
import { superviseWorkers, workerCount } from './workers/workers.js';

async function main(): Promise<void> {
  const settings = readSettings(process.env);
  const logger = createLogger(settings.logLevel);
  const count = workerCount(settings.workers);
  if (count > 1 && cluster.isPrimary) return superviseWorkers(count, settings, logger);
  // Not before: the process that only watches over others stays small.
  const { serve } = await import('./serve.js');
  return serve(settings, logger);
}

main().catch((error: unknown) => {
  // What the operator can mend is a sentence; anything else comes with its stack.
  process.stderr.write(
    `${error instanceof AppError ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  process.exitCode = 1;
});
