import { Delete, Get, HttpCode, Param, Post, Put, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { administrationErrors } from '../administration/administration-errors.js';
import { ClientAdministration } from '../administration/client-administration.js';
import { ClientRegistrationTokens } from '../administration/client-registration-tokens.js';
import { PublicUrl } from '../http/public-url.js';
import { flagOf, pageOf, textOf } from '../http/query-parameters.js';
import type { Realm } from '../realm/realm.js';
import { ClientBody } from '../representations/client-body.js';
import type { JsonObject } from '../shared/json.js';
import type { AdminCaller } from './admin-caller.js';
import { AdminController } from './admin-controller.js';
import { CalledBy, InRealm, JsonBody } from './admin-params.js';
import { Created } from './admin-replies.interceptor.js';
import { Needs } from './admin.guard.js';
import { attributesOf } from './user-query.js';
import { UserViews } from './user-views.js';

/** Clients of a realm (Admin API reference 5.2). */
@AdminController('clients')
export class ClientsAdminController {
  constructor(
    private readonly clients: ClientAdministration,
    private readonly users: UserViews,
    private readonly registrationTokens: ClientRegistrationTokens,
    private readonly publicUrl: PublicUrl,
  ) {}

  /** Callers who may only query see that nothing is theirs to view. */
  @Get()
  @Needs('listClients')
  async list(
    @InRealm() realm: Realm,
    @CalledBy() caller: AdminCaller,
    @Query() query: unknown,
  ): Promise<readonly JsonObject[]> {
    const { first, max } = pageOf(query);
    const clientId = textOf(query, 'clientId');
    const search = flagOf(query, 'search') ?? false;
    if (!caller.may('viewClients', realm.name)) return [];
    const attributes = attributesOf(textOf(query, 'q'));
    const found = await this.clients.list(realm, {
      first,
      max,
      search,
      ...(clientId !== undefined && { clientId }),
      ...(Object.keys(attributes).length > 0 && { attributes }),
    });
    return this.clients.represent(realm, found, caller.may('manageClients', realm.name));
  }

  @Post()
  @Needs('createClients')
  async create(@InRealm() realm: Realm, @JsonBody(ClientBody) body: ClientBody): Promise<Created> {
    return new Created(['clients', await this.clients.create(realm, body)]);
  }

  @Get(':client')
  @Needs('viewClients')
  async get(
    @InRealm() realm: Realm,
    @CalledBy() caller: AdminCaller,
    @Param('client') id: string,
  ): Promise<JsonObject | undefined> {
    const client = await this.clients.get(realm, id);
    const [representation] = await this.clients.represent(realm, [client], caller.may('manageClients', realm.name));
    return representation;
  }

  @Put(':client')
  @Needs('manageClients')
  update(@InRealm() realm: Realm, @Param('client') id: string, @JsonBody(ClientBody) body: ClientBody): Promise<void> {
    return this.clients.update(realm, id, body);
  }

  @Delete(':client')
  @Needs('manageClients')
  delete(@InRealm() realm: Realm, @Param('client') id: string): Promise<void> {
    return this.clients.delete(realm, id);
  }

  @Get(':client/client-secret')
  @Needs('manageClients')
  async secret(@InRealm() realm: Realm, @Param('client') id: string): Promise<JsonObject> {
    const value = this.clients.secretOf(await this.clients.get(realm, id));
    return { type: 'secret', ...(value !== undefined && { value }) };
  }

  @Post(':client/client-secret')
  @HttpCode(200)
  @Needs('manageClients')
  async renewSecret(@InRealm() realm: Realm, @Param('client') id: string): Promise<JsonObject> {
    return { type: 'secret', value: await this.clients.renewSecret(realm, id) };
  }

  /** Rotation of secrets is a preview at the reference, and off: no client has a second one that works. */
  @Get(':client/client-secret/rotated')
  @Needs('manageClients')
  async rotatedSecret(@InRealm() realm: Realm, @Param('client') id: string): Promise<never> {
    await this.clients.get(realm, id);
    throw administrationErrors.noRotatedSecret();
  }

  @Delete(':client/client-secret/rotated')
  @Needs('manageClients')
  forgetRotatedSecret(@InRealm() realm: Realm, @Param('client') id: string): Promise<void> {
    return this.clients.forgetRotatedSecret(realm, id);
  }

  @Post(':client/registration-access-token')
  @HttpCode(200)
  @Needs('manageClients')
  renewRegistrationToken(
    @InRealm() realm: Realm,
    @Param('client') id: string,
    @Req() request: FastifyRequest,
  ): Promise<JsonObject> {
    return this.registrationTokens.renew(realm, id, this.publicUrl.issuer(request, realm.name));
  }

  @Get(':client/service-account-user')
  @Needs('viewClients')
  async serviceAccount(@InRealm() realm: Realm, @Param('client') id: string): Promise<JsonObject> {
    return this.users.plain(await this.clients.serviceAccountOf(realm, id));
  }
}
