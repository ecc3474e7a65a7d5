/** Node's callback: an error, or a value. */
export type Done<T> = (error: Error | null, value?: T) => void;

/**
 * Runs tasks one after the other, in the order they were asked for.
 *
 * The binding would start any number of statements of one connection at once, in no promised order: a ROLLBACK could
 * overtake an INSERT of its own transaction, and each statement that waits for the connection would block a thread of
 * libuv's pool. With this queue a connection occupies one thread at most.
 */
export class SerialQueue {
  private readonly waiting: (() => void)[] = [];
  private running = false;

  /** Tasks that wait or run. */
  get load(): number {
    return this.waiting.length + (this.running ? 1 : 0);
  }

  /** Starts `task` when its turn comes; settles as `task` calls `done`, which it must do exactly once. */
  run<T>(task: (done: Done<T>) => void): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const start = (): void => {
        const done: Done<T> = (error, value) => {
          this.startNext();
          if (error) reject(error);
          else resolve(value as T);
        };
        try {
          task(done);
        } catch (error) {
          done(error instanceof Error ? error : new Error(String(error)));
        }
      };
      if (this.running) this.waiting.push(start);
      else {
        this.running = true;
        start();
      }
    });
  }

  private startNext(): void {
    const next = this.waiting.shift();
    if (next) next();
    else this.running = false;
  }
}
