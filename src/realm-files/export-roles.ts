import type { Client } from '../realm/client.js';
import type { Role } from '../realm/role.js';
import { toGroupRepresentation } from '../representations/group-representation.js';
import { toRoleRepresentation } from '../representations/role-representation.js';
import type { Json, JsonObject } from '../shared/json.js';
import type { RealmNames } from './realm-names.js';
import type { PlannedGroup, RealmRows } from './realm-plan.js';

/** RolesRepresentation. @param clients those whose roles are written; one without roles has an empty list, as at Keycloak */
export function exportRoles(roles: readonly Role[], clients: readonly Client[], names: RealmNames): JsonObject {
  const of = (owner: string | undefined): readonly JsonObject[] =>
    roles.filter(({ clientId }) => clientId === owner).map((role) => exportRole(role, names));
  return { realm: of(undefined), client: Object.fromEntries(clients.map(({ id, clientId }) => [clientId, of(id)])) };
}

function exportRole(role: Role, names: RealmNames): JsonObject {
  const { clientRole, containerId, attributes, ...head } = toRoleRepresentation(role);
  const { realm, client } = names.rolesOf(role.composites);
  const composites = {
    ...(realm.length > 0 && { realm }),
    ...(Object.keys(client).length > 0 && { client }),
  };
  return {
    ...head,
    ...(role.composites.length > 0 && { composites }),
    clientRole,
    containerId,
    attributes: attributes ?? {},
  };
}

/** Groups with those below them. */
export function exportGroups(
  groups: readonly PlannedGroup[],
  names: RealmNames,
  parentId?: string,
): readonly JsonObject[] {
  return groups
    .filter(({ group }) => group.parentId === parentId)
    .map(({ group, roleIds }) => {
      const { realm, client } = names.rolesOf(roleIds);
      const subGroups = exportGroups(groups, names, group.id);
      const around = { path: names.groupPathOf(group.id) ?? '', subGroupCount: subGroups.length, subGroups };
      const { subGroupCount: _count, ...members } = toGroupRepresentation(group, {
        ...around,
        realmRoles: realm,
        clientRoles: client,
      });
      return members;
    });
}

/** Which roles the tokens of clients and scopes may carry: those of the realm, and those of clients by clientId. */
export function exportScopeMappings(
  rows: Pick<RealmRows, 'clients' | 'clientScopes'>,
  names: RealmNames,
): { readonly scopeMappings: readonly JsonObject[]; readonly clientScopeMappings: JsonObject } {
  const ofRealm: JsonObject[] = [];
  const ofClients: Record<string, Json[]> = {};
  const holders = [
    ...rows.clientScopes.map(({ name, scopeMappings }) => ({ target: { clientScope: name }, scopeMappings })),
    ...rows.clients.map(({ clientId, scopeMappings }) => ({ target: { client: clientId }, scopeMappings })),
  ];
  for (const { target, scopeMappings } of holders) {
    const { realm, client } = names.rolesOf(scopeMappings);
    if (realm.length > 0) ofRealm.push({ ...target, roles: realm });
    for (const [clientId, roles] of Object.entries(client))
      ofClients[clientId] = [...(ofClients[clientId] ?? []), { ...target, roles }];
  }
  return { scopeMappings: ofRealm, clientScopeMappings: ofClients };
}
