import { Delete, Get, Param, Post } from '@nestjs/common';
import { UserAdministration } from '../administration/user-administration.js';
import type { Realm } from '../realm/realm.js';
import type { JsonObject } from '../shared/json.js';
import { AdminController } from './admin-controller.js';
import { InRealm } from './admin-params.js';
import { Needs } from './admin.guard.js';
import { noSuchThing, notSupported } from './out-of-scope.js';

/** Accounts elsewhere that belong to a user: there are none, since no other server is asked for logins (Admin API reference 5.3). */
@AdminController('users/:user/federated-identity')
export class FederatedIdentitiesAdminController {
  constructor(private readonly users: UserAdministration) {}

  @Get()
  @Needs('viewUsers')
  async list(@InRealm() realm: Realm, @Param('user') id: string): Promise<readonly JsonObject[]> {
    await this.users.get(realm, id);
    return [];
  }

  @Post(':provider')
  @Needs('manageUsers')
  async link(@InRealm() realm: Realm, @Param('user') id: string): Promise<never> {
    await this.users.get(realm, id);
    throw notSupported('brokering');
  }

  @Delete(':provider')
  @Needs('manageUsers')
  async unlink(@InRealm() realm: Realm, @Param('user') id: string): Promise<never> {
    await this.users.get(realm, id);
    throw noSuchThing('Link not found');
  }
}
