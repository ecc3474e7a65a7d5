import type {
  ClientCutoff,
  OthersAtClient,
  OwnerAtClient,
  SessionCutoff,
  SessionOwner,
  SessionPage,
  SomeSessions,
} from '../sessions/user-session.js';
import { isLive } from './session-lists.sql.js';
import type { Parameters } from './sql.js';
import { clientSessionColumns, sessionColumns, sessionsWithClients } from './user-session.rows.js';

/** The lock is a row that is written: under every isolation level a second transaction waits for it, or is refused. */
export const LOCK_OWNER = `
INSERT INTO session_owner (realm_id, user_id, version) VALUES ($1, $2, 1)
ON CONFLICT (realm_id, user_id) DO UPDATE SET version = session_owner.version + 1
RETURNING version`;

/** As `LOCK_OWNER`, for the seats of a client. */
export const LOCK_SEATS = `
INSERT INTO client_seat (realm_id, client_id, version) VALUES ($1, $2, 1)
ON CONFLICT (realm_id, client_id) DO UPDATE SET version = client_seat.version + 1`;

/** The part of a client goes with the end of its session, so what is there is open. */
export const COUNT_OTHER_USERS = `
SELECT count(DISTINCT user_id) AS count FROM client_session WHERE realm_id = $1 AND client_id = $2 AND user_id <> $3`;
export const COUNT_OTHER_ONLINE_USERS = `${COUNT_OTHER_USERS} AND offline = FALSE`;

const OLDEST_FIRST = 's.last_access, s.started_at, s.id';
const OPEN_OF_USER_ROWS =
  'user_session s WHERE s.realm_id = $1 AND s.user_id = $2 AND s.offline = $3 AND s.ended_at IS NULL';

/** Rows of user $2 in realm $1 whose number an index alone tells, for no time is looked at. */
export const ONLINE_OF_USER =
  'user_session WHERE realm_id = $1 AND user_id = $2 AND offline = FALSE AND ended_at IS NULL';
/** As `ONLINE_OF_USER`, at client $3: a part is there as long as its session is open. */
export const ONLINE_AT_CLIENT =
  'client_session WHERE realm_id = $1 AND user_id = $2 AND client_id = $3 AND offline = FALSE';

export const OPEN_OF_USER = sessionsWithClients(OPEN_OF_USER_ROWS, OLDEST_FIRST);
export const FIRST_OF_USER = sessionsWithClients(
  `${OPEN_OF_USER_ROWS} ORDER BY ${OLDEST_FIRST} LIMIT $4`,
  OLDEST_FIRST,
);
export const BY_ID = sessionsWithClients('user_session s WHERE s.realm_id = $1 AND s.id = $2 AND s.offline = $3');
export const BY_IDENTITY = sessionsWithClients(
  'user_session s WHERE s.realm_id = $1 AND s.identity_hash = $2',
  's.offline, s.id',
);

export const OPEN_OF_CLIENT = `client_session p
  JOIN user_session s ON s.realm_id = p.realm_id AND s.id = p.session_id AND s.offline = p.offline
  WHERE p.realm_id = $1 AND p.client_id = $2 AND p.offline = $3 AND s.ended_at IS NULL`;

/** The first rows of what a caller asked for, in the order of the index, so that it is the one that is read. */
export const someOf = (
  parameters: Parameters,
  rowsOf: (which: 'live' | 'over') => string,
  which: SomeSessions,
): string => {
  const [rows, limit] = 'over' in which ? [rowsOf('over'), which.over] : [rowsOf('live'), which.oldest];
  return sessionsWithClients(`${rows} ORDER BY ${OLDEST_FIRST}${parameters.page(0, limit)}`, OLDEST_FIRST);
};

/** Online sessions of a user: the index of open sessions has all that is asked. */
export function ofUser(
  parameters: Parameters,
  { realmId, userId }: SessionOwner,
  cutoffs: readonly SessionCutoff[],
  which: 'live' | 'over',
): string {
  const add = parameters.add.bind(parameters);
  const owner = `s.realm_id = ${add(realmId)} AND s.user_id = ${add(userId)} AND s.offline = FALSE`;
  const live = isLive(parameters, cutoffs);
  return `user_session s WHERE ${owner} AND s.ended_at IS NULL AND ${which === 'live' ? live : `NOT ${live}`}`;
}

/** Ids of the live ones, the last used one first: the same index, read backwards. */
export function idsOfUser(
  parameters: Parameters,
  owner: SessionOwner,
  cutoffs: readonly SessionCutoff[],
  { first, max }: SessionPage,
  except?: string,
): string {
  const live = ofUser(parameters, owner, cutoffs, 'live');
  const others = except === undefined ? '' : ` AND s.id <> ${parameters.add(except)}`;
  return `SELECT s.id FROM ${live}${others}
    ORDER BY s.last_access DESC, s.started_at DESC, s.id DESC${parameters.page(first, max)}`;
}

/**
 * Sessions that a user or that others have with a client, and what of them is over: one pass over the client's own sessions, whoever asks. No row leaves
 * the database but those asked for.
 */
