import type { SessionSearch } from '../sessions/session-lists.js';
import type { SessionCutoff, SessionOwner, SessionPage } from '../sessions/user-session.js';
import type { Parameters } from './sql.js';

/**
 * The ids of open sessions that are over, by the indexes of the last use and of the start. A session may be over by both; DISTINCT leaves
 * one. (With UNION, an analysed SQLite reads all sessions by their ids, to have them in order.)
 * @param limit of each range; absent = all
 */
export function dueIds(
  parameters: Parameters,
  realmId: string,
  cutoffs: readonly SessionCutoff[],
  limit?: number,
): string {
  const range = ({ offline, rememberMe }: SessionCutoff, column: string, upTo: number): string => {
    const add = parameters.add.bind(parameters);
    const rows = `SELECT id, offline FROM user_session WHERE ended_at IS NULL
      AND remember_me = ${add(rememberMe)} AND offline = ${add(offline)} AND realm_id = ${add(realmId)} AND ${column} <= ${add(upTo)}`;
    return limit === undefined ? rows : `SELECT * FROM (${rows} ORDER BY ${column} LIMIT ${add(limit)}) AS due`;
  };
  const ranges = cutoffs.flatMap((cutoff) => [
    range(cutoff, 'last_access', cutoff.lastUsedUpTo),
    ...(cutoff.startedUpTo < 0 ? [] : [range(cutoff, 'started_at', cutoff.startedUpTo)]),
  ]);
  return `SELECT DISTINCT id, offline FROM (${ranges.join(' UNION ALL ')}) AS ranges`;
}

/** That the session `s`, of one of the kinds, is not over. */
export function isLive(parameters: Parameters, kinds: readonly SessionCutoff[]): string {
  const limits = kinds.map(
    ({ rememberMe, lastUsedUpTo, startedUpTo }) =>
      `s.remember_me = ${parameters.add(rememberMe)} AND s.last_access > ${parameters.add(lastUsedUpTo)} AND s.started_at > ${parameters.add(startedUpTo)}`,
  );
  return `(${limits.join(' OR ')})`;
}

/**
 * That the client session `p` is of none of the sessions that are over. A session that has ended has no client sessions, and few are over
 * and not ended: the database makes their list once, and passes over any number of entries of an index without looking at sessions.
 */
function isOfLiveSession(parameters: Parameters, realmId: string, kinds: readonly SessionCutoff[]): string {
  return `p.session_id NOT IN (SELECT id FROM (${dueIds(parameters, realmId, kinds)}) AS due)`;
}

/** The live sessions of a client, in the order in which it joined them. */
export function idsOfClient(
  parameters: Parameters,
  realmId: string,
  clientId: string,
  offline: boolean,
  cutoffs: readonly SessionCutoff[],
  { first, max }: SessionPage,
): string {
  const add = parameters.add.bind(parameters);
  const kinds = cutoffs.filter((cutoff) => cutoff.offline === offline);
  return `SELECT p.session_id AS id FROM client_session p
    WHERE p.realm_id = ${add(realmId)} AND p.client_id = ${add(clientId)} AND p.offline = ${add(offline)}
      AND ${isOfLiveSession(parameters, realmId, kinds)}
    ORDER BY p.started_at, p.session_id${parameters.page(first, max)}`;
}

/** The clients in live sessions of a user. SQLite begins a CROSS JOIN on the left. */
export function clientsOfUser(
  parameters: Parameters,
  { realmId, userId }: SessionOwner,
  offline: boolean,
  cutoffs: readonly SessionCutoff[],
): string {
  const add = parameters.add.bind(parameters);
  const kinds = cutoffs.filter((cutoff) => cutoff.offline === offline);
  return `SELECT DISTINCT p.client_id FROM client_session p CROSS JOIN user_session s
    WHERE p.realm_id = ${add(realmId)} AND p.user_id = ${add(userId)} AND p.offline = ${add(offline)}
      AND s.realm_id = p.realm_id AND s.id = p.session_id AND s.offline = p.offline AND s.ended_at IS NULL
      AND ${isLive(parameters, kinds)}`;
}

/** The live sessions that fit, the newest first. Where nothing but a time is given, each kind is read by its own index. */
export function foundIds(
  parameters: Parameters,
  realmId: string,
  search: SessionSearch,
  cutoffs: readonly SessionCutoff[],
  { first, max }: SessionPage,
): string {
  const byItsIndex = search.userId !== undefined || search.ipAddress !== undefined || search.clientId !== undefined;
  const kinds = cutoffs.filter(({ offline }) => offline === search.offline);
  const each = byItsIndex ? [kinds] : kinds.map((kind) => [kind]);
  const selects = each.map((some) => {
    const rows = foundRows(parameters, realmId, search, some);
    const limit = max < 0 ? '' : ` LIMIT ${parameters.add(first + max)}`;
    return `SELECT * FROM (${rows}${limit}) AS kind`;
  });
  return `SELECT id FROM (${selects.join(' UNION ALL ')}) AS found ORDER BY started_at DESC, id DESC${parameters.page(first, max)}`;
}

/** Ids and starts, the newest first. */
function foundRows(
  parameters: Parameters,
  realmId: string,
  { offline, userId, clientId, ipAddress, from, to }: SessionSearch,
  kinds: readonly SessionCutoff[],
): string {
  const add = parameters.add.bind(parameters);
  const given = (condition: string, value: unknown): string =>
    value === undefined ? '' : ` AND ${condition} ${add(value)}`;
  const session = (): string =>
    [
      given('s.user_id =', userId),
      given('s.ip_address =', ipAddress),
      given('s.started_at >=', from),
      given('s.started_at <', to),
      ` AND s.ended_at IS NULL AND ${isLive(parameters, kinds)}`,
    ].join('');
  if (clientId === undefined)
    return `SELECT s.id, s.started_at FROM user_session s WHERE s.realm_id = ${add(realmId)} AND s.offline = ${add(offline)}${session()}
      ORDER BY s.started_at DESC, s.id DESC`;
  // In the order in which they are written: SQLite numbers parameters as it meets them.
  const ofClient = (): string =>
    `p.realm_id = ${add(realmId)} AND p.client_id = ${add(clientId)} AND p.offline = ${add(offline)}`;
  const sameSession = 's.realm_id = p.realm_id AND s.id = p.session_id AND s.offline = p.offline';
  const newestFirst = 'ORDER BY p.started_at DESC, p.session_id DESC';
  const columns = 'SELECT p.session_id AS id, p.started_at';
  // SQLite begins a CROSS JOIN on the left.
  if (userId !== undefined || ipAddress !== undefined)
    return `${columns} FROM user_session s CROSS JOIN client_session p WHERE ${sameSession} AND s.realm_id = ${add(realmId)} AND ${ofClient()}${session()} ${newestFirst}`;
  if (from === undefined && to === undefined)
    return `${columns} FROM client_session p WHERE ${ofClient()} AND ${isOfLiveSession(parameters, realmId, kinds)} ${newestFirst}`;
  // A client joins a session when it begins or later, so its own index may leave out what joined before.
  return `${columns} FROM client_session p CROSS JOIN user_session s
    WHERE ${ofClient()}${given('p.started_at >=', from)} AND ${sameSession}${session()} ${newestFirst}`;
}
