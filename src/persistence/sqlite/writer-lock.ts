import { AsyncLocalStorage } from 'node:async_hooks';
import { SqliteClosedError, WriterSelfDeadlockError, WriterTimeoutError } from './errors.js';

/** Gives the writer back. A second call does nothing. */
export type ReleaseWriter = () => void;

/** The code of one transaction, from its begin to its end, with all that it calls. */
interface WriterScope {
  readonly lock: WriterLock;
  readonly outer: WriterScope | undefined;
  state: 'entered' | 'holding' | 'left';
}

interface Waiter {
  grant(release: ReleaseWriter): void;
  refuse(error: Error): void;
}

const currentScope = new AsyncLocalStorage<WriterScope>();

/** A mutex that is granted in the order of asking, with a time limit and detection of code that would wait for itself. */
export class WriterLock {
  private readonly waiters = new Set<Waiter>();
  private heldSince: number | undefined;
  private closed = false;

  constructor(private readonly timeoutMs: number) {}

  /** How many hold it (one or none) and how many wait. */
  get load(): { readonly held: number; readonly waiting: number } {
    return { held: this.heldSince === undefined ? 0 : 1, waiting: this.waiters.size };
  }

  /**
   * Runs `work`, which is going to hold the writer. Until it has released the writer, a second `acquire` from within
   * `work` (at any depth, across awaits) throws instead of waiting for ever.
   */
  scope<T>(work: () => T): T {
    return currentScope.run({ lock: this, outer: liveScope(), state: 'entered' }, work);
  }

  /**
   * Waits for the writer.
   *
   * @throws WriterSelfDeadlockError at once, when the calling code holds it
   * @throws WriterTimeoutError when it was not free in time
   * @throws SqliteClosedError when the lock is closed, before or while waiting
   */
  async acquire(): Promise<ReleaseWriter> {
    if (this.closed) throw new SqliteClosedError();
    const scope = this.enterScope();
    try {
      const release = await this.grant();
      return () => {
        if (scope) scope.state = 'left';
        release();
      };
    } catch (error) {
      if (scope) scope.state = 'left';
      throw error;
    }
  }

  /** Refuses those who wait and all who come later, and waits until the holder is done, or its time is up. */
  async close(): Promise<void> {
    this.closed = true;
    for (const waiter of [...this.waiters]) waiter.refuse(new SqliteClosedError());
    await this.grant().catch(() => undefined);
  }

  private grant(): Promise<ReleaseWriter> {
    if (this.heldSince === undefined) return Promise.resolve(this.take());
    return new Promise((resolve, reject) => {
      const settle = (): void => {
        clearTimeout(timer);
        this.waiters.delete(waiter);
      };
      const waiter: Waiter = {
        grant: (release) => {
          settle();
          resolve(release);
        },
        refuse: (error) => {
          settle();
          reject(error);
        },
      };
      const timer = setTimeout(() => waiter.refuse(this.timeoutError()), this.timeoutMs);
      this.waiters.add(waiter);
    });
  }

  private take(): ReleaseWriter {
    this.heldSince = performance.now();
    let released = false;
    return () => {
      if (released) return;
      released = true;
      this.heldSince = undefined;
      const [next] = this.waiters;
      next?.grant(this.take());
    };
  }

  /** Marks the scope of the calling code as the holder; only the first acquire of a scope is the one it was opened for. */
  private enterScope(): WriterScope | undefined {
    let own: WriterScope | undefined;
    for (let scope = currentScope.getStore(); scope; scope = scope.outer) {
      if (scope.lock !== this) continue;
      if (scope.state === 'holding') throw new WriterSelfDeadlockError();
      if (scope.state === 'entered') own ??= scope;
    }
    if (own) own.state = 'holding';
    return own;
  }

  private timeoutError(): WriterTimeoutError {
    const held = this.heldSince === undefined ? 0 : Math.round(performance.now() - this.heldSince);
    return new WriterTimeoutError(
      `The SQLite writer was not free within ${this.timeoutMs} ms: its holder has had it for ${held} ms, ${this.waiters.size} others wait. ` +
        'A transaction awaits something slow, or a query runner was never released.',
    );
  }
}

/** Scopes that are over are skipped, so that work which outlives its transaction does not chain them up for ever. */
function liveScope(): WriterScope | undefined {
  let scope = currentScope.getStore();
  while (scope?.state === 'left') scope = scope.outer;
  return scope;
}
