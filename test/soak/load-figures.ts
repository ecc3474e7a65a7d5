/** How requests ended. One that was under way while something went wrong may fail; any other may not. */
export class LoadFigures {
  done = 0;
  /** Failures of requests that a fault has met. */
  struck = 0;
  /** All other failures, in words. */
  readonly unexplained: string[] = [];
  /** What went wrong last. */
  last = '';
  /** Even while all is well, odd from the beginning of a fault until it is over. */
  private epoch = 0;

  /** A fault begins, or everybody has recovered from it. */
  turn(): void {
    this.epoch++;
  }

  /** Counts a request; never throws. */
  async count(request: () => Promise<void>): Promise<void> {
    const began = this.epoch;
    try {
      await request();
      this.done++;
    } catch (error) {
      this.last = String(error);
      if (began % 2 === 1 || began !== this.epoch) this.struck++;
      else this.unexplained.push(this.last);
    }
  }
}
