import { randomInt } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { StartedNodes } from './started-nodes.js';

/** Milliseconds between one node's being up again and the end of the next. */
const PAUSE = { least: 50, most: 1500 };
/** Milliseconds until the first end: short work shall meet one too. */
const FIRST_PAUSE = { least: 0, most: 250 };

/** Ends nodes with SIGKILL and starts them again, at random moments while logins run. */
export class Killer {
  private killed = 0;

  constructor(private readonly nodes: StartedNodes) {}

  /** How often a node was ended so far. */
  get kills(): number {
    return this.killed;
  }

  /** Works while nodes die, one at a time; all are up again when it returns. @throws what `work` throws, or a node that does not come back */
  async during<T>(work: () => Promise<T>): Promise<T> {
    const over = new AbortController();
    const killing = this.kill(over.signal);
    // A node that does not come back is told below; `work` ends by itself then.
    killing.catch(() => undefined);
    try {
      return await work();
    } finally {
      over.abort();
      await killing;
    }
  }

  private async kill(over: AbortSignal): Promise<void> {
    for (let { least, most } = FIRST_PAUSE; ; { least, most } = PAUSE) {
      await pause(randomInt(least, most), undefined, { signal: over }).catch(() => undefined);
      if (over.aborted) return;
      this.killed++;
      await this.nodes.killAndRestart(randomInt(this.nodes.count));
    }
  }
}
