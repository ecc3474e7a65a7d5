import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import type { Logger } from 'pino';
import type { Settings } from '../config/settings.js';
import { AppError } from '../shared/errors.js';
import type { Workers } from './worker-health.js';
import { openWorkerManagement } from './worker-management.js';

/** The pause before a worker that ended is replaced doubles from the first to the last of these, and begins anew after a quiet minute. */
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
const QUIET_MS = 60_000;

/** How many server processes the setting asks for. */
export const workerCount = (setting: string): number => (setting === 'auto' ? availableParallelism() : Number(setting));

/** The pause before the next worker, by how many ended in a row. */
export const pauseMs = (endedInARow: number): number =>
  Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (endedInARow - 1));

/**
 * Runs `count` server processes behind one port, and replaces those that end. The first starts alone: it brings the tables up to date
 * and makes the realms; when it cannot, nothing starts. SIGTERM and SIGINT are passed on; when all have ended, this one does.
 * @throws AppError `start_failed` when the first worker ends before it listens (it has said why)
 */
export async function superviseWorkers(
  count: number,
  settings: Pick<Settings, 'hashConcurrency' | 'managementHost' | 'managementPort'>,
  logger: Logger,
): Promise<void> {
  // Together they compute as many password hashes at a time as one process would.
  const share = settings.hashConcurrency ?? Math.max(1, Math.floor(availableParallelism() / count));
  const environment = { SLUICE_HASH_CONCURRENCY: String(share) };
  const crew = new Crew(count, () => cluster.fork(environment), logger);
  const management = await openWorkerManagement(settings, crew, logger);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => crew.stop(signal));
  if (!(await isListening(crew.add()))) {
    if (crew.isStopping) return;
    await management?.close();
    throw new AppError('start_failed', 'The first server process ended before it was ready.');
  }
  const others = await Promise.all(Array.from({ length: count - 1 }, () => isListening(crew.add())));
  logger.info(
    { workers: 1 + others.filter(Boolean).length, ...(management && { managementUrl: management.url }) },
    'All server processes run',
  );
}

/** True once the worker listens, false when it ends before. */
async function isListening(worker: Worker): Promise<boolean> {
  const ending = new AbortController();
  const { signal } = ending;
  const listening = once(worker, 'listening', { signal }).then(() => true);
  const exit = once(worker, 'exit', { signal }).then(() => false);
  try {
    return await Promise.race([listening, exit]);
  } finally {
    for (const waiting of [listening, exit]) waiting.catch(() => undefined);
    ending.abort();
  }
}

/** The workers, and what happens when one ends. */
class Crew implements Workers {
  isStopping = false;
  private readonly workers = new Set<Worker>();
  private readonly serving = new Set<Worker>();
  private endedInARow = 0;
  private lastEnd = -Infinity;
  private wasStarted = false;

  constructor(
    readonly wanted: number,
    private readonly fork: () => Worker,
    private readonly logger: Logger,
  ) {}

  add(): Worker {
    const worker = this.fork();
    this.workers.add(worker);
    worker.once('listening', () => {
      this.wasStarted = true;
      this.serving.add(worker);
    });
    worker.once('exit', (code: number | null, signal: string | null) => {
      this.workers.delete(worker);
      this.serving.delete(worker);
      this.ended(worker, code, signal);
    });
    return worker;
  }

  listening(): readonly Worker[] {
    return [...this.serving];
  }

  stop(signal: NodeJS.Signals): void {
    this.isStopping = true;
    for (const worker of this.workers) worker.process.kill(signal);
    // All of them wait to be replaced: there is no end to wait for.
    if (this.wasStarted && this.workers.size === 0) process.exit();
  }

  private ended({ process: { pid } }: Worker, code: number | null, signal: string | null): void {
    if (this.isStopping) {
      // One that had to be cut off makes the whole end a failure, as it does without workers.
      if (code !== 0) process.exitCode = 1;
      if (this.workers.size === 0) process.exit();
      return;
    }
    if (!this.wasStarted) return; // the start has failed
    const now = performance.now();
    this.endedInARow = now - this.lastEnd > QUIET_MS ? 1 : this.endedInARow + 1;
    this.lastEnd = now;
    const pause = pauseMs(this.endedInARow);
    this.logger.error({ pid, code, signal, pause }, 'A server process ended, and is replaced');
    setTimeout(() => {
      if (!this.isStopping) this.add();
    }, pause);
  }
}
