import { Get, Param } from '@nestjs/common';
import { GroupAdministration } from '../administration/group-administration.js';
import type { Realm } from '../realm/realm.js';
import type { JsonObject } from '../shared/json.js';
import type { AdminCaller } from './admin-caller.js';
import { AdminController } from './admin-controller.js';
import { CalledBy, InRealm } from './admin-params.js';
import { Needs } from './admin.guard.js';
import { groupAccess } from './group-access.js';

/** Groups by path (Admin API reference 5.5). */
@AdminController('group-by-path')
export class GroupByPathAdminController {
  constructor(private readonly groups: GroupAdministration) {}

  @Get('*')
  @Needs('viewUsers')
  async get(@InRealm() realm: Realm, @CalledBy() caller: AdminCaller, @Param('*') path: string): Promise<JsonObject> {
    return this.groups.representOne(realm, await this.groups.byPath(realm, path), groupAccess(caller, realm));
  }
}
