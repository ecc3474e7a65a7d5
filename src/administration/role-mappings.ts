import type { ClientStore } from '../realm/client.js';
import type { GroupStore } from '../realm/group.js';
import type { Realm } from '../realm/realm.js';
import type { Role, RoleOwner, RoleStore } from '../realm/role.js';
import type { UserStore } from '../realm/user.js';
import type { RoleBody } from '../representations/role-body.js';
import { toMappings } from '../representations/role-representation.js';
import type { JsonObject } from '../shared/json.js';
import type { UnitOfWork } from '../shared/unit-of-work.js';
import { administrationErrors } from './administration-errors.js';
import type { RoleAdministration, RoleContainer } from './role-administration.js';

/** Which users and groups have which roles. Every method throws NotFoundError for an unknown owner or client. */
export class RoleMappings {
  constructor(
    private readonly roles: RoleStore,
    private readonly roleAdministration: RoleAdministration,
    private readonly clients: ClientStore,
    private readonly users: UserStore,
    private readonly groups: GroupStore,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** All roles mapped directly, as MappingsRepresentation. */
  async all(realm: Realm, owner: RoleOwner): Promise<JsonObject> {
    const mapped = await this.direct(realm, owner);
    const clientIds = [...new Set(mapped.flatMap(({ clientId }) => clientId ?? []))];
    return toMappings(mapped, clientIds.length === 0 ? [] : await this.clients.byIds(realm.id, clientIds));
  }

  /** Roles of one container that are mapped directly. */
  async mapped(realm: Realm, owner: RoleOwner, container: RoleContainer): Promise<readonly Role[]> {
    const mapped = await this.direct(realm, owner);
    await this.requireContainer(realm, container);
    return mapped.filter(({ clientId }) => clientId === container);
  }

  /** Roles of one container that are not mapped directly. */
  async available(realm: Realm, owner: RoleOwner, container: RoleContainer): Promise<readonly Role[]> {
    await this.requireOwner(realm, owner);
    await this.requireContainer(realm, container);
    const without = { mappedTo: owner };
    return this.roles.list(realm.id, { without, ...(container !== undefined && { clientId: container }) });
  }

  /** Roles of one container that take effect: direct ones, those of groups, and what comes with them. */
  async effective(realm: Realm, owner: RoleOwner, container: RoleContainer): Promise<readonly Role[]> {
    const all = await this.allEffective(realm, owner);
    await this.requireContainer(realm, container);
    return all.filter(({ clientId }) => clientId === container).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** As `effective`, of the realm and of all clients, in no order. */
  async allEffective(realm: Realm, owner: RoleOwner): Promise<readonly Role[]> {
    await this.requireOwner(realm, owner);
    if (owner.kind === 'user') {
      const ids = await this.roles.effectiveRoleIds(realm.id, owner.id);
      return ids.size === 0 ? [] : this.roles.byIds(realm.id, [...ids]);
    }
    // A group has the roles of the groups above it, too.
    const line = await this.groups.withAncestors(realm.id, [owner.id]);
    const direct = await Promise.all(line.map(({ id }) => this.roles.ofGroup(realm.id, id)));
    return this.roleAdministration.withComposites(realm, direct.flat());
  }

  /**
   * The roles that a body names. Id and name must both be right.
   * @throws NotFoundError `mapped_role_unknown`
   */
  async named(realm: Realm, container: RoleContainer, bodies: readonly RoleBody[]): Promise<readonly Role[]> {
    await this.requireContainer(realm, container);
    const ids = bodies.flatMap(({ id }) => id ?? []);
    const found = ids.length === 0 ? [] : await this.roles.byIds(realm.id, ids);
    return bodies.map(({ id, name }) => {
      const role = found.find((each) => each.id === id && each.clientId === container);
      if (!role || (name !== undefined && name !== role.name)) throw administrationErrors.mappedRoleUnknown();
      return role;
    });
  }

  async add(realm: Realm, owner: RoleOwner, roles: readonly Role[]): Promise<void> {
    await this.requireOwner(realm, owner);
    const ids = roles.map(({ id }) => id);
    await this.unitOfWork.run(() =>
      owner.kind === 'user'
        ? this.roles.mapToUser(realm.id, owner.id, ids)
        : this.roles.mapToGroup(realm.id, owner.id, ids),
    );
  }

  async remove(realm: Realm, owner: RoleOwner, roles: readonly Role[]): Promise<void> {
    await this.requireOwner(realm, owner);
    const ids = roles.map(({ id }) => id);
    await this.unitOfWork.run(() =>
      owner.kind === 'user'
        ? this.roles.unmapFromUser(realm.id, owner.id, ids)
        : this.roles.unmapFromGroup(realm.id, owner.id, ids),
    );
  }

  private async direct(realm: Realm, owner: RoleOwner): Promise<readonly Role[]> {
    await this.requireOwner(realm, owner);
    const mapped = await (owner.kind === 'user'
      ? this.roles.ofUser(realm.id, owner.id)
      : this.roles.ofGroup(realm.id, owner.id));
    return mapped.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** @throws NotFoundError `user_unknown`, `group_unknown` */
  async requireOwner(realm: Realm, { kind, id }: RoleOwner): Promise<void> {
    if (kind === 'user' && !(await this.users.byId(realm.id, id))) throw administrationErrors.userUnknown();
    if (kind === 'group' && !(await this.groups.byId(realm.id, id))) throw administrationErrors.groupUnknown();
  }

  private async requireContainer(realm: Realm, container: RoleContainer): Promise<void> {
    if (container !== undefined && !(await this.clients.byId(realm.id, container)))
      throw administrationErrors.otherClientUnknown();
  }
}
