import { Get, Param } from '@nestjs/common';
import { ClientAdministration } from '../administration/client-administration.js';
import { SessionAdministration } from '../administration/session-administration.js';
import type { Page } from '../http/query-parameters.js';
import type { Realm } from '../realm/realm.js';
import type { JsonObject } from '../shared/json.js';
import { AdminController } from './admin-controller.js';
import { InRealm, PageOf } from './admin-params.js';
import { Needs } from './admin.guard.js';

const PAGE_SIZE = 100;

/** Sessions in which a client takes part (Admin API reference 5.2, 5.6). */
@AdminController('clients/:client')
export class ClientSessionsAdminController {
  constructor(
    private readonly clients: ClientAdministration,
    private readonly sessions: SessionAdministration,
  ) {}

  @Get('user-sessions')
  @Needs('viewClients')
  online(
    @InRealm() realm: Realm,
    @Param('client') id: string,
    @PageOf(PAGE_SIZE) page: Page,
  ): Promise<readonly JsonObject[]> {
    return this.list(realm, id, false, page);
  }

  @Get('offline-sessions')
  @Needs('viewClients')
  offline(
    @InRealm() realm: Realm,
    @Param('client') id: string,
    @PageOf(PAGE_SIZE) page: Page,
  ): Promise<readonly JsonObject[]> {
    return this.list(realm, id, true, page);
  }

  @Get('session-count')
  @Needs('viewClients')
  countOnline(@InRealm() realm: Realm, @Param('client') id: string): Promise<JsonObject> {
    return this.count(realm, id, false);
  }

  @Get('offline-session-count')
  @Needs('viewClients')
  countOffline(@InRealm() realm: Realm, @Param('client') id: string): Promise<JsonObject> {
    return this.count(realm, id, true);
  }

  private async list(realm: Realm, id: string, offline: boolean, page: Page): Promise<readonly JsonObject[]> {
    const client = await this.clients.get(realm, id);
    return page.max === 0 ? [] : this.sessions.ofClient(realm, client, offline, page);
  }

  private async count(realm: Realm, id: string, offline: boolean): Promise<JsonObject> {
    return { count: await this.sessions.countOfClient(realm, await this.clients.get(realm, id), offline) };
  }
}
