import { Delete, Get, Param, Post, Put } from '@nestjs/common';
import { ProtocolMapperAdministration } from '../administration/protocol-mapper-administration.js';
import type { ScopeOwner } from '../administration/scope-owner.js';
import type { Realm } from '../realm/realm.js';
import { ProtocolMapperBody } from '../representations/protocol-mapper-body.js';
import { toProtocolMapperRepresentation } from '../representations/protocol-mapper-representation.js';
import type { JsonObject } from '../shared/json.js';
import { AdminController } from './admin-controller.js';
import { InRealm, JsonBody, JsonList } from './admin-params.js';
import { Created } from './admin-replies.interceptor.js';
import { Needs, type PathParams } from './admin.guard.js';
import { scopeOwnerOf } from './scope-owner.js';

const pathOf = ({ kind, id }: ScopeOwner): readonly string[] => [kind === 'client' ? 'clients' : 'client-scopes', id];

/** Protocol mappers of clients and client scopes (Admin API reference 5.2, 5.8). */
@AdminController('clients/:client/protocol-mappers', 'client-scopes/:scope/protocol-mappers')
export class ProtocolMappersAdminController {
  constructor(private readonly mappers: ProtocolMapperAdministration) {}

  @Get('models')
  @Needs('viewClients')
  async list(@InRealm() realm: Realm, @Param() params: PathParams): Promise<readonly JsonObject[]> {
    return (await this.mappers.list(realm, scopeOwnerOf(params))).map(toProtocolMapperRepresentation);
  }

  @Get('protocol/:protocol')
  @Needs('viewClients')
  async listOfProtocol(@InRealm() realm: Realm, @Param() params: PathParams): Promise<readonly JsonObject[]> {
    const mappers = await this.mappers.list(realm, scopeOwnerOf(params));
    return mappers.filter(({ protocol }) => protocol === params['protocol']).map(toProtocolMapperRepresentation);
  }

  @Post('models')
  @Needs('manageClients')
  async create(
    @InRealm() realm: Realm,
    @Param() params: PathParams,
    @JsonBody(ProtocolMapperBody) body: ProtocolMapperBody,
  ): Promise<Created> {
    const owner = scopeOwnerOf(params);
    return new Created([...pathOf(owner), 'protocol-mappers', 'models', await this.mappers.create(realm, owner, body)]);
  }

  @Post('add-models')
  @Needs('manageClients')
  createAll(
    @InRealm() realm: Realm,
    @Param() params: PathParams,
    @JsonList(ProtocolMapperBody) bodies: ProtocolMapperBody[],
  ): Promise<void> {
    return this.mappers.createAll(realm, scopeOwnerOf(params), bodies);
  }

  @Get('models/:mapper')
  @Needs('viewClients')
  async get(@InRealm() realm: Realm, @Param() params: PathParams): Promise<JsonObject> {
    return toProtocolMapperRepresentation(await this.mappers.get(realm, scopeOwnerOf(params), params['mapper'] ?? ''));
  }

  @Put('models/:mapper')
  @Needs('manageClients')
  update(
    @InRealm() realm: Realm,
    @Param() params: PathParams,
    @JsonBody(ProtocolMapperBody) body: ProtocolMapperBody,
  ): Promise<void> {
    return this.mappers.update(realm, scopeOwnerOf(params), params['mapper'] ?? '', body);
  }

  @Delete('models/:mapper')
  @Needs('manageClients')
  delete(@InRealm() realm: Realm, @Param() params: PathParams): Promise<void> {
    return this.mappers.delete(realm, scopeOwnerOf(params), params['mapper'] ?? '');
  }
}
