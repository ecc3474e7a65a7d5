import type { Client } from '../realm/client.js';
import type { Realm } from '../realm/realm.js';
import type { Clock } from '../shared/clock.js';
import type { UnitOfWork } from '../shared/unit-of-work.js';
import { isLive, userSessionLifetime } from './session-lifetime.js';
import type { EndReason, SessionPage, SessionStore, SessionWithClients } from './user-session.js';

const BATCH = 500;

/** Reads, uses and ends sessions. New ones come from `admitSession` alone. */
export class SessionService {
  constructor(
    private readonly store: SessionStore,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** The session if it is live now. One whose time is over is ended on the spot and not found. */
  async findLive(realm: Realm, id: string, offline: boolean): Promise<SessionWithClients | undefined> {
    return this.liveOrEnded(realm, await this.store.byId(realm.id, id, offline));
  }

  /** The live session of a browser by the hash of its identity cookie's secret. */
  async findByIdentity(realm: Realm, identityHash: string): Promise<SessionWithClients | undefined> {
    return this.liveOrEnded(realm, await this.store.byIdentity(realm.id, identityHash));
  }

  /**
   * Marks the session as used now: true when it was still open. An answer that relies on the session (a refresh, a single sign-on)
   * may only be given after this was true.
   * @param clientId internal id of the client whose part is used too
   */
  touch(realmId: string, id: string, offline: boolean, clientId: string | undefined): Promise<boolean> {
    return this.unitOfWork.run(() => this.store.touch(realmId, id, offline, clientId, this.clock.now()));
  }

  /** Ends one session; false when it had ended before. */
  end(realmId: string, id: string, offline: boolean, reason: EndReason): Promise<boolean> {
    return this.unitOfWork.run(() => this.store.end(realmId, id, offline, { reason, at: this.clock.now() }));
  }

  /** Ends the online sessions of a user, except one; gives those that ended. */
  async endAllOfUser(
    realmId: string,
    userId: string,
    reason: EndReason,
    except?: string,
  ): Promise<readonly SessionWithClients[]> {
    return this.unitOfWork.run(async () => {
      await this.store.lockOwner(realmId, userId);
      const ended: SessionWithClients[] = [];
      for (const open of await this.store.openOfUser(realmId, userId, false)) {
        if (open.session.id === except) continue;
        if (await this.store.end(realmId, open.session.id, false, { reason, at: this.clock.now() })) ended.push(open);
      }
      return ended;
    });
  }

  /** Ends every session of a realm, online and offline, in batches; gives how many ended. */
  async endAllOfRealm(realmId: string, reason: EndReason): Promise<number> {
    let ended = 0;
    for (const offline of [false, true]) {
      for (let after = ''; ;) {
        const ids = await this.store.openIds(realmId, offline, after, BATCH);
        if (ids.length === 0) break;
        ended += await this.unitOfWork.run(() => this.endAll(realmId, ids, offline, reason));
        after = ids.at(-1) ?? after;
      }
    }
    return ended;
  }

  /** Live sessions of a user, oldest access first. */
  async ofUser(realm: Realm, userId: string, offline: boolean): Promise<readonly SessionWithClients[]> {
    return this.onlyLive(realm, await this.store.openOfUser(realm.id, userId, offline));
  }

  /** Live sessions a client takes part in, by session id. */
  async ofClient(
    realm: Realm,
    client: Client,
    offline: boolean,
    page: SessionPage,
  ): Promise<readonly SessionWithClients[]> {
    return this.onlyLive(realm, await this.store.openOfClient(realm.id, client.id, offline, page));
  }

  private onlyLive(realm: Realm, open: readonly SessionWithClients[]): readonly SessionWithClients[] {
    const now = this.clock.now();
    return open.filter(({ session }) => isLive(userSessionLifetime(session, realm), now));
  }

  private async liveOrEnded(
    realm: Realm,
    found: SessionWithClients | undefined,
  ): Promise<SessionWithClients | undefined> {
    if (!found || found.session.end) return undefined;
    const lifetime = userSessionLifetime(found.session, realm);
    if (isLive(lifetime, this.clock.now())) return found;
    await this.end(realm.id, found.session.id, found.session.offline, lifetime.cause);
    return undefined;
  }

  private async endAll(realmId: string, ids: readonly string[], offline: boolean, reason: EndReason): Promise<number> {
    let ended = 0;
    for (const id of ids) if (await this.store.end(realmId, id, offline, { reason, at: this.clock.now() })) ended++;
    return ended;
  }
}
