import { Delete, Get, Param, Put } from '@nestjs/common';
import { GroupAdministration } from '../administration/group-administration.js';
import { alone } from '../administration/group-trees.js';
import { RealmDefaults } from '../administration/realm-defaults.js';
import type { Realm } from '../realm/realm.js';
import { toRealmDefaultScope } from '../representations/client-scope-representation.js';
import type { JsonObject } from '../shared/json.js';
import type { AdminCaller } from './admin-caller.js';
import { AdminController } from './admin-controller.js';
import { CalledBy, InRealm } from './admin-params.js';
import { Needs } from './admin.guard.js';
import { groupAccess } from './group-access.js';
import { RoleGrants } from './role-grants.js';
import { ALSO } from './role-rights.js';

/** What new users and clients of a realm get. */
@AdminController('')
export class RealmDefaultsAdminController {
  constructor(
    private readonly defaults: RealmDefaults,
    private readonly groups: GroupAdministration,
    private readonly grants: RoleGrants,
  ) {}

  @Get('default-groups')
  @Needs('viewRealm')
  async listGroups(@InRealm() realm: Realm, @CalledBy() caller: AdminCaller): Promise<readonly JsonObject[]> {
    const groups = alone(await this.defaults.listGroups(realm));
    return this.groups.represent(realm, groups, groupAccess(caller, realm), true);
  }

  @Put('default-groups/:group')
  @Needs('manageRealm', ALSO.granted)
  async addGroup(@InRealm() realm: Realm, @CalledBy() caller: AdminCaller, @Param('group') id: string): Promise<void> {
    await this.grants.requireOfGroups(caller, realm, [id]);
    return this.defaults.addGroup(realm, id);
  }

  @Delete('default-groups/:group')
  @Needs('manageRealm')
  removeGroup(@InRealm() realm: Realm, @Param('group') id: string): Promise<void> {
    return this.defaults.removeGroup(realm, id);
  }

  @Get('default-default-client-scopes')
  @Needs('viewClients')
  async defaultScopes(@InRealm() realm: Realm): Promise<readonly JsonObject[]> {
    return (await this.defaults.listScopes(realm, 'defaultDefaultClientScopes')).map(toRealmDefaultScope);
  }

  @Get('default-optional-client-scopes')
  @Needs('viewClients')
  async optionalScopes(@InRealm() realm: Realm): Promise<readonly JsonObject[]> {
    return (await this.defaults.listScopes(realm, 'defaultOptionalClientScopes')).map(toRealmDefaultScope);
  }

  @Put('default-default-client-scopes/:scope')
  @Needs('manageClients')
  addDefaultScope(@InRealm() realm: Realm, @Param('scope') id: string): Promise<void> {
    return this.defaults.addScope(realm, 'defaultDefaultClientScopes', id);
  }

  @Put('default-optional-client-scopes/:scope')
  @Needs('manageClients')
  addOptionalScope(@InRealm() realm: Realm, @Param('scope') id: string): Promise<void> {
    return this.defaults.addScope(realm, 'defaultOptionalClientScopes', id);
  }

  @Delete(['default-default-client-scopes/:scope', 'default-optional-client-scopes/:scope'])
  @Needs('manageClients')
  removeScope(@InRealm() realm: Realm, @Param('scope') id: string): Promise<void> {
    return this.defaults.removeScope(realm, id);
  }
}
