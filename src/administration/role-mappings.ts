import type { ClientStore } from '../realm/client.js';
import type { GroupStore } from '../realm/group.js';
import type { Realm } from '../realm/realm.js';
import type { Role, RoleStore } from '../realm/role.js';
import type { UserStore } from '../realm/user.js';
import type { RoleBody } from '../representations/role-body.js';
import { toMappings } from '../representations/role-representation.js';
import type { JsonObject } from '../shared/json.js';
import type { UnitOfWork } from '../shared/unit-of-work.js';
import { administrationErrors } from './administration-errors.js';
import type { RoleAdministration, RoleContainer } from './role-administration.js';

/** Who has roles: a user or a group, by id. */
export interface RoleOwner {
  readonly kind: 'user' | 'group';
  readonly id: string;
}

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
    await this.requireContainer(realm, container);
    return (await this.direct(realm, owner)).filter(({ clientId }) => clientId === container);
  }

  /** Roles of one container that are not mapped directly. */
  async available(realm: Realm, owner: RoleOwner, container: RoleContainer): Promise<readonly Role[]> {
    const mapped = new Set((await this.mapped(realm, owner, container)).map(({ id }) => id));
    const all = await this.roles.list(realm.id, container === undefined ? {} : { clientId: container });
    return all.filter(({ id }) => !mapped.has(id));
  }

  /** Roles of one container that take effect: direct ones, those of groups, and what comes with them. */
  async effective(realm: Realm, owner: RoleOwner, container: RoleContainer): Promise<readonly Role[]> {
    await this.requireContainer(realm, container);
    const all =
      owner.kind === 'user'
        ? await this.effectiveOfUser(realm, owner.id)
        : await this.roleAdministration.withComposites(realm, await this.direct(realm, owner));
    return all.filter(({ clientId }) => clientId === container).toSorted((a, b) => (a.name < b.name ? -1 : 1));
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

  private async effectiveOfUser(realm: Realm, userId: string): Promise<readonly Role[]> {
    await this.requireOwner(realm, { kind: 'user', id: userId });
    const ids = await this.roles.effectiveRoleIds(realm.id, userId);
    return ids.size === 0 ? [] : this.roles.byIds(realm.id, [...ids]);
  }

  private async requireOwner(realm: Realm, { kind, id }: RoleOwner): Promise<void> {
    if (kind === 'user' && !(await this.users.byId(realm.id, id))) throw administrationErrors.userUnknown();
    if (kind === 'group' && !(await this.groups.byId(realm.id, id))) throw administrationErrors.groupUnknown();
  }

  private async requireContainer(realm: Realm, container: RoleContainer): Promise<void> {
    if (container !== undefined && !(await this.clients.byId(realm.id, container)))
      throw administrationErrors.otherClientUnknown();
  }
}
