import { BruteForceGuard } from '../realm/brute-force-guard.js';
import { groupAtPath } from '../realm/group-paths.js';
import type { GroupStore } from '../realm/group.js';
import type { PasswordHasher } from '../realm/password-hasher.js';
import { PasswordPolicy } from '../realm/password-policy.js';
import type { Realm } from '../realm/realm.js';
import { isRootAttribute } from '../realm/user-profile/profile-config.js';
import type { RoleStore } from '../realm/role.js';
import type { UserService } from '../realm/user-service.js';
import type { Credential, User, UserQuery, UserStore } from '../realm/user.js';
import { hashPasswords } from '../realm-files/hash-passwords.js';
import { planCredentials } from '../realm-files/plan-users.js';
import type { CredentialBody } from '../representations/credential-body.js';
import type { UserBody } from '../representations/user-body.js';
import { mergeUser, newUser } from '../representations/user-representation.js';
import type { Clock } from '../shared/clock.js';
import { ConflictError } from '../shared/errors.js';
import type { Sealer } from '../shared/sealer.js';
import { newId } from '../shared/secrets.js';
import type { UnitOfWork } from '../shared/unit-of-work.js';
import { administrationErrors, PasswordPolicyError } from './administration-errors.js';
import type { PersonalTraces } from './personal-traces.js';
import type { SessionAdministration } from './session-administration.js';
import { actionsOfNewUser, changedActions } from './user-actions.js';
import { changedName, nameOfNewUser } from './user-names.js';
import { attributesOfNewUser, changedAttributes, checkUserProfile } from './user-profile.js';

/** A new user whose name and profile were checked. */
export type DescribedUser = UserBody & Required<Pick<UserBody, 'username' | 'attributes'>>;

