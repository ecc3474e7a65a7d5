import {
  SessionStore,
  type ClientCutoff,
  type ClientSession,
  type OthersAtClient,
  type OwnerAtClient,
  type SessionCutoff,
  type SessionEnd,
  type SessionOwner,
  type SessionPage,
  type SessionWithClients,
  type SomeSessions,
  type UserSession,
} from '../sessions/user-session.js';
import type { Database, Executed } from './database.js';
import { deleteBatch, Parameters } from './sql.js';
import {
  clientSessionValues,
  foldSessions,
  INSERT_CLIENT_SESSION,
  INSERT_SESSION,
  refreshText,
  sessionsWithClients,
  sessionValues,
  toClientSession,
  toSession,
} from './user-session.rows.js';
import * as sql from './user-session.sql.js';

/** Sessions, the hottest tables: written SQL, one statement per call wherever possible, and every change conditional. */
export class TypeOrmSessionStore extends SessionStore {
  constructor(private readonly database: Database) {
    super();
  }

  override async lockOwner(realmId: string, userId: string): Promise<number> {
    const lock = (): Promise<Executed> => this.database.execute(sql.LOCK_OWNER, [realmId, userId]);
    const { observer } = this.database;
    const { rows } = await (observer ? observer.ownerLock(lock) : lock());
    return Number(rows[0]?.['version']);
  }

  override async lockSeats(realmId: string, clientId: string): Promise<void> {
    await this.database.execute(sql.LOCK_SEATS, [realmId, clientId]);
  }

  override async countOtherUsers(
    realmId: string,
    clientId: string,
    userId: string,
    offlineToo: boolean,
  ): Promise<number> {
    const statement = offlineToo ? sql.COUNT_OTHER_USERS : sql.COUNT_OTHER_ONLINE_USERS;
    const [row] = await this.database.select<{ count: number | string }>(statement, [realmId, clientId, userId]);
    return Number(row?.count);
  }

  override countLiveOthers(others: OthersAtClient, cutoffs: readonly ClientCutoff[]): Promise<number> {
    const parameters = new Parameters();
    return this.count('count(DISTINCT p.user_id)', sql.atClient(parameters, others, cutoffs, 'live'), parameters);
  }

  override overOfOthers(
    others: OthersAtClient,
    cutoffs: readonly ClientCutoff[],
    limit: number,
  ): Promise<readonly SessionWithClients[]> {
    const parameters = new Parameters();
    const selection = `${sql.atClient(parameters, others, cutoffs, 'over')}${parameters.page(0, limit)}`;
    return this.find(sessionsWithClients(selection), parameters.values);
  }

  override openOfUser(
    realmId: string,
    userId: string,
    offline: boolean,
    limit?: number,
  ): Promise<readonly SessionWithClients[]> {
    return limit === undefined
      ? this.find(sql.OPEN_OF_USER, [realmId, userId, offline])
      : this.find(sql.FIRST_OF_USER, [realmId, userId, offline, limit]);
  }

  override countOfUser(owner: SessionOwner, cutoffs: readonly SessionCutoff[]): Promise<number> {
    const parameters = new Parameters();
    return this.count('count(*)', sql.ofUser(parameters, owner, cutoffs, 'live'), parameters);
  }

  override countOpenOfUser({ realmId, userId }: SessionOwner): Promise<number> {
    return this.count('count(*)', sql.ONLINE_OF_USER, new Parameters(realmId, userId));
  }

  override countOpenAtClient({ realmId, userId, clientId }: OwnerAtClient): Promise<number> {
    return this.count('count(*)', sql.ONLINE_AT_CLIENT, new Parameters(realmId, userId, clientId));
  }

  override someOfUser(
    owner: SessionOwner,
    cutoffs: readonly SessionCutoff[],
    which: SomeSessions,
  ): Promise<readonly SessionWithClients[]> {
    const parameters = new Parameters();
    const rowsOf = (life: 'live' | 'over'): string => sql.ofUser(parameters, owner, cutoffs, life);
    return this.find(sql.someOf(parameters, rowsOf, which), parameters.values);
  }

  override countAtClient(owner: OwnerAtClient, cutoffs: readonly ClientCutoff[]): Promise<number> {
    const parameters = new Parameters();
    return this.count('count(*)', sql.atClient(parameters, owner, cutoffs, 'live'), parameters);
  }

  override someAtClient(
    owner: OwnerAtClient,
    cutoffs: readonly ClientCutoff[],
    which: SomeSessions,
  ): Promise<readonly SessionWithClients[]> {
    const parameters = new Parameters();
    const rowsOf = (life: 'live' | 'over'): string => sql.atClient(parameters, owner, cutoffs, life);
    return this.find(sql.someOf(parameters, rowsOf, which), parameters.values);
  }

  override async byId(realmId: string, id: string, offline: boolean): Promise<SessionWithClients | undefined> {
    return (await this.find(sql.BY_ID, [realmId, id, offline]))[0];
  }

  override async byIdentity(realmId: string, identityHash: string): Promise<SessionWithClients | undefined> {
    return (await this.find(sql.BY_IDENTITY, [realmId, identityHash]))[0];
  }

  override async insert(session: UserSession): Promise<void> {
    await this.database.execute(INSERT_SESSION, sessionValues(session));
  }

