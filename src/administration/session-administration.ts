import type { DeliveryQueue } from '../deliveries/delivery.js';
import { logoutOfAll } from '../logout/admin-logout.js';
import { pushResult, type PushResult } from '../logout/admin-pushes.js';
import type { Client, ClientStore } from '../realm/client.js';
import type { Realm } from '../realm/realm.js';
import { toFoundSessionRepresentation } from '../representations/found-session-representation.js';
import { toUserSessionRepresentation } from '../representations/user-session-representation.js';
import type { UserStore } from '../realm/user.js';
import { sessionCutoffs } from '../sessions/session-cutoffs.js';
import type { SessionLists, SessionSearch } from '../sessions/session-lists.js';
import type { SessionService } from '../sessions/session-service.js';
import type {
  EndReason,
  SessionCutoff,
  SessionPage,
  SessionStore,
  SessionWithClients,
} from '../sessions/user-session.js';
import type { Clock } from '../shared/clock.js';
import type { JsonObject } from '../shared/json.js';
import type { UnitOfWork } from '../shared/unit-of-work.js';
import { administrationErrors } from './administration-errors.js';
import type { RealmEditing } from './realm-editing.js';

const BATCH = 200;
/** As far as a search is counted. */
const COUNTED = 10_000;

/** How many sessions a client has. Counts are text, as at the reference. */
export interface ClientSessionStats {
  readonly id: string;
  readonly clientId: string;
  readonly active: string;
  readonly offline: string;
}

/** What administrators look for. Members narrow each other. */
export interface SessionQuery extends Omit<SessionSearch, 'userId' | 'clientId'> {
  /** Id or name of a user. */
  readonly user?: string;
  /** Public or internal id of a client. */
  readonly client?: string;
}

