import type { ClientStore } from '../realm/client.js';
import { groupAtPath, groupPaths } from '../realm/group-paths.js';
import type { Group, GroupQuery, GroupStore } from '../realm/group.js';
import type { Realm } from '../realm/realm.js';
import type { RoleStore } from '../realm/role.js';
import type { GroupBody } from '../representations/group-body.js';
import { toGroupRepresentation, type GroupSurroundings } from '../representations/group-representation.js';
import type { JsonObject } from '../shared/json.js';
import { newId } from '../shared/secrets.js';
import type { UnitOfWork } from '../shared/unit-of-work.js';
import { administrationErrors } from './administration-errors.js';
import { alone, treesOf, type GroupTree } from './group-trees.js';

/** What a caller may do with a group. */
export type GroupAccess = Readonly<
  Record<'view' | 'viewMembers' | 'manageMembers' | 'manage' | 'manageMembership', boolean>
>;

/** Groups of a realm and their members. */
export class GroupAdministration {
  constructor(
    private readonly groups: GroupStore,
    private readonly roles: RoleStore,
    private readonly clients: ClientStore,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** By name. */
  list(realm: Realm, query: GroupQuery): Promise<readonly Group[]> {
    return this.groups.list(realm.id, query);
  }

  count(realm: Realm, query: GroupQuery): Promise<number> {
    return this.groups.count(realm.id, query);
  }

  /** Trees from the top of the realm down to these groups. */
  async treesOf(realm: Realm, groups: readonly Group[]): Promise<readonly GroupTree[]> {
    const all = await this.groups.withAncestors(
      realm.id,
      groups.map(({ id }) => id),
    );
    return treesOf(all, groups);
  }

  /** @throws NotFoundError `group_unknown` */
  async get(realm: Realm, id: string): Promise<Group> {
    const group = await this.groups.byId(realm.id, id);
    if (!group) throw administrationErrors.groupUnknown();
    return group;
  }

  /** Groups as callers see them. @param brief without attributes and roles */
  async represent(
    realm: Realm,
    trees: readonly GroupTree[],
    access: GroupAccess,
    brief: boolean,
  ): Promise<readonly JsonObject[]> {
    const ids = trees.flatMap(idsIn);
    const paths = groupPaths(await this.groups.withAncestors(realm.id, ids));
    const counts = await this.groups.childCounts(realm.id, ids);
    const view = async ({ group, below }: GroupTree): Promise<JsonObject> =>
      toGroupRepresentation(
        group,
        {
          path: paths.get(group.id) ?? `/${group.name}`,
          subGroupCount: counts.get(group.id) ?? 0,
          subGroups: await Promise.all(below.map(view)),
          ...(brief ? {} : await this.rolesOf(realm, group)),
          access,
        },
        brief,
      );
    return Promise.all(trees.map(view));
  }

  /** One group with attributes and roles. */
  async representOne(realm: Realm, group: Group, access: GroupAccess): Promise<JsonObject> {
    const [representation = {}] = await this.represent(realm, alone([group]), access, false);
    return representation;
  }

  /** Names of the roles of a group, as its representation has them. */
  private async rolesOf(
    realm: Realm,
    group: Group,
  ): Promise<Required<Pick<GroupSurroundings, 'realmRoles' | 'clientRoles'>>> {
    const roles = await this.roles.ofGroup(realm.id, group.id);
    const owners = [...new Set(roles.flatMap(({ clientId }) => clientId ?? []))];
    const clients = owners.length === 0 ? [] : await this.clients.byIds(realm.id, owners);
    const named = (clientId: string | undefined): string[] =>
      roles.filter((role) => role.clientId === clientId).map(({ name }) => name);
    return {
      realmRoles: named(undefined),
      clientRoles: Object.fromEntries(clients.map(({ id, clientId }) => [clientId, named(id)])),
    };
  }

  /** Makes a group, below another or at the top. @throws InvalidInputError `group_name_missing` @throws ConflictError `group_exists` */
  async create(realm: Realm, body: GroupBody, parentId?: string): Promise<Group> {
    const group: Group = {
      id: newId(),
      realmId: realm.id,
      ...(parentId !== undefined && { parentId }),
      name: requireName(body.name),
      ...(body.description !== undefined && { description: body.description }),
      attributes: body.attributes ?? {},
    };
    await this.unitOfWork.run(async () => {
      await this.refuseTaken(realm, group);
      await this.groups.insert(group);
    });
    return group;
  }

  /**
   * Replaces name and description; attributes stay when the body has none.
   * @throws NotFoundError `group_unknown`
   * @throws InvalidInputError `group_name_missing`, `group_id_wrong`
   * @throws ConflictError `group_exists`
   */
  async update(realm: Realm, id: string, body: GroupBody): Promise<void> {
    await this.unitOfWork.run(async () => {
      const { description: _old, ...group } = await this.get(realm, id);
      const name = requireName(body.name);
      if (body.id !== undefined && body.id !== id) throw administrationErrors.groupIdWrong();
      const changed: Group = {
        ...group,
        name,
        ...(body.description !== undefined && { description: body.description }),
        attributes: body.attributes ?? group.attributes,
      };
      if (name !== group.name) await this.refuseTaken(realm, changed, administrationErrors.siblingGroupTaken);
      await this.groups.update(changed);
    });
  }

  /**
   * Puts a group that exists below another, or at the top (`POST` with an id).
   * @throws NotFoundError `child_group_unknown`
   * @throws ConflictError `group_exists`, `duplicate_resource` for a group below itself
   */
  async move(realm: Realm, id: string, parentId?: string): Promise<void> {
    await this.unitOfWork.run(async () => {
      const moved = await this.groups.byId(realm.id, id);
      if (!moved) throw administrationErrors.childGroupUnknown();
      if (moved.parentId === parentId) return;
      for (let above = parentId; above !== undefined; above = (await this.get(realm, above)).parentId) {
        if (above === id) throw administrationErrors.duplicate('A group cannot be put below itself');
      }
      const { parentId: _old, ...rest } = moved;
      const placed: Group = { ...rest, ...(parentId !== undefined && { parentId }) };
      await this.refuseTaken(realm, placed);
      await this.groups.update(placed);
    });
  }

  /** Deletes the group and the groups below it. @throws NotFoundError `group_unknown` */
  async delete(realm: Realm, id: string): Promise<void> {
    if (!(await this.unitOfWork.run(() => this.groups.delete(realm.id, id)))) throw administrationErrors.groupUnknown();
  }

  /** Ids of direct members, by user name. @throws NotFoundError `group_unknown` */
  async members(realm: Realm, id: string, first: number, max: number): Promise<readonly string[]> {
    await this.get(realm, id);
    return this.groups.members(realm.id, id, first, max);
  }

  /** @throws NotFoundError `group_not_found` */
  async join(realm: Realm, groupId: string, userId: string): Promise<void> {
    await this.requireForMembership(realm, groupId);
    await this.unitOfWork.run(() => this.groups.addMember(realm.id, groupId, userId));
  }

  /** @throws NotFoundError `group_not_found` */
  async leave(realm: Realm, groupId: string, userId: string): Promise<void> {
    await this.requireForMembership(realm, groupId);
    await this.unitOfWork.run(() => this.groups.removeMember(realm.id, groupId, userId));
  }

  /** The group of a path. @throws NotFoundError `group_path_unknown` */
  async byPath(realm: Realm, path: string): Promise<Group> {
    const group = await groupAtPath(this.groups, realm.id, path);
    if (!group) throw administrationErrors.groupPathUnknown();
    return group;
  }

  private async requireForMembership(realm: Realm, groupId: string): Promise<void> {
    if (!(await this.groups.byId(realm.id, groupId))) throw administrationErrors.otherGroupUnknown();
  }

  private async refuseTaken(
    realm: Realm,
    { id, name, parentId }: Group,
    refusal = parentId === undefined ? administrationErrors.topGroupTaken : administrationErrors.siblingGroupTaken,
  ): Promise<void> {
    const named = await this.groups.list(realm.id, { parentId: parentId ?? null, search: name, exact: true });
    if (named.some((sibling) => sibling.id !== id)) throw refusal(name);
  }
}

const idsIn = ({ group, below }: GroupTree): readonly string[] => [group.id, ...below.flatMap(idsIn)];

function requireName(name: string | undefined): string {
  if (name === undefined || name.trim() === '') throw administrationErrors.groupNameMissing();
  return name;
}
