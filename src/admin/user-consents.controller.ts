import { Delete, Get, Param } from '@nestjs/common';
import { ConsentAdministration } from '../administration/consent-administration.js';
import { UserAdministration } from '../administration/user-administration.js';
import type { Realm } from '../realm/realm.js';
import type { JsonObject } from '../shared/json.js';
import { AdminController } from './admin-controller.js';
import { InRealm } from './admin-params.js';
import { Needs } from './admin.guard.js';

/** What a user allowed applications (Admin API reference 5.3). */
@AdminController('users/:user/consents')
export class UserConsentsAdminController {
  constructor(
    private readonly users: UserAdministration,
    private readonly consents: ConsentAdministration,
  ) {}

  @Get()
  @Needs('viewUsers')
  async list(@InRealm() realm: Realm, @Param('user') id: string): Promise<readonly JsonObject[]> {
    const user = await this.users.get(realm, id);
    return this.consents.ofUser(realm, user.id);
  }

  @Delete(':client')
  @Needs('manageUsers')
  async revoke(@InRealm() realm: Realm, @Param('user') id: string, @Param('client') client: string): Promise<void> {
    const user = await this.users.get(realm, id);
    await this.consents.revoke(realm, user.id, client);
  }
}
