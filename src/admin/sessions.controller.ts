import { Delete, Param, Query } from '@nestjs/common';
import { SessionAdministration } from '../administration/session-administration.js';
import type { Realm } from '../realm/realm.js';
import { AdminController } from './admin-controller.js';
import { InRealm } from './admin-params.js';
import { Needs } from './admin.guard.js';
import { flagOf } from './query-parameters.js';

/** Single sessions by id. Online and offline ones have id spaces of their own. */
@AdminController('sessions')
export class SessionsAdminController {
  constructor(private readonly sessions: SessionAdministration) {}

  @Delete(':session')
  @Needs('manageUsers')
  end(@InRealm() realm: Realm, @Param('session') id: string, @Query() query: unknown): Promise<void> {
    return this.sessions.end(realm, id, flagOf(query, 'isOffline') ?? false);
  }
}
