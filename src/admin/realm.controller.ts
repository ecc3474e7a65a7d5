import { Delete, Get, HttpCode, Post, Put } from '@nestjs/common';
import { RealmAdministration } from '../administration/realm-administration.js';
import { SessionAdministration, type ClientSessionStats } from '../administration/session-administration.js';
import { PushAdministration } from '../administration/push-administration.js';
import type { PushResult } from '../logout/admin-pushes.js';
import type { Realm } from '../realm/realm.js';
import { RealmBody } from '../representations/realm-body.js';
import { toPublicRealmRepresentation } from '../representations/realm-representation.js';
import type { JsonObject } from '../shared/json.js';
import type { AdminCaller } from './admin-caller.js';
import { AdminController } from './admin-controller.js';
import { CalledBy, InRealm, JsonBody } from './admin-params.js';
import { Needs } from './admin.guard.js';

/** One realm, and what concerns all of it (Admin API reference 5.5). */
@AdminController('')
export class RealmAdminController {
  constructor(
    private readonly realms: RealmAdministration,
    private readonly sessions: SessionAdministration,
    private readonly pushes: PushAdministration,
  ) {}

  @Get()
  @Needs('viewRealmName')
  async get(@InRealm() realm: Realm, @CalledBy() caller: AdminCaller): Promise<JsonObject> {
    if (caller.may('viewRealm', realm.name)) return this.realms.represent(realm);
    const { registrationEmailAsUsername } = realm.settings;
    const forUsers = caller.may('viewUsers', realm.name) ? { registrationEmailAsUsername } : {};
    return { ...toPublicRealmRepresentation(realm), ...forUsers };
  }

  @Put()
  @Needs('manageRealm')
  update(@InRealm() realm: Realm, @JsonBody(RealmBody) body: RealmBody): Promise<void> {
    return this.realms.update(realm.id, body);
  }

  @Delete()
  @Needs('manageRealm')
  delete(@InRealm() realm: Realm): Promise<void> {
    return this.realms.delete(realm);
  }

  @Get('client-session-stats')
  @Needs('viewRealm')
  stats(@InRealm() realm: Realm): Promise<readonly ClientSessionStats[]> {
    return this.sessions.stats(realm);
  }

  /** The answer lists the addresses of applications that are told. */
  @Post('logout-all')
  @HttpCode(200)
  @Needs('manageUsers')
  logoutAll(@InRealm() realm: Realm): Promise<PushResult> {
    return this.sessions.endAllOfRealm(realm);
  }

  @Post('push-revocation')
  @HttpCode(200)
  @Needs('manageRealm')
  pushRevocation(@InRealm() realm: Realm): Promise<PushResult> {
    return this.pushes.revocationOfRealm(realm);
  }
}
