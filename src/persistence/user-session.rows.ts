import type { Json } from '../shared/json.js';
import type {
  ClientSession,
  EndReason,
  SessionEnd,
  SessionWithClients,
  UserSession,
} from '../sessions/user-session.js';

/** Rows as the drivers give them: instants are text on PostgreSQL, booleans numbers on SQLite. */
type Row = Readonly<Record<string, unknown>>;

// Column lists and their values stand in the same lines, to be compared by eye.
// prettier-ignore
const SESSION_COLUMNS = [
  'realm_id', 'id', 'offline', 'user_id', 'username', 'remember_me', 'ip_address', 'user_agent', 'auth_method', 'started_at',
  'last_access', 'auth_time', 'identity_hash', 'owner_version', 'notes',
  'ended_at', 'end_reason', 'evicted_by', 'end_cap', 'end_limit', 'end_owner_version',
] as const;
// prettier-ignore
const CLIENT_SESSION_COLUMNS = [
  'realm_id', 'session_id', 'offline', 'client_id', 'user_id', 'started_at', 'last_access', 'redirect_uri', 'scope', 'notes', 'refresh',
] as const;

export const INSERT_SESSION = insertInto('user_session', SESSION_COLUMNS);
export const INSERT_CLIENT_SESSION = insertInto('client_session', CLIENT_SESSION_COLUMNS);

/** Parameters of INSERT_SESSION. */
export function sessionValues(session: UserSession): unknown[] {
  const { end } = session;
  // prettier-ignore
  return [
    session.realmId, session.id, session.offline, session.userId, session.username, session.rememberMe, session.ipAddress, session.userAgent,
    session.authMethod, session.startedAt, session.lastAccess, session.authTime ?? null, session.identityHash ?? null, session.ownerVersion,
    JSON.stringify(session.notes),
    end?.at ?? null, end?.reason ?? null, end?.evictedBy ?? null, end?.cap ?? null, end?.limit ?? null, end?.ownerVersion ?? null,
  ];
}

/** Parameters of INSERT_CLIENT_SESSION. */
export function clientSessionValues(part: ClientSession): unknown[] {
  // prettier-ignore
  return [
    part.realmId, part.sessionId, part.offline, part.clientId, part.userId, part.startedAt, part.lastAccess, part.redirectUri ?? null,
    part.scope, JSON.stringify(part.notes), refreshText(part.refresh),
  ];
}

/** The rotation state in one text only, whatever order its members come in: it is compared in `updateRefreshState`. */
export function refreshText(refresh: ClientSession['refresh']): string {
  return JSON.stringify(
    sorted(Object.entries(refresh).map(([reuseId, state]) => [reuseId, sorted(Object.entries(state))])),
  );
}

function sorted(entries: readonly (readonly [string, unknown])[]): Record<string, unknown> {
  return Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The columns of a session by which `toSession` reads it, written out: see `StatementNames`. */
export const sessionColumns = (prefix = ''): string => SESSION_COLUMNS.map((column) => `${prefix}${column}`).join(', ');

/** The columns of a client session under the names by which `toClientSession` reads them. */
export const clientSessionColumns = (prefix = ''): string =>
  CLIENT_SESSION_COLUMNS.map((column) => `${prefix}${column} AS c_${column}`).join(', ');

/**
 * Sessions with their client sessions in one query, one row per client session.
 * @param selection what stands behind FROM; it must name `user_session s`
 * @param order over `s`
 */
export function sessionsWithClients(selection: string, order = 's.id'): string {
  const columns = sessionColumns('s.');
  return `SELECT ${columns}, ${clientSessionColumns('c.')} FROM (SELECT ${columns} FROM ${selection}) s
    LEFT JOIN client_session c ON c.realm_id = s.realm_id AND c.session_id = s.id AND c.offline = s.offline
    ORDER BY ${order}, c.started_at, c.client_id`;
}

/** Reads what `sessionsWithClients` selected: the rows of a session are neighbours. */
export function foldSessions(rows: readonly Row[]): SessionWithClients[] {
  const found: { readonly session: UserSession; readonly clients: ClientSession[] }[] = [];
  for (const row of rows) {
    const last = found.at(-1)?.session;
    const isSame =
      last?.id === row['id'] && last?.realmId === row['realm_id'] && last?.offline === Boolean(row['offline']);
    if (!isSame) found.push({ session: toSession(row), clients: [] });
    if (row['c_client_id'] !== null) found.at(-1)?.clients.push(toClientSession(row));
  }
  return found;
}

export function toSession(row: Row): UserSession {
  return {
    id: text(row['id']),
    realmId: text(row['realm_id']),
    userId: text(row['user_id']),
    username: text(row['username']),
    offline: Boolean(row['offline']),
    rememberMe: Boolean(row['remember_me']),
    ipAddress: text(row['ip_address']),
    userAgent: text(row['user_agent']),
    authMethod: text(row['auth_method']),
    startedAt: Number(row['started_at']),
    lastAccess: Number(row['last_access']),
    ...(row['auth_time'] === null ? {} : { authTime: Number(row['auth_time']) }),
    ...(row['identity_hash'] === null ? {} : { identityHash: text(row['identity_hash']) }),
    ownerVersion: Number(row['owner_version']),
    notes: JSON.parse(text(row['notes'])) as Record<string, string>,
    ...(row['ended_at'] === null ? {} : { end: toEnd(row) }),
  };
}

function toEnd(row: Row): SessionEnd {
  return {
    reason: row['end_reason'] as EndReason,
    at: Number(row['ended_at']),
    ...(row['evicted_by'] === null ? {} : { evictedBy: text(row['evicted_by']) }),
    ...(row['end_cap'] === null ? {} : { cap: row['end_cap'] as 'realm' | 'client' }),
    ...(row['end_limit'] === null ? {} : { limit: Number(row['end_limit']) }),
    ...(row['end_owner_version'] === null ? {} : { ownerVersion: Number(row['end_owner_version']) }),
  };
}

/** Reads the columns that `clientSessionColumns` names. */
export function toClientSession(row: Row): ClientSession {
  return {
    sessionId: text(row['c_session_id']),
    realmId: text(row['c_realm_id']),
    userId: text(row['c_user_id']),
    clientId: text(row['c_client_id']),
    offline: Boolean(row['c_offline']),
    startedAt: Number(row['c_started_at']),
    lastAccess: Number(row['c_last_access']),
    ...(row['c_redirect_uri'] === null ? {} : { redirectUri: text(row['c_redirect_uri']) }),
    scope: text(row['c_scope']),
    notes: JSON.parse(text(row['c_notes'])) as Record<string, Json>,
    refresh: JSON.parse(text(row['c_refresh'])) as ClientSession['refresh'],
  };
}

function text(value: unknown): string {
  return value as string;
}

function insertInto(table: string, columns: readonly string[]): string {
  return `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map((_, index) => `$${index + 1}`).join(', ')})`;
}
