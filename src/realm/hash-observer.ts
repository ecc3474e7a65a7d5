/** Watches password hashes, for metrics and traces. It changes nothing: it gives what the work gives and throws what it throws. */
export abstract class HashObserver {
  /**
   * One hash, from its place in line to its end. `work` calls `begun` when it has its turn; it ends without when the line is full.
   */
  abstract hash<T>(work: (begun: () => void) => Promise<T>): Promise<T>;
}

/** The line at this moment. */
export interface HashLoad {
  readonly running: number;
  readonly waiting: number;
}
