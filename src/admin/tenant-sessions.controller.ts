import { Delete, Get, HttpCode, Param, Req, UseGuards } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { SessionAdministration } from '../administration/session-administration.js';
import { UserAdministration } from '../administration/user-administration.js';
import { AdminEventRecorder } from '../events/admin-event-recorder.js';
import type { OperationType, ResourceType } from '../events/admin-events.js';
import { BearerGuard, callerOf } from '../http/bearer.guard.js';
import { RealmParam } from '../http/realm-param.js';
import { NotKept, SessionApi } from '../http/session-api.js';
import { ClientStore } from '../realm/client.js';
import type { Realm } from '../realm/realm.js';
import type { User } from '../realm/user.js';
import { toLoginSessions } from '../representations/login-sessions-representation.js';
import { SessionService } from '../sessions/session-service.js';
import { NotFoundError } from '../shared/errors.js';
import type { JsonObject } from '../shared/json.js';
import { identityOf } from './admin-audit.interceptor.js';
import { AdminCallers } from './admin-caller.js';
import type { AdminRight } from './admin-rights.js';

interface Addressed {
  readonly realm: Realm;
  readonly user: User;
}

/**
 * Sessions of any user in the session API, for administrators: of the realm itself, or of `master`. What they end is an admin event, of
 * the resource that the Admin API would have been called at.
 */
@SessionApi(':user/sessions')
@UseGuards(BearerGuard)
export class TenantSessionsController {
  constructor(
    private readonly realms: RealmParam,
    private readonly callers: AdminCallers,
    private readonly users: UserAdministration,
    private readonly administration: SessionAdministration,
    private readonly sessions: SessionService,
    private readonly clients: ClientStore,
    private readonly audit: AdminEventRecorder,
  ) {}

  @Get()
  @NotKept()
  async list(
    @Param('tenant') tenant: string,
    @Param('user') id: string,
    @Req() request: FastifyRequest,
  ): Promise<JsonObject> {
    const { realm, user } = await this.addressed(tenant, id, request, 'viewUsers');
    const sessions = (await this.sessions.ofUser(realm, user.id, false)).toReversed();
    const ids = [...new Set(sessions.flatMap(({ clients }) => clients.map(({ clientId }) => clientId)))];
    const clients = ids.length === 0 ? [] : await this.clients.byIds(realm.id, ids);
    return toLoginSessions(user.id, sessions, new Map(clients.map((client) => [client.id, client])));
  }

  @Delete()
  @HttpCode(204)
  async endAll(
    @Param('tenant') tenant: string,
    @Param('user') id: string,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    const { realm, user } = await this.addressed(tenant, id, request, 'manageUsers');
    await this.administration.endOnlineOfUser(realm, user.id);
    await this.record(request, realm, 'ACTION', 'USER', `users/${user.id}/logout`);
  }

  @Delete(':session')
  @HttpCode(204)
  async end(
    @Param('tenant') tenant: string,
    @Param('user') id: string,
    @Param('session') sessionId: string,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    const { realm, user } = await this.addressed(tenant, id, request, 'manageUsers');
    const live = await this.sessions.findLive(realm, sessionId, false);
    if (live?.session.userId !== user.id || !(await this.sessions.end(live.session, 'admin', { realm })))
      throw new NotFoundError('session_not_found', 'The user has no such session.');
    await this.record(request, realm, 'DELETE', 'USER_SESSION', `sessions/${live.session.id}`);
  }

  private record(
    request: FastifyRequest,
    realm: Realm,
    operationType: OperationType,
    resourceType: ResourceType,
    resourcePath: string,
  ): Promise<void> {
    const who = identityOf(callerOf(request), request);
    return this.audit.record(
      { id: realm.id, ...realm.settings },
      { operationType, resourceType, resourcePath, ...who },
    );
  }

  /** Who may not look at users does not learn which ones there are. */
  private async addressed(
    tenant: string,
    userId: string,
    request: FastifyRequest,
    right: AdminRight,
  ): Promise<Addressed> {
    const realm = await this.realms.serving(tenant, request);
    (await this.callers.of(callerOf(request))).require(right, realm.name);
    return { realm, user: await this.users.get(realm, userId) };
  }
}
