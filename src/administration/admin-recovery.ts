import { ADMIN_REALM, REALM_MANAGEMENT } from '../realm/admin-realm.js';
import type { ClientStore } from '../realm/client.js';
import type { LoginFailureStore } from '../realm/login-failures.js';
import type { Realm } from '../realm/realm.js';
import type { RoleStore } from '../realm/role.js';
import type { UserService } from '../realm/user-service.js';
import type { User, UserStore } from '../realm/user.js';
import { newUser } from '../representations/user-representation.js';
import type { Clock } from '../shared/clock.js';
import { ConflictError, NotFoundError } from '../shared/errors.js';
import { newId, newSecret } from '../shared/secrets.js';
import type { UnitOfWork } from '../shared/unit-of-work.js';
import type { FlowRecovery, RecoveredFlows } from './flow-recovery.js';
import type { RealmEditing } from './realm-editing.js';

/** Attribute that tells a temporary administrator, as at the reference. */
const TEMPORARY = 'is_temporary_admin';
/** The clients through which administrators come in. */
const ADMIN_CLIENTS = ['admin-cli', 'security-admin-console'];

export interface RecoveredAdmin {
  readonly username: string;
  /** To be shown once. */
  readonly password: string;
}

/** Gets an administrator back in when all else fails. For whoever owns the server: it asks for no right. */
export class AdminRecovery {
  constructor(
    private readonly users: UserStore,
    private readonly userService: UserService,
    private readonly roles: RoleStore,
    private readonly clients: ClientStore,
    private readonly failures: LoginFailureStore,
    private readonly realmEditing: RealmEditing,
    private readonly flows: FlowRecovery,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * Makes a temporary administrator, or gives the one that is there a new password and takes every hindrance away; switches the realm
   * and the clients of administrators on.
   * @throws ConflictError `username_exists` when a user of that name is no temporary administrator
   * @throws NotFoundError `role_unknown` when the realm has lost its role for administrators
   */
  async temporaryAdmin(realm: Realm, username: string): Promise<RecoveredAdmin> {
    const password = newSecret();
    const user = await this.unitOfWork.run(async () => {
      const admin = await this.userOf(realm, username);
      await this.roles.mapToUser(realm.id, admin.id, [await this.adminRole(realm)]);
      await this.failures.clear(realm.id, admin.id);
      await this.openDoors(realm);
      return admin;
    });
    await this.userService.setPassword(realm, user, password, { checkPolicy: false });
    return { username: user.username, password };
  }

  /** Binds the built-in flows, and takes those of the administrators' clients away. */
  recoverFlows(realm: Realm): Promise<RecoveredFlows> {
    return this.flows.reset(realm, ['browserFlow', 'directGrantFlow', 'clientAuthenticationFlow'], ADMIN_CLIENTS);
  }

  private async userOf(realm: Realm, username: string): Promise<User> {
    const uniqueEmail = !realm.settings.duplicateEmailsAllowed;
    const found = await this.users.byUsername(realm.id, username);
    if (!found) {
      const known = { id: newId(), realmId: realm.id, username, now: this.clock.now() };
      const user = newUser({ enabled: true, attributes: { [TEMPORARY]: ['true'] } }, known);
      await this.users.insert(user, uniqueEmail);
      return user;
    }
    if (found.attributes[TEMPORARY]?.[0] !== 'true')
      throw new ConflictError('username_exists', `There is a user "${username}" already; choose another name`);
    for (const { id } of await this.users.credentials(realm.id, found.id))
      await this.users.deleteCredential(realm.id, found.id, id);
    const user = { ...found, enabled: true, requiredActions: [] };
    await this.users.update(user, uniqueEmail);
    return user;
  }

  private async adminRole(realm: Realm): Promise<string> {
    const holder = realm.name === ADMIN_REALM ? undefined : await this.clients.byClientId(realm.id, REALM_MANAGEMENT);
    const name = realm.name === ADMIN_REALM ? 'admin' : 'realm-admin';
    const role = await this.roles.byName(realm.id, holder?.id, name);
    if (!role) throw new NotFoundError('role_unknown', `Realm ${realm.name} has no role "${name}"`);
    return role.id;
  }

  private async openDoors(realm: Realm): Promise<void> {
    for (const clientId of ADMIN_CLIENTS) {
      const client = await this.clients.byClientId(realm.id, clientId);
      if (!client) continue;
      const directAccessGrantsEnabled = client.directAccessGrantsEnabled || clientId === 'admin-cli';
      await this.clients.update({ ...client, enabled: true, directAccessGrantsEnabled });
    }
    await this.realmEditing.change(realm.id, (current) => ({
      ...current,
      settings: { ...current.settings, enabled: true },
    }));
  }
}
