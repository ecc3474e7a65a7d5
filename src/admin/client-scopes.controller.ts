import { Delete, Get, Param, Post, Put } from '@nestjs/common';
import { ClientScopeAdministration } from '../administration/client-scope-administration.js';
import type { Realm } from '../realm/realm.js';
import { ClientScopeBody } from '../representations/client-scope-body.js';
import { toClientScopeRepresentation } from '../representations/client-scope-representation.js';
import type { JsonObject } from '../shared/json.js';
import type { AdminCaller } from './admin-caller.js';
import { AdminController } from './admin-controller.js';
import { CalledBy, InRealm, JsonBody } from './admin-params.js';
import { Created } from './admin-replies.interceptor.js';
import { Needs } from './admin.guard.js';

/** Client scopes of a realm, also under their name of old (Admin API reference 5.8). */
@AdminController('client-scopes', 'client-templates')
export class ClientScopesAdminController {
  constructor(private readonly scopes: ClientScopeAdministration) {}

  @Get()
  @Needs('listClients')
  async list(@InRealm() realm: Realm, @CalledBy() caller: AdminCaller): Promise<readonly JsonObject[]> {
    return caller.may('viewClients', realm.name)
      ? (await this.scopes.list(realm)).map(toClientScopeRepresentation)
      : [];
  }

  @Post()
  @Needs('manageClients')
  async create(@InRealm() realm: Realm, @JsonBody(ClientScopeBody) body: ClientScopeBody): Promise<Created> {
    return new Created(['client-scopes', await this.scopes.create(realm, body)]);
  }

  @Get(':scope')
  @Needs('viewClients')
  async get(@InRealm() realm: Realm, @Param('scope') id: string): Promise<JsonObject> {
    return toClientScopeRepresentation(await this.scopes.get(realm, id));
  }

  @Put(':scope')
  @Needs('manageClients')
  update(
    @InRealm() realm: Realm,
    @Param('scope') id: string,
    @JsonBody(ClientScopeBody) body: ClientScopeBody,
  ): Promise<void> {
    return this.scopes.update(realm, id, body);
  }

  @Delete(':scope')
  @Needs('manageClients')
  delete(@InRealm() realm: Realm, @Param('scope') id: string): Promise<void> {
    return this.scopes.delete(realm, id);
  }
}
