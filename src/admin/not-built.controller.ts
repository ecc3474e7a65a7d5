import { Delete, Get, Param, Post, Put } from '@nestjs/common';
import { ClientAdministration } from '../administration/client-administration.js';
import { GroupAdministration } from '../administration/group-administration.js';
import { RoleAdministration } from '../administration/role-administration.js';
import { UserAdministration } from '../administration/user-administration.js';
import type { Realm } from '../realm/realm.js';
import { AdminController } from './admin-controller.js';
import { InRealm } from './admin-params.js';
import { Needs, type PathParams } from './admin.guard.js';
import { notSupported } from './out-of-scope.js';

/**
 * Fine-grained permissions of single clients, users, groups and roles: a feature that is off at the reference unless it is switched
 * on, and not built here. What is asked about must exist.
 */
@AdminController('')
export class ManagementPermissionsAdminController {
  constructor(
    private readonly clients: ClientAdministration,
    private readonly users: UserAdministration,
    private readonly groups: GroupAdministration,
    private readonly roles: RoleAdministration,
  ) {}

  @Get('clients/:client/management/permissions')
  @Needs('viewClients')
  ofClient(@InRealm() realm: Realm, @Param() params: PathParams): Promise<never> {
    return this.off(realm, params);
  }

  @Put('clients/:client/management/permissions')
  @Needs('manageClients')
  changeOfClient(@InRealm() realm: Realm, @Param() params: PathParams): Promise<never> {
    return this.off(realm, params);
  }

  @Get(['groups/:group/management/permissions', 'users/:user/management/permissions'])
  @Needs('viewUsers')
  ofGroup(@InRealm() realm: Realm, @Param() params: PathParams): Promise<never> {
    return this.off(realm, params);
  }

  @Put(['groups/:group/management/permissions', 'users/:user/management/permissions'])
  @Needs('manageUsers')
  changeOfGroup(@InRealm() realm: Realm, @Param() params: PathParams): Promise<never> {
    return this.off(realm, params);
  }

  @Get('roles-by-id/:role/management/permissions')
  @Needs('viewRealm')
  ofRole(@InRealm() realm: Realm, @Param() params: PathParams): Promise<never> {
    return this.off(realm, params);
  }

  @Put('roles-by-id/:role/management/permissions')
  @Needs('manageRealm')
  changeOfRole(@InRealm() realm: Realm, @Param() params: PathParams): Promise<never> {
    return this.off(realm, params);
  }

  private async off(realm: Realm, { client, user, group, role }: PathParams): Promise<never> {
    if (client !== undefined) await this.clients.get(realm, client);
    if (user !== undefined) await this.users.get(realm, user);
    if (group !== undefined) await this.groups.get(realm, group);
    if (role !== undefined) await this.roles.byId(realm, role);
    throw notSupported('permissions');
  }
}

/** Signing in as somebody else, and credentials that people carry to third parties: not built. */
@AdminController('users/:user')
export class UserFeaturesAdminController {
  constructor(private readonly users: UserAdministration) {}

  @Post('impersonation')
  @Needs('impersonate')
  async impersonation(@InRealm() realm: Realm, @Param('user') id: string): Promise<never> {
    await this.users.get(realm, id);
    throw notSupported('impersonation');
  }

  @Get('vc/*')
  @Needs('viewUsers')
  carried(@InRealm() realm: Realm, @Param('user') id: string): Promise<never> {
    return this.credentials(realm, id);
  }

  @Post('vc/*')
  @Needs('manageUsers')
  carry(@InRealm() realm: Realm, @Param('user') id: string): Promise<never> {
    return this.credentials(realm, id);
  }

  @Put('vc/*')
  @Needs('manageUsers')
  change(@InRealm() realm: Realm, @Param('user') id: string): Promise<never> {
    return this.credentials(realm, id);
  }

  @Delete('vc/*')
  @Needs('manageUsers')
  revoke(@InRealm() realm: Realm, @Param('user') id: string): Promise<never> {
    return this.credentials(realm, id);
  }

  private async credentials(realm: Realm, id: string): Promise<never> {
    await this.users.get(realm, id);
    throw notSupported('permissions');
  }
}
