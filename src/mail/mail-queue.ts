/**
 * Mails that nobody waits for: they are written and sent after the answer, so that its time does not tell whether there was one to
 * send. A job that is still waiting when the process dies is lost, and the person asks again.
 */
export class MailQueue {
  private readonly waiting: (() => Promise<void>)[] = [];
  private readonly running = new Set<Promise<void>>();

  /**
   * @param failed told of every job that threw
   * @param most jobs that may wait
   * @param atOnce jobs that may run at the same time
   */
  constructor(
    private readonly failed: (error: unknown) => void,
    private readonly most = 1000,
    private readonly atOnce = 4,
  ) {}

  /** Queues a job; one too many is not done, and `failed` is told. */
  add(job: () => Promise<void>): void {
    if (this.waiting.length >= this.most) {
      this.failed(new Error(`${String(this.most)} mails wait already; one more was dropped`));
      return;
    }
    this.waiting.push(job);
    // The answer goes first.
    setImmediate(() => this.next());
  }

  /** Resolves once nothing waits or runs any more. */
  async idle(): Promise<void> {
    while (this.waiting.length > 0 || this.running.size > 0) {
      this.next();
      await Promise.race(this.running);
    }
  }

  private next(): void {
    while (this.running.size < this.atOnce) {
      const job = this.waiting.shift();
      if (!job) return;
      const run: Promise<void> = job()
        .catch(this.failed)
        .finally(() => {
          this.running.delete(run);
          this.next();
        });
      this.running.add(run);
    }
  }
}
