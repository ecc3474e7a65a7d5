import type { Client, ClientStore } from '../realm/client.js';
import type { Realm } from '../realm/realm.js';
import { sessionCutoffs } from '../sessions/session-cutoffs.js';
import type { EndOrigin } from '../sessions/session-ends.js';
import type { SessionLists } from '../sessions/session-lists.js';
import type { SessionService } from '../sessions/session-service.js';
import type { SessionCutoff, SessionPage, SessionStore, SessionWithClients } from '../sessions/user-session.js';
import type { Clock } from '../shared/clock.js';
import type { AccountCaller } from './account-caller.js';

/** Sessions and the applications in them. */
export interface ListedSessions {
  readonly sessions: readonly SessionWithClients[];
  /** By internal id. */
  readonly clients: ReadonlyMap<string, Client>;
}

/** A person's own sessions: seen and ended by that person. */
export class OwnSessions {
  constructor(
    private readonly sessions: SessionService,
    private readonly store: Pick<SessionStore, 'countOfUser'>,
    private readonly lists: SessionLists,
    private readonly clients: ClientStore,
    private readonly clock: Clock,
  ) {}

  /** All live sessions, the last used one first. */
  async list({ realm, user }: AccountCaller): Promise<ListedSessions> {
    return this.withClients(realm, (await this.sessions.ofUser(realm, user.id, false)).toReversed());
  }

  /** A page of them. The one that the person is signed in with comes before the others, so that it is on the first page. */
  async page({ realm, user, part }: AccountCaller, { first, max }: SessionPage): Promise<ListedSessions> {
    const own = part && (await this.sessions.findLive(realm, part.session.id, false));
    const top = own && first === 0 && max !== 0 ? [own] : [];
    const others = { first: own ? Math.max(0, first - 1) : first, max: max < 0 ? max : max - top.length };
    const owner = { realmId: realm.id, userId: user.id };
    const rest = await this.lists.ofUser(owner, this.cutoffs(realm), others, own?.session.id);
    return this.withClients(realm, [...top, ...rest]);
  }

  /** How many live sessions the person has. */
  count({ realm, user }: AccountCaller): Promise<number> {
    return this.store.countOfUser({ realmId: realm.id, userId: user.id }, this.cutoffs(realm));
  }

  /** Ends one session; false when the person has no such session, whoever else may have it. */
  async end(caller: AccountCaller, sessionId: string): Promise<boolean> {
    const { realm, user } = caller;
    const live = await this.sessions.findLive(realm, sessionId, false);
    if (live?.session.userId !== user.id) return false;
    return this.sessions.end(live.session, 'user', originOf(caller));
  }

  /** Ends all sessions. @param exceptOwn leaves the one the person is signed in with */
  async endAll(caller: AccountCaller, exceptOwn: boolean): Promise<void> {
    const { realm, user, part } = caller;
    const except = exceptOwn ? part?.session.id : undefined;
    await this.sessions.endAllOfUser(realm.id, user.id, 'user', except, originOf(caller));
  }

  private cutoffs(realm: Realm): readonly SessionCutoff[] {
    return sessionCutoffs(realm, this.clock.now(), false);
  }

  private async withClients(realm: Realm, sessions: readonly SessionWithClients[]): Promise<ListedSessions> {
    const ids = [...new Set(sessions.flatMap(({ clients }) => clients.map(({ clientId }) => clientId)))];
    const clients = ids.length === 0 ? [] : await this.clients.byIds(realm.id, ids);
    return { sessions, clients: new Map(clients.map((client) => [client.id, client])) };
  }
}

const originOf = ({ realm, client, ipAddress }: AccountCaller): EndOrigin => ({
  realm,
  ipAddress,
  clientId: client.clientId,
});
