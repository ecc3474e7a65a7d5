import type { GroupStore } from '../../../src/realm/group.js';
import { RoleStore, type ClientRole, type CompositeQuery, type Role, type RoleQuery } from '../../../src/realm/role.js';
import { ConflictError } from '../../../src/shared/errors.js';

type Mappings = Map<string, Set<string>>;

export class InMemoryRoleStore extends RoleStore {
  private readonly roles = new Map<string, Role>();
  private readonly userRoles: Mappings = new Map();
  private readonly groupRoles: Mappings = new Map();

  /** @param groups without it, effective roles leave groups out. */
  constructor(private readonly groups?: GroupStore) {
    super();
  }

  override byId(realmId: string, id: string): Promise<Role | undefined> {
    return Promise.resolve(this.ofRealm(realmId).find((role) => role.id === id));
  }

  override byIds(realmId: string, ids: readonly string[]): Promise<readonly Role[]> {
    return Promise.resolve(this.ofRealm(realmId).filter((role) => ids.includes(role.id)));
  }

  override byName(realmId: string, clientId: string | undefined, name: string): Promise<Role | undefined> {
    return Promise.resolve(this.ofRealm(realmId).find((role) => role.clientId === clientId && role.name === name));
  }

  override list(realmId: string, query: RoleQuery): Promise<readonly Role[]> {
    const search = query.search?.toLowerCase() ?? '';
    const found = this.ofRealm(realmId)
      .filter((role) => role.clientId === query.clientId && role.name.toLowerCase().includes(search))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    const first = query.first ?? 0;
    return Promise.resolve(found.slice(first, first + (query.max ?? found.length)));
  }

  override async compositesOf(realmId: string, roleId: string, query: CompositeQuery): Promise<readonly Role[]> {
    const role = await this.byId(realmId, roleId);
    const found = await this.byIds(realmId, role?.composites ?? []);
    return found.filter(({ clientId }) => query.container === undefined || (query.container ?? undefined) === clientId);
  }

  /** The fake knows no names of clients. */
  override ofClients(): Promise<readonly ClientRole[]> {
    return Promise.resolve([]);
  }

  override all(realmId: string): Promise<readonly Role[]> {
    return Promise.resolve(this.ofRealm(realmId));
  }

  override async insert(role: Role): Promise<void> {
    await this.refuseTaken(role);
    this.roles.set(role.id, role);
  }

  override async update(role: Omit<Role, 'composites'>): Promise<void> {
    await this.refuseTaken(role);
    this.roles.set(role.id, { ...role, composites: this.roles.get(role.id)?.composites ?? [] });
  }

  override addComposites(_realmId: string, id: string, childIds: readonly string[]): Promise<void> {
    return this.changeComposites(id, (composites) => [...new Set([...composites, ...childIds])]);
  }

  override removeComposites(_realmId: string, id: string, childIds: readonly string[]): Promise<void> {
    return this.changeComposites(id, (composites) => composites.filter((child) => !childIds.includes(child)));
  }

  private changeComposites(id: string, change: (composites: readonly string[]) => readonly string[]): Promise<void> {
    const role = this.roles.get(id);
    if (role) this.roles.set(id, { ...role, composites: change(role.composites) });
    return Promise.resolve();
  }

  private async refuseTaken(role: Omit<Role, 'composites'>): Promise<void> {
    const same = await this.byName(role.realmId, role.clientId, role.name);
    if (same !== undefined && same.id !== role.id)
      throw new ConflictError('role_exists', `Role with name ${role.name} already exists`);
  }

  override delete(_realmId: string, id: string): Promise<boolean> {
    for (const mapped of [...this.userRoles.values(), ...this.groupRoles.values()]) mapped.delete(id);
    for (const role of this.roles.values()) {
      const composites = role.composites.filter((child) => child !== id);
      if (composites.length < role.composites.length) this.roles.set(role.id, { ...role, composites });
    }
    return Promise.resolve(this.roles.delete(id));
  }

  override ofUser(realmId: string, userId: string): Promise<readonly Role[]> {
    return this.byIds(realmId, [...(this.userRoles.get(userId) ?? [])]);
  }

  override ofGroup(realmId: string, groupId: string): Promise<readonly Role[]> {
    return this.byIds(realmId, [...(this.groupRoles.get(groupId) ?? [])]);
  }

  override mapToUser(_realmId: string, userId: string, roleIds: readonly string[]): Promise<void> {
    return map(this.userRoles, userId, roleIds);
  }

  override unmapFromUser(_realmId: string, userId: string, roleIds: readonly string[]): Promise<void> {
    return unmap(this.userRoles, userId, roleIds);
  }

  override mapToGroup(_realmId: string, groupId: string, roleIds: readonly string[]): Promise<void> {
    return map(this.groupRoles, groupId, roleIds);
  }

  override unmapFromGroup(_realmId: string, groupId: string, roleIds: readonly string[]): Promise<void> {
    return unmap(this.groupRoles, groupId, roleIds);
  }

  override holders(_realmId: string, roleId: string, first: number, max: number): Promise<readonly string[]> {
    const holding = [...this.userRoles].filter(([, roles]) => roles.has(roleId)).map(([userId]) => userId);
    return Promise.resolve(holding.slice(first, first + max));
  }

  /** Of those who have roles of their own: the fake knows no accounts and no members of groups. */
  override async enabledHolders(realmId: string, roleId: string, max: number): Promise<readonly string[]> {
    const holding: string[] = [];
    for (const userId of this.userRoles.keys())
      if ((await this.effectiveRoleIds(realmId, userId)).has(roleId)) holding.push(userId);
    return holding.slice(0, max);
  }

  override async effectiveRoleIds(realmId: string, userId: string): Promise<ReadonlySet<string>> {
    const pending = [...(this.userRoles.get(userId) ?? []), ...(await this.throughGroups(realmId, userId))];
    const effective = new Set<string>();
    for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
      if (effective.has(id)) continue;
      effective.add(id);
      pending.push(...(this.roles.get(id)?.composites ?? []));
    }
    return effective;
  }

  private async throughGroups(realmId: string, userId: string): Promise<string[]> {
    const all = new Map((await this.groups?.all(realmId))?.map((group) => [group.id, group]));
    const found: string[] = [];
    for (const own of (await this.groups?.ofUser(realmId, userId)) ?? []) {
      for (let group = all.get(own.id); group !== undefined; group = all.get(group.parentId ?? '')) {
        found.push(...(this.groupRoles.get(group.id) ?? []));
      }
    }
    return found;
  }

  private ofRealm(realmId: string): Role[] {
    return [...this.roles.values()].filter((role) => role.realmId === realmId);
  }
}

function map(mappings: Mappings, holder: string, roleIds: readonly string[]): Promise<void> {
  mappings.set(holder, new Set([...(mappings.get(holder) ?? []), ...roleIds]));
  return Promise.resolve();
}

function unmap(mappings: Mappings, holder: string, roleIds: readonly string[]): Promise<void> {
  for (const id of roleIds) mappings.get(holder)?.delete(id);
  return Promise.resolve();
}
