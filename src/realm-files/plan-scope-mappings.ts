import type { NameIndex } from './name-index.js';
import { fileError } from './name-index.js';
import type { RoleNames } from './plan-roles.js';
import type { ScopeMappingData } from '../representations/realm-body.js';
import type { SeededRealm } from './seeded-realm.js';

/** Ids of the roles in scope, by the id of the client or client scope. */
export type ScopeMappings = ReadonlyMap<string, readonly string[]>;

/** Which roles the tokens of clients and client scopes may carry. @throws InvalidInputError */
export function planScopeMappings(
  seeded: SeededRealm,
  clients: NameIndex,
  scopes: NameIndex,
  roles: RoleNames,
): ScopeMappings {
  const mappings = new Map<string, Set<string>>();
  const add = (mapping: ScopeMappingData, path: string, roleId: (name: string, path: string) => string): void => {
    const target = targetOf(mapping, path, clients, scopes);
    const ids = mappings.get(target) ?? new Set();
    mappings.set(target, ids);
    for (const [at, name] of (mapping.roles ?? []).entries()) ids.add(roleId(name, `${path}.roles[${String(at)}]`));
  };
  for (const [at, mapping] of seeded.scopeMappings.entries()) {
    add(mapping, `scopeMappings[${String(at)}]`, (name, path) => roles.realmRole(name, path));
  }
  for (const [clientId, list] of seeded.clientScopeMappings) {
    for (const [at, mapping] of list.entries()) {
      add(mapping, `clientScopeMappings.${clientId}[${String(at)}]`, (name, path) =>
        roles.clientRole(clientId, name, path),
      );
    }
  }
  return new Map([...mappings].map(([target, ids]) => [target, [...ids]]));
}

function targetOf(mapping: ScopeMappingData, path: string, clients: NameIndex, scopes: NameIndex): string {
  if (mapping.clientScope !== undefined) return scopes.get(mapping.clientScope, `${path}.clientScope`);
  if (mapping.client !== undefined) return clients.get(mapping.client, `${path}.client`);
  throw fileError('member_missing', path, 'names neither a client nor a client scope');
}
