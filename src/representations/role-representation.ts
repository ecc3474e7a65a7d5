import type { Client } from '../realm/client.js';
import type { Role } from '../realm/role.js';
import type { JsonObject } from '../shared/json.js';
import type { RoleData } from './role-body.js';
import { present } from './present.js';

export interface RoleRepresentation {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  readonly composite: boolean;
  readonly clientRole: boolean;
  /** Id of the realm, or internal id of the client. */
  readonly containerId: string;
  readonly attributes?: Readonly<Record<string, readonly string[]>>;
}

/** @param full with attributes */
export const toRoleRepresentation = (role: Role, full = true): RoleRepresentation =>
  present({
    id: role.id,
    name: role.name,
    description: role.description,
    composite: role.composites.length > 0,
    clientRole: role.clientId !== undefined,
    containerId: role.clientId ?? role.realmId,
    attributes: full ? role.attributes : undefined,
  });

/** Roles of a listing. @param full with attributes: listings are brief unless asked (`briefRepresentation=false`) */
export const toRoleList = (roles: readonly Role[], full = false): readonly RoleRepresentation[] =>
  roles.map((role) => toRoleRepresentation(role, full));

/** MappingsRepresentation: roles mapped to something, by whose they are. @param clients those that own one of the roles */
export function toMappings(mapped: readonly Role[], clients: readonly Client[]): JsonObject {
  const of = (owner: string | undefined): readonly JsonObject[] =>
    toRoleList(mapped.filter(({ clientId }) => clientId === owner)).map((role) => ({ ...role }));
  const ofRealm = of(undefined);
  const ofClients = clients.map(({ id, clientId }) => [clientId, { id, client: clientId, mappings: of(id) }] as const);
  return {
    ...(ofRealm.length > 0 && { realmMappings: ofRealm }),
    ...(ofClients.length > 0 && { clientMappings: Object.fromEntries(ofClients) }),
  };
}

/** The role a body describes, without its composites. */
export const toRole = (
  body: RoleData,
  known: { id: string; realmId: string; clientId?: string; name: string },
): Role => ({
  id: known.id,
  realmId: known.realmId,
  ...(known.clientId !== undefined && { clientId: known.clientId }),
  name: known.name,
  ...(body.description !== undefined && { description: body.description }),
  attributes: body.attributes ?? {},
  composites: [],
});
