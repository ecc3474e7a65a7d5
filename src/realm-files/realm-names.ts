import type { UserExportSurroundings } from '../representations/user-export.js';
import { groupPaths } from '../realm/group-paths.js';
import type { RealmRows } from './realm-plan.js';

/** Names of the things of a realm by their ids, as files name them. */
export class RealmNames {
  private readonly clients: ReadonlyMap<string, string>;
  private readonly scopes: ReadonlyMap<string, string>;
  private readonly roles: ReadonlyMap<string, RealmRows['roles'][number]>;
  private readonly groups: ReadonlyMap<string, string>;

  constructor(rows: Pick<RealmRows, 'clients' | 'clientScopes' | 'roles' | 'groups'>) {
    this.clients = new Map(rows.clients.map(({ id, clientId }) => [id, clientId]));
    this.scopes = new Map(rows.clientScopes.map(({ id, name }) => [id, name]));
    this.roles = new Map(rows.roles.map((role) => [role.id, role]));
    this.groups = groupPaths(rows.groups.map(({ group }) => group));
  }

  readonly clientIdOf = (id: string): string | undefined => this.clients.get(id);
  readonly scopeNameOf = (id: string): string | undefined => this.scopes.get(id);
  readonly groupPathOf = (id: string): string | undefined => this.groups.get(id);

  /** Names of roles in the order of their ids, by whose they are. */
  readonly rolesOf: UserExportSurroundings['rolesOf'] = (ids) => {
    const realm: string[] = [];
    const client: Record<string, string[]> = {};
    for (const id of ids) {
      const role = this.roles.get(id);
      const owner = role?.clientId === undefined ? undefined : this.clients.get(role.clientId);
      if (!role) continue;
      if (owner === undefined) realm.push(role.name);
      else client[owner] = [...(client[owner] ?? []), role.name];
    }
    return { realm, client };
  };
}
