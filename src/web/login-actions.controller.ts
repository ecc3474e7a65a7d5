import { Controller, Get, Head, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FormInput } from '../engine/index.js';
import { BrowserContexts, type BrowserRequest } from '../http/browser-context.js';
import { COOKIES, ONE_YEAR } from '../http/cookies.js';
import { LoginReplies } from '../http/login-replies.js';
import { PublicUrl } from '../http/public-url.js';
import { RealmParam } from '../http/realm-param.js';
import { BrowserLogin } from '../login/browser-login.js';
import type { LoginAddress, LoginPost, LoginStep } from '../login/browser-login-types.js';
import { MailLinks } from '../login/mail-links.js';
import { PasswordResets } from '../login/password-resets.js';
import { ForbiddenError } from '../shared/errors.js';

/** The pages of a login in progress: looked at with GET, answered with POST (Keycloak engine reference 2.12). */
@Controller('realms/:realm/login-actions')
export class LoginActionsController {
  constructor(
    private readonly realms: RealmParam,
    private readonly login: BrowserLogin,
    private readonly resets: PasswordResets,
    private readonly links: MailLinks,
    private readonly browsers: BrowserContexts,
    private readonly replies: LoginReplies,
    private readonly publicUrl: PublicUrl,
  ) {}

  @Get(['authenticate', 'required-action', 'consent'])
  view(
    @Param('realm') realm: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<FastifyReply> {
    return this.answer(realm, request, reply, (browser) => this.login.view(browser.context, addressOf(request)));
  }

  /** The way back in for somebody who cannot sign in; also opened from elsewhere, without a login. */
  @Get('reset-credentials')
  reset(
    @Param('realm') realm: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<FastifyReply> {
    const redirectUri = single((request.query as Record<string, unknown>)['redirect_uri']);
    return this.answer(realm, request, reply, (browser) =>
      this.resets.open(browser.context, addressOf(request), redirectUri),
    );
  }

  @Post('reset-credentials')
  resetCredentials(
    @Param('realm') realm: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<FastifyReply> {
    return this.answer(realm, request, reply, (browser) => this.resets.submit(browser.context, this.postOf(request)));
  }

  /** Nobody can register here, so this is what a realm without registration answers. */
  @Get('registration')
  async register(
    @Param('realm') name: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<FastifyReply> {
    const realm = await this.realms.serving(name, request);
    const browser = await this.browsers.read(request, reply, realm, {});
    return this.replies.error(request, reply, browser, 400, { key: 'registrationNotAllowedMessage' });
  }

  /** Mail scanners look at links before people do. */
  @Head('action-token')
  @HttpCode(200)
  looked(): void {
    // Nothing happens.
  }

  /** The link of a mail. */
  @Get('action-token')
  link(
    @Param('realm') realm: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<FastifyReply> {
    const key = single((request.query as Record<string, unknown>)['key']);
    return this.answer(realm, request, reply, (browser) => this.links.open(browser.context, key));
  }

  @Get('restart')
  restart(
    @Param('realm') realm: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<FastifyReply> {
    return this.answer(realm, request, reply, (browser) => this.login.restart(browser.context, addressOf(request)));
  }

  @Post('authenticate')
  authenticate(
    @Param('realm') realm: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<FastifyReply> {
    return this.answer(realm, request, reply, (browser) => this.login.submit(browser.context, this.postOf(request)));
  }

  @Post('required-action')
  requiredAction(
    @Param('realm') realm: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<FastifyReply> {
    return this.answer(realm, request, reply, (browser) =>
      this.login.submitAfterFlow(browser.context, this.postOf(request), 'required-action'),
    );
  }

  @Post('consent')
  consent(
    @Param('realm') realm: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<FastifyReply> {
    return this.answer(realm, request, reply, (browser) =>
      this.login.submitAfterFlow(browser.context, this.postOf(request), 'consent'),
    );
  }

  private async answer(
    realmName: string,
    request: FastifyRequest,
    reply: FastifyReply,
    act: (browser: BrowserRequest) => Promise<LoginStep>,
  ): Promise<FastifyReply> {
    const realm = await this.realms.serving(realmName, request);
    const kcLocale = single((request.query as Record<string, unknown>)['kc_locale']);
    const browser = await this.browsers.read(request, reply, realm, { kcLocale });
    if (kcLocale !== undefined && kcLocale === browser.context.locale)
      browser.cookies.set(COOKIES.locale, kcLocale, ONE_YEAR);
    return this.replies.send(request, reply, browser, await act(browser));
  }

  /** @throws ForbiddenError `foreign_origin` for a form that another site posts */
  private postOf(request: FastifyRequest): LoginPost {
    if (isForeign(request.headers, new URL(this.publicUrl.base(request)).origin)) {
      throw new ForbiddenError('foreign_origin', 'This form was not sent by a page of this server.');
    }
    return { ...addressOf(request), input: formOf(request.body) };
  }
}

/**
 * True for a form that another site's page posts. Browsers send `Origin` with every POST; `null` hides where it comes from, and is
 * believed only when the browser itself says that it is from here (Fetch Metadata). Programs that are no browsers send neither.
 */
function isForeign({ origin, 'sec-fetch-site': site }: FastifyRequest['headers'], own: string): boolean {
  if (origin === undefined) return false;
  return origin === 'null' ? site !== 'same-origin' : origin !== own;
}

function addressOf(request: FastifyRequest): LoginAddress {
  const query = request.query as Record<string, unknown>;
  const [execution, sessionCode, clientId, clientData] = ['execution', 'session_code', 'client_id', 'client_data'].map(
    (name) => single(query[name]),
  );
  return {
    tabId: single(query['tab_id']) ?? '',
    ...(execution === undefined ? {} : { execution }),
    ...(sessionCode === undefined ? {} : { sessionCode }),
    ...(clientId === undefined ? {} : { clientId }),
    ...(clientData === undefined ? {} : { clientData }),
  };
}

/** A parameter that was sent once; of one sent twice the last counts. */
function single(value: unknown): string | undefined {
  const last: unknown = Array.isArray(value) ? value.at(-1) : value;
  return typeof last === 'string' ? last : undefined;
}

function formOf(body: unknown): FormInput {
  if (typeof body !== 'object' || body === null) return {};
  return Object.fromEntries(Object.entries(body).map(([name, value]) => [name, single(value)]));
}
