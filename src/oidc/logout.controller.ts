import { randomBytes } from 'node:crypto';
import { Controller, Get, Param, Post, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { BrowserContexts, type BrowserRequest } from '../http/browser-context.js';
import { COOKIES } from '../http/cookies.js';
import { headerText } from '../http/header-text.js';
import { LoginReplies } from '../http/login-replies.js';
import { PublicUrl } from '../http/public-url.js';
import { RealmParam } from '../http/realm-param.js';
import { apiHeaders, pageHeaders } from '../http/security-headers.js';
import type { LogoutFrame } from '../logout/frontchannel-frames.js';
import type { Realm } from '../realm/realm.js';
import { OidcAudit } from './audit.js';
import { ClientAuthentication } from './client-authentication.js';
import { allowAnyOrigin } from '../http/cors.js';
import { requireClientOrigin } from './cors.js';
import { given, type Parameters, readForm, readParameters } from './form-parameters.js';
import { Logout, type LogoutOrigin } from './logout.js';
import { LogoutConfirmations } from './logout-confirmation.js';
import { type LogoutRequest, LogoutRequests } from './logout-request.js';
import { OAuthError } from './oauth-error.js';
import { OAuthErrorFilter } from './oauth-error.filter.js';

/** Name of the hidden field that carries the sealed confirmation. */
const CONFIRMATION = 'session_code';
/** Who asks, in the event, when no application does: the one in which people look after their account. */
const ACCOUNT_CLIENT = 'account';

/** `GET|POST .../logout` (OpenID Connect RP-Initiated Logout), and Keycloak's logout by refresh token. */
@Controller('realms/:realm/protocol/openid-connect/logout')
@UseFilters(OAuthErrorFilter)
export class LogoutController {
  constructor(
    private readonly realms: RealmParam,
    private readonly requests: LogoutRequests,
    private readonly confirmations: LogoutConfirmations,
    private readonly logout: Logout,
    private readonly clientAuthentication: ClientAuthentication,
    private readonly browsers: BrowserContexts,
    private readonly replies: LoginReplies,
    private readonly publicUrl: PublicUrl,
    private readonly audit: OidcAudit,
  ) {}

  @Get()
  async get(
    @Param('realm') name: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<FastifyReply> {
    const realm = await this.realms.serving(name, request);
    return this.fromBrowser(realm, readParameters(request.query), request, reply);
  }

  @Post()
  async post(
    @Param('realm') name: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<FastifyReply> {
    const realm = await this.realms.serving(name, request);
    const form = readForm(request);
    if (given(form, 'refresh_token') !== undefined) return this.fromApplication(realm, form, request, reply);
    if (given(form, 'confirmLogout') !== undefined) return this.confirmed(realm, form, request, reply);
    return this.fromBrowser(realm, form, request, reply);
  }

  private async fromApplication(
    realm: Realm,
    form: Parameters,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<FastifyReply> {
    void reply.headers({ ...apiHeaders(), 'cache-control': 'no-cache' });
    allowAnyOrigin(request, reply);
    const authenticated = await this.clientAuthentication.authenticate(realm, request, form);
    if (authenticated.kind === 'refused') {
      await this.audit.failed('LOGOUT', authenticated.event, {
        realm,
        clientId: authenticated.clientId,
        ipAddress: request.ip,
        ...(authenticated.details ? { details: authenticated.details } : {}),
      });
      throw new OAuthError(authenticated.status, authenticated.error, authenticated.description);
    }
    const { client } = authenticated;
    requireClientOrigin(request, reply, client, this.publicUrl.base(request));
    const issuer = this.publicUrl.issuer(request, realm.name);
    await this.logout.byRefreshToken(realm, client, form['refresh_token'] ?? '', issuer, request.ip);
    return reply.code(204).send();
  }

  /** Signs out at once when the application proves whose session it means; asks first when anybody could have made the link. */
  private async fromBrowser(
    realm: Realm,
    parameters: Parameters,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<FastifyReply> {
    const browser = await this.browsers.read(request, reply, realm, { uiLocales: given(parameters, 'ui_locales') });
    const from = { base: this.publicUrl.base(request), issuer: this.publicUrl.issuer(request, realm.name) };
    const checked = await this.requests.check(realm, parameters, from);
    if (checked.kind === 'page') {
      await this.audit.failed('LOGOUT', checked.event, { realm, ipAddress: request.ip });
      return this.replies.error(request, reply, browser, 400, checked.message);
    }
    const own = browser.context.session?.session.id;
    const { hintedSessionId, redirectTo: back } = checked.request;
    // Nobody is signed in: there is nothing to ask about, and the address is the application's own.
    if (hintedSessionId === undefined && own === undefined && back !== undefined)
      return this.signedOut(back, [], request, reply, browser);
    if (hintedSessionId === undefined || (own !== undefined && own !== hintedSessionId)) {
      return this.askFirst(realm, own, checked.request, request, reply, browser);
    }
    const { redirectTo, client } = checked.request;
    const frames = await this.logout.ofSession(
      realm,
      hintedSessionId,
      this.origin(request, realm, redirectTo, client?.clientId),
    );
    return this.signedOut(redirectTo, frames, request, reply, browser);
  }

  /** Also where nobody is signed in and no address is given, as at the reference: who follows the link sees the same page. */
  private askFirst(
    realm: Realm,
    sessionId: string | undefined,
    { client, redirectTo }: LogoutRequest,
    request: FastifyRequest,
    reply: FastifyReply,
    browser: BrowserRequest,
  ): FastifyReply {
    const sealed = this.confirmations.seal(realm.id, {
      sessionId: sessionId ?? '',
      ...(redirectTo === undefined ? {} : { redirectTo }),
      ...(client ? { clientId: client.clientId } : {}),
    });
    const model = this.replies.model(request, browser, 'logout-confirm', { hidden: { [CONFIRMATION]: sealed } });
    const action = `${this.publicUrl.issuer(request, realm.name)}/protocol/openid-connect/logout`;
    return this.replies.html(reply, 200, { ...model, action });
  }

  private async confirmed(
    realm: Realm,
    form: Parameters,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<FastifyReply> {
    const browser = await this.browsers.read(request, reply, realm);
    const confirmation = this.confirmations.open(realm.id, form[CONFIRMATION] ?? '');
    const own = browser.context.session?.session.id;
    if (!confirmation || (own !== undefined && own !== confirmation.sessionId)) {
      return this.replies.error(request, reply, browser, 400, { key: 'expiredActionMessage' });
    }
    const { redirectTo, clientId } = confirmation;
    const frames =
      own === undefined
        ? []
        : await this.logout.ofSession(realm, own, this.origin(request, realm, redirectTo, clientId));
    return this.signedOut(redirectTo, frames, request, reply, browser);
  }

  private origin(
    request: FastifyRequest,
    realm: Realm,
    redirectTo: string | undefined,
    clientId: string | undefined,
  ): LogoutOrigin {
    return {
      ipAddress: request.ip,
      issuer: this.publicUrl.issuer(request, realm.name),
      details: { redirect_uri: redirectTo },
      clientId: clientId ?? ACCOUNT_CLIENT,
    };
  }

  private signedOut(
    redirectTo: string | undefined,
    frames: readonly LogoutFrame[],
    request: FastifyRequest,
    reply: FastifyReply,
    browser: BrowserRequest,
  ): FastifyReply {
    for (const cookie of [COOKIES.identity, COOKIES.session, COOKIES.root, COOKIES.rootHash, COOKIES.restart]) {
      if (browser.cookies.get(cookie) !== undefined) browser.cookies.clear(cookie);
    }
    if (frames.length > 0) {
      const nonce = randomBytes(16).toString('base64url');
      const onwards = redirectTo === undefined ? {} : { continueUrl: redirectTo };
      const data = { frames: frames.map(({ url, clientId }) => ({ url, clientId })), nonce, ...onwards };
      const policy = { scriptNonce: nonce, frames: frames.map(({ url }) => url) };
      return this.replies.html(reply, 200, this.replies.model(request, browser, 'frontchannel-logout', data), policy);
    }
    return redirectTo === undefined
      ? this.replies.html(reply, 200, this.replies.model(request, browser, 'logged-out', {}))
      : reply.code(302).headers(pageHeaders()).header('location', headerText(redirectTo)).send();
  }
}
