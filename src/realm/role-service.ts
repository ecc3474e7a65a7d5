import type { ClientStore } from './client.js';
import type { Role, RoleStore } from './role.js';

/** How many ways to split a qualified name are tried: each costs a read, and the name is configuration of an admin. */
const MOST_SPLITS = 25;

/** Questions about the roles of a realm. */
export class RoleService {
  constructor(
    private readonly roles: RoleStore,
    private readonly clients: ClientStore,
  ) {}

  /** All roles the user has: direct, through groups and the groups above them, through composites at any depth. */
  async effectiveRoles(realmId: string, userId: string): Promise<readonly Role[]> {
    const ids = await this.roles.effectiveRoleIds(realmId, userId);
    return ids.size === 0 ? [] : this.roles.byIds(realmId, [...ids]);
  }

  /** The ids of `effectiveRoles`. */
  effectiveRoleIds(realmId: string, userId: string): Promise<ReadonlySet<string>> {
    return this.roles.effectiveRoleIds(realmId, userId);
  }

  /** Whether the user has the role in any of these ways. */
  async hasRole(realmId: string, userId: string, roleId: string): Promise<boolean> {
    return (await this.roles.effectiveRoleIds(realmId, userId)).has(roleId);
  }

  /**
   * The role that a config value names: `role` of the realm, or `clientId.role`. Client ids and role names may contain
   * dots: the longest client id that exists wins, and then the role is one of that client's or none; without such a
   * client the whole text is the name of a realm role (as Keycloak resolves it).
   */
  async findByQualifiedName(realmId: string, qualifiedName: string): Promise<Role | undefined> {
    let dot = qualifiedName.lastIndexOf('.');
    for (let splits = 0; dot > 0 && splits < MOST_SPLITS; splits++) {
      const client = await this.clients.byClientId(realmId, qualifiedName.slice(0, dot));
      if (client !== undefined) return this.roles.byName(realmId, client.id, qualifiedName.slice(dot + 1));
      dot = qualifiedName.lastIndexOf('.', dot - 1);
    }
    return this.roles.byName(realmId, undefined, qualifiedName);
  }
}
