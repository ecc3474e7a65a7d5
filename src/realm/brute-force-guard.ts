import type { EventType } from '../events/auth-events.js';
import type { EventRecorder } from '../events/event-recorder.js';
import type { Clock } from '../shared/clock.js';
import type { UnitOfWork } from '../shared/unit-of-work.js';
import { countFailure, noFailures, type FailureCategory } from './lockout.js';
import type { LoginFailures, LoginFailureStore } from './login-failures.js';
import type { Realm } from './realm.js';
import type { User, UserStore } from './user.js';

export type { FailureCategory } from './lockout.js';
export type LockStatus = 'open' | 'temporarily_disabled' | 'permanently_disabled';

/** The answer of the attack-detection endpoint; names and units (`lastFailure` ms, `failedLoginNotBefore` s) are Keycloak's. */
export interface BruteForceStatus {
  readonly failedLoginNotBefore: number;
  readonly numFailures: number;
  readonly numTemporaryLockouts: number;
  readonly disabled: boolean;
  readonly numSecondaryAuthFailures: number;
  readonly lastIPFailure: string;
  readonly lastFailure: number;
}

/** The user attribute that tells a locked account from one that an admin disabled. */
const DISABLED_REASON = 'disabledReason';
const PERMANENT_LOCKOUT = 'permanentLockout';
const EVENT_REASON = 'brute_force_attack detected';

/**
 * Counts failed logins and locks accounts, in realms with `bruteForceProtected` (elsewhere it does nothing). Callers ask
 * `status` before they look at a credential: while an account is locked nothing is checked and nothing counted.
 */
export class BruteForceGuard {
  constructor(
    private readonly failures: LoginFailureStore,
    private readonly users: UserStore,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: EventRecorder,
    private readonly clock: Clock,
  ) {}

  /** Whether the user may try to log in now. A permanent lock outweighs a temporary one. */
  async status(realm: Realm, user: User): Promise<LockStatus> {
    if (!realm.settings.bruteForceProtected) return 'open';
    if (isPermanentlyLocked(user)) return 'permanently_disabled';
    const row = await this.failures.find(realm.id, user.id);
    return row !== undefined && this.isTemporarilyLocked(row) ? 'temporarily_disabled' : 'open';
  }

  /**
   * Counts one failed login: counters, lock, disabled account and event in one transaction under the row's lock, so that
   * parallel guesses are all counted.
   * @param ip address of the caller, when it is known
   */
  async failed(realm: Realm, userId: string, ip: string | undefined, category: FailureCategory): Promise<void> {
    if (!realm.settings.bruteForceProtected) return;
    const login = { category, ip, time: this.clock.now() };
    await this.unitOfWork.run(async () => {
      const locks = { temporary: false, permanent: false };
      const row = await this.failures.update(realm.id, userId, (current) => {
        const decision = countFailure(current ?? noFailures(realm.id, userId), realm.settings, login);
        Object.assign(locks, { temporary: decision.temporary, permanent: decision.permanent });
        return decision.failures;
      });
      if (locks.temporary) await this.report(realm, row, 'USER_DISABLED_BY_TEMPORARY_LOCKOUT');
      if (locks.permanent && (await this.disable(realm, userId))) {
        await this.report(realm, row, 'USER_DISABLED_BY_PERMANENT_LOCKOUT');
      }
    });
  }

  /**
   * Forgets the failures of a user who has logged in.
   * @param passed what the login proved. Failed one-time codes are forgotten only by a login that passed one: who knows
   *   the password alone must not be able to reset the count of the second factor.
   */
  async succeeded(
    realm: Realm,
    userId: string,
    passed: readonly FailureCategory[] = ['password', 'otp'],
  ): Promise<void> {
    if (!realm.settings.bruteForceProtected) return;
    const row = await this.failures.find(realm.id, userId);
    if (row === undefined) return;
    if (passed.includes('otp') || row.numSecondaryFailures === 0) return this.clear(realm.id, userId);
    if (row.lastFailure === 0) return;
    await this.unitOfWork.run(async () => {
      await this.failures.update(realm.id, userId, (current) => ({
        ...noFailures(realm.id, userId),
        numSecondaryFailures: current?.numSecondaryFailures ?? 0,
      }));
    });
  }

