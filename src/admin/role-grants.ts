import type { RoleAdministration } from '../administration/role-administration.js';
import { ADMIN_REALM, ADMIN_ROLES, REALM_MANAGEMENT } from '../realm/admin-realm.js';
import type { ClientStore } from '../realm/client.js';
import type { GroupStore } from '../realm/group.js';
import type { Realm } from '../realm/realm.js';
import type { Role, RoleStore } from '../realm/role.js';
import { forbidden, type AdminCaller } from './admin-caller.js';
import { covers } from './admin-rights.js';

const MASTER_ROLES: readonly string[] = ['admin', 'create-realm'];
const NAMES: ReadonlySet<string> = new Set(ADMIN_ROLES);
const REALM_CLIENT = /^(.+)-realm$/;

/**
 * Keeps administrators from making themselves, or others, more powerful than they are: whoever hands out an admin role must have it
 * (Admin API reference 3, "plus a per-role check when mapping roles"). What comes with a role counts too, and so does every other way
 * to a role: a group that has it, a role that gets its name, the password of somebody who has it.
 */
export class RoleGrants {
  constructor(
    private readonly administration: RoleAdministration,
    private readonly roles: RoleStore,
    private readonly clients: ClientStore,
    private readonly groups: GroupStore,
  ) {}

  /**
   * @param roles as they are, or as they would be
   * @throws ForbiddenError when one of the roles is or brings an admin role that the caller lacks
   */
  async require(caller: AdminCaller, realm: Realm, roles: readonly Role[]): Promise<void> {
    const all = await this.administration.withComposites(realm, roles);
    const holders = [...new Set(all.flatMap(({ clientId }) => clientId ?? []))];
    const clients = holders.length === 0 ? [] : await this.clients.byIds(realm.id, holders);
    const names = new Map(clients.map(({ id, clientId }) => [id, clientId]));
    for (const role of all) {
      const holder = role.clientId === undefined ? undefined : names.get(role.clientId);
      if (!mayGrant(caller, realm, role, holder)) throw forbidden(`hands out ${role.name} without having it`);
    }
  }

  /** Names decide what an admin role opens: neither the old nor the new one may be beyond the caller. Throws as `require`. */
  async requireRename(caller: AdminCaller, realm: Realm, role: Role, name = role.name): Promise<void> {
    if (name !== role.name) await this.require(caller, realm, [role, { ...role, id: `${role.id}/renamed`, name }]);
  }

  /** For who becomes a member of groups, which have the roles of the groups above them. Throws as `require`. */
  async requireOfGroups(caller: AdminCaller, realm: Realm, groupIds: readonly string[]): Promise<void> {
    const seen = new Set<string>();
    const roles: Role[] = [];
    for (const first of groupIds) {
      for (let id: string | undefined = first; id !== undefined && !seen.has(id);) {
        seen.add(id);
        roles.push(...(await this.roles.ofGroup(realm.id, id)));
        id = (await this.groups.byId(realm.id, id))?.parentId;
      }
    }
    await this.require(caller, realm, roles);
  }

  /** For who decides how a user logs in, and so could log in as the user. Throws as `require`. */
  async requireOfUser(caller: AdminCaller, realm: Realm, userId: string): Promise<void> {
    const ids = await this.roles.effectiveRoleIds(realm.id, userId);
    await this.require(caller, realm, ids.size === 0 ? [] : await this.roles.byIds(realm.id, [...ids]));
  }
}

/**
 * A role that only brings others (`realm-admin`) is judged by what it brings.
 * @param holder public id of the client whose role it is; undefined for a role of the realm
 */
function mayGrant(caller: AdminCaller, realm: Realm, { name }: Role, holder: string | undefined): boolean {
  const isMaster = realm.name === ADMIN_REALM;
  if (holder === undefined) return !isMaster || !MASTER_ROLES.includes(name) || caller.hasMasterRole(name);
  const administered = isMaster ? REALM_CLIENT.exec(holder)?.[1] : holder === REALM_MANAGEMENT ? realm.name : undefined;
  return administered === undefined || !NAMES.has(name) || covers(caller.rolesIn(administered), name);
}
