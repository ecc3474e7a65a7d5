import { saveChanges } from '../flows/catalog-changes.js';
import { EMPTY_CATALOG } from '../flows/flow-catalog.js';
import type { FlowStore } from '../flows/stored-flow.js';
import type { ClientScopeStore } from '../realm/client-scope.js';
import type { ClientStore } from '../realm/client.js';
import type { GroupStore } from '../realm/group.js';
import type { RealmStore } from '../realm/realm.js';
import type { RoleStore } from '../realm/role.js';
import type { UserConsentStore } from '../realm/user-consent.js';
import type { UserRecord } from '../realm/user-records.js';
import type { UserStore } from '../realm/user.js';
import type { RealmKeys } from '../tokens/signing-keys.js';
import type { RealmPlan } from './realm-plan.js';

/**
 * Writes the rows of a new realm, each after what it points at. Call it inside a unit of work: a half-written realm must not stay.
 * Every method throws the ConflictError of the store when an id or a name is taken.
 */
export class RealmWriter {
  constructor(
    private readonly realms: RealmStore,
    private readonly flows: FlowStore,
    private readonly clientScopes: ClientScopeStore,
    private readonly clients: ClientStore,
    private readonly roles: RoleStore,
    private readonly groups: GroupStore,
    private readonly users: UserStore,
    private readonly consents: UserConsentStore,
    private readonly keys: Pick<RealmKeys, 'insert'>,
  ) {}

  async write(plan: RealmPlan): Promise<void> {
    await this.realms.insert(plan.realm);
    await this.flows.lockForEdit(plan.realm.id);
    await saveChanges(this.flows, plan.realm.id, EMPTY_CATALOG, plan.catalog);
    for (const version of plan.versions) await this.flows.saveVersion(version);
    await this.keys.insert(plan.keys);
    await this.writeRolesAndClients(plan);
    for (const { group, roleIds } of plan.groups) {
      await this.groups.insert(group);
      if (roleIds.length > 0) await this.roles.mapToGroup(group.realmId, group.id, roleIds);
    }
    await this.writeUsers(plan, plan.users);
  }

  /** Users of the realm, which is there already. */
  async writeUsers({ realm }: Pick<RealmPlan, 'realm'>, users: readonly UserRecord[]): Promise<void> {
    for (const user of users) await this.writeUser(user, !realm.settings.duplicateEmailsAllowed);
  }

  /** Roles belong to clients, and clients and scopes name roles: first all without what they name, then what they name. */
  private async writeRolesAndClients({ clientScopes, clients, roles }: RealmPlan): Promise<void> {
    for (const scope of clientScopes) await this.clientScopes.insert({ ...scope, scopeMappings: [] });
    for (const client of clients) await this.clients.insert({ ...client, scopeMappings: [] });
    for (const role of roles) await this.roles.insert({ ...role, composites: [] });
    for (const { realmId, id, composites } of roles) await this.roles.addComposites(realmId, id, composites);
    for (const scope of clientScopes) if (scope.scopeMappings.length > 0) await this.clientScopes.update(scope);
    for (const client of clients) if (client.scopeMappings.length > 0) await this.clients.update(client);
  }

  private async writeUser(
    { user, credentials, roleIds, groupIds, consents }: UserRecord,
    uniqueEmail: boolean,
  ): Promise<void> {
    await this.users.insert(user, uniqueEmail);
    for (const credential of credentials) await this.users.insertCredential(credential);
    if (roleIds.length > 0) await this.roles.mapToUser(user.realmId, user.id, roleIds);
    for (const groupId of groupIds) await this.groups.addMember(user.realmId, groupId, user.id);
    for (const consent of consents) await this.consents.put(consent);
  }
}
