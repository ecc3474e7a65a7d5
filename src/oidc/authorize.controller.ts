import { All, Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { BrowserContexts } from '../http/browser-context.js';
import { COOKIES, ONE_YEAR } from '../http/cookies.js';
import { LoginReplies } from '../http/login-replies.js';
import { RealmParam } from '../http/realm-param.js';
import { authorizationReply } from '../http/authorization-response.js';
import { PublicUrl } from '../http/public-url.js';
import { BrowserLogin } from '../login/browser-login.js';
import type { EventKind } from '../events/auth-events.js';
import type { Realm } from '../realm/realm.js';
import { OidcAudit } from './audit.js';
import { PushedAuthorizations } from './pushed-authorization.js';

/** `GET|POST /realms/{realm}/protocol/openid-connect/auth` (OpenID Connect Core 3.1.2), and its twin for who wants to register. */
@Controller('realms/:realm/protocol/openid-connect')
export class AuthorizeController {
  constructor(
    private readonly realms: RealmParam,
    private readonly requests: PushedAuthorizations,
    private readonly login: BrowserLogin,
    private readonly browsers: BrowserContexts,
    private readonly replies: LoginReplies,
    private readonly publicUrl: PublicUrl,
    private readonly audit: OidcAudit,
  ) {}

  @Get('auth')
  authorize(
    @Param('realm') name: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<FastifyReply> {
    return this.answer(name, request, reply, {});
  }

  @Post('auth')
  @HttpCode(200)
  authorizeByForm(
    @Param('realm') name: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<FastifyReply> {
    return this.answer(name, request, reply, {});
  }

  @All('registrations')
  register(
    @Param('realm') name: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<FastifyReply> {
    return this.answer(name, request, reply, { prompt: 'create' });
  }

  private async answer(
    name: string,
    request: FastifyRequest,
    reply: FastifyReply,
    fixed: Readonly<Record<string, string>>,
  ): Promise<FastifyReply> {
    const realm = await this.realms.serving(name, request);
    const query = {
      ...(request.query as Record<string, unknown>),
      ...(request.method === 'POST' ? (request.body as Record<string, unknown>) : {}),
      ...fixed,
    };
    const kcLocale = typeof query['kc_locale'] === 'string' ? query['kc_locale'] : undefined;
    const uiLocales = typeof query['ui_locales'] === 'string' ? query['ui_locales'] : undefined;
    const browser = await this.browsers.read(request, reply, realm, { kcLocale, uiLocales });
    if (kcLocale !== undefined && kcLocale === browser.context.locale)
      browser.cookies.set(COOKIES.locale, kcLocale, ONE_YEAR);
    const checked = await this.requests.check(realm, query, browser.context);
    switch (checked.kind) {
      case 'page':
        await this.refused(realm, request, checked.event, checked.clientId, undefined, checked.eventKind);
        return this.replies.error(
          request,
          reply,
          browser,
          checked.status,
          checked.message,
          checked.client ? { client: checked.client } : {},
        );
      case 'redirect':
        await this.refused(realm, request, eventOf(checked.error), checked.client.clientId, checked.description);
        return this.replies.toApplication(
          reply,
          browser,
          authorizationReply(checked.address, this.publicUrl.issuer(request, realm.name), {
            error: checked.error,
            error_description: checked.description,
          }),
        );
      case 'request':
        return this.replies.send(
          request,
          reply,
          browser,
          await this.login.begin(browser.context, checked.client, checked.request),
        );
    }
  }
  private refused(
    realm: Realm,
    request: FastifyRequest,
    error: string,
    clientId: string | undefined,
    reason?: string,
    kind: EventKind = 'LOGIN',
  ): Promise<void> {
    return this.audit.failed(kind, error, { realm, clientId, ipAddress: request.ip, details: { reason } });
  }
}

/** The audit event's error for an error that the application gets. */
const eventOf = (error: string): string => (error === 'unauthorized_client' ? 'not_allowed' : 'invalid_request');
