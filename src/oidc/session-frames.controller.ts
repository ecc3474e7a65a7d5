import { randomBytes } from 'node:crypto';
import { Controller, Get, Param, Query, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PublicUrl } from '../http/public-url.js';
import { RealmParam } from '../http/realm-param.js';
import { apiHeaders, pageHeaders } from '../http/security-headers.js';
import { ClientStore } from '../realm/client.js';
import { isAllowedOrigin } from '../tokens/web-origins.js';
import { OAuthErrorFilter } from './oauth-error.filter.js';
import { framePage } from './session-frames/frame-page.js';
import { LOGIN_STATUS_SCRIPT } from './session-frames/login-status-script.js';
import { READ_COOKIE_SCRIPT, SET_COOKIE_SCRIPT } from './session-frames/third-party-cookies-scripts.js';

/** Pages that applications put into hidden frames to notice a login or a logout elsewhere (keycloak-js, OpenID Connect Session Management). */
@Controller('realms/:realm/protocol/openid-connect')
@UseFilters(OAuthErrorFilter)
export class SessionFramesController {
  constructor(
    private readonly realms: RealmParam,
    private readonly clients: ClientStore,
    private readonly publicUrl: PublicUrl,
  ) {}

  @Get('login-status-iframe.html')
  loginStatus(
    @Param('realm') realm: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<FastifyReply> {
    return this.frame(realm, request, reply, 'Login status', LOGIN_STATUS_SCRIPT);
  }

  /** Whether an application may ask: 204 for a page of one of the client's origins or of this server, else 403. */
  @Get('login-status-iframe.html/init')
  async mayAsk(
    @Param('realm') name: string,
    @Query('client_id') clientId: unknown,
    @Query('origin') origin: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<FastifyReply> {
    const realm = await this.realms.serving(name, request);
    const client = typeof clientId === 'string' ? await this.clients.byClientId(realm.id, clientId) : undefined;
    const base = this.publicUrl.base(request);
    const allowed =
      client?.enabled === true &&
      typeof origin === 'string' &&
      (origin === new URL(base).origin || isAllowedOrigin(origin, client, base));
    return reply
      .code(allowed ? 204 : 403)
      .headers({ ...apiHeaders(), 'cache-control': 'no-store' })
      .send();
  }

  @Get('3p-cookies/step1.html')
  setCookie(
    @Param('realm') realm: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<FastifyReply> {
    return this.frame(realm, request, reply, 'Cookie check', SET_COOKIE_SCRIPT);
  }

  @Get('3p-cookies/step2.html')
  readCookie(
    @Param('realm') realm: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<FastifyReply> {
    return this.frame(realm, request, reply, 'Cookie check', READ_COOKIE_SCRIPT);
  }

  private async frame(
    realm: string,
    request: FastifyRequest,
    reply: FastifyReply,
    title: string,
    script: string,
  ): Promise<FastifyReply> {
    await this.realms.serving(realm, request);
    const scriptNonce = randomBytes(16).toString('base64url');
    return reply
      .headers(pageHeaders({ scriptNonce, framable: true, asksServer: true }))
      .type('text/html; charset=utf-8')
      .send(framePage(title, script, scriptNonce));
  }
}
