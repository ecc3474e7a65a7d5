import type { RoleAdministration } from '../administration/role-administration.js';
import { ADMIN_REALM, REALM_MANAGEMENT } from '../realm/admin-realm.js';
import type { ClientStore } from '../realm/client.js';
import type { Realm } from '../realm/realm.js';
import type { Role } from '../realm/role.js';
import { forbidden, type AdminCaller } from './admin-caller.js';

const MASTER_ROLES: readonly string[] = ['admin', 'create-realm'];
const REALM_CLIENT = /^(.+)-realm$/;

/**
 * Keeps administrators from making themselves, or others, more powerful than they are: whoever hands out an admin role must have it
 * (Admin API reference 3, "plus a per-role check when mapping roles"). What comes with a role counts too.
 */
export class RoleGrants {
  constructor(
    private readonly roles: RoleAdministration,
    private readonly clients: ClientStore,
  ) {}

  /** @throws ForbiddenError when one of the roles brings an admin role that the caller lacks */
  async require(caller: AdminCaller, realm: Realm, roles: readonly Role[]): Promise<void> {
    const all = await this.roles.withComposites(realm, roles);
    const holders = [...new Set(all.flatMap(({ clientId }) => clientId ?? []))];
    const clients = holders.length === 0 ? [] : await this.clients.byIds(realm.id, holders);
    const names = new Map(clients.map(({ id, clientId }) => [id, clientId]));
    for (const role of all) {
      const holder = role.clientId === undefined ? undefined : names.get(role.clientId);
      if (!mayGrant(caller, realm, role, holder)) throw forbidden(`hands out ${role.name} without having it`);
    }
  }
}

/** @param holder public id of the client whose role it is; undefined for a role of the realm */
function mayGrant(caller: AdminCaller, realm: Realm, role: Role, holder: string | undefined): boolean {
  if (realm.name !== ADMIN_REALM) {
    // A composite of admin roles (`realm-admin`) is judged by what it brings.
    const isAdminRole = holder === REALM_MANAGEMENT && role.composites.length === 0;
    return !isAdminRole || caller.rolesIn(realm.name).has(role.name);
  }
  if (holder === undefined) return !MASTER_ROLES.includes(role.name) || caller.hasMasterRole(role.name);
  const administered = REALM_CLIENT.exec(holder)?.[1];
  return administered === undefined || caller.rolesIn(administered).has(role.name);
}