  /** What is known of a user; zeros for a user without failures, an unknown user, or a realm that does not count. */
  async read(realm: Realm, userId: string): Promise<BruteForceStatus> {
    const counts = realm.settings.bruteForceProtected;
    const user = counts ? await this.users.byId(realm.id, userId) : undefined;
    const row = counts ? await this.failures.find(realm.id, userId) : undefined;
    return this.statusOf(row ?? noFailures(realm.id, userId), user);
  }

  /** As `read`, for a page of users, by id. */
  async readAll(realm: Realm, users: readonly User[]): Promise<ReadonlyMap<string, BruteForceStatus>> {
    const counts = realm.settings.bruteForceProtected;
    const ids = users.map(({ id }) => id);
    const rows = new Map(
      (counts ? await this.failures.ofUsers(realm.id, ids) : []).map((row) => [row.userId, row] as const),
    );
    return new Map(
      users.map((user) => {
        const row = rows.get(user.id) ?? noFailures(realm.id, user.id);
        return [user.id, this.statusOf(row, counts ? user : undefined)];
      }),
    );
  }

  private statusOf(row: LoginFailures, user: User | undefined): BruteForceStatus {
    return {
      failedLoginNotBefore: row.notBefore,
      numFailures: row.numFailures,
      numTemporaryLockouts: row.numTemporaryLockouts,
      disabled: this.isTemporarilyLocked(row) || (user !== undefined && isPermanentlyLocked(user)),
      numSecondaryAuthFailures: row.numSecondaryFailures,
      lastIPFailure: row.lastIpFailure ?? 'n/a',
      lastFailure: row.lastFailure,
    };
  }

  /** Forgets the failures of one user. A permanently locked account stays disabled (see `unlocked`). */
  async clear(realmId: string, userId: string): Promise<void> {
    await this.unitOfWork.run(() => this.failures.clear(realmId, userId));
  }

  /** Forgets the failures of all users of a realm. */
  async clearAll(realmId: string): Promise<void> {
    await this.unitOfWork.run(() => this.failures.clearAll(realmId));
  }

  /** The user, enabled and without the mark of a permanent lock: for an admin who enables the account again, with `clear`. */
  static unlocked(user: User): User {
    const { [DISABLED_REASON]: reason, ...attributes } = user.attributes;
    return reason?.[0] === PERMANENT_LOCKOUT ? { ...user, enabled: true, attributes } : { ...user, enabled: true };
  }

  private isTemporarilyLocked(row: LoginFailures): boolean {
    return this.clock.seconds() < row.notBefore;
  }

  /** False when the account is gone, or locked already. */
  private async disable(realm: Realm, userId: string): Promise<boolean> {
    const user = await this.users.byIdForChange(realm.id, userId);
    if (user === undefined || isPermanentlyLocked(user)) return false;
    const attributes = { ...user.attributes, [DISABLED_REASON]: [PERMANENT_LOCKOUT] };
    await this.users.update({ ...user, enabled: false, attributes }, !realm.settings.duplicateEmailsAllowed);
    return true;
  }

  private report(realm: Realm, row: LoginFailures, type: EventType): Promise<void> {
    return this.events.record(
      { id: realm.id, ...realm.settings },
      {
        type,
        userId: row.userId,
        ...(row.lastIpFailure === undefined ? {} : { ipAddress: row.lastIpFailure }),
        details: {
          reason: EVENT_REASON,
          num_failures: String(row.numFailures),
          ...(type === 'USER_DISABLED_BY_TEMPORARY_LOCKOUT'
            ? { not_before: new Date(row.notBefore * 1000).toISOString() }
            : {}),
        },
      },
    );
  }
}

function isPermanentlyLocked(user: User): boolean {
  return !user.enabled && user.attributes[DISABLED_REASON]?.[0] === PERMANENT_LOCKOUT;
}
