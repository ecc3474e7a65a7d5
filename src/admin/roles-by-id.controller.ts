import { Delete, Get, Param, Put } from '@nestjs/common';
import { RoleAdministration } from '../administration/role-administration.js';
import type { Realm } from '../realm/realm.js';
import { RoleBody } from '../representations/role-body.js';
import { toRoleRepresentation, type RoleRepresentation } from '../representations/role-representation.js';
import type { AdminCaller } from './admin-caller.js';
import { AdminController } from './admin-controller.js';
import { CalledBy, InRealm, JsonBody } from './admin-params.js';
import { Needs } from './admin.guard.js';
import { RoleGrants } from './role-grants.js';
import { ALSO, toManageRoles, toViewRoles } from './role-rights.js';

/** Roles by id, whoever they belong to; the right follows the role's owner (Admin API reference 5.4). */
@AdminController('roles-by-id')
@Needs('viewRealmName', ALSO.container)
export class RolesByIdAdminController {
  constructor(
    private readonly roles: RoleAdministration,
    private readonly grants: RoleGrants,
  ) {}

  @Get(':id')
  async get(
    @InRealm() realm: Realm,
    @CalledBy() caller: AdminCaller,
    @Param('id') id: string,
  ): Promise<RoleRepresentation> {
    const role = await this.roles.byId(realm, id);
    caller.require(toViewRoles({ client: role.clientId }), realm.name);
    return toRoleRepresentation(role);
  }

  @Put(':id')
  async update(
    @InRealm() realm: Realm,
    @CalledBy() caller: AdminCaller,
    @Param('id') id: string,
    @JsonBody(RoleBody) body: RoleBody,
  ): Promise<void> {
    const role = await this.roles.byId(realm, id);
    caller.require(toManageRoles({ client: role.clientId }), realm.name);
    await this.grants.requireRename(caller, realm, role, body.name);
    await this.roles.update(realm, role, body);
  }

  @Delete(':id')
  async delete(@InRealm() realm: Realm, @CalledBy() caller: AdminCaller, @Param('id') id: string): Promise<void> {
    const role = await this.roles.byId(realm, id);
    caller.require(toManageRoles({ client: role.clientId }), realm.name);
    await this.roles.delete(realm, role);
  }
}
