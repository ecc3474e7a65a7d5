import { Delete, Get, Query } from '@nestjs/common';
import { EventAdministration } from '../administration/event-administration.js';
import type { Realm } from '../realm/realm.js';
import { toAdminEventRepresentation } from '../representations/event-representation.js';
import type { JsonObject } from '../shared/json.js';
import { AdminController } from './admin-controller.js';
import { InRealm } from './admin-params.js';
import { Needs } from './admin.guard.js';
import { adminEventQueryOf } from './event-query.js';

/** What administrators did in a realm (Admin API reference 5.5). */
@AdminController('admin-events')
export class AdminEventsAdminController {
  constructor(private readonly events: EventAdministration) {}

  @Get()
  @Needs('viewEvents')
  async list(@InRealm() realm: Realm, @Query() query: unknown): Promise<readonly JsonObject[]> {
    return (await this.events.listAdmin(realm, adminEventQueryOf(query))).map(toAdminEventRepresentation);
  }

  @Delete()
  @Needs('manageEvents')
  clear(@InRealm() realm: Realm): Promise<void> {
    return this.events.clearAdmin(realm);
  }
}
