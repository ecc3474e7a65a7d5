import { DatabaseHealth } from '../shared/readiness.js';
import type { Database } from './database.js';

/** How long the database may take to answer (milliseconds). */
const PATIENCE_MS = 2000;

/**
 * Asks the database itself. A server that only reads (a standby, or a primary that was set back to one) is no help to a login, so it
 * does not count. When all connections are at work the question waits behind them: an answer to anybody then counts as well.
 */
export class QueriedDatabaseHealth extends DatabaseHealth {
  private running: Promise<boolean> | undefined;

  constructor(private readonly database: Database) {
    super();
  }

  override isAvailable(): Promise<boolean> {
    return (this.running ??= this.ask().finally(() => (this.running = undefined)));
  }

  private async ask(): Promise<boolean> {
    const { isPostgres } = this.database;
    const asked = performance.now();
    const answer = this.database
      .select<{ writable: boolean | number }>(`SELECT ${isPostgres ? 'NOT pg_is_in_recovery()' : '1'} AS writable`, [])
      .then(
        ([row]) => Boolean(row?.writable),
        () => false,
      );
    let timer: NodeJS.Timeout | undefined;
    const impatience = new Promise<boolean>((resolve) => {
      timer = setTimeout(() => resolve(this.database.answeredAt > asked), PATIENCE_MS);
    });
    const isAvailable = await Promise.race([answer, impatience]);
    clearTimeout(timer);
    return isAvailable;
  }
}
