import { Delete, Get, Param, Put, Query } from '@nestjs/common';
import { GroupAdministration } from '../administration/group-administration.js';
import { alone } from '../administration/group-trees.js';
import { UserAdministration } from '../administration/user-administration.js';
import { flagOf, type Page } from '../http/query-parameters.js';
import type { Realm } from '../realm/realm.js';
import type { JsonObject } from '../shared/json.js';
import type { AdminCaller } from './admin-caller.js';
import { AdminController } from './admin-controller.js';
import { CalledBy, InRealm, PageOf } from './admin-params.js';
import { Needs } from './admin.guard.js';
import { groupAccess } from './group-access.js';
import { searchOf } from './group-query.js';
import { RoleGrants } from './role-grants.js';
import { ALSO } from './role-rights.js';

/** Memberships of a user (Admin API reference 5.3). */
@AdminController('users/:user/groups')
export class UserGroupsAdminController {
  constructor(
    private readonly users: UserAdministration,
    private readonly groups: GroupAdministration,
    private readonly grants: RoleGrants,
  ) {}

  @Get()
  @Needs('viewUsers')
  async list(
    @InRealm() realm: Realm,
    @CalledBy() caller: AdminCaller,
    @Param('user') id: string,
    @Query() query: unknown,
    @PageOf() page: Page,
  ): Promise<readonly JsonObject[]> {
    const user = await this.users.get(realm, id);
    const found = alone(await this.groups.list(realm, { ...searchOf(query), ...page, memberId: user.id }));
    const brief = flagOf(query, 'briefRepresentation') ?? true;
    return this.groups.represent(realm, found, groupAccess(caller, realm), brief);
  }

  @Get('count')
  @Needs('viewUsers')
  async count(@InRealm() realm: Realm, @Param('user') id: string, @Query() query: unknown): Promise<JsonObject> {
    const user = await this.users.get(realm, id);
    return { count: await this.groups.count(realm, { ...searchOf(query), memberId: user.id }) };
  }

  @Put(':group')
  @Needs('manageUsers', ALSO.granted)
  async join(
    @InRealm() realm: Realm,
    @CalledBy() caller: AdminCaller,
    @Param('user') id: string,
    @Param('group') group: string,
  ): Promise<void> {
    const user = await this.users.get(realm, id);
    await this.grants.requireOfGroups(caller, realm, [group]);
    await this.groups.join(realm, group, user.id);
  }

  @Delete(':group')
  @Needs('manageUsers')
  async leave(@InRealm() realm: Realm, @Param('user') id: string, @Param('group') group: string): Promise<void> {
    const user = await this.users.get(realm, id);
    await this.groups.leave(realm, group, user.id);
  }
}
