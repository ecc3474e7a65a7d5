/** Whether the database can be worked with now. */
export abstract class DatabaseHealth {
  /** Never throws; answers within two seconds. */
  abstract isAvailable(): Promise<boolean>;
}

/** Whether requests should be sent to this process. */
export class Readiness {
  private stopping = false;

  constructor(private readonly database: DatabaseHealth) {}

  /** From now on a load balancer should send nothing more; what still comes is answered. */
  stop(): void {
    this.stopping = true;
  }

  get isStopping(): boolean {
    return this.stopping;
  }

  /** Why not, as a sentence for the operator; undefined when ready. Green again by itself, unless the process stops. */
  async obstacle(): Promise<string | undefined> {
    if (this.stopping) return 'The server is stopping.';
    return (await this.database.isAvailable()) ? undefined : 'The database does not answer.';
  }
}
