/** The one source of time: tests step it, nothing else calls Date.now(). */
export abstract class Clock {
  /** Milliseconds since the epoch. */
  abstract now(): number;

  /** Whole seconds since the epoch, as tokens carry them. */
  seconds(): number {
    return Math.floor(this.now() / 1000);
  }
}

export class SystemClock extends Clock {
  now(): number {
    return Date.now();
  }
}

/** A clock that stands still until it is moved (for tests and simulations). */
export class ManualClock extends Clock {
  constructor(private time = 1_700_000_000_000) {
    super();
  }

  now(): number {
    return this.time;
  }

  advance(milliseconds: number): void {
    this.time += milliseconds;
  }
}
