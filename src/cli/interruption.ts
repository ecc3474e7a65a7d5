import { UnavailableError } from '../shared/errors.js';
import { EXIT } from './exit-codes.js';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs work that leaves something behind when it is cut off. The first signal to end asks it to give up and to tidy up; the second
 * ends the process at once.
 * @throws UnavailableError `interrupted` when it has given up; what `work` throws
 */
export async function interruptible<T>(work: (giveUp: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const interrupt = (): void => {
    if (controller.signal.aborted) process.exit(EXIT.unavailable);
    controller.abort();
  };
  for (const signal of SIGNALS) process.on(signal, interrupt);
  try {
    const result = await work(controller.signal);
    if (controller.signal.aborted) throw new UnavailableError('interrupted', 'Interrupted: not all of it was done');
    return result;
  } finally {
    for (const signal of SIGNALS) process.off(signal, interrupt);
  }
}
