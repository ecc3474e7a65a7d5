import { Get } from '@nestjs/common';
import { ServerInfo } from '../administration/server-info.js';
import { ADMIN_REALM } from '../realm/admin-realm.js';
import type { JsonObject } from '../shared/json.js';
import { forbidden, type AdminCaller } from './admin-caller.js';
import { ServerController } from './admin-controller.js';
import { CalledBy } from './admin-params.js';
import { NeedsOther } from './admin.guard.js';

/** What the server is and has (Admin API reference 5.7). */
@ServerController('admin/serverinfo')
export class ServerInfoController {
  constructor(private readonly info: ServerInfo) {}

  @Get()
  @NeedsOther('any admin role in the realm of the token; the machine is described to callers of `master` only')
  find(@CalledBy() caller: AdminCaller): JsonObject {
    const home = caller.principal.realm.name;
    if (caller.rolesIn(home).size === 0 && !caller.hasMasterRole('create-realm'))
      throw forbidden('administers nothing');
    return this.info.describe(home === ADMIN_REALM);
  }
}
