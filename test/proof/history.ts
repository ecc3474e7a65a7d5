import { Client } from 'pg';
import sqlite3 from 'sqlite3';

/** A session as the database remembers it, whether it is open or has ended. */
export interface RememberedSession {
  readonly id: string;
  /** Version of the user's owner row under which it began. */
  readonly beganAt: number;
  /** Absent while it is open. */
  readonly end?: {
    readonly reason: string;
    readonly evictedBy: string | null;
    /** Version of the owner row under which it was evicted; null for other ends. */
    readonly version: number | null;
  };
}

/** Reads sessions past the server: with a connection of its own, which cannot write. */
export interface History {
  ofUser(realmId: string, userId: string): Promise<readonly RememberedSession[]>;
  close(): Promise<void>;
}

interface Row {
  readonly id: string;
  readonly owner_version: number | string;
  readonly ended_at: number | string | null;
  readonly end_reason: string | null;
  readonly evicted_by: string | null;
  readonly end_owner_version: number | string | null;
}

// Offline sessions are left out on purpose: they count under no cap. A proof's logins ask for none.
const SELECT = `SELECT id, owner_version, ended_at, end_reason, evicted_by, end_owner_version
  FROM user_session WHERE realm_id = $1 AND user_id = $2`;

/** Opens the database of a server that is running: `sqlite:<path>` or `postgres://...`. */
export const openHistory = (databaseUrl: string): Promise<History> =>
  databaseUrl.startsWith('sqlite:') ? openSqlite(databaseUrl.slice('sqlite:'.length)) : openPostgres(databaseUrl);

async function openSqlite(path: string): Promise<History> {
  const database = await new Promise<sqlite3.Database>((resolve, reject) => {
    const opened: sqlite3.Database = new sqlite3.Database(path, sqlite3.OPEN_READONLY, (error) =>
      error ? reject(error) : resolve(opened),
    );
  });
  return {
    ofUser: (realmId, userId) =>
      new Promise((resolve, reject) =>
        database.all<Row>(SELECT, [realmId, userId], (error, rows) =>
          error ? reject(error) : resolve(rows.map(remembered)),
        ),
      ),
    close: () => new Promise((resolve, reject) => database.close((error) => (error ? reject(error) : resolve()))),
  };
}

async function openPostgres(url: string): Promise<History> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query('SET default_transaction_read_only = on');
  return {
    ofUser: async (realmId, userId) => (await client.query<Row>(SELECT, [realmId, userId])).rows.map(remembered),
    close: () => client.end(),
  };
}

const remembered = (row: Row): RememberedSession => ({
  id: row.id,
  beganAt: Number(row.owner_version),
  ...(row.ended_at === null
    ? {}
    : {
        end: {
          reason: row.end_reason ?? '',
          evictedBy: row.evicted_by,
          version: row.end_owner_version === null ? null : Number(row.end_owner_version),
        },
      }),
});