export function atClient(
  parameters: Parameters,
  { realmId, clientId, ...whose }: OthersAtClient | OwnerAtClient,
  cutoffs: readonly ClientCutoff[],
  which: 'live' | 'over',
): string {
  const add = parameters.add.bind(parameters);
  const client = `p.realm_id = ${add(realmId)} AND p.client_id = ${add(clientId)} AND p.user_id ${'userId' in whose ? `= ${add(whose.userId)}` : `<> ${add(whose.exceptUserId)}`}`;
  // In the order in which they are written: SQLite numbers parameters as it meets them.
  const kinds = cutoffs.map((cutoff) => {
    const ends = [
      ['s.last_access', cutoff.lastUsedUpTo],
      ['s.started_at', cutoff.startedUpTo],
      ['p.last_access', cutoff.partLastUsedUpTo],
      ['p.started_at', cutoff.partStartedUpTo],
    ] as const;
    const kind = `p.offline = ${add(cutoff.offline)} AND s.remember_me = ${add(cutoff.rememberMe)}`;
    const isOver = ends.map(([column, upTo]) => `${column} <= ${add(upTo)}`).join(' OR ');
    return `${kind} AND ${which === 'over' ? '' : 'NOT '}(${isOver})`;
  });
  return `client_session p CROSS JOIN user_session s
    WHERE ${client} AND s.realm_id = p.realm_id AND s.id = p.session_id AND s.offline = p.offline AND s.ended_at IS NULL
      AND (${kinds.join(' OR ')})`;
}

export const OPEN_OF_REALM = `
SELECT ${sessionColumns()} FROM user_session WHERE realm_id = $1 AND offline = $2 AND id > $3 AND ended_at IS NULL ORDER BY id LIMIT $4`;

export const HISTORY = `
SELECT ${sessionColumns()} FROM user_session WHERE realm_id = $1 AND user_id = $2 ORDER BY owner_version DESC, started_at DESC, id DESC LIMIT $3`;

const OPEN_SESSION = (from: number) =>
  `realm_id = $${from} AND id = $${from + 1} AND offline = $${from + 2} AND ended_at IS NULL`;
const CLIENT_SESSION = (from: number) =>
  `realm_id = $${from} AND session_id = $${from + 1} AND offline = $${from + 2} AND client_id = $${from + 3}`;
/** Neither database has a two-value maximum by the same name. */
const LATEST = 'last_access = CASE WHEN last_access < $1 THEN $1 ELSE last_access END';

export const TOUCH = `UPDATE user_session SET ${LATEST} WHERE ${OPEN_SESSION(2)}`;
export const TOUCH_WITH_CLIENT = `${TOUCH} AND EXISTS (SELECT 1 FROM client_session c
  WHERE c.realm_id = user_session.realm_id AND c.session_id = user_session.id AND c.offline = user_session.offline AND c.client_id = $5)`;
export const TOUCH_CLIENT = `UPDATE client_session SET ${LATEST} WHERE ${CLIENT_SESSION(2)}`;

/** What makes a session the one it is (user, start, owner version) is not replaced; time does not move backwards. */
export const UPDATE_OPEN = `
UPDATE user_session SET ${LATEST}, remember_me = $2, auth_time = $3, identity_hash = $4, notes = $5,
  username = $6, ip_address = $7, user_agent = $8, auth_method = $9
 WHERE ${OPEN_SESSION(10)}`;

/** @param ids placeholders, from $9 on */
export const END_ALL = (ids: string): string => `
UPDATE user_session SET ended_at = $1, end_reason = $2, evicted_by = $3, end_cap = $4, end_limit = $5, end_owner_version = $6,
  end_clients = (SELECT string_agg(c.client_id, ',') FROM client_session c
    WHERE c.realm_id = user_session.realm_id AND c.session_id = user_session.id AND c.offline = user_session.offline)
 WHERE realm_id = $7 AND offline = $8 AND id IN (${ids}) AND ended_at IS NULL RETURNING id`;

/** The rotation state is left to `UPDATE_REFRESH_STATE`: who writes the rest has read it before a refresh of this moment. */
export const UPDATE_CLIENT_SESSION = `
UPDATE client_session SET ${LATEST}, started_at = $2, redirect_uri = $3, scope = $4, notes = $5
 WHERE ${CLIENT_SESSION(6)}`;
export const UPDATE_REFRESH_STATE = `UPDATE client_session SET refresh = $1 WHERE refresh = $2 AND ${CLIENT_SESSION(3)}`;
export const DELETE_CLIENT_SESSION = `DELETE FROM client_session WHERE ${CLIENT_SESSION(1)}`;
/** @param sessionIds placeholders, from $3 on */
export const DELETE_CLIENT_SESSIONS = (sessionIds: string): string =>
  `DELETE FROM client_session WHERE realm_id = $1 AND offline = $2 AND session_id IN (${sessionIds}) RETURNING ${clientSessionColumns()}`;
