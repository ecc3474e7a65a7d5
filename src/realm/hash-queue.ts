import { UnavailableError } from '../shared/errors.js';
import type { HashLoad, HashMeter } from './hash-meter.js';

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
    private readonly meter?: HashMeter,
  ) {}

  get load(): HashLoad {
    return { running: this.running, waiting: this.waiting.length };
  }

  /** Runs `work` when its turn has come. @throws UnavailableError `hash_queue_full` without having started it. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    await this.enter();
    try {
      return await work();
    } finally {
      this.leave();
    }
  }

  private async enter(): Promise<void> {
    if (this.running < this.concurrency) {
      this.running++;
      this.meter?.waited(0);
      return;
    }
    if (this.waiting.length >= this.maxWaiting) {
      this.meter?.refused();
      throw new UnavailableError('hash_queue_full', 'The server is busy. Try again in a moment.', {
        detail: `${String(this.waiting.length)} password hashes are waiting`,
      });
    }
    const since = performance.now();
    await new Promise<void>((turn) => this.waiting.push(turn));
    this.meter?.waited((performance.now() - since) / 1000);
  }

  /** Hands the place to the next in line, so that a newcomer cannot slip in between. */
  private leave(): void {
    const next = this.waiting.shift();
    if (next === undefined) this.running--;
    else next();
  }
}
