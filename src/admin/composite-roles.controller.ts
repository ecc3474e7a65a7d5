import { Delete, Get, Param, Post, Query } from '@nestjs/common';
import { RoleAdministration } from '../administration/role-administration.js';
import { pageOf, textOf } from '../http/query-parameters.js';
import type { Realm } from '../realm/realm.js';
import type { CompositeQuery, Role } from '../realm/role.js';
import { RoleBody } from '../representations/role-body.js';
import { toRoleRepresentation, type RoleRepresentation } from '../representations/role-representation.js';
import type { AdminCaller } from './admin-caller.js';
import { AdminController } from './admin-controller.js';
import { CalledBy, InRealm, JsonList } from './admin-params.js';
import { Needs, type PathParams } from './admin.guard.js';
import { RoleGrants } from './role-grants.js';
import { ALSO, toManageRoles, toViewRoles } from './role-rights.js';

/** Roles that come with a role, however that is addressed (Admin API reference 5.4). */
@AdminController('roles/:role/composites', 'clients/:client/roles/:role/composites', 'roles-by-id/:id/composites')
@Needs('viewRealmName', ALSO.container)
export class CompositeRolesAdminController {
  constructor(
    private readonly roles: RoleAdministration,
    private readonly grants: RoleGrants,
  ) {}

  @Get()
  async list(
    @InRealm() realm: Realm,
    @CalledBy() caller: AdminCaller,
    @Param() params: PathParams,
    @Query() query: unknown,
  ): Promise<readonly RoleRepresentation[]> {
    const search = textOf(query, 'search')?.trim();
    return this.composites(realm, caller, params, { ...pageOf(query), ...(search !== undefined && { search }) });
  }

  @Get('realm')
  async listOfRealm(
    @InRealm() realm: Realm,
    @CalledBy() caller: AdminCaller,
    @Param() params: PathParams,
  ): Promise<readonly RoleRepresentation[]> {
    return this.composites(realm, caller, params, { container: null });
  }

  @Get('clients/:owner')
  async listOfClient(
    @InRealm() realm: Realm,
    @CalledBy() caller: AdminCaller,
    @Param() params: PathParams,
  ): Promise<readonly RoleRepresentation[]> {
    return this.composites(realm, caller, params, { container: params['owner'] ?? '' });
  }

  @Post()
  async add(
    @InRealm() realm: Realm,
    @CalledBy() caller: AdminCaller,
    @Param() params: PathParams,
    @JsonList(RoleBody) bodies: RoleBody[],
  ): Promise<void> {
    const role = await this.changeable(realm, caller, params);
    const more = await this.roles.existing(
      realm,
      bodies.map(({ id }) => id),
    );
    await this.grants.require(caller, realm, more);
    await this.roles.addComposites(role, more);
  }

  @Delete()
  async remove(
    @InRealm() realm: Realm,
    @CalledBy() caller: AdminCaller,
    @Param() params: PathParams,
    @JsonList(RoleBody) bodies: RoleBody[],
  ): Promise<void> {
    const role = await this.changeable(realm, caller, params);
    await this.roles.removeComposites(
      role,
      await this.roles.existing(
        realm,
        bodies.map(({ id }) => id),
      ),
    );
  }

  private async composites(
    realm: Realm,
    caller: AdminCaller,
    params: PathParams,
    query: CompositeQuery,
  ): Promise<readonly RoleRepresentation[]> {
    const role = await this.found(realm, params);
    caller.require(toViewRoles({ client: role.clientId }), realm.name);
    const found = await this.roles.compositesOf(realm, role, query);
    return found.map((composite) => toRoleRepresentation(composite, false));
  }

  private async changeable(realm: Realm, caller: AdminCaller, params: PathParams): Promise<Role> {
    const role = await this.found(realm, params);
    caller.require(toManageRoles({ client: role.clientId }), realm.name);
    return role;
  }

  private found(realm: Realm, { id, client, role = '' }: PathParams): Promise<Role> {
    return id === undefined ? this.roles.byName(realm, client, role) : this.roles.byId(realm, id);
  }
}
