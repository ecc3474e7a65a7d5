import type { Client, ClientStore } from '../realm/client.js';
import type { Realm } from '../realm/realm.js';
import { toUserSessionRepresentation } from '../representations/user-session-representation.js';
import type { SessionService } from '../sessions/session-service.js';
import type { EndReason, SessionPage, SessionStore, SessionWithClients } from '../sessions/user-session.js';
import type { Clock } from '../shared/clock.js';
import type { JsonObject } from '../shared/json.js';
import type { UnitOfWork } from '../shared/unit-of-work.js';
import { administrationErrors } from './administration-errors.js';
import type { RealmEditing } from './realm-editing.js';

const BATCH = 200;

/** How many sessions a client has. Counts are text, as at the reference. */
export interface ClientSessionStats {
  readonly id: string;
  readonly clientId: string;
  readonly active: string;
  readonly offline: string;
}

/** Sessions as administrators see and end them. */
export class SessionAdministration {
  constructor(
    private readonly sessions: SessionService,
    private readonly store: SessionStore,
    private readonly clients: ClientStore,
    private readonly editing: RealmEditing,
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

  /** Sessions that a client takes part in, by session id. */
  async ofClient(realm: Realm, client: Client, offline: boolean, page: SessionPage): Promise<readonly JsonObject[]> {
    const sessions = await this.sessions.ofClient(realm, client, offline, page);
    return this.represent(realm, offline ? sessions.flatMap((session) => usedBy(session, client.id) ?? []) : sessions);
  }

  countOfClient(realm: Realm, client: Client, offline: boolean): Promise<number> {
    return this.store.countOfClient(realm.id, client.id, offline);
  }

  /** Clients that have at least one session. */
  async stats(realm: Realm): Promise<readonly ClientSessionStats[]> {
    const counts = await this.store.countsByClient(realm.id);
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

  /** Ends everything in a realm, the caller's own session included, and lets no token issued before now count. */
  async endAllOfRealm(realm: Realm): Promise<void> {
    await this.editing.change(realm.id, (current) => ({
      ...current,
      settings: { ...current.settings, notBefore: this.clock.seconds() },
    }));
    await this.sessions.endAllOfRealm(realm.id, 'admin');
  }

  /** Ends the online sessions of a user for an administrator. */
  async endOnlineOfUser(realm: Realm, userId: string): Promise<void> {
    await this.sessions.endAllOfUser(realm.id, userId, 'admin');
  }

  /** Ends the online and offline sessions of a user. */
  async endAllOfUser(realm: Realm, userId: string, reason: EndReason): Promise<void> {
    await this.unitOfWork.run(async () => {
      await this.sessions.endAllOfUser(realm.id, userId, reason);
      for (const { session } of await this.store.openOfUser(realm.id, userId, true)) {
        await this.sessions.end(session, reason, { realm, everywhere: true });
      }
    });
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

  private async represent(realm: Realm, sessions: readonly SessionWithClients[]): Promise<readonly JsonObject[]> {
    const names = await this.clientIds(
      realm,
      sessions.flatMap(({ clients }) => clients.map(({ clientId }) => clientId)),
    );
    return sessions.map((session) => toUserSessionRepresentation(session, (id) => names.get(id)));
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
