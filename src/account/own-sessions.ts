import type { Client, ClientStore } from '../realm/client.js';
import type { SessionService } from '../sessions/session-service.js';
import type { EndOrigin } from '../sessions/session-ends.js';
import type { SessionWithClients } from '../sessions/user-session.js';
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
    private readonly clients: ClientStore,
  ) {}

  /** Live sessions, the last used one first. */
  async list({ realm, user }: AccountCaller, offline = false): Promise<ListedSessions> {
    const sessions = (await this.sessions.ofUser(realm, user.id, offline)).toReversed();
    const ids = [...new Set(sessions.flatMap(({ clients }) => clients.map(({ clientId }) => clientId)))];
    const clients = ids.length === 0 ? [] : await this.clients.byIds(realm.id, ids);
    return { sessions, clients: new Map(clients.map((client) => [client.id, client])) };
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
}

const originOf = ({ realm, client, ipAddress }: AccountCaller): EndOrigin => ({
  realm,
  ipAddress,
  clientId: client.clientId,
});
