import type { Realm } from '../realm/realm.js';
import type { Clock } from '../shared/clock.js';
import { UnavailableError } from '../shared/errors.js';
import type { UnitOfWork } from '../shared/unit-of-work.js';
import type { PendingLogin, PendingLoginStore } from './pending-login.js';

/** A login in progress before its row is written: version 0. */
export const isNew = (login: PendingLogin): boolean => login.version === 0;

/** Writes logins in progress: at most one step per page, at most so many from one address. */
export class LoginStore {
  /** @param maxPerAddress most logins in progress from one address in one realm */
  constructor(
    private readonly store: PendingLoginStore,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly maxPerAddress: number,
  ) {}

  find(realmId: string, rootHash: string, tabId: string): Promise<PendingLogin | undefined> {
    return this.store.find(realmId, rootHash, tabId);
  }

  /**
   * Stores the next state of a login; undefined when another request was faster with the same page.
   * @throws UnavailableError `too_many_logins`
   */
  async save(realm: Realm, login: PendingLogin): Promise<PendingLogin | undefined> {
    const next = this.stamped(realm, login);
    const stored = await this.unitOfWork.run(() => (isNew(login) ? this.insert(next) : this.store.update(next)));
    return stored ? { ...next, version: login.version + 1 } : undefined;
  }

  /**
   * As `save`, under a new secret of the browser: whoever knows the old one does not see the login again. What the old secret finds
   * says only that the login moved.
   * @param rootHash hash of the new secret
   * @throws UnavailableError `too_many_logins`
   */
  async move(realm: Realm, login: PendingLogin, rootHash: string): Promise<PendingLogin | undefined> {
    const next = { ...this.stamped(realm, login), rootHash };
    const stored = await this.unitOfWork.run(
      async () => (await this.claim(realm, { ...login, moved: true })) && (await this.insert(next)),
    );
    return stored ? { ...next, version: 1 } : undefined;
  }

  /** Marks the login as over, in the running unit of work; false when it was over, or another request was faster. */
  claim(realm: Realm, login: PendingLogin): Promise<boolean> {
    const { state: _over, currentAction: _gone, ...rest } = this.stamped(realm, login);
    const done: PendingLogin = { ...rest, phase: 'done' };
    return isNew(login) ? this.store.insert({ ...done, version: 1 }) : this.store.update(done);
  }

  /** As `claim`, in a unit of work of its own. */
  close(realm: Realm, login: PendingLogin): Promise<boolean> {
    return this.unitOfWork.run(() => this.claim(realm, login));
  }

  /** True when the person took longer over the page than the realm allows. */
  isExpired(realm: Realm, login: Pick<PendingLogin, 'phase' | 'path' | 'touchedAt'>): boolean {
    return this.clock.now() >= login.touchedAt + lifespan(realm, login) * 1000;
  }

  private async insert(login: PendingLogin): Promise<boolean> {
    if ((await this.store.countFrom(login.realmId, login.remoteAddress)) >= this.maxPerAddress) {
      throw new UnavailableError(
        'too_many_logins',
        'Too many logins are in progress from this address. Please try again later.',
      );
    }
    return this.store.insert({ ...login, version: 1 });
  }

  private stamped(realm: Realm, login: PendingLogin): PendingLogin {
    const now = this.clock.now();
    const longest = Math.max(lifespan(realm, { phase: 'flow' }), lifespan(realm, { phase: 'required-action' }));
    return { ...login, touchedAt: now, expiresAt: now + longest * 1000 };
  }
}

/** Seconds a person may take over a page (Keycloak engine reference 2.12). */
function lifespan(realm: Realm, { phase, path }: Pick<PendingLogin, 'phase' | 'path'>): number {
  const { accessCodeLifespanLogin, accessCodeLifespanUserAction } = realm.settings;
  const isLogin = phase === 'flow' && path === undefined && accessCodeLifespanLogin > 0;
  return isLogin ? accessCodeLifespanLogin : accessCodeLifespanUserAction;
}
