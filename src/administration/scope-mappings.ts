import type { ClientStore } from '../realm/client.js';
import type { Realm } from '../realm/realm.js';
import type { Role, RoleStore } from '../realm/role.js';
import type { RoleBody } from '../representations/role-body.js';
import { toMappings } from '../representations/role-representation.js';
import type { JsonObject } from '../shared/json.js';
import { administrationErrors } from './administration-errors.js';
import type { ClientAdministration } from './client-administration.js';
import type { ClientScopeAdministration } from './client-scope-administration.js';
import type { RoleAdministration, RoleContainer } from './role-administration.js';
import type { ScopeOwner } from './scope-owner.js';

/** Roles that tokens of a client, or with a client scope, may carry. Every method throws NotFoundError for an unknown owner or client. */
export class ScopeMappings {
  constructor(
    private readonly roles: RoleStore,
    private readonly roleAdministration: RoleAdministration,
    private readonly clientStore: ClientStore,
    private readonly clients: ClientAdministration,
    private readonly scopes: ClientScopeAdministration,
  ) {}

  /** All roles mapped directly, as MappingsRepresentation. */
  async all(realm: Realm, owner: ScopeOwner): Promise<JsonObject> {
    const mapped = await this.direct(realm, owner);
    const clientIds = [...new Set(mapped.flatMap(({ clientId }) => clientId ?? []))];
    return toMappings(mapped, clientIds.length === 0 ? [] : await this.clientStore.byIds(realm.id, clientIds));
  }

  /** Roles of one container that are mapped directly. */
  async mapped(realm: Realm, owner: ScopeOwner, container: RoleContainer): Promise<readonly Role[]> {
    const mapped = await this.direct(realm, owner);
    await this.roleAdministration.requireContainer(realm, container);
    return mapped.filter(({ clientId }) => clientId === container);
  }

  /** Roles of one container that are not mapped directly. */
  async available(realm: Realm, owner: ScopeOwner, container: RoleContainer): Promise<readonly Role[]> {
    const without = { ids: await this.mappedIds(realm, owner) };
    return this.roleAdministration.list(realm, {
      without,
      ...(container !== undefined && { clientId: container }),
    });
  }

  /** Everything that may be carried by mapping: mapped roles and what comes with them, in no order. */
  async reached(realm: Realm, owner: ScopeOwner): Promise<readonly Role[]> {
    return this.roleAdministration.withComposites(realm, await this.direct(realm, owner));
  }

  /** Ids of the roles mapped directly. */
  async mappedIds(realm: Realm, { kind, id }: ScopeOwner): Promise<readonly string[]> {
    return (kind === 'client' ? await this.clients.get(realm, id) : await this.scopes.get(realm, id)).scopeMappings;
  }

  /** Roles of one container that may be carried: mapped ones with what comes with them, a client's own, all with full scope. */
  async effective(realm: Realm, owner: ScopeOwner, container: RoleContainer): Promise<readonly Role[]> {
    await this.mappedIds(realm, owner);
    const all = await this.ofContainer(realm, container);
    const isOwn = owner.kind === 'client' && owner.id === container;
    if (isOwn || (owner.kind === 'client' && (await this.clients.get(realm, owner.id)).fullScopeAllowed)) return all;
    const reached = new Set((await this.reached(realm, owner)).map(({ id }) => id));
    return all.filter(({ id }) => reached.has(id));
  }

  /**
   * The roles that a body names: those of the realm by id, those of a client by name, as the reference does.
   * @throws NotFoundError `mapped_role_unknown`
   */
  async named(realm: Realm, container: RoleContainer, bodies: readonly RoleBody[]): Promise<readonly Role[]> {
    const all = await this.ofContainer(realm, container);
    return bodies.map((body) => {
      const role = all.find(({ id, name }) => (container === undefined ? id === body.id : name === body.name));
      if (!role) throw administrationErrors.mappedRoleUnknown();
      return role;
    });
  }

  add(realm: Realm, owner: ScopeOwner, roles: readonly Role[]): Promise<void> {
    return this.change(realm, owner, (ids) => [...new Set([...ids, ...roles.map(({ id }) => id)])]);
  }

  remove(realm: Realm, owner: ScopeOwner, roles: readonly Role[]): Promise<void> {
    const gone = new Set(roles.map(({ id }) => id));
    return this.change(realm, owner, (ids) => ids.filter((id) => !gone.has(id)));
  }

  private async direct(realm: Realm, owner: ScopeOwner): Promise<readonly Role[]> {
    const ids = await this.mappedIds(realm, owner);
    const mapped = ids.length === 0 ? [] : await this.roles.byIds(realm.id, ids);
    return mapped.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  }

  private ofContainer(realm: Realm, container: RoleContainer): Promise<readonly Role[]> {
    return this.roleAdministration.list(realm, container === undefined ? {} : { clientId: container });
  }

  private async change(
    realm: Realm,
    { kind, id }: ScopeOwner,
    change: (roleIds: readonly string[]) => readonly string[],
  ): Promise<void> {
    if (kind === 'scope')
      return this.scopes.change(realm, id, (scope) => ({ ...scope, scopeMappings: change(scope.scopeMappings) }));
    await this.clients.change(realm, id, (client) => ({ ...client, scopeMappings: change(client.scopeMappings) }));
  }
}
