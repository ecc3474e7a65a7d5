import { Delete, Get, Param, Post, Query } from '@nestjs/common';
import { RoleMappings } from '../administration/role-mappings.js';
import { flagOf } from '../http/query-parameters.js';
import type { Realm } from '../realm/realm.js';
import type { RoleOwner } from '../realm/role.js';
import { RoleBody } from '../representations/role-body.js';
import { toRoleList, type RoleRepresentation } from '../representations/role-representation.js';
import type { JsonObject } from '../shared/json.js';
import type { AdminCaller } from './admin-caller.js';
import { AdminController } from './admin-controller.js';
import { CalledBy, InRealm, JsonList, OptionalJsonList } from './admin-params.js';
import { Needs, type PathParams } from './admin.guard.js';
import { RoleGrants } from './role-grants.js';
import { ALSO } from './role-rights.js';

/** The user or the group of the address. */
const ownerOf = ({ user, group = '' }: PathParams): RoleOwner =>
  user === undefined ? { kind: 'group', id: group } : { kind: 'user', id: user };

/** Roles of users and of groups (Admin API reference 5.3, 5.9). Routes with a `:client` speak of that client's roles, others of the realm's. */
@AdminController('users/:user/role-mappings', 'groups/:group/role-mappings')
export class RoleMappingsAdminController {
  constructor(
    private readonly mappings: RoleMappings,
    private readonly grants: RoleGrants,
  ) {}

  @Get()
  @Needs('viewUsers')
  all(@InRealm() realm: Realm, @Param() params: PathParams): Promise<JsonObject> {
    return this.mappings.all(realm, ownerOf(params));
  }

  @Get(['realm', 'clients/:client'])
  @Needs('viewUsers')
  async list(@InRealm() realm: Realm, @Param() params: PathParams): Promise<readonly RoleRepresentation[]> {
    return toRoleList(await this.mappings.mapped(realm, ownerOf(params), params['client']));
  }

  @Get(['realm/available', 'clients/:client/available'])
  @Needs('viewUsers')
  async available(@InRealm() realm: Realm, @Param() params: PathParams): Promise<readonly RoleRepresentation[]> {
    return toRoleList(await this.mappings.available(realm, ownerOf(params), params['client']));
  }

  @Get(['realm/composite', 'clients/:client/composite'])
  @Needs('viewUsers')
  async composite(
    @InRealm() realm: Realm,
    @Param() params: PathParams,
    @Query() query: unknown,
  ): Promise<readonly RoleRepresentation[]> {
    const full = flagOf(query, 'briefRepresentation') === false;
    const effective = await this.mappings.effective(realm, ownerOf(params), params['client']);
    return toRoleList(effective, full);
  }

  @Post(['realm', 'clients/:client'])
  @Needs('manageUsers', ALSO.granted)
  async add(
    @InRealm() realm: Realm,
    @CalledBy() caller: AdminCaller,
    @Param() params: PathParams,
    @JsonList(RoleBody) bodies: RoleBody[],
  ): Promise<void> {
    const roles = await this.mappings.named(realm, params['client'], bodies);
    await this.grants.require(caller, realm, roles);
    await this.mappings.add(realm, ownerOf(params), roles);
  }

  /** Takes away the roles of the body, or all of the container when there is none. */
  @Delete(['realm', 'clients/:client'])
  @Needs('manageUsers', ALSO.granted)
  async remove(
    @InRealm() realm: Realm,
    @CalledBy() caller: AdminCaller,
    @Param() params: PathParams,
    @OptionalJsonList(RoleBody) bodies: RoleBody[] | undefined,
  ): Promise<void> {
    const container = params['client'];
    const roles = bodies
      ? await this.mappings.named(realm, container, bodies)
      : await this.mappings.mapped(realm, ownerOf(params), container);
    await this.grants.require(caller, realm, roles);
    await this.mappings.remove(realm, ownerOf(params), roles);
  }
}