/** Sessions as administrators see and end them. */
export class SessionAdministration {
  constructor(
    private readonly sessions: SessionService,
    private readonly store: SessionStore,
    private readonly lists: SessionLists,
    private readonly clients: ClientStore,
    private readonly users: UserStore,
    private readonly editing: RealmEditing,
    private readonly queue: DeliveryQueue,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Online sessions of a user. */
  async ofUser(realm: Realm, userId: string): Promise<readonly JsonObject[]> {
    return this.represent(realm, await this.sessions.ofUser(realm, userId, false));
  }

  /** Offline sessions of a user at a client, last used when that client used them. @throws NotFoundError `client_not_found` */
  async offlineOfUser(realm: Realm, userId: string, clientUuid: string): Promise<readonly JsonObject[]> {
    if (!(await this.clients.byId(realm.id, clientUuid))) throw administrationErrors.otherClientUnknown();
    const sessions = await this.sessions.ofUser(realm, userId, true);
    return this.represent(
      realm,
      sessions.flatMap((session) => usedBy(session, clientUuid) ?? []),
    );
  }

  /** Sessions that a client takes part in, in the order in which it joined them. */
  async ofClient(realm: Realm, client: Client, offline: boolean, page: SessionPage): Promise<readonly JsonObject[]> {
    const sessions = await this.lists.ofClient(realm.id, client.id, offline, this.cutoffs(realm, offline), page);
    return this.represent(realm, offline ? sessions.flatMap((session) => usedBy(session, client.id) ?? []) : sessions);
  }

  countOfClient(realm: Realm, client: Client, offline: boolean): Promise<number> {
    return this.lists.countOfClient(realm.id, client.id, offline, this.cutoffs(realm, offline));
  }

  /** Live sessions that fit, the newest first: with the device of each, and when it ends if nothing more happens. */
  async search(realm: Realm, query: SessionQuery, page: SessionPage): Promise<readonly JsonObject[]> {
    const search = await this.searchOf(realm, query);
    if (!search) return [];
    const found = await this.lists.search(realm.id, search, this.cutoffs(realm, search.offline), page);
    const names = await this.namesOfClients(realm, found);
    return found.map((session) => toFoundSessionRepresentation(session, realm, (id) => names.get(id)));
  }

  /** How many fit, as far as it is counted: a search that finds more than that says so. */
  async countFound(realm: Realm, query: SessionQuery): Promise<{ readonly count: number; readonly complete: boolean }> {
    const search = await this.searchOf(realm, query);
    if (!search) return { count: 0, complete: true };
    const cutoffs = this.cutoffs(realm, search.offline);
    const found = await this.lists.countFound(realm.id, search, cutoffs, COUNTED + 1);
    return { count: Math.min(found, COUNTED), complete: found <= COUNTED };
  }

  /** Clients that have at least one session. */
  async stats(realm: Realm): Promise<readonly ClientSessionStats[]> {
    const counts = await this.lists.countsByClient(realm.id, this.cutoffs(realm));
    const names = await this.clientIds(
      realm,
      counts.map(({ clientId }) => clientId),
    );
    return counts.flatMap(({ clientId: id, active, offline }) => {
      const clientId = names.get(id);
      return clientId === undefined ? [] : [{ id, clientId, active: String(active), offline: String(offline) }];
    });
  }

  /** Ends one session. @throws NotFoundError `session_unknown`, also for one that has ended */
  async end(realm: Realm, sessionId: string, offline: boolean): Promise<void> {
    const live = await this.sessions.findLive(realm, sessionId, offline);
    if (!live || !(await this.sessions.end(live.session, 'admin', { realm })))
      throw administrationErrors.sessionUnknown();
  }

  /**
   * Ends everything in a realm, the caller's own session included, and lets no token issued before now count. Applications with an
   * admin URL are told by the outbox, so that none delays the answer.
   * @returns where they are told; all of it counts as told, as at the reference
   */
  async endAllOfRealm(realm: Realm): Promise<PushResult> {
    const now = this.clock.seconds();
    const told = (await this.clients.list(realm.id, {})).flatMap((client) => logoutOfAll(client, now, now));
    await this.editing.change(realm.id, async (current) => {
      await this.queue.enqueue(told);
      return { ...current, settings: { ...current.settings, notBefore: now } };
    });
    await this.sessions.endAllOfRealm(realm.id, 'admin');
    return pushResult(told.map(({ payload: { url } }) => [url, true]));
  }

  /** Ends the online sessions of a user for an administrator. */
  async endOnlineOfUser(realm: Realm, userId: string): Promise<void> {
    await this.sessions.endAllOfUser(realm.id, userId, 'admin');
  }

  /** Ends the online and offline sessions of a user. */
  async endAllOfUser(realm: Realm, userId: string, reason: EndReason): Promise<void> {
    await this.sessions.endEverythingOfUser(realm.id, userId, reason);
  }

  /** Takes a client out of all sessions; those in which it was alone end. */
  async endAllOfClient(realm: Realm, clientUuid: string): Promise<void> {
    for (const offline of [false, true]) {
      for (;;) {
        const open = await this.store.openOfClient(realm.id, clientUuid, offline, { first: 0, max: BATCH });
        if (open.length === 0) break;
        await this.unitOfWork.run(async () => {
          for (const each of open) await this.withdrawClient(each, clientUuid);
        });
      }
    }
  }

  private async withdrawClient({ session, clients }: SessionWithClients, clientUuid: string): Promise<void> {
    const { realmId, id, offline } = session;
    const alone = clients.every((part) => part.clientId === clientUuid);
    const ended = alone && (await this.sessions.end(session, 'client_removed'));
    if (!ended) await this.store.deleteClientSession(realmId, id, offline, clientUuid);
  }

  private cutoffs(realm: Realm, offline?: boolean): readonly SessionCutoff[] {
    return sessionCutoffs(realm, this.clock.now(), offline);
  }

  /** Users and clients by their internal ids; undefined when there is no such user or client. */
  private async searchOf(realm: Realm, { user, client, ...rest }: SessionQuery): Promise<SessionSearch | undefined> {
    const found =
      user !== undefined &&
      ((await this.users.byId(realm.id, user)) ?? (await this.users.byUsername(realm.id, user.toLowerCase())));
    const app =
      client !== undefined &&
      ((await this.clients.byClientId(realm.id, client)) ?? (await this.clients.byId(realm.id, client)));
    if (found === undefined || app === undefined) return undefined;
    return { ...rest, ...(found && { userId: found.id }), ...(app && { clientId: app.id }) };
  }

  /** Sessions as UserSessionRepresentation, clients by name. */
  async represent(realm: Realm, sessions: readonly SessionWithClients[]): Promise<readonly JsonObject[]> {
    const names = await this.namesOfClients(realm, sessions);
    return sessions.map((session) => toUserSessionRepresentation(session, (id) => names.get(id)));
  }

  private namesOfClients(realm: Realm, sessions: readonly SessionWithClients[]): Promise<ReadonlyMap<string, string>> {
    return this.clientIds(
      realm,
      sessions.flatMap(({ clients }) => clients.map(({ clientId }) => clientId)),
    );
  }

  private async clientIds(realm: Realm, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const distinct = [...new Set(ids)];
    const clients = distinct.length === 0 ? [] : await this.clients.byIds(realm.id, distinct);
    return new Map(clients.map(({ id, clientId }) => [id, clientId]));
  }
}

/** The session with the time at which this client last used it; undefined when the client has no part in it. */
function usedBy({ session, clients }: SessionWithClients, clientUuid: string): SessionWithClients | undefined {
  const part = clients.find(({ clientId }) => clientId === clientUuid);
  return part && { clients, session: { ...session, lastAccess: part.lastAccess } };
}
