import type { ClientScope, ClientScopeStore } from '../realm/client-scope.js';
import type { Group, GroupStore } from '../realm/group.js';
import type { Realm } from '../realm/realm.js';
import { administrationErrors } from './administration-errors.js';
import type { RealmEditing } from './realm-editing.js';

/** The two lists of client scopes that a new client gets. */
export type DefaultScopeList = 'defaultDefaultClientScopes' | 'defaultOptionalClientScopes';

/** What new users and new clients of a realm get: groups and client scopes. */
export class RealmDefaults {
  constructor(
    private readonly editing: RealmEditing,
    private readonly groups: GroupStore,
    private readonly scopes: ClientScopeStore,
  ) {}

  async listGroups(realm: Realm): Promise<readonly Group[]> {
    const defaults = new Set(realm.defaultGroups);
    const found = await this.groups.withAncestors(realm.id, realm.defaultGroups);
    return found.filter(({ id }) => defaults.has(id));
  }

  /** @throws NotFoundError `group_not_found` */
  async addGroup(realm: Realm, groupId: string): Promise<void> {
    if (!(await this.groups.byId(realm.id, groupId))) throw administrationErrors.otherGroupUnknown();
    await this.editing.change(realm.id, (current) => ({
      ...current,
      defaultGroups: added(current.defaultGroups, groupId),
    }));
  }

  /** @throws NotFoundError `group_not_found` */
  async removeGroup(realm: Realm, groupId: string): Promise<void> {
    if (!(await this.groups.byId(realm.id, groupId))) throw administrationErrors.otherGroupUnknown();
    await this.editing.change(realm.id, (current) => ({
      ...current,
      defaultGroups: without(current.defaultGroups, groupId),
    }));
  }

  listScopes(realm: Realm, list: DefaultScopeList): Promise<readonly ClientScope[]> {
    return realm[list].length === 0 ? Promise.resolve([]) : this.scopes.byIds(realm.id, realm[list]);
  }

  /** @throws NotFoundError `client_scope_not_found` @throws ConflictError `duplicate_resource` for a scope in either list */
  async addScope(realm: Realm, list: DefaultScopeList, scopeId: string): Promise<void> {
    if (!(await this.scopes.byId(realm.id, scopeId))) throw administrationErrors.otherClientScopeUnknown();
    await this.editing.change(realm.id, (current) => {
      const taken = [...current.defaultDefaultClientScopes, ...current.defaultOptionalClientScopes];
      if (taken.includes(scopeId)) throw administrationErrors.duplicate();
      return { ...current, [list]: [...current[list], scopeId] };
    });
  }

  /** Takes the scope from whichever list has it. @throws NotFoundError `client_scope_not_found` */
  async removeScope(realm: Realm, scopeId: string): Promise<void> {
    if (!(await this.scopes.byId(realm.id, scopeId))) throw administrationErrors.otherClientScopeUnknown();
    await this.editing.change(realm.id, (current) => ({
      ...current,
      defaultDefaultClientScopes: without(current.defaultDefaultClientScopes, scopeId),
      defaultOptionalClientScopes: without(current.defaultOptionalClientScopes, scopeId),
    }));
  }
}

/** The list with the id in it, once. */
export const added = (ids: readonly string[], id: string): readonly string[] => (ids.includes(id) ? ids : [...ids, id]);

/** The list without the id. */
export const without = (ids: readonly string[], id: string): readonly string[] => ids.filter((other) => other !== id);