/** Users of a realm, as administrators make, change and remove them. */
export class UserAdministration {
  constructor(
    private readonly users: UserStore,
    private readonly userService: UserService,
    private readonly roles: RoleStore,
    private readonly groups: GroupStore,
    private readonly hasher: PasswordHasher,
    private readonly bruteForce: BruteForceGuard,
    private readonly sessions: SessionAdministration,
    private readonly traces: PersonalTraces,
    private readonly sealer: Sealer,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  list(realm: Realm, query: UserQuery): Promise<readonly User[]> {
    return this.users.list(realm.id, query);
  }

  count(realm: Realm, query: UserQuery): Promise<number> {
    return this.users.count(realm.id, query);
  }

  /** @throws NotFoundError `user_unknown` */
  async get(realm: Realm, id: string): Promise<User> {
    const user = await this.users.byId(realm.id, id);
    if (!user) throw administrationErrors.userUnknown();
    return user;
  }

  /** Users by id, in the order of the ids. */
  async byIds(realm: Realm, ids: readonly string[]): Promise<readonly User[]> {
    const users = new Map(
      (ids.length === 0 ? [] : await this.users.byIds(realm.id, ids)).map((user) => [user.id, user]),
    );
    return ids.flatMap((id) => users.get(id) ?? []);
  }

  /** Those of the users that have a one-time-code device. */
  withOtp(realm: Pick<Realm, 'id'>, users: readonly User[]): Promise<ReadonlySet<string>> {
    return this.users.withCredential(
      realm.id,
      users.map(({ id }) => id),
      'otp',
    );
  }

  /** The new user a body describes; `create` makes it. @throws InvalidInputError `user_name_missing`, `user_profile` */
  described(realm: Realm, body: UserBody): DescribedUser {
    const username = nameOfNewUser(realm, body);
    const described = { ...body, username, attributes: attributesOfNewUser(realm, body.attributes) };
    checkUserProfile(realm, described, 'admin', () => true);
    return described;
  }

  /**
   * Makes a user with the realm's default role, groups and required actions. Passwords are hashed before anything is written.
   * @returns the id
   * @throws InvalidInputError `password_policy`, `invalid_member`
   * @throws ConflictError `username_exists`, `email_exists`
   * @throws NotFoundError `group_path_unknown`
   */
  async create(realm: Realm, body: DescribedUser): Promise<string> {
    const { username } = body;
    const id = newId();
    const user: User = {
      ...newUser(body, { id, realmId: realm.id, username, now: this.clock.now() }),
      requiredActions: actionsOfNewUser(realm, body),
    };
    await this.refuseTaken(realm, user);
    const credentials = await this.hashed(realm, user, body.credentials ?? []);
    const groups = await this.groupsOf(realm, body.groups ?? []);
    await this.unitOfWork.run(async () => {
      await this.users.insert(user, !realm.settings.duplicateEmailsAllowed);
      for (const credential of credentials) await this.users.insertCredential(credential);
      if (realm.defaultRoleId !== undefined) await this.roles.mapToUser(realm.id, id, [realm.defaultRoleId]);
      for (const groupId of new Set([...realm.defaultGroups, ...groups]))
        await this.groups.addMember(realm.id, groupId, id);
    });
    return id;
  }

  /**
   * Changes the members that the body gives. A user who is switched off loses all sessions; one who is switched on is forgiven
   * failed logins, also while locked.
   * @throws as `described` and `create`, and NotFoundError `user_unknown`
   */
  async update(realm: Realm, id: string, body: UserBody): Promise<void> {
    const before = await this.get(realm, id);
    const username = changedName(realm, before, body);
    const renamed = username !== before.username;
    const { username: _unchanged, ...others } = body;
    // Attributes are replaced as a whole, so one that is missing among them is taken away.
    const isDue = (name: string): boolean => body.attributes !== undefined && !isRootAttribute(name);
    checkUserProfile(realm, renamed ? { ...others, username } : others, 'admin', isDue);
    const passwords = (body.credentials ?? []).filter(({ type = 'password', value }) => type === 'password' && value);
    for (const password of passwords) this.checkPolicy(realm, before, password.value ?? '');
    await this.unitOfWork.run(async () => {
      const after = await this.change(realm, id, (user) => {
        const requiredActions = changedActions(realm, user, body);
        const attributes = changedAttributes(realm, user, body.attributes);
        const changes = { ...others, ...(renamed && { username }), ...(attributes && { attributes }) };
        const merged = { ...mergeUser(user, changes), requiredActions };
        return !user.enabled && body.enabled ? BruteForceGuard.unlocked(merged) : merged;
      });
      if (before.enabled && !after.enabled) await this.sessions.endAllOfUser(realm, id, 'user_disabled');
    });
    for (const password of passwords) await this.resetPassword(realm, id, password);
    if (body.enabled) await this.forgive(realm, before);
  }

  /** Deletes the user with everything that is the user's. @throws NotFoundError `user_unknown` */
  async delete(realm: Realm, id: string): Promise<void> {
    await this.get(realm, id);
    await this.unitOfWork.run(async () => {
      await this.traces.forget(realm.id, id);
      await this.sessions.endAllOfUser(realm, id, 'user_deleted');
      await this.users.delete(realm.id, id);
    });
  }

  /** Ends the online sessions and lets no token issued before now count; offline sessions stay listed. @throws as `get` */
  async logout(realm: Realm, id: string): Promise<void> {
    await this.unitOfWork.run(async () => {
      await this.change(realm, id, (user) => ({ ...user, notBefore: this.clock.seconds() }));
      await this.sessions.endOnlineOfUser(realm, id);
    });
  }

  /**
   * Gives a user a new password.
   * @throws NotFoundError `user_unknown`
   * @throws InvalidInputError `password_missing`, `password_empty`, `password_policy`
   */
  async resetPassword(realm: Realm, id: string, { value, temporary }: CredentialBody): Promise<void> {
    const user = await this.get(realm, id);
    if (value === undefined) throw administrationErrors.passwordMissing();
    if (value.trim() === '') throw administrationErrors.passwordEmpty();
    const violation = await this.userService.setPassword(realm, user, value, { temporary: temporary ?? false });
    if (violation) throw new PasswordPolicyError(violation);
  }

  private async forgive(realm: Realm, user: User): Promise<void> {
    if (!user.enabled || (await this.bruteForce.status(realm, user)) !== 'open')
      await this.bruteForce.clear(realm.id, user.id);
  }

  private async change(realm: Realm, id: string, change: (user: User) => User): Promise<User> {
    return this.unitOfWork.run(async () => {
      const user = await this.users.byIdForChange(realm.id, id);
      if (!user) throw administrationErrors.userUnknown();
      const changed = change(user);
      await this.users.update(changed, !realm.settings.duplicateEmailsAllowed);
      return changed;
    });
  }

  /** Says so before passwords are hashed; the unique indexes decide races. */
  private async refuseTaken(realm: Realm, { username, email }: User): Promise<void> {
    const nameTaken = await this.users.byUsername(realm.id, username);
    const emailTaken =
      email !== undefined && !realm.settings.duplicateEmailsAllowed && (await this.users.byEmail(realm.id, email));
    if (nameTaken && emailTaken) throw administrationErrors.userNameAndEmailTaken();
    if (nameTaken) throw new ConflictError('username_exists', 'User exists with same username', { field: 'username' });
    if (emailTaken) throw new ConflictError('email_exists', 'User exists with same email', { field: 'email' });
  }

  private async hashed(realm: Realm, user: User, bodies: readonly CredentialBody[]): Promise<readonly Credential[]> {
    for (const { type = 'password', value } of bodies)
      if (type === 'password' && value) this.checkPolicy(realm, user, value);
    const policy = PasswordPolicy.parse(realm.settings.passwordPolicy);
    const hashes = await hashPasswords([{ credentials: [...bodies] }], this.hasher, policy);
    return planCredentials(bodies, user.id, hashes, this.hasher, {
      realmId: realm.id,
      newId,
      now: this.clock.now(),
      seal: (plain, context) => this.sealer.seal(plain, context),
      note: () => undefined,
    });
  }

  private checkPolicy(realm: Realm, user: User, password: string): void {
    const violation = PasswordPolicy.parse(realm.settings.passwordPolicy).check(password, user);
    if (violation) throw new PasswordPolicyError(violation);
  }

  /** Ids of the groups at these paths. @throws NotFoundError `group_path_unknown` */
  async groupsOf(realm: Realm, paths: readonly string[]): Promise<readonly string[]> {
    const ids: string[] = [];
    for (const path of paths) {
      const group = await groupAtPath(this.groups, realm.id, path);
      if (!group) throw administrationErrors.groupPathUnknown();
      ids.push(group.id);
    }
    return ids;
  }
}
