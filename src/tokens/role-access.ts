import type { Client, ClientStore } from '../realm/client.js';
import type { RoleStore } from '../realm/role.js';
import { grant, type GrantedScope } from './scopes.js';

/** Names of the roles a token may speak of. */
export interface GrantedRoles {
  readonly realm: readonly string[];
  /** By public id of the client whose roles they are. */
  readonly clients: Readonly<Record<string, readonly string[]>>;
}

export interface Access {
  /** The scope less those scopes that ask for a role the user does not have. */
  readonly scope: GrantedScope;
  readonly roles: GrantedRoles;
}

const OFFLINE_ROLE = 'offline_access';

/** Cuts the roles of a user down to what a client and its scopes may see. */
export class RoleAccess {
  constructor(
    private readonly roles: RoleStore,
    private readonly clients: ClientStore,
  ) {}

  /** What a token of this user for this client and scope may contain. */
  async of(client: Client, scope: GrantedScope, userId: string): Promise<Access> {
    const held = await this.roles.effectiveRoleIds(client.realmId, userId);
    const permitted = await this.permittedScope(client, scope, held);
    const ids = client.fullScopeAllowed ? [...held] : await this.mapped(client, permitted, held);
    return { scope: permitted, roles: await this.named(client.realmId, ids) };
  }

  /** True when the user may have offline tokens at this client: asked for, and the role comes through (engine reference 7.4). */
  async offlineAllowed(client: Client, scope: GrantedScope, userId: string): Promise<boolean> {
    const access = await this.of(client, scope, userId);
    return access.scope.offline && access.roles.realm.includes(OFFLINE_ROLE);
  }

  /** A scope that is mapped to roles takes effect only for users who have one of them. */
  private async permittedScope(client: Client, scope: GrantedScope, held: ReadonlySet<string>): Promise<GrantedScope> {
    const kept = [];
    for (const each of scope.scopes) {
      const wanted = each.scopeMappings.length === 0 ? [] : await this.expand(client.realmId, each.scopeMappings);
      if (each.scopeMappings.length === 0 || wanted.some((id) => held.has(id))) kept.push(each);
    }
    return kept.length === scope.scopes.length ? scope : grant(kept, scope.openid);
  }

  private async mapped(client: Client, scope: GrantedScope, held: ReadonlySet<string>): Promise<string[]> {
    const own = await this.roles.list(client.realmId, { clientId: client.id });
    const mappings = [
      ...own.map((role) => role.id),
      ...client.scopeMappings,
      ...scope.scopes.flatMap((each) => each.scopeMappings),
    ];
    return (await this.expand(client.realmId, mappings)).filter((id) => held.has(id));
  }

  /** The roles and everything they are composed of. */
  private async expand(realmId: string, roleIds: readonly string[]): Promise<string[]> {
    const all = new Set<string>(roleIds);
    for (let frontier: readonly string[] = [...all]; frontier.length > 0;) {
      const composites = (await this.roles.byIds(realmId, frontier)).flatMap((role) => role.composites);
      frontier = [...new Set(composites)].filter((id) => !all.has(id));
      for (const id of frontier) all.add(id);
    }
    return [...all];
  }

  private async named(realmId: string, ids: readonly string[]): Promise<GrantedRoles> {
    const roles = ids.length === 0 ? [] : await this.roles.byIds(realmId, ids);
    const owners = [...new Set(roles.flatMap((role) => role.clientId ?? []))];
    const clients = owners.length === 0 ? [] : await this.clients.byIds(realmId, owners);
    const names = (clientId: string | undefined): string[] =>
      roles.flatMap((role) => (role.clientId === clientId ? role.name : [])).sort();
    return {
      realm: names(undefined),
      clients: Object.fromEntries(clients.map((client) => [client.clientId, names(client.id)])),
    };
  }
}
