import type { Realm } from '../realm/realm.js';
import type { Clock } from '../shared/clock.js';
import type { UnitOfWork } from '../shared/unit-of-work.js';
import { isLive, userSessionLifetime } from './session-lifetime.js';
import type { EndedSession, EndOrigin, SessionEnds } from './session-ends.js';
import type { ClientSession, EndReason, SessionStore, SessionWithClients, UserSession } from './user-session.js';

const BATCH = 500;

/** Reads, uses and ends sessions. New ones come from `admitSession` alone. */
export class SessionService {
  constructor(
    private readonly store: SessionStore,
    private readonly ends: SessionEnds,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** The session if it is live now. One whose time is over is ended on the spot and not found. */
  async findLive(realm: Realm, id: string, offline: boolean): Promise<SessionWithClients | undefined> {
    return this.liveOrEnded(realm, await this.store.byId(realm.id, id, offline));
  }

  /** Whether a session that was read is live now. One whose time is over is ended on the spot. */
  async isLive(realm: Realm, session: UserSession): Promise<boolean> {
    if (session.end) return false;
    const lifetime = userSessionLifetime(session, realm);
    if (isLive(lifetime, this.clock.now())) return true;
    await this.end(session, lifetime.cause, { realm });
    return false;
  }

  /** The session of a browser by the hash of its identity cookie's secret: live, or ended with the reason. */
  async byIdentity(realm: Realm, identityHash: string): Promise<SessionWithClients | undefined> {
    const found = await this.store.byIdentity(realm.id, identityHash);
    return (await this.liveOrEnded(realm, found)) ?? (found && this.store.byId(realm.id, found.session.id, false));
  }

  /** An online session, whether open or ended. */
  async byId(realmId: string, id: string): Promise<UserSession | undefined> {
    return (await this.store.byId(realmId, id, false))?.session;
  }

  /**
   * Marks the session as used now: true when it was still open. An answer that relies on the session (a refresh, a single sign-on)
   * may only be given after this was true.
   * @param clientId internal id of the client whose part is used too
   */
  touch(realmId: string, id: string, offline: boolean, clientId: string | undefined): Promise<boolean> {
    return this.unitOfWork.run(() => this.store.touch(realmId, id, offline, clientId, this.clock.now()));
  }

  /** Keeps further notes with the part of a client, and gives the part as it then is. */
  async note(part: ClientSession, notes: Readonly<Record<string, string>>): Promise<ClientSession> {
    const noted = { ...part, notes: { ...part.notes, ...notes } };
    await this.unitOfWork.run(() => this.store.updateClientSession(noted));
    return noted;
  }

  /** Ends one session; false when it had ended before. */
  async end(session: UserSession, reason: EndReason, origin: EndOrigin = {}): Promise<boolean> {
    return (await this.unitOfWork.run(() => this.endOpen([session], reason, origin))).length > 0;
  }

  /** Ends the online sessions of a user, except one; gives those that ended. */
  async endAllOfUser(
    realmId: string,
    userId: string,
    reason: EndReason,
    except?: string,
    origin: EndOrigin = {},
  ): Promise<readonly EndedSession[]> {
    return this.unitOfWork.run(async () => {
      await this.store.lockOwner(realmId, userId);
      const open = await this.store.openOfUser(realmId, userId, false);
      const others = open.map(({ session }) => session).filter(({ id }) => id !== except);
      return this.endOpen(others, reason, { ...(except === undefined && { everywhere: 'user' }), ...origin });
    });
  }

  /** Ends the online and offline sessions of a user. */
  async endEverythingOfUser(realmId: string, userId: string, reason: EndReason): Promise<readonly EndedSession[]> {
    return this.unitOfWork.run(async () => {
      await this.store.lockOwner(realmId, userId);
      const online = await this.store.openOfUser(realmId, userId, false);
      const offline = await this.store.openOfUser(realmId, userId, true);
      const open = [...online, ...offline].map(({ session }) => session);
      return this.endOpen(open, reason, { everywhere: 'user' });
    });
  }

  /** Ends every session of a realm, online and offline, in batches; gives how many ended. */
  async endAllOfRealm(realmId: string, reason: EndReason): Promise<number> {
    let ended = 0;
    for (const offline of [false, true]) {
      for (let after = ''; ;) {
        const open = await this.store.openOfRealm(realmId, offline, after, BATCH);
        if (open.length === 0) break;
        ended += (await this.unitOfWork.run(() => this.endOpen(open, reason, { everywhere: 'realm' }))).length;
        after = open.at(-1)?.id ?? after;
      }
    }
    return ended;
  }

  /** Live sessions of a user, oldest access first. */
  async ofUser(realm: Realm, userId: string, offline: boolean): Promise<readonly SessionWithClients[]> {
    return this.onlyLive(realm, await this.store.openOfUser(realm.id, userId, offline));
  }

  private onlyLive(realm: Realm, open: readonly SessionWithClients[]): readonly SessionWithClients[] {
    const now = this.clock.now();
    return open.filter(({ session }) => isLive(userSessionLifetime(session, realm), now));
  }

  private async liveOrEnded(
    realm: Realm,
    found: SessionWithClients | undefined,
  ): Promise<SessionWithClients | undefined> {
    return found && (await this.isLive(realm, found.session)) ? found : undefined;
  }

  private endOpen(
    open: readonly UserSession[],
    reason: EndReason,
    origin: EndOrigin,
  ): Promise<readonly EndedSession[]> {
    const at = this.clock.now();
    return this.ends.end(open, () => ({ reason, at }), origin);
  }
}
