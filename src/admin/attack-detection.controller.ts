import { Delete, Get, Param } from '@nestjs/common';
import { BruteForceGuard, type BruteForceStatus } from '../realm/brute-force-guard.js';
import type { Realm } from '../realm/realm.js';
import { AdminController } from './admin-controller.js';
import { InRealm } from './admin-params.js';
import { Needs } from './admin.guard.js';

/** Failed logins (Admin API reference 5.7). Unknown users have none. */
@AdminController('attack-detection/brute-force/users')
export class AttackDetectionAdminController {
  constructor(private readonly guard: BruteForceGuard) {}

  @Get(':user')
  @Needs('viewUsers')
  status(@InRealm() realm: Realm, @Param('user') id: string): Promise<BruteForceStatus> {
    return this.guard.read(realm, id);
  }

  @Delete(':user')
  @Needs('manageUsers')
  clear(@InRealm() realm: Realm, @Param('user') id: string): Promise<void> {
    return this.guard.clear(realm.id, id);
  }

  @Delete()
  @Needs('manageUsers')
  clearAll(@InRealm() realm: Realm): Promise<void> {
    return this.guard.clearAll(realm.id);
  }
}
