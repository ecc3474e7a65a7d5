import { sqlitePath } from '../../src/persistence/data-source-options.js';
import { TABLES, type FloorStore } from './floor-store.js';
import { PostgresFloorStore } from './postgres-floor-store.js';
import { SqliteFloorStore } from './sqlite-floor-store.js';

/** Users `<prefix>1` ... of whom each has so many sessions at a client. */
export interface FloorCrowd {
  readonly prefix: string;
  readonly users: number;
  readonly sessions: number;
  readonly clientId: string;
}

type ScriptedStore = FloorStore & { exec(script: string): Promise<void> };

/** @param url as the server's: `sqlite:<path>` or `postgres://...` */
export const openFloorStore = async (url: string): Promise<ScriptedStore> => {
  const path = sqlitePath(url);
  return path === undefined ? new PostgresFloorStore(url) : SqliteFloorStore.open(path);
};

/** Makes the tables in an empty database, and the sessions that people have before anything is measured. */
export async function prepareFloor(url: string, crowds: readonly FloorCrowd[]): Promise<void> {
  const store = await openFloorStore(url);
  try {
    await store.exec(TABLES);
    for (const crowd of crowds) if (crowd.sessions > 0) await store.exec(fill(crowd, Date.now()));
  } finally {
    await store.close();
  }
}

/** What is written into the statements is ours. */
const fill = ({ prefix, users, sessions, clientId }: FloorCrowd, now: number): string => `
INSERT INTO floor_session (id, user_id, client_id, started_at, last_access)
  WITH RECURSIVE counted(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM counted WHERE n < ${users * sessions - 1})
  SELECT '${prefix}session-' || n, '${prefix}' || (1 + n / ${sessions}), '${clientId}', ${now} - n, ${now} - n FROM counted;
INSERT INTO floor_owner (user_id, client_id, sessions)
  SELECT user_id, client_id, count(*) FROM floor_session WHERE user_id LIKE '${prefix}%' GROUP BY user_id, client_id;`;
