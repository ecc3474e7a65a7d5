import { SessionLists, type ClientSessionCounts, type SessionSearch } from '../sessions/session-lists.js';
import type {
  SessionCutoff,
  SessionOwner,
  SessionPage,
  SessionWithClients,
  UserSession,
} from '../sessions/user-session.js';
import type { Database } from './database.js';
import { clientsOfUser, dueIds, foundIds, idsOfClient } from './session-lists.sql.js';
import { Parameters } from './sql.js';
import { foldSessions, sessionColumns, sessionsWithClients, toSession } from './user-session.rows.js';
import { idsOfUser } from './user-session.sql.js';

/**
 * Lists by index. Counts are kept by triggers beside the client sessions (migration 1764100008000): on PostgreSQL every transaction
 * writes a row of its own, so that no two logins wait for each other, and `foldCounts` puts those rows together.
 */
export class TypeOrmSessionLists extends SessionLists {
  constructor(private readonly database: Database) {
    super();
  }

  override async due(
    realmId: string,
    cutoffs: readonly SessionCutoff[],
    limit: number,
  ): Promise<readonly UserSession[]> {
    const parameters = new Parameters();
    const due = dueIds(parameters, realmId, cutoffs, limit);
    // SQLite begins a CROSS JOIN on the left: with what is over, and not with all sessions of the realm.
    const rows = await this.database.select(
      `SELECT ${sessionColumns('s.')} FROM (SELECT id, offline FROM (${due}) AS every LIMIT ${parameters.add(limit)}) d CROSS JOIN user_session s
        WHERE s.realm_id = ${parameters.add(realmId)} AND s.id = d.id AND s.offline = d.offline`,
      parameters.values,
    );
    return rows.map(toSession);
  }

  override ofClient(
    realmId: string,
    clientId: string,
    offline: boolean,
    cutoffs: readonly SessionCutoff[],
    page: SessionPage,
  ): Promise<readonly SessionWithClients[]> {
    const parameters = new Parameters();
    const ids = idsOfClient(parameters, realmId, clientId, offline, cutoffs, page);
    return this.sessionsOf(realmId, offline, ids, parameters);
  }

  override ofUser(
    owner: SessionOwner,
    cutoffs: readonly SessionCutoff[],
    page: SessionPage,
    except?: string,
  ): Promise<readonly SessionWithClients[]> {
    const parameters = new Parameters();
    const online = cutoffs.filter(({ offline }) => !offline);
    const ids = idsOfUser(parameters, owner, online, page, except);
    return this.sessionsOf(owner.realmId, false, ids, parameters);
  }

  override async clientsOfUser(
    owner: SessionOwner,
    offline: boolean,
    cutoffs: readonly SessionCutoff[],
  ): Promise<readonly string[]> {
    const parameters = new Parameters();
    const statement = clientsOfUser(parameters, owner, offline, cutoffs);
    const rows = await this.database.select<{ client_id: string }>(statement, parameters.values);
    return rows.map((row) => row.client_id);
  }

  override async countOfClient(
    realmId: string,
    clientId: string,
    offline: boolean,
    cutoffs: readonly SessionCutoff[],
  ): Promise<number> {
    const counts = await this.countsByClient(realmId, cutoffs, clientId);
    return counts[0]?.[offline ? 'offline' : 'active'] ?? 0;
  }

  override async countsByClient(
    realmId: string,
    cutoffs: readonly SessionCutoff[],
    clientId?: string,
  ): Promise<readonly ClientSessionCounts[]> {
    const parameters = new Parameters();
    // The CROSS JOIN begins with what is over, as in `due`.
    const one = (): string => (clientId === undefined ? '' : ` AND client_id = ${parameters.add(clientId)}`);
    const rows = await this.database.select<{ client_id: string; active: number | string; offline: number | string }>(
      `SELECT client_id, sum(CASE WHEN offline THEN 0 ELSE n END) AS active, sum(CASE WHEN offline THEN n ELSE 0 END) AS offline
        FROM (
          SELECT client_id, offline, sessions AS n FROM client_session_count WHERE realm_id = ${parameters.add(realmId)}${one()}
          UNION ALL
          SELECT p.client_id, p.offline, -1 AS n FROM (${dueIds(parameters, realmId, cutoffs)}) d CROSS JOIN client_session p
            WHERE p.realm_id = ${parameters.add(realmId)} AND p.session_id = d.id AND p.offline = d.offline${one()}
        ) AS counted GROUP BY client_id HAVING sum(n) > 0 ORDER BY client_id`,
      parameters.values,
    );
    return rows.map((row) => ({ clientId: row.client_id, active: Number(row.active), offline: Number(row.offline) }));
  }

  override search(
    realmId: string,
    search: SessionSearch,
    cutoffs: readonly SessionCutoff[],
    page: SessionPage,
  ): Promise<readonly SessionWithClients[]> {
    const parameters = new Parameters();
    const ids = foundIds(parameters, realmId, search, cutoffs, page);
    return this.sessionsOf(realmId, search.offline, ids, parameters);
  }

  override async countFound(
    realmId: string,
    search: SessionSearch,
    cutoffs: readonly SessionCutoff[],
    most: number,
  ): Promise<number> {
    const parameters = new Parameters();
    const ids = foundIds(parameters, realmId, search, cutoffs, { first: 0, max: most });
    const [row] = await this.database.select<{ count: number | string }>(
      `SELECT count(*) AS count FROM (${ids}) AS page`,
      parameters.values,
    );
    return Number(row?.count);
  }

  /** Rows of running transactions are not seen, and those that another node folds now are skipped. */
  override async foldCounts(): Promise<number> {
    if (!this.database.isPostgres) return 0;
    const { rows } = await this.database.execute(
      `WITH apart AS (
        DELETE FROM client_session_count WHERE (realm_id, client_id, offline, part) IN (
          SELECT realm_id, client_id, offline, part FROM client_session_count WHERE part > 0 LIMIT 10000 FOR UPDATE SKIP LOCKED)
        RETURNING *
      ), together AS (
        INSERT INTO client_session_count AS total (realm_id, client_id, offline, part, sessions)
        SELECT realm_id, client_id, offline, 0, sum(sessions) FROM apart GROUP BY realm_id, client_id, offline
        ORDER BY realm_id, client_id, offline
        ON CONFLICT (realm_id, client_id, offline, part) DO UPDATE SET sessions = total.sessions + EXCLUDED.sessions
      ) SELECT count(*) AS gone FROM apart`,
      [],
    );
    return Number(rows[0]?.['gone'] ?? 0);
  }

  /** The sessions of a page of ids, in its order. */
  private async sessionsOf(
    realmId: string,
    offline: boolean,
    page: string,
    { values }: Parameters,
  ): Promise<readonly SessionWithClients[]> {
    const ids = (await this.database.select<{ id: string }>(page, values)).map(({ id }) => id);
    if (ids.length === 0) return [];
    const parameters = new Parameters(realmId, offline);
    const rows = await this.database.select(
      sessionsWithClients(
        `user_session s WHERE s.realm_id = $1 AND s.offline = $2 AND s.id IN (${parameters.addAll(ids)})`,
      ),
      parameters.values,
    );
    const found = new Map(foldSessions(rows).map((each) => [each.session.id, each]));
    return ids.flatMap((id) => found.get(id) ?? []);
  }
}
