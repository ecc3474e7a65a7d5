import { InvalidInputError } from '../shared/errors.js';
import type { JsonObject } from '../shared/json.js';
import type { ProtocolMapper } from '../realm/client-scope.js';
import type { ProtocolMapperData } from './protocol-mapper-body.js';
import { textEntries } from './text-entries.js';

export const toProtocolMapperRepresentation = (mapper: ProtocolMapper): JsonObject => ({
  id: mapper.id,
  name: mapper.name,
  protocol: mapper.protocol,
  protocolMapper: mapper.protocolMapper,
  consentRequired: false,
  config: mapper.config,
});

/**
 * @param path of the mapper in the body, for the error.
 * @throws InvalidInputError `member_missing` without a name or a provider.
 */
export function toProtocolMapper(body: ProtocolMapperData, newId: () => string, path: string): ProtocolMapper {
  for (const member of ['name', 'protocolMapper'] as const) {
    if (!body[member])
      throw new InvalidInputError('member_missing', `${path}.${member}: is missing`, { field: `${path}.${member}` });
  }
  return {
    id: body.id ?? newId(),
    name: body.name ?? '',
    protocol: body.protocol ?? 'openid-connect',
    protocolMapper: body.protocolMapper ?? '',
    config: textEntries(body.config),
  };
}

type MapperConfig = ProtocolMapper['config'];

const copied = (config: MapperConfig, from: string, to: string): MapperConfig => {
  const value = config[from];
  return value === undefined || to in config ? config : { ...config, [to]: value };
};

const withUserinfo = (config: MapperConfig): MapperConfig => copied(config, 'id.token.claim', 'userinfo.token.claim');

/**
 * What goes into ID tokens is told at `userinfo` too, unless the config says otherwise: written down, as the reference does, when a client or a
 * scope is made with its mappers. A realm file is kept as it is.
 */
export const withImpliedUserinfo = (mappers: readonly ProtocolMapper[]): readonly ProtocolMapper[] =>
  mappers.map((mapper) => ({ ...mapper, config: withUserinfo(mapper.config) }));

/** As `withImpliedUserinfo`, and the same for access tokens and introspection: for mappers that are made on their own. */
export const withImpliedPlaces = (config: MapperConfig): MapperConfig =>
  copied(withUserinfo(config), 'access.token.claim', 'introspection.token.claim');