  override async insertClientSession(clientSession: ClientSession): Promise<void> {
    await this.database.execute(INSERT_CLIENT_SESSION, clientSessionValues(clientSession));
  }

  override async updateClientSession(part: ClientSession): Promise<void> {
    const { realmId, sessionId, offline, clientId, startedAt, lastAccess, redirectUri = null, scope, notes } = part;
    await this.database.execute(sql.UPDATE_CLIENT_SESSION, [
      lastAccess,
      startedAt,
      redirectUri,
      scope,
      JSON.stringify(notes),
      realmId,
      sessionId,
      offline,
      clientId,
    ]);
  }

  override async updateOpen(session: UserSession): Promise<boolean> {
    const { realmId, id, offline, lastAccess, rememberMe, authTime = null, identityHash = null, notes } = session;
    const { username, ipAddress, userAgent, authMethod } = session;
    const { affected } = await this.database.execute(sql.UPDATE_OPEN, [
      lastAccess,
      rememberMe,
      authTime,
      identityHash,
      JSON.stringify(notes),
      username,
      ipAddress,
      userAgent,
      authMethod,
      realmId,
      id,
      offline,
    ]);
    return affected === 1;
  }

  override async touch(
    realmId: string,
    id: string,
    offline: boolean,
    clientId: string | undefined,
    at: number,
  ): Promise<boolean> {
    if (clientId === undefined)
      return (await this.database.execute(sql.TOUCH, [at, realmId, id, offline])).affected === 1;
    const session = await this.database.execute(sql.TOUCH_WITH_CLIENT, [at, realmId, id, offline, clientId]);
    if (session.affected !== 1) return false;
    return (await this.database.execute(sql.TOUCH_CLIENT, [at, realmId, id, offline, clientId])).affected === 1;
  }

  override async updateRefreshState(before: ClientSession, after: ClientSession): Promise<boolean> {
    const { realmId, sessionId, offline, clientId } = before;
    const texts = [refreshText(after.refresh), refreshText(before.refresh)];
    const { affected } = await this.database.execute(sql.UPDATE_REFRESH_STATE, [
      ...texts,
      realmId,
      sessionId,
      offline,
      clientId,
    ]);
    return affected === 1;
  }

  override async endAll(
    realmId: string,
    offline: boolean,
    ids: readonly string[],
    end: SessionEnd,
  ): Promise<ReadonlyMap<string, readonly ClientSession[]>> {
    const { at, reason, evictedBy = null, cap = null, limit = null, ownerVersion = null } = end;
    const ending = new Parameters(at, reason, evictedBy, cap, limit, ownerVersion, realmId, offline);
    const ended = await this.database.execute(sql.END_ALL(ending.addAll(ids)), ending.values);
    const parts = new Map<string, ClientSession[]>(ended.rows.map(({ id }) => [String(id), []]));
    if (parts.size === 0) return parts;
    const going = new Parameters(realmId, offline);
    const gone = await this.database.execute(sql.DELETE_CLIENT_SESSIONS(going.addAll([...parts.keys()])), going.values);
    for (const part of gone.rows.map(toClientSession)) parts.get(part.sessionId)?.push(part);
    return parts;
  }

  override async deleteClientSession(
    realmId: string,
    sessionId: string,
    offline: boolean,
    clientId: string,
  ): Promise<boolean> {
    return (
      (await this.database.execute(sql.DELETE_CLIENT_SESSION, [realmId, sessionId, offline, clientId])).affected === 1
    );
  }

  override openOfClient(
    realmId: string,
    clientId: string,
    offline: boolean,
    page: SessionPage,
  ): Promise<readonly SessionWithClients[]> {
    const parameters = new Parameters(realmId, clientId, offline);
    const selection = `${sql.OPEN_OF_CLIENT} ORDER BY p.started_at, p.session_id${parameters.page(page.first, page.max)}`;
    return this.find(sessionsWithClients(selection), parameters.values);
  }

  override async openOfRealm(
    realmId: string,
    offline: boolean,
    afterId: string,
    limit: number,
  ): Promise<readonly UserSession[]> {
    return (await this.database.select(sql.OPEN_OF_REALM, [realmId, offline, afterId, limit])).map(toSession);
  }

  /** The newest `limit` sessions, oldest first. */
  override async history(realmId: string, userId: string, limit: number): Promise<readonly UserSession[]> {
    return (await this.database.select(sql.HISTORY, [realmId, userId, limit])).map(toSession).reverse();
  }

  override forget(before: number, limit: number): Promise<number> {
    return deleteBatch(this.database, {
      table: 'user_session',
      key: ['realm_id', 'id', 'offline'],
      condition: 'ended_at < $1',
      parameters: [before],
      oldest: 'ended_at',
      limit,
    });
  }

  private async count(what: string, rows: string, { values }: Parameters): Promise<number> {
    const [row] = await this.database.select<{ count: number | string }>(
      `SELECT ${what} AS count FROM ${rows}`,
      values,
    );
    return Number(row?.count);
  }

  private async find(statement: string, parameters: readonly unknown[]): Promise<SessionWithClients[]> {
    return foldSessions(await this.database.select(statement, parameters));
  }
}
