import type { Role } from '../realm/role.js';
import type { RoleData } from '../representations/role-body.js';
import { toRole } from '../representations/role-representation.js';
import { NameIndex, requiredText } from './name-index.js';
import type { PlanContext } from './realm-plan.js';
import type { SeededRealm } from './seeded-realm.js';

type NamesByClient = Readonly<Record<string, readonly string[]>>;

/** Roles of a realm file by name. */
export class RoleNames {
  private readonly realm = new NameIndex('realm role');
  private readonly clients = new Map<string, NameIndex>();

  addRealmRole(name: string, id: string, path: string): void {
    this.realm.add(name, id, path);
  }

  addClientRole(clientId: string, name: string, id: string, path: string): void {
    const index = this.clients.get(clientId) ?? new NameIndex(`role of client "${clientId}"`);
    this.clients.set(clientId, index);
    index.add(name, id, path);
  }

  realmRole(name: string, path: string): string {
    return this.realm.get(name, path);
  }

  clientRole(clientId: string, name: string, path: string): string {
    return (this.clients.get(clientId) ?? new NameIndex(`role of client "${clientId}"`)).get(name, path);
  }

  /**
   * Ids of roles given by name.
   * @param members names of the two members, for errors
   * @throws InvalidInputError `unknown_reference`
   */
  ids(
    realm: readonly string[] = [],
    client: NamesByClient = {},
    path: string,
    members = { realm: 'realmRoles', client: 'clientRoles' },
  ): readonly string[] {
    const ofRealm = realm.map((name, at) => this.realmRole(name, `${path}.${members.realm}[${String(at)}]`));
    const ofClients = Object.entries(client).flatMap(([clientId, names]) =>
      names.map((name, at) => this.clientRole(clientId, name, `${path}.${members.client}.${clientId}[${String(at)}]`)),
    );
    return [...new Set([...ofRealm, ...ofClients])];
  }
}

/** Roles with their composites, and their names for the rest of the plan. @throws InvalidInputError */
export function planRoles(
  seeded: SeededRealm,
  clients: NameIndex,
  { realmId, newId }: PlanContext,
): { roles: readonly Role[]; names: RoleNames } {
  const names = new RoleNames();
  const drafts: { readonly role: Role; readonly body: RoleData; readonly path: string }[] = [];
  for (const [at, body] of seeded.realmRoles.entries()) {
    const path = `roles.realm[${String(at)}]`;
    const name = requiredText(body.name, `${path}.name`);
    const role = toRole(body, { id: body.id ?? newId(), realmId, name });
    names.addRealmRole(name, role.id, `${path}.name`);
    drafts.push({ role, body, path });
  }
  for (const [clientId, bodies] of seeded.clientRoles) {
    if (bodies.length === 0) continue;
    const owner = clients.get(clientId, `roles.client.${clientId}`);
    for (const [at, body] of bodies.entries()) {
      const path = `roles.client.${clientId}[${String(at)}]`;
      const name = requiredText(body.name, `${path}.name`);
      const role = toRole(body, { id: body.id ?? newId(), realmId, clientId: owner, name });
      names.addClientRole(clientId, name, role.id, `${path}.name`);
      drafts.push({ role, body, path });
    }
  }
  const roles = drafts.map(({ role, body, path }) => ({
    ...role,
    composites: names.ids(body.composites?.realm, body.composites?.client, `${path}.composites`, {
      realm: 'realm',
      client: 'client',
    }),
  }));
  return { roles, names };
}
