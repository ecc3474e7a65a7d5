import { HttpCode, Post, Query } from '@nestjs/common';
import { RealmExport } from '../realm-files/realm-export.js';
import type { Realm } from '../realm/realm.js';
import type { JsonObject } from '../shared/json.js';
import type { AdminCaller } from './admin-caller.js';
import { AdminController } from './admin-controller.js';
import { CalledBy, InRealm } from './admin-params.js';
import { Needs } from './admin.guard.js';
import { flagOf } from './query-parameters.js';

/** Realms as files, over HTTP: without secrets (Admin API reference 5.5, `export`). */
@AdminController('')
export class RealmFilesAdminController {
  constructor(private readonly realmExport: RealmExport) {}

  /** `?exportClients=true&exportGroupsAndRoles=true`: what to add; each needs the right to see it. */
  @Post('partial-export')
  @HttpCode(200)
  @Needs('manageRealm')
  export(@InRealm() realm: Realm, @CalledBy() caller: AdminCaller, @Query() query: unknown): Promise<JsonObject> {
    const clients = flagOf(query, 'exportClients') ?? false;
    const groupsAndRoles = flagOf(query, 'exportGroupsAndRoles') ?? false;
    if (clients) caller.require('viewClients', realm.name);
    if (groupsAndRoles) caller.require('listGroups', realm.name);
    return this.realmExport.partial(realm, { clients, groupsAndRoles });
  }
}
