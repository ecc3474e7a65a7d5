import type { ClientStore } from '../realm/client.js';
import type { Realm } from '../realm/realm.js';
import type { CompositeQuery, Role, RoleQuery, RoleStore } from '../realm/role.js';
import type { RoleBody } from '../representations/role-body.js';
import { toRole } from '../representations/role-representation.js';
import { ConflictError } from '../shared/errors.js';
import { newId } from '../shared/secrets.js';
import type { UnitOfWork } from '../shared/unit-of-work.js';
import { administrationErrors } from './administration-errors.js';

/** Internal id of the client whose roles are meant; undefined for those of the realm. */
export type RoleContainer = string | undefined;

/** Roles of a realm and of its clients. */
export class RoleAdministration {
  constructor(
    private readonly roles: RoleStore,
    private readonly clients: ClientStore,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** @throws NotFoundError `client_unknown` */
  async list(realm: Realm, query: RoleQuery): Promise<readonly Role[]> {
    await this.requireContainer(realm, query.clientId);
    return this.roles.list(realm.id, query);
  }

  /** @throws NotFoundError `client_unknown`, `role_unknown` */
  async byName(realm: Realm, container: RoleContainer, name: string): Promise<Role> {
    await this.requireContainer(realm, container);
    const role = await this.roles.byName(realm.id, container, name);
    if (!role) throw administrationErrors.roleUnknown();
    return role;
  }

  /** @throws NotFoundError `role_id_unknown` */
  async byId(realm: Realm, id: string): Promise<Role> {
    const role = await this.roles.byId(realm.id, id);
    if (!role) throw administrationErrors.roleIdUnknown();
    return role;
  }

  /** Roles by id that must all exist. @throws NotFoundError `composite_unknown` */
  async existing(realm: Realm, ids: readonly (string | undefined)[]): Promise<readonly Role[]> {
    const wanted = [...new Set(ids)];
    const roles = await this.roles.byIds(
      realm.id,
      wanted.filter((id) => id !== undefined),
    );
    if (roles.length < wanted.length) throw administrationErrors.compositeUnknown();
    return roles;
  }

  /** The roles, and everything that comes with them at any depth. */
  async withComposites(realm: Realm, roles: readonly Role[]): Promise<readonly Role[]> {
    const found = new Map(roles.map((role) => [role.id, role]));
    for (let frontier = roles; frontier.length > 0;) {
      const ids = [...new Set(frontier.flatMap(({ composites }) => composites))].filter((id) => !found.has(id));
      frontier = ids.length === 0 ? [] : await this.roles.byIds(realm.id, ids);
      for (const role of frontier) found.set(role.id, role);
    }
    return [...found.values()];
  }

  /**
   * The new role a body describes; `create` stores it.
   * @throws InvalidInputError `role_name_missing` @throws NotFoundError `client_unknown`, `composite_name_unknown`
   */
  async described(realm: Realm, container: RoleContainer, body: RoleBody): Promise<Role> {
    await this.requireContainer(realm, container);
    const name = requireName(body.name);
    const known = { id: newId(), realmId: realm.id, name, ...(container !== undefined && { clientId: container }) };
    return { ...toRole(body, known), composites: await this.named(realm, body) };
  }

  /** @throws ConflictError `role_exists` */
  async create(realm: Realm, role: Role): Promise<void> {
    await this.unitOfWork.run(async () => {
      await this.refuseTaken(realm, role.clientId, role.name);
      await this.roles.insert(role);
    });
  }

  /** Replaces name, description and attributes; attributes stay when the body has none. @throws ConflictError `role_exists` */
  async update(realm: Realm, role: Role, body: RoleBody): Promise<void> {
    const name = requireName(body.name);
    const { description: _old, ...rest } = role;
    await this.unitOfWork.run(async () => {
      if (name !== role.name && (await this.roles.byName(realm.id, role.clientId, name)))
        throw administrationErrors.roleRenameTaken();
      await this.roles.update({
        ...rest,
        name,
        ...(body.description !== undefined && { description: body.description }),
        attributes: body.attributes ?? role.attributes,
      });
    });
  }

  /** @throws InvalidInputError `default_role` */
  async delete(realm: Realm, role: Role): Promise<void> {
    if (role.id === realm.defaultRoleId) throw administrationErrors.defaultRole(role.name);
    await this.unitOfWork.run(() => this.roles.delete(realm.id, role.id));
  }

  /** The roles that come with a role, not transitive, by name. @throws NotFoundError `client_unknown` */
  async compositesOf(realm: Realm, role: Role, query: CompositeQuery = {}): Promise<readonly Role[]> {
    await this.requireContainer(realm, query.container ?? undefined);
    return role.composites.length === 0 ? [] : this.roles.compositesOf(realm.id, role.id, query);
  }

  async addComposites(role: Role, more: readonly Role[]): Promise<void> {
    const ids = more.map(({ id }) => id);
    await this.unitOfWork.run(() => this.roles.addComposites(role.realmId, role.id, ids));
  }

  async removeComposites(role: Role, gone: readonly Role[]): Promise<void> {
    const ids = gone.map(({ id }) => id);
    await this.unitOfWork.run(() => this.roles.removeComposites(role.realmId, role.id, ids));
  }

  /** Ids of users that hold the role directly, by user name. */
  holders(realm: Realm, role: Role, first: number, max: number): Promise<readonly string[]> {
    return this.roles.holders(realm.id, role.id, first, max);
  }

  /**
   * Composites that a body gives by name, if it says that the role is composite. Names of clients nobody knows are passed over, as at
   * the reference. @throws NotFoundError `composite_name_unknown`
   */
  private async named(realm: Realm, { composite, composites }: RoleBody): Promise<readonly string[]> {
    if (!composite) return [];
    const wanted: [RoleContainer, string][] = (composites?.realm ?? []).map((name) => [undefined, name]);
    for (const [clientId, names] of Object.entries(composites?.client ?? {})) {
      const client = await this.clients.byClientId(realm.id, clientId);
      if (client) wanted.push(...names.map((name): [RoleContainer, string] => [client.id, name]));
    }
    return Promise.all(
      wanted.map(async ([container, name]) => {
        const role = await this.roles.byName(realm.id, container, name);
        if (!role) throw administrationErrors.compositeNameUnknown(container === undefined ? 'Realm' : 'Client', name);
        return role.id;
      }),
    );
  }

  /** @throws NotFoundError `client_unknown` */
  async requireContainer(realm: Realm, container: RoleContainer): Promise<void> {
    if (container !== undefined && !(await this.clients.byId(realm.id, container)))
      throw administrationErrors.clientUnknown();
  }

  private async refuseTaken(realm: Realm, container: RoleContainer, name: string): Promise<void> {
    if (await this.roles.byName(realm.id, container, name)) {
      throw new ConflictError('role_exists', `Role with name ${name} already exists`, { field: 'name' });
    }
  }
}

function requireName(name: string | undefined): string {
  if (name === undefined || name.trim() === '') throw administrationErrors.roleNameMissing();
  return name;
}
