import { Delete, Get, HttpCode, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { RealmParam } from '../http/realm-param.js';
import { NotKept, SessionApi } from '../http/session-api.js';
import { toLoginSessions } from '../representations/login-sessions-representation.js';
import { NotFoundError } from '../shared/errors.js';
import type { JsonObject } from '../shared/json.js';
import type { AccountCaller } from './account-caller.js';
import { OwnSessions } from './own-sessions.js';
import { PersonAuthentication } from './person-authentication.js';

/** A person's own sessions in the session API. */
@SessionApi('me/sessions')
export class MeSessionsController {
  constructor(
    private readonly realms: RealmParam,
    private readonly people: PersonAuthentication,
    private readonly sessions: OwnSessions,
  ) {}

  @Get()
  @NotKept()
  async list(
    @Param('tenant') tenant: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<JsonObject> {
    const caller = await this.callerOf(tenant, request, reply);
    caller.require('view-profile', 'manage-account');
    const { sessions, clients } = await this.sessions.list(caller);
    return toLoginSessions(caller.user.id, sessions, clients);
  }

  /** All of them, the caller's own too. */
  @Delete()
  @HttpCode(204)
  async endAll(
    @Param('tenant') tenant: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const caller = await this.callerOf(tenant, request, reply);
    caller.require('manage-account');
    await this.sessions.endAll(caller, false);
  }

  @Delete(':session')
  @HttpCode(204)
  async end(
    @Param('tenant') tenant: string,
    @Param('session') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const caller = await this.callerOf(tenant, request, reply);
    caller.require('manage-account');
    if (!(await this.sessions.end(caller, id)))
      throw new NotFoundError('session_not_found', 'You have no such session.');
  }

  private async callerOf(tenant: string, request: FastifyRequest, reply: FastifyReply): Promise<AccountCaller> {
    return this.people.callerOf(request, reply, await this.realms.serving(tenant, request));
  }
}
