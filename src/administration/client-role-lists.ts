import type { ClientStore } from '../realm/client.js';
import type { Realm } from '../realm/realm.js';
import type { ClientRole, Role, RoleExclusion, RoleOwner, RolePage, RoleStore } from '../realm/role.js';
import { byText } from '../shared/by-text.js';
import type { RoleAdministration } from './role-administration.js';
import type { RoleMappings } from './role-mappings.js';
import type { ScopeMappings } from './scope-mappings.js';
import type { ScopeOwner } from './scope-owner.js';

/** What roles are given to: a user, a group, a client, a client scope, or another role; by id. */
export type RoleTaker = RoleOwner | ScopeOwner | { readonly kind: 'role'; readonly id: string };

/**
 * Roles of all clients at once, as consoles list them (`ui-ext/available-roles`, `ui-ext/effective-roles`). Every method throws
 * NotFoundError for an unknown taker.
 */
export class ClientRoleLists {
  constructor(
    private readonly roles: RoleStore,
    private readonly clients: ClientStore,
    private readonly roleAdministration: RoleAdministration,
    private readonly mappings: RoleMappings,
    private readonly scopeMappings: ScopeMappings,
  ) {}

  /** Roles that could be given, by client and name. */
  async available(realm: Realm, taker: RoleTaker, page: RolePage): Promise<readonly ClientRole[]> {
    return this.roles.ofClients(realm.id, { ...page, without: await this.given(realm, taker) });
  }

  /** Roles that take effect, by client and name. For a role: those of the default role, whichever it is, as at the reference. */
  async effective(realm: Realm, taker: RoleTaker): Promise<readonly ClientRole[]> {
    const all = (await this.effectiveOf(realm, taker)).flatMap(({ clientId, ...role }) =>
      clientId === undefined ? [] : [{ ...role, clientId }],
    );
    const owners = [...new Set(all.map(({ clientId }) => clientId))];
    const clients = owners.length === 0 ? [] : await this.clients.byIds(realm.id, owners);
    const names = new Map(clients.map(({ id, clientId }) => [id, clientId]));
    return all
      .map(({ id, name, description, clientId }) => ({
        ...{ id, name, clientId, client: names.get(clientId) ?? '' },
        ...(description !== undefined && { description }),
      }))
      .toSorted((a, b) => byText(a.client, b.client) || byText(a.name, b.name));
  }

  private async given(realm: Realm, taker: RoleTaker): Promise<RoleExclusion> {
    switch (taker.kind) {
      case 'user':
      case 'group':
        await this.mappings.requireOwner(realm, taker);
        return { mappedTo: taker };
      case 'client':
        return { ids: await this.scopeMappings.mappedIds(realm, taker), clientId: taker.id };
      case 'scope':
        return { ids: await this.scopeMappings.mappedIds(realm, taker) };
      case 'role':
        return { ids: [taker.id] };
    }
  }

  private async effectiveOf(realm: Realm, taker: RoleTaker): Promise<readonly Role[]> {
    switch (taker.kind) {
      case 'user':
      case 'group':
        return this.mappings.allEffective(realm, taker);
      case 'client':
      case 'scope':
        return this.scopeMappings.reached(realm, taker);
      case 'role': {
        const ids = realm.defaultRoleId === undefined ? [] : [realm.defaultRoleId];
        return this.roleAdministration.withComposites(realm, await this.roles.byIds(realm.id, ids));
      }
    }
  }
}
