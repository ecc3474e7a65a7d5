import { Delete, Get, Put, Query } from '@nestjs/common';
import { EventAdministration } from '../administration/event-administration.js';
import type { Realm } from '../realm/realm.js';
import { toEventRepresentation } from '../representations/event-representation.js';
import { EventsConfigBody } from '../representations/events-config-body.js';
import { toEventsConfig } from '../representations/realm-representation.js';
import type { JsonObject } from '../shared/json.js';
import { AdminController } from './admin-controller.js';
import { InRealm, JsonBody } from './admin-params.js';
import { Needs } from './admin.guard.js';
import { eventQueryOf } from './event-query.js';

/** Audit events of a realm (Admin API reference 5.5). */
@AdminController('events')
export class EventsAdminController {
  constructor(private readonly events: EventAdministration) {}

  @Get()
  @Needs('viewEvents')
  async list(@InRealm() realm: Realm, @Query() query: unknown): Promise<readonly JsonObject[]> {
    return (await this.events.list(realm, eventQueryOf(query))).map(toEventRepresentation);
  }

  @Delete()
  @Needs('manageEvents')
  clear(@InRealm() realm: Realm): Promise<void> {
    return this.events.clear(realm);
  }

  @Get('config')
  @Needs('viewEvents')
  config(@InRealm() realm: Realm): JsonObject {
    return toEventsConfig(realm);
  }

  @Put('config')
  @Needs('manageEvents')
  configure(@InRealm() realm: Realm, @JsonBody(EventsConfigBody) body: EventsConfigBody): Promise<void> {
    return this.events.configure(realm.id, body);
  }
}
