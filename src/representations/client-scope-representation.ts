import type { JsonObject } from '../shared/json.js';
import type { ClientScope } from '../realm/client-scope.js';
import type { ClientScopeData } from './client-scope-body.js';
import { present } from './present.js';
import { toProtocolMapper, toProtocolMapperRepresentation } from './protocol-mapper-representation.js';
import { definedEntries } from './text-entries.js';

export const toClientScopeRepresentation = (scope: ClientScope): JsonObject =>
  present({
    id: scope.id,
    name: scope.name,
    description: scope.description,
    protocol: scope.protocol,
    attributes: scope.attributes,
    protocolMappers:
      scope.protocolMappers.length > 0 ? scope.protocolMappers.map(toProtocolMapperRepresentation) : undefined,
  });

/** Short form of the realm's default scopes. */
export const toRealmDefaultScope = (scope: ClientScope): JsonObject => ({
  id: scope.id,
  name: scope.name,
  protocol: scope.protocol,
});

/** Short form of the scopes attached to a client. */
export const toAttachedScope = (scope: ClientScope): JsonObject => ({ id: scope.id, name: scope.name });

/**
 * The scope a body describes, without scope mappings.
 * @throws InvalidInputError `member_missing` for an incomplete mapper.
 */
export const toClientScope = (
  body: ClientScopeData,
  known: { id: string; realmId: string; name: string },
  newId: () => string,
  path = 'clientScope',
): ClientScope => ({
  ...known,
  ...(body.description !== undefined && { description: body.description }),
  protocol: body.protocol ?? 'openid-connect',
  attributes: definedEntries(body.attributes),
  protocolMappers: (body.protocolMappers ?? []).map((mapper, at) =>
    toProtocolMapper(mapper, newId, `${path}.protocolMappers[${String(at)}]`),
  ),
  scopeMappings: [],
});
