import type { ProtocolMapper } from '../realm/client-scope.js';
import type { Realm } from '../realm/realm.js';
import type { ProtocolMapperBody } from '../representations/protocol-mapper-body.js';
import { toProtocolMapper, withImpliedPlaces } from '../representations/protocol-mapper-representation.js';
import { textEntries } from '../representations/text-entries.js';
import { newId } from '../shared/secrets.js';
import { isMapperProvider } from '../tokens/protocol-mappers/mapper-providers.js';
import { administrationErrors } from './administration-errors.js';
import type { ClientAdministration } from './client-administration.js';
import type { ClientScopeAdministration } from './client-scope-administration.js';
import type { ScopeOwner } from './scope-owner.js';

type Mappers = readonly ProtocolMapper[];

/** Protocol mappers of clients and client scopes. Every method throws NotFoundError for an unknown owner. */
export class ProtocolMapperAdministration {
  constructor(
    private readonly clients: ClientAdministration,
    private readonly scopes: ClientScopeAdministration,
  ) {}

  async list(realm: Realm, { kind, id }: ScopeOwner): Promise<Mappers> {
    return (kind === 'client' ? await this.clients.get(realm, id) : await this.scopes.get(realm, id)).protocolMappers;
  }

  /** @throws NotFoundError `mapper_unknown` */
  async get(realm: Realm, owner: ScopeOwner, mapperId: string): Promise<ProtocolMapper> {
    return found(await this.list(realm, owner), mapperId);
  }

  /**
   * @returns the id
   * @throws NotFoundError `mapper_provider_unknown`
   * @throws ConflictError `mapper_exists`, `duplicate_resource` without a name or a protocol, as at the reference
   */
  async create(realm: Realm, owner: ScopeOwner, body: ProtocolMapperBody): Promise<string> {
    const id = body.id ?? newId();
    await this.change(realm, owner, (mappers) => {
      requireProvider(body);
      const mapper = ofItsOwn({ ...body, id }, 'protocolMapper');
      if (mappers.some((each) => isSame(each, mapper))) throw administrationErrors.mapperTaken();
      return [...mappers, mapper];
    });
    return id;
  }

  /** Adds all or none. @throws NotFoundError `mapper_provider_unknown` @throws ConflictError `duplicate_resource` */
  async createAll(realm: Realm, owner: ScopeOwner, bodies: readonly ProtocolMapperBody[]): Promise<void> {
    await this.change(realm, owner, (mappers) => {
      for (const body of bodies) requireProvider(body);
      const more = bodies.map((body, at) => ofItsOwn(body, `[${String(at)}]`));
      const all = [...mappers, ...more];
      const repeated = all.some((mapper, at) => all.findIndex((other) => isSame(mapper, other)) !== at);
      if (repeated) throw administrationErrors.duplicate('Protocol mapper name must be unique per protocol');
      return all;
    });
  }

  /**
   * Changes provider and config of the mapper that the *body* names, as the reference does; its name and protocol stay. A body without
   * an id, at which the reference fails, means the mapper of the address.
   * @throws NotFoundError `mapper_unknown`, `mapper_provider_unknown`
   */
  async update(realm: Realm, owner: ScopeOwner, mapperId: string, body: ProtocolMapperBody): Promise<void> {
    await this.change(realm, owner, (mappers) => {
      found(mappers, mapperId);
      const protocolMapper = requireProvider(body);
      const mapper = found(mappers, body.id ?? mapperId);
      const changed = {
        ...mapper,
        protocolMapper,
        config: withImpliedPlaces(textEntries(body.config)),
      };
      return mappers.map((each) => (each.id === mapper.id ? changed : each));
    });
  }

  /** @throws NotFoundError `mapper_unknown` */
  async delete(realm: Realm, owner: ScopeOwner, mapperId: string): Promise<void> {
    await this.change(realm, owner, (mappers) => {
      found(mappers, mapperId);
      return mappers.filter(({ id }) => id !== mapperId);
    });
  }

  private async change(realm: Realm, { kind, id }: ScopeOwner, change: (mappers: Mappers) => Mappers): Promise<void> {
    if (kind === 'scope')
      return this.scopes.change(realm, id, (scope) => ({ ...scope, protocolMappers: change(scope.protocolMappers) }));
    await this.clients.change(realm, id, (client) => ({ ...client, protocolMappers: change(client.protocolMappers) }));
  }
}

/** A new mapper that is not part of a client or a scope. @throws ConflictError `duplicate_resource` without a name or a protocol */
function ofItsOwn(body: ProtocolMapperBody, path: string): ProtocolMapper {
  if (!body.name || !body.protocol) throw administrationErrors.duplicate();
  const mapper = toProtocolMapper(body, newId, path);
  return { ...mapper, config: withImpliedPlaces(mapper.config) };
}

function requireProvider({ protocolMapper }: ProtocolMapperBody): string {
  if (protocolMapper === undefined || !isMapperProvider(protocolMapper))
    throw administrationErrors.mapperProviderUnknown();
  return protocolMapper;
}

function found(mappers: Mappers, id: string): ProtocolMapper {
  const mapper = mappers.find((each) => each.id === id);
  if (!mapper) throw administrationErrors.mapperUnknown();
  return mapper;
}

const isSame = (a: ProtocolMapper, b: ProtocolMapper): boolean => a.name === b.name && a.protocol === b.protocol;
