/** Watches the line of password hashes. Must not take long, and not throw. */
export abstract class HashMeter {
  /** A hash has its turn. @param seconds how long it stood in line */
  abstract waited(seconds: number): void;
  /** The line was full. */
  abstract refused(): void;
}

/** The line at this moment. */
export interface HashLoad {
  readonly running: number;
  readonly waiting: number;
}
