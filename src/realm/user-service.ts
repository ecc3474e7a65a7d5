import type { Clock } from '../shared/clock.js';
import type { Sealer } from '../shared/sealer.js';
import type { UnitOfWork } from '../shared/unit-of-work.js';
import { CredentialVault } from './credential-vault.js';
import type { PasswordHasher } from './password-hasher.js';
import { PasswordPolicy, type PolicyViolation } from './password-policy.js';
import type { Realm } from './realm.js';
import type { Totp } from './totp.js';
import { UserOtps } from './user-otps.js';
import { PASSWORD_HISTORY, UserPasswords } from './user-passwords.js';
import type { Credential, User, UserStore } from './user.js';

const UPDATE_PASSWORD = 'UPDATE_PASSWORD';

/** Only the id is read: the rest is read again where it is changed. */
type UserRef = Pick<User, 'id'>;

export interface SetPasswordOptions {
  /** The user must choose another one at the next login. Default: no, and a pending UPDATE_PASSWORD is done with. */
  readonly temporary?: boolean;
  /** False for passwords that are not chosen by anyone (an import, the first admin). Default: true. */
  readonly checkPolicy?: boolean;
}

/** What logins, required actions and admins do with a user and what the user proves. Hashing may throw UnavailableError `hash_queue_full`. */
export class UserService {
  private readonly passwords: UserPasswords;
  private readonly otps: UserOtps;

  constructor(
    private readonly users: UserStore,
    private readonly hasher: PasswordHasher,
    totp: Totp,
    sealer: Sealer,
    private readonly unitOfWork: UnitOfWork,
    clock: Clock,
  ) {
    const vault = new CredentialVault(sealer);
    this.passwords = new UserPasswords(users, hasher, vault, unitOfWork, clock);
    this.otps = new UserOtps(users, totp, vault, unitOfWork, clock);
  }

  /**
   * The user whom a typed name means: by e-mail address first where the realm allows it and the name looks like one, else
   * by user name. Spaces around it do not count. Service accounts do not log in.
   */
  async findForLogin(realm: Realm, typed: string): Promise<User | undefined> {
    const name = typed.trim();
    if (name === '') return undefined;
    const byEmail = realm.settings.loginWithEmailAllowed && name.includes('@');
    const user =
      (byEmail ? await this.users.byEmail(realm.id, name) : undefined) ?? (await this.users.byUsername(realm.id, name));
    return user?.serviceAccountClientId === undefined ? user : undefined;
  }

  /** Types of the user's credentials, each once, in the user's own order. Earlier passwords prove nothing and are left out. */
  async credentialTypes(realmId: string, userId: string): Promise<readonly string[]> {
    const types = new Set((await this.users.credentials(realmId, userId)).map(({ type }) => type));
    types.delete(PASSWORD_HISTORY);
    return [...types];
  }

  /**
   * Whether it is the user's password; takes as long for a user without one. A stored hash that does not follow the
   * realm's policy any more is replaced by a new one.
   */
  verifyPassword(realm: Realm, user: UserRef, plain: string): Promise<boolean> {
    return this.passwords.verify(realm, user.id, plain);
  }

  /** Does the work of `verifyPassword` where there is no user: answers must not tell by their time who exists. */
  burnPassword(realm: Realm): Promise<void> {
    return this.hasher.burn(PasswordPolicy.parse(realm.settings.passwordPolicy));
  }

  /** Gives the user a new password. When it breaks the policy nothing changes, and the violation is the answer. */
  async setPassword(
    realm: Realm,
    user: User,
    plain: string,
    { temporary = false, checkPolicy = true }: SetPasswordOptions = {},
  ): Promise<PolicyViolation | undefined> {
    const violation = checkPolicy ? await this.passwords.violation(realm, user, plain) : undefined;
    if (violation !== undefined) return violation;
    const store = await this.passwords.prepare(realm, user.id, plain);
    await this.unitOfWork.run(async () => {
      await store();
      if (temporary) await this.addRequiredAction(realm, user, UPDATE_PASSWORD);
      else await this.removeRequiredAction(realm, user, UPDATE_PASSWORD);
    });
    return undefined;
  }

  /** Whether the password is older than the policy `forceExpiredPasswordChange` allows. */
  isPasswordExpired(realm: Realm, user: UserRef): Promise<boolean> {
    return this.passwords.isExpired(realm, user.id);
  }

  /** The user's one-time-code devices, in the user's own order; their secrets stay sealed. */
  otpCredentials(realmId: string, userId: string): Promise<readonly Credential[]> {
    return this.otps.list(realmId, userId);
  }

  /** Takes a device away; one that is gone already stays so. */
  async removeOtp(realmId: string, userId: string, credentialId: string): Promise<void> {
    await this.unitOfWork.run(() => this.users.deleteCredential(realmId, userId, credentialId));
  }

  /** The person has shown that mails to the address are theirs. Nothing happens when the user is gone, or it was known. */
  async markEmailVerified(realmId: string, userId: string): Promise<void> {
    await this.unitOfWork.run(async () => {
      const user = await this.users.byIdForChange(realmId, userId);
      if (user && !user.emailVerified) await this.users.update({ ...user, emailVerified: true }, false);
    });
  }

  /**
   * Whether the one-time code is right. A code works once, unless the realm has `otpPolicyCodeReusable`.
   * @param credentialId the device; undefined or empty = the user's first
   */
  verifyOtp(realm: Realm, user: UserRef, code: string, credentialId?: string): Promise<boolean> {
    return this.otps.verify(realm, user.id, code, credentialId);
  }

  /**
   * Adds a one-time-code device after the user's other credentials.
   * @param usedStep what `Totp.verify` gave for the code that proved the device: that code cannot be used again
   */
  addOtp(realm: Realm, user: UserRef, secret: string, label: string, usedStep?: number): Promise<void> {
    return this.otps.add(realm, user.id, secret, label, usedStep);
  }

  /** Makes an action pending; one that is pending already stays where it is. Does nothing when the user is gone. */
  addRequiredAction(realm: Realm, user: UserRef, alias: string): Promise<void> {
    return this.changeActions(realm, user, (actions) => (actions.includes(alias) ? actions : [...actions, alias]));
  }

  /** Makes an action not pending. */
  removeRequiredAction(realm: Realm, user: UserRef, alias: string): Promise<void> {
    return this.changeActions(realm, user, (actions) => actions.filter((action) => action !== alias));
  }

  private async changeActions(
    realm: Realm,
    { id }: UserRef,
    change: (actions: readonly string[]) => readonly string[],
  ): Promise<void> {
    await this.unitOfWork.run(async () => {
      const user = await this.users.byIdForChange(realm.id, id);
      if (user === undefined) return;
      const requiredActions = change(user.requiredActions);
      if (requiredActions.join() === user.requiredActions.join()) return;
      await this.users.update({ ...user, requiredActions }, !realm.settings.duplicateEmailsAllowed);
    });
  }
}
