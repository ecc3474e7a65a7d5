import type { Clock } from '../shared/clock.js';
import { ConflictError, UnavailableError } from '../shared/errors.js';
import type { UnitOfWork } from '../shared/unit-of-work.js';
import type { CredentialVault } from './credential-vault.js';
import type { HashedPassword, PasswordHasher } from './password-hasher.js';
import { PasswordPolicy, type PolicyViolation } from './password-policy.js';
import type { Realm } from './realm.js';
import type { Credential, User, UserStore } from './user.js';

/** Credential type of the present password. */
const PASSWORD = 'password';
/** Credential type of earlier passwords, kept while the policy forbids to choose them again. */
export const PASSWORD_HISTORY = 'password-history';

/** Each round is lost to another caller who has set a password in the meantime. */
const MOST_ROUNDS = 10;

const DAY = 24 * 60 * 60 * 1000;

/**
 * The stored passwords of users. Hashes are computed outside of transactions, so what was read before may have changed
 * when the row is written: a row is replaced by deleting it and inserting its successor, and whoever finds it gone has
 * lost. A new password gets a new id; the same password hashed anew keeps its id and its date.
 */
export class UserPasswords {
  constructor(
    private readonly users: UserStore,
    private readonly hasher: PasswordHasher,
    private readonly vault: CredentialVault,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Whether it is the user's password. A hash that the policy would make otherwise now is replaced on the way. */
  async verify(realm: Realm, userId: string, plain: string): Promise<boolean> {
    const policy = policyOf(realm);
    const credential = (await this.ofType(realm.id, userId, PASSWORD))[0];
    if (credential === undefined) {
      await this.hasher.burn(policy);
      return false;
    }
    const stored = this.hashed(credential);
    if (!(await this.hasher.verify(plain, stored))) return false;
    if (this.hasher.needsRehash(stored, policy)) await this.rehash(credential, plain, policy);
    return true;
  }

  /** The rule of the realm's policy that the new password breaks, old passwords included. */
  async violation(realm: Realm, user: User, plain: string): Promise<PolicyViolation | undefined> {
    const policy = policyOf(realm);
    const broken = policy.check(plain, user);
    if (broken !== undefined || policy.historySize === 0) return broken;
    const present = await this.ofType(realm.id, user.id, PASSWORD);
    const earlier = (await this.ofType(realm.id, user.id, PASSWORD_HISTORY)).toSorted(newestFirst);
    for (const credential of [...present, ...earlier].slice(0, policy.historySize)) {
      if (await this.hasher.verify(plain, this.hashed(credential))) return policy.historyViolation();
    }
    return undefined;
  }

  /** Hashes the new password; the result stores it and must be called in a unit of work. */
  async prepare(realm: Realm, userId: string, plain: string): Promise<() => Promise<void>> {
    const policy = policyOf(realm);
    const hashed = await this.hasher.hash(plain, policy);
    return () => this.replace(realm.id, userId, hashed, policy.historySize);
  }

  /** Whether the policy asks for a new password because the present one is too old. */
  async isExpired(realm: Realm, userId: string): Promise<boolean> {
    const { maxAgeDays } = policyOf(realm);
    const credential = maxAgeDays === undefined ? undefined : (await this.ofType(realm.id, userId, PASSWORD))[0];
    if (maxAgeDays === undefined || credential === undefined) return false;
    return this.clock.now() - credential.createdDate > maxAgeDays * DAY;
  }

  private async replace(realmId: string, userId: string, hashed: HashedPassword, historySize: number): Promise<void> {
    const old = await this.removePresent(realmId, userId);
    await this.users.insertCredential(
      this.vault.seal({
        realmId,
        userId,
        type: PASSWORD,
        ...(old?.userLabel === undefined ? {} : { userLabel: old.userLabel }),
        createdDate: this.clock.now(),
        data: hashed.data,
        secret: hashed.secret,
        priority: old?.priority ?? (await this.nextPriority(realmId, userId)),
      }),
    );
    await this.keepHistory(realmId, userId, old, historySize);
  }

  /** Deletes the present password, also one that another caller has just set. */
  private async removePresent(realmId: string, userId: string): Promise<Credential | undefined> {
    let removed: Credential | undefined;
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const present = (await this.ofType(realmId, userId, PASSWORD))[0];
      if (present === undefined) return removed;
      if (await this.users.deleteCredential(realmId, userId, present.id)) removed = present;
    }
    throw new ConflictError('password_contended', 'The password is being changed elsewhere. Try again.');
  }

  /** The present password is one of the `historySize`, so one less is kept. */
  private async keepHistory(
    realmId: string,
    userId: string,
    old: Credential | undefined,
    historySize: number,
  ): Promise<void> {
    if (old !== undefined && historySize > 1) {
      const { id: _, sealedSecret: __, ...members } = old;
      await this.users.insertCredential(
        this.vault.seal({ ...members, type: PASSWORD_HISTORY, secret: this.vault.open(old) }),
      );
    }
    const earlier = (await this.ofType(realmId, userId, PASSWORD_HISTORY)).toSorted(newestFirst);
    for (const { id } of earlier.slice(Math.max(0, historySize - 1))) {
      await this.users.deleteCredential(realmId, userId, id);
    }
  }

  private async rehash(credential: Credential, plain: string, policy: PasswordPolicy): Promise<void> {
    const hashed = await this.hasher.hash(plain, policy).catch((error: unknown) => {
      // The login is right and has been paid for; the better hash can wait for the next one.
      if (error instanceof UnavailableError) return undefined;
      throw error;
    });
    if (hashed === undefined) return;
    const { id, sealedSecret: _, ...members } = credential;
    await this.unitOfWork.run(async () => {
      if (!(await this.users.deleteCredential(credential.realmId, credential.userId, id))) return;
      await this.users.insertCredential(this.vault.seal({ ...members, ...hashed }, id));
    });
  }

  private async nextPriority(realmId: string, userId: string): Promise<number> {
    return Math.max(0, ...(await this.users.credentials(realmId, userId)).map(({ priority }) => priority)) + 10;
  }

  private async ofType(realmId: string, userId: string, type: string): Promise<readonly Credential[]> {
    return (await this.users.credentials(realmId, userId)).filter((credential) => credential.type === type);
  }

  private hashed(credential: Credential): HashedPassword {
    return { data: credential.data, secret: this.vault.open(credential) };
  }
}

function policyOf(realm: Realm): PasswordPolicy {
  return PasswordPolicy.parse(realm.settings.passwordPolicy);
}

function newestFirst(a: Credential, b: Credential): number {
  return b.createdDate - a.createdDate;
}
