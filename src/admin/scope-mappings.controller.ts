import { Delete, Get, Param, Post, Query } from '@nestjs/common';
import { ScopeMappings } from '../administration/scope-mappings.js';
import { flagOf } from '../http/query-parameters.js';
import type { Realm } from '../realm/realm.js';
import { RoleBody } from '../representations/role-body.js';
import { toRoleList, type RoleRepresentation } from '../representations/role-representation.js';
import type { JsonObject } from '../shared/json.js';
import type { AdminCaller } from './admin-caller.js';
import { AdminController } from './admin-controller.js';
import { CalledBy, InRealm, JsonList, OptionalJsonList } from './admin-params.js';
import { Needs, type PathParams } from './admin.guard.js';
import { ALSO, toManageRoles } from './role-rights.js';
import { scopeOwnerOf } from './scope-owner.js';

/**
 * Roles that tokens of a client, or with a client scope, may carry (Admin API reference 5.2, 5.8). Routes with an `:owner` speak of
 * that client's roles, others of the realm's. Who changes them must also manage the roles.
 */
@AdminController('clients/:client/scope-mappings', 'client-scopes/:scope/scope-mappings')
export class ScopeMappingsAdminController {
  constructor(private readonly mappings: ScopeMappings) {}

  @Get()
  @Needs('viewClients')
  all(@InRealm() realm: Realm, @Param() params: PathParams): Promise<JsonObject> {
    return this.mappings.all(realm, scopeOwnerOf(params));
  }

  @Get(['realm', 'clients/:owner'])
  @Needs('viewClients')
  async list(@InRealm() realm: Realm, @Param() params: PathParams): Promise<readonly RoleRepresentation[]> {
    return toRoleList(await this.mappings.mapped(realm, scopeOwnerOf(params), params['owner']));
  }

  @Get(['realm/available', 'clients/:owner/available'])
  @Needs('viewClients')
  async available(@InRealm() realm: Realm, @Param() params: PathParams): Promise<readonly RoleRepresentation[]> {
    return toRoleList(await this.mappings.available(realm, scopeOwnerOf(params), params['owner']));
  }

  @Get(['realm/composite', 'clients/:owner/composite'])
  @Needs('viewClients')
  async composite(
    @InRealm() realm: Realm,
    @Param() params: PathParams,
    @Query() query: unknown,
  ): Promise<readonly RoleRepresentation[]> {
    const full = flagOf(query, 'briefRepresentation') === false;
    const effective = await this.mappings.effective(realm, scopeOwnerOf(params), params['owner']);
    return toRoleList(effective, full);
  }

  @Post(['realm', 'clients/:owner'])
  @Needs('manageClients', ALSO.owner)
  async add(
    @InRealm() realm: Realm,
    @CalledBy() caller: AdminCaller,
    @Param() params: PathParams,
    @JsonList(RoleBody) bodies: RoleBody[],
  ): Promise<void> {
    const { owner } = params;
    const roles = await this.mappings.named(realm, owner, bodies);
    caller.require(toManageRoles({ client: owner }), realm.name);
    await this.mappings.add(realm, scopeOwnerOf(params), roles);
  }

  /** Takes away the roles of the body, or all of the container when there is none. */
  @Delete(['realm', 'clients/:owner'])
  @Needs('manageClients', ALSO.owner)
  async remove(
    @InRealm() realm: Realm,
    @CalledBy() caller: AdminCaller,
    @Param() params: PathParams,
    @OptionalJsonList(RoleBody) bodies: RoleBody[] | undefined,
  ): Promise<void> {
    const { owner } = params;
    const roles = bodies
      ? await this.mappings.named(realm, owner, bodies)
      : await this.mappings.mapped(realm, scopeOwnerOf(params), owner);
    caller.require(toManageRoles({ client: owner }), realm.name);
    await this.mappings.remove(realm, scopeOwnerOf(params), roles);
  }
}
