import { Get, Post } from '@nestjs/common';
import { AdminController } from './admin-controller.js';
import { Needs } from './admin.guard.js';
import { noSuchThing, notSupported } from './out-of-scope.js';

/** User federation, which is out of scope. */
@AdminController('')
export class UserStorageAdminController {
  @Get('user-storage/:id/name')
  @Needs('viewUsers')
  name(): never {
    throw noSuchThing('Could not find component');
  }

  @Post(['user-storage/:id/sync', 'user-storage/:id/remove-imported-users', 'user-storage/:id/unlink-users'])
  @Needs('manageUsers')
  sync(): never {
    throw notSupported('federation');
  }

  @Post('user-storage/:parent/mappers/:id/sync')
  @Needs('manageUsers')
  syncMapper(): never {
    throw notSupported('federation');
  }

  @Post(['testLDAPConnection', 'ldap-server-capabilities'])
  @Needs('manageRealm')
  ldap(): never {
    throw notSupported('federation');
  }
}
