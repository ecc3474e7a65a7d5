import type { DataSource } from 'typeorm';
import { Sqlite3DataSource } from './sqlite/sqlite3-data-source.js';

/** Connections of a pool: all, those that work, and how many wait for one (on SQLite: for the writer). */
export interface PoolFigures {
  readonly total: number;
  readonly busy: number;
  readonly waiting: number;
}

/** Sessions of applications: a user session counts once for each application it reaches. */
export interface SessionFigures {
  readonly online: number;
  readonly offline: number;
}

export interface OutboxFigures {
  readonly waiting: number;
  readonly givenUp: number;
  /** When the oldest that waits was queued (ms); absent when none waits. */
  readonly oldestAt?: number;
}

interface NodePostgresPool {
  readonly totalCount: number;
  readonly idleCount: number;
  readonly waitingCount: number;
}

/** Counting a queue stops here: a scrape must not grow with what went wrong. */
const MOST = 10_000;

/** Figures of the database for whoever watches the server. Each is read by an index or kept by the database; none counts sessions. */
export class DatabaseFigures {
  constructor(private readonly dataSource: DataSource) {}

  pool(): PoolFigures {
    const { dataSource } = this;
    if (dataSource instanceof Sqlite3DataSource) return dataSource.driver.pool.load;
    const pool = (dataSource.driver as unknown as { readonly master: NodePostgresPool }).master;
    return { total: pool.totalCount, busy: pool.totalCount - pool.idleCount, waiting: pool.waitingCount };
  }

  /** The counts that the database keeps (ADR 11); what is over counts until it is swept, half a minute at most. */
  async sessions(): Promise<SessionFigures> {
    const rows = await this.rows('SELECT offline, sum(sessions) AS n FROM client_session_count GROUP BY offline');
    const of = (offline: boolean): number =>
      Number(rows.find((row) => Boolean(row['offline']) === offline)?.['n'] ?? 0);
    return { online: of(false), offline: of(true) };
  }

  async outbox(): Promise<OutboxFigures> {
    const [row] = await this.rows(`SELECT
      (SELECT count(*) FROM (SELECT 1 FROM delivery WHERE failed_at IS NULL LIMIT ${String(MOST)}) w) AS waiting,
      (SELECT count(*) FROM (SELECT 1 FROM delivery WHERE failed_at IS NOT NULL LIMIT ${String(MOST)}) g) AS given_up,
      (SELECT min(created_at) FROM delivery WHERE failed_at IS NULL) AS oldest`);
    const oldest: unknown = row?.['oldest'];
    return {
      waiting: Number(row?.['waiting'] ?? 0),
      givenUp: Number(row?.['given_up'] ?? 0),
      ...(oldest === null || oldest === undefined ? {} : { oldestAt: Number(oldest) }),
    };
  }

  private async rows(sql: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
    const runner = this.dataSource.createQueryRunner('slave');
    try {
      return (await runner.query(sql, [], true)).records as Readonly<Record<string, unknown>>[];
    } finally {
      await runner.release();
    }
  }
}
