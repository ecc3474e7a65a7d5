import { Delete, Get, Param, Post, Put, Query } from '@nestjs/common';
import { administrationErrors } from '../administration/administration-errors.js';
import { SessionAdministration } from '../administration/session-administration.js';
import { UserAdministration } from '../administration/user-administration.js';
import { flagOf, pageOf } from '../http/query-parameters.js';
import type { Realm } from '../realm/realm.js';
import { UserBody } from '../representations/user-body.js';
import type { JsonObject } from '../shared/json.js';
import type { AdminCaller } from './admin-caller.js';
import { AdminController } from './admin-controller.js';
import { CalledBy, InRealm, JsonBody, OptionalJsonBody } from './admin-params.js';
import { Created } from './admin-replies.interceptor.js';
import { Needs } from './admin.guard.js';
import { RoleGrants } from './role-grants.js';
import { userQueryOf } from './user-query.js';
import { UserViews } from './user-views.js';
import { ALSO } from './role-rights.js';

const PAGE_SIZE = 100;

/** Users of a realm (Admin API reference 5.3). */
@AdminController('users')
export class UsersAdminController {
  constructor(
    private readonly users: UserAdministration,
    private readonly views: UserViews,
    private readonly sessions: SessionAdministration,
    private readonly grants: RoleGrants,
  ) {}

  /** Callers who may only query see that nobody is theirs to view. */
  @Get()
  @Needs('queryUsers')
  async list(
    @InRealm() realm: Realm,
    @CalledBy() caller: AdminCaller,
    @Query() query: unknown,
  ): Promise<readonly JsonObject[]> {
    const page = pageOf(query, PAGE_SIZE);
    if (!caller.may('viewUsers', realm.name) || page.max === 0) return [];
    const found = await this.users.list(realm, { ...userQueryOf(query), ...page });
    return this.views.listed(found, caller, realm, flagOf(query, 'briefRepresentation') ?? false);
  }

  @Get('count')
  @Needs('queryUsers')
  async count(@InRealm() realm: Realm, @CalledBy() caller: AdminCaller, @Query() query: unknown): Promise<number> {
    return caller.may('viewUsers', realm.name) ? this.users.count(realm, userQueryOf(query)) : 0;
  }

  @Post()
  @Needs('manageUsers', ALSO.granted)
  async create(
    @InRealm() realm: Realm,
    @CalledBy() caller: AdminCaller,
    @JsonBody(UserBody) body: UserBody,
  ): Promise<Created> {
    const described = this.users.described(realm, body);
    await this.grants.requireOfGroups(caller, realm, await this.users.groupsOf(realm, body.groups ?? []));
    return new Created(['users', await this.users.create(realm, described)]);
  }

  @Get(':user')
  @Needs('viewUsers')
  async get(
    @InRealm() realm: Realm,
    @CalledBy() caller: AdminCaller,
    @Param('user') id: string,
    @Query() query: unknown,
  ): Promise<JsonObject> {
    const withMetadata = flagOf(query, 'userProfileMetadata') ?? false;
    return this.views.full(await this.users.get(realm, id), caller, realm, withMetadata);
  }

  @Put(':user')
  @Needs('manageUsers', ALSO.ofUser)
  async update(
    @InRealm() realm: Realm,
    @CalledBy() caller: AdminCaller,
    @Param('user') id: string,
    @OptionalJsonBody(UserBody) body: UserBody | undefined,
  ): Promise<void> {
    const user = await this.users.get(realm, id);
    if (!body) throw administrationErrors.userBodyMissing();
    // A password, or the mailbox to which a new one can be sent: either makes the caller able to log in as the user.
    if (body.credentials?.length || (body.email !== undefined && body.email.toLowerCase() !== (user.email ?? '')))
      await this.grants.requireOfUser(caller, realm, user.id);
    return this.users.update(realm, id, body);
  }

  @Delete(':user')
  @Needs('manageUsers')
  delete(@InRealm() realm: Realm, @Param('user') id: string): Promise<void> {
    return this.users.delete(realm, id);
  }

  @Post(':user/logout')
  @Needs('manageUsers')
  logout(@InRealm() realm: Realm, @Param('user') id: string): Promise<void> {
    return this.users.logout(realm, id);
  }

  @Get(':user/sessions')
  @Needs('viewUsers')
  async listSessions(@InRealm() realm: Realm, @Param('user') id: string): Promise<readonly JsonObject[]> {
    const user = await this.users.get(realm, id);
    return this.sessions.ofUser(realm, user.id);
  }

  @Get(':user/offline-sessions/:client')
  @Needs('viewUsers')
  async listOfflineSessions(
    @InRealm() realm: Realm,
    @Param('user') id: string,
    @Param('client') client: string,
  ): Promise<readonly JsonObject[]> {
    const user = await this.users.get(realm, id);
    return this.sessions.offlineOfUser(realm, user.id, client);
  }
}
