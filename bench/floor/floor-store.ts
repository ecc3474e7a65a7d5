/** A session of the floor: what a server has to remember of a login, and no more. Times are milliseconds. */
export interface FloorSession {
  readonly id: string;
  readonly userId: string;
  readonly clientId: string;
  readonly startedAt: number;
}

/** Where the floor keeps its sessions: the same libraries, and the same durability, as the server's. */
export interface FloorStore {
  /** One durable write. False when there is a session of this id. */
  add(session: FloorSession): Promise<boolean>;
  /** The same where the user may have so many sessions at the client: the oldest go. One transaction, one durable write. */
  addWithin(cap: number, session: FloorSession): Promise<boolean>;
  /** One read by key: no cache may decide whether a session lives (issue 6). */
  isOpen(id: string): Promise<boolean>;
  /** One durable write; the use of a session counts for its end. False when it is not open. */
  touch(id: string, at: number): Promise<boolean>;
  /** The newest sessions of a client. */
  page(clientId: string, max: number): Promise<readonly FloorSession[]>;
  close(): Promise<void>;
}

/** Both databases take these. */
export const TABLES = `
CREATE TABLE floor_session (
  id varchar(64) PRIMARY KEY, user_id varchar(64) NOT NULL, client_id varchar(64) NOT NULL,
  started_at bigint NOT NULL, last_access bigint NOT NULL);
CREATE INDEX floor_session_of_user ON floor_session (user_id, client_id, started_at);
CREATE INDEX floor_session_of_client ON floor_session (client_id, started_at);
CREATE TABLE floor_owner (
  user_id varchar(64) NOT NULL, client_id varchar(64) NOT NULL, sessions integer NOT NULL, PRIMARY KEY (user_id, client_id));`;

export const ADD = `INSERT INTO floor_session (id, user_id, client_id, started_at, last_access)
  VALUES ($1, $2, $3, $4, $4) ON CONFLICT (id) DO NOTHING RETURNING id`;
export const IS_OPEN = 'SELECT 1 AS is_open FROM floor_session WHERE id = $1';
export const TOUCH = 'UPDATE floor_session SET last_access = $1 WHERE id = $2 RETURNING id';
export const PAGE = `SELECT id, user_id, client_id, started_at FROM floor_session
  WHERE client_id = $1 ORDER BY started_at DESC LIMIT $2`;

/** Locks the user at the client, and counts: the number of sessions there will be, without reading them. */
const LOCK_AND_COUNT = `INSERT INTO floor_owner (user_id, client_id, sessions) VALUES ($1, $2, 1)
  ON CONFLICT (user_id, client_id)
  DO UPDATE SET sessions = CASE WHEN floor_owner.sessions < $3 THEN floor_owner.sessions + 1 ELSE floor_owner.sessions END
  RETURNING sessions`;
/** Nothing is deleted below the cap: `$3` newest stay. */
const EVICT = `DELETE FROM floor_session WHERE id IN (SELECT id FROM floor_session
  WHERE user_id = $1 AND client_id = $2 ORDER BY started_at DESC, id LIMIT 1000 OFFSET $3)`;

export const valuesOf = ({ id, userId, clientId, startedAt }: FloorSession): readonly (string | number)[] => [
  id,
  userId,
  clientId,
  startedAt,
];

export type Row = Readonly<Record<string, unknown>>;
/** Runs a statement and gives its rows. */
export type RunStatement = (sql: string, values: readonly (string | number)[]) => Promise<readonly Row[]>;

/** The statements of `addWithin`, inside of its transaction. */
export async function addUnderCap(run: RunStatement, cap: number, session: FloorSession): Promise<boolean> {
  const { userId, clientId } = session;
  const [owner] = await run(LOCK_AND_COUNT, [userId, clientId, cap]);
  if (Number(owner?.['sessions']) >= cap) await run(EVICT, [userId, clientId, cap - 1]);
  return (await run(ADD, valuesOf(session))).length === 1;
}

export const sessionOf = (row: Row): FloorSession => ({
  id: String(row['id']),
  userId: String(row['user_id']),
  clientId: String(row['client_id']),
  startedAt: Number(row['started_at']),
});
