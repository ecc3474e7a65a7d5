import type { StepExecution } from '../engine/index.js';
import type { BruteForceGuard } from '../realm/brute-force-guard.js';
import type { ClientScopeStore } from '../realm/client-scope.js';
import type { ClientStore } from '../realm/client.js';
import type { GroupStore } from '../realm/group.js';
import type { Realm, RealmStore } from '../realm/realm.js';
import type { RoleService } from '../realm/role-service.js';
import type { UserService } from '../realm/user-service.js';
import type { User, UserStore } from '../realm/user.js';
import type { LimitedSessionReader } from '../sessions/limited-sessions.js';
import type { ActionMails } from '../tokens/action-tokens/action-mails.js';
import type { Clock } from '../shared/clock.js';

/** Everything an authenticator may reach. Each takes what it needs and no more. */
export interface AuthenticatorPorts {
  readonly realms: RealmStore;
  readonly clients: ClientStore;
  readonly clientScopes: ClientScopeStore;
  readonly users: UserStore;
  readonly userService: UserService;
  readonly roles: RoleService;
  readonly groups: GroupStore;
  readonly bruteForce: BruteForceGuard;
  readonly limitedSessions: Pick<LimitedSessionReader, 'read'>;
  readonly clock: Clock;
  readonly actionMails: ActionMails;
  /** True when another execution of the same flow is set up for a user who has these types of credentials (`conditional-user-configured`). */
  isConfigured(execution: StepExecution, stored: readonly string[]): boolean;
}

/** The realm of a running login; it cannot have gone, because its row is read at the start of every request. */
export async function realmOf(ports: Pick<AuthenticatorPorts, 'realms'>, realmId: string): Promise<Realm> {
  const realm = await ports.realms.byId(realmId);
  if (!realm) throw new Error(`Realm ${realmId} vanished during a login`);
  return realm;
}

/** The user of a step that runs only when one is known. */
export async function userOf(
  ports: Pick<AuthenticatorPorts, 'users'>,
  realmId: string,
  userId: string | undefined,
): Promise<User | undefined> {
  return userId === undefined ? undefined : ports.users.byId(realmId, userId);
}
