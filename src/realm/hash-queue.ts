import { UnavailableError } from '../shared/errors.js';
import type { HashLoad, HashObserver } from './hash-observer.js';

/**
 * Lets a bounded number of password hashes run at once and a bounded number wait, in order. A hash occupies a core: more
 * of them than cores only makes everyone slower, and an endless queue answers nobody.
 */
export class HashQueue {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(
    private readonly concurrency: number,
    private readonly maxWaiting: number,
    private readonly observer?: HashObserver,
  ) {}

  get load(): HashLoad {
    return { running: this.running, waiting: this.waiting.length };
  }

  /** Runs `work` when its turn has come. @throws UnavailableError `hash_queue_full` without having started it. */
  run<T>(work: () => Promise<T>): Promise<T> {
    const { observer } = this;
    return observer ? observer.hash((begun) => this.runInTurn(work, begun)) : this.runInTurn(work);
  }

  private async runInTurn<T>(work: () => Promise<T>, begun?: () => void): Promise<T> {
    await this.enter();
    begun?.();
    try {
      return await work();
    } finally {
      this.leave();
    }
  }

  private async enter(): Promise<void> {
    if (this.running < this.concurrency) {
      this.running++;
      return;
    }
    if (this.waiting.length >= this.maxWaiting) {
      throw new UnavailableError('hash_queue_full', 'The server is busy. Try again in a moment.', {
        detail: `${String(this.waiting.length)} password hashes are waiting`,
      });
    }
    await new Promise<void>((turn) => this.waiting.push(turn));
  }

  /** Hands the place to the next in line, so that a newcomer cannot slip in between. */
  private leave(): void {
    const next = this.waiting.shift();
    if (next === undefined) this.running--;
    else next();
  }
}
