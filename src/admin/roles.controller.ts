import { Delete, Get, Param, Post, Put, Query } from '@nestjs/common';
import { GroupAdministration } from '../administration/group-administration.js';
import { alone } from '../administration/group-trees.js';
import { RoleAdministration } from '../administration/role-administration.js';
import { flagOf, pageOf, textOf, type Page } from '../http/query-parameters.js';
import type { Realm } from '../realm/realm.js';
import type { Role } from '../realm/role.js';
import { RoleBody } from '../representations/role-body.js';
import { toRoleList, toRoleRepresentation, type RoleRepresentation } from '../representations/role-representation.js';
import type { JsonObject } from '../shared/json.js';
import type { AdminCaller } from './admin-caller.js';
import { AdminController } from './admin-controller.js';
import { CalledBy, InRealm, JsonBody, PageOf } from './admin-params.js';
import { Created } from './admin-replies.interceptor.js';
import { groupAccess } from './group-access.js';
import { Needs, type PathParams } from './admin.guard.js';
import { RoleGrants } from './role-grants.js';
import { toManageRoles, toViewRoles } from './role-rights.js';
import { UserViews } from './user-views.js';

/** Roles by name, of the realm or of a client (Admin API reference 5.2, 5.4). */
@AdminController('roles', 'clients/:client/roles')
export class RolesAdminController {
  constructor(
    private readonly roles: RoleAdministration,
    private readonly grants: RoleGrants,
    private readonly users: UserViews,
    private readonly groups: GroupAdministration,
  ) {}

  /** Pages only when `search` or both bounds are given, as the reference does. */
  @Get()
  @Needs(toViewRoles)
  async list(
    @InRealm() realm: Realm,
    @Param() { client }: PathParams,
    @Query() query: unknown,
  ): Promise<readonly RoleRepresentation[]> {
    const page = pageOf(query);
    const search = textOf(query, 'search')?.trim();
    const bounded = textOf(query, 'first') !== undefined && textOf(query, 'max') !== undefined;
    const found = await this.roles.list(realm, {
      ...(client !== undefined && { clientId: client }),
      ...(search !== undefined && { search }),
      ...(bounded || search !== undefined ? page : {}),
    });
    const full = flagOf(query, 'briefRepresentation') === false;
    return toRoleList(found, full);
  }

  @Post()
  @Needs(toManageRoles)
  async create(
    @InRealm() realm: Realm,
    @CalledBy() caller: AdminCaller,
    @Param() { client }: PathParams,
    @JsonBody(RoleBody) body: RoleBody,
  ): Promise<Created> {
    const role = await this.roles.described(realm, client, body);
    await this.grants.require(caller, realm, [role]);
    await this.roles.create(realm, role);
    return new Created([...(client === undefined ? [] : ['clients', client]), 'roles', role.name]);
  }

  @Get(':role')
  @Needs(toViewRoles)
  async get(@InRealm() realm: Realm, @Param() params: PathParams): Promise<RoleRepresentation> {
    return toRoleRepresentation(await this.found(realm, params));
  }

  @Put(':role')
  @Needs(toManageRoles)
  async update(
    @InRealm() realm: Realm,
    @CalledBy() caller: AdminCaller,
    @Param() params: PathParams,
    @JsonBody(RoleBody) body: RoleBody,
  ): Promise<void> {
    const role = await this.found(realm, params);
    await this.grants.requireRename(caller, realm, role, body.name);
    await this.roles.update(realm, role, body);
  }

  @Delete(':role')
  @Needs(toManageRoles)
  async delete(@InRealm() realm: Realm, @Param() params: PathParams): Promise<void> {
    await this.roles.delete(realm, await this.found(realm, params));
  }

  @Get(':role/users')
  @Needs(toViewRoles)
  async holders(
    @InRealm() realm: Realm,
    @Param() params: PathParams,
    @Query() query: unknown,
    @PageOf() { first, max }: Page,
  ): Promise<readonly JsonObject[]> {
    const role = await this.found(realm, params);
    const ids = await this.roles.holders(realm, role, first, max);
    return this.users.byIds(realm, ids, flagOf(query, 'briefRepresentation') ?? false);
  }

  @Get(':role/groups')
  @Needs(toViewRoles)
  async groupsWith(
    @InRealm() realm: Realm,
    @CalledBy() caller: AdminCaller,
    @Param() params: PathParams,
    @Query() query: unknown,
    @PageOf() page: Page,
  ): Promise<readonly JsonObject[]> {
    const { id } = await this.found(realm, params);
    const found = alone(await this.groups.list(realm, { ...page, roleId: id }));
    return this.groups.represent(
      realm,
      found,
      groupAccess(caller, realm),
      flagOf(query, 'briefRepresentation') ?? true,
    );
  }

  private found(realm: Realm, { client, role = '' }: PathParams): Promise<Role> {
    return this.roles.byName(realm, client, role);
  }
}
