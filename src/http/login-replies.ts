import { createHash, randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Message } from '../engine/index.js';
import type { LoginPage, LoginStep } from '../login/browser-login-types.js';
import type { Client } from '../realm/client.js';
import type { Realm } from '../realm/realm.js';
import { userSessionLifetime } from '../sessions/session-lifetime.js';
import { hashSecret, newSecret } from '../shared/secrets.js';
import { authorizationReply, type AuthorizationReply } from './authorization-response.js';
import type { BrowserRequest, SpokenLogin } from './browser-context.js';
import { COOKIES, ONE_YEAR } from './cookies.js';
import { headerText } from './header-text.js';
import { forgotAddress, homeOf, loginAddress } from './login-addresses.js';
import { localeLabel, offeredLocales } from '../realm/locale.js';
import { textsOf } from '../realm/realm-texts.js';
import type { PageModel } from './page-model.js';
import type { PageRenderer } from './page-renderer.js';
import type { PublicUrl } from './public-url.js';
import { pageHeaders, type PagePolicy } from './security-headers.js';

/** Pages from which a person may go on who has forgotten the password. */
const FORGETFUL: ReadonlySet<string> = new Set(['login', 'login-password']);

/** Turns what a login says into what a browser gets: a page, a redirect, cookies. The one place that does. */
export class LoginReplies {
  constructor(
    private readonly renderer: PageRenderer,
    private readonly publicUrl: PublicUrl,
  ) {}

  async send(
    request: FastifyRequest,
    reply: FastifyReply,
    received: BrowserRequest,
    step: LoginStep,
  ): Promise<FastifyReply> {
    const locale = await received.localeOf(spokenLogin(received, step));
    const browser = { ...received, context: { ...received.context, locale } };
    const { realm } = browser.context;
    const issuer = this.publicUrl.issuer(request, realm.name);
    switch (step.kind) {
      case 'page':
        return this.page(request, reply, browser, step);
      case 'next':
        if (step.rootSecret !== browser.cookies.get(COOKIES.root)) setRoot(browser, step.rootSecret);
        return this.redirect(reply, loginAddress(issuer, step.path, step), 303);
      case 'done':
        return this.done(reply, browser, step, issuer);
      case 'application-error':
        return this.toApplication(
          reply,
          browser,
          authorizationReply(step.request, issuer, { error: step.error, error_description: step.description }),
        );
      case 'refused':
        return this.error(request, reply, browser, step.status, step.message, step);
      case 'page-expired': {
        const model = this.model(request, browser, 'page-expired', {
          continueUrl: loginAddress(issuer, step.path, step),
        });
        const restart = `${loginAddress(issuer, 'restart', step)}&skip_logout=true`;
        return this.html(reply, 200, { ...model, links: { ...model.links, restart } });
      }
      case 'lost':
        return this.error(request, reply, browser, 400, step.message, step);
      case 'info':
        return this.info(request, reply, browser, step);
      case 'already-signed-in': {
        const model = this.model(request, browser, 'info', {});
        return this.html(reply, 200, { ...model, message: { key: 'alreadyLoggedIn', kind: 'info' } });
      }
    }
  }

  /** A page that tells what the link of a mail would do, or has done. */
  private info(
    request: FastifyRequest,
    reply: FastifyReply,
    browser: BrowserRequest,
    { message, actions = [], proceed, rootSecret, client, redirectUri }: Extract<LoginStep, { kind: 'info' }>,
  ): FastifyReply {
    if (rootSecret !== undefined) setRoot(browser, rootSecret);
    const { realm } = browser.context;
    const model = this.model(request, browser, 'info', { actions: actions.map((alias) => actionName(realm, alias)) });
    const home = client && homeOf(client, this.publicUrl.base(request));
    const application =
      redirectUri === undefined ? home : { name: home?.name ?? client?.clientId ?? '', url: redirectUri };
    const query = new URLSearchParams({
      key: proceed?.key ?? '',
      client_id: client?.clientId ?? '',
      tab_id: proceed?.tabId ?? '',
    });
    const goOn = `${this.publicUrl.issuer(request, realm.name)}/login-actions/action-token?${query.toString()}`;
    return this.html(reply, 200, {
      ...model,
      message: { ...message, kind: 'info' },
      links: { ...model.links, ...(proceed ? { proceed: goOn } : application ? { application } : {}) },
    });
  }

  /** An error page; with a link back to the application when it has a home. */
  error(
    request: FastifyRequest,
    reply: FastifyReply,
    browser: BrowserRequest,
    status: number,
    message: Message,
    about: { readonly client?: Client } = {},
  ): FastifyReply {
    const model = this.model(request, browser, 'error', {});
    const application = about.client && homeOf(about.client, this.publicUrl.base(request));
    return this.html(reply, status, {
      ...model,
      message: { ...message, kind: 'error' },
      links: { ...model.links, ...(application ? { application } : {}) },
    });
  }

  /** A page outside of a login (signed out, confirmation, ...). */
  html(reply: FastifyReply, status: number, model: PageModel, policy: PagePolicy = {}): FastifyReply {
    return reply
      .code(status)
      .headers(pageHeaders(policy))
      .type('text/html; charset=utf-8')
      .send(this.renderer.render(model));
  }

  model(request: FastifyRequest, browser: BrowserRequest, page: string, data: PageModel['data']): PageModel {
    const { realm, locale } = browser.context;
    return {
      page,
      locale,
      texts: textsOf(realm, locale),
      realmName: realm.name,
      realmTitle: realm.settings.displayName || realm.name,
      links: { locales: this.localeLinks(request, realm) },
      canTryAnotherWay: false,
      data,
    };
  }

  private page(request: FastifyRequest, reply: FastifyReply, browser: BrowserRequest, step: LoginPage): FastifyReply {
    const { realm } = browser.context;
    const issuer = this.publicUrl.issuer(request, realm.name);
    setRoot(browser, step.rootSecret);
    if (step.restart !== undefined) browser.cookies.set(COOKIES.restart, step.restart);
    const message = messageOf(step) ?? this.whySignedOut(browser);
    const model = this.model(request, browser, step.view.page, step.view.data);
    const restart = loginAddress(issuer, 'restart', step);
    const forgot = realm.settings.resetPasswordAllowed && FORGETFUL.has(step.view.page) && forgotAddress(issuer, step);
    return this.html(reply, 200, {
      ...model,
      action: `${loginAddress(issuer, step.path, step)}&session_code=${encodeURIComponent(step.sessionCode)}`,
      canTryAnotherWay: step.canTryAnotherWay,
      links: { ...model.links, restart, ...(forgot ? { forgot } : {}) },
      ...(message ? { message } : {}),
      ...(step.view.field === undefined || step.notice ? {} : { field: step.view.field }),
    });
  }

  /** Told once: with it the cookie of the ended session goes. */
  private whySignedOut({ cookies, context }: BrowserRequest): PageModel['message'] {
    if (!context.whySignedOut) return undefined;
    cookies.clear(COOKIES.identity);
    return { ...context.whySignedOut, kind: 'info' };
  }

  private done(
    reply: FastifyReply,
    browser: BrowserRequest,
    step: Extract<LoginStep, { kind: 'done' }>,
    issuer: string,
  ): FastifyReply {
    const { cookies, context } = browser;
    const { session, identitySecret, rememberMe } = step;
    cookies.clear(COOKIES.restart);
    if (identitySecret !== undefined) {
      const seconds = Math.max(
        0,
        Math.floor((userSessionLifetime(session, context.realm).expiresAt - session.startedAt) / 1000),
      );
      cookies.set(COOKIES.identity, identitySecret, rememberMe ? seconds : undefined);
      cookies.set(COOKIES.session, createHash('sha256').update(session.id).digest('base64url'), seconds);
      setRoot(browser, newSecret());
      if (rememberMe) cookies.set(COOKIES.rememberMe, `username:${encodeURIComponent(step.user.username)}`, ONE_YEAR);
      else if (cookies.get(COOKIES.rememberMe) !== undefined) cookies.clear(COOKIES.rememberMe);
    }
    return this.toApplication(
      reply,
      browser,
      authorizationReply(step.request, issuer, {
        session_state: session.id,
        ...(step.actionStatus === undefined
          ? {}
          : {
              kc_action_status: step.actionStatus,
              kc_action: step.actionStatus === 'error' ? undefined : step.request.kcAction,
            }),
        code: step.code,
        ...step.tokens,
      }),
    );
  }

  /** Sends an authorization response: a redirect, or a page that posts it. */
  toApplication(reply: FastifyReply, browser: BrowserRequest, answer: AuthorizationReply): FastifyReply {
    if (answer.kind === 'redirect') return this.redirect(reply, answer.url, 302);
    const nonce = randomBytes(16).toString('base64url');
    const { realm, locale } = browser.context;
    return this.html(
      reply,
      200,
      {
        page: 'form-post',
        locale,
        texts: textsOf(realm, locale),
        realmName: realm.name,
        realmTitle: realm.settings.displayName || realm.name,
        action: answer.url,
        links: {},
        canTryAnotherWay: false,
        data: { parameters: answer.parameters, nonce },
      },
      { scriptNonce: nonce },
    );
  }

  private redirect(reply: FastifyReply, url: string, status: 302 | 303): FastifyReply {
    return reply.code(status).headers(pageHeaders()).header('location', headerText(url)).send();
  }

  /** The same page in the other languages of the realm (only where a GET shows it). */
  private localeLinks(request: FastifyRequest, realm: Realm): NonNullable<PageModel['links']['locales']> {
    const offered = offeredLocales(realm.settings);
    if (offered.length < 2 || request.method !== 'GET') return [];
    return offered.map((locale) => {
      const url = new URL(request.url, 'http://here.invalid');
      url.searchParams.set('kc_locale', locale);
      return { locale, label: localeLabel(locale), url: `${this.publicUrl.pathPrefix}${url.pathname}${url.search}` };
    });
  }
}

/** Binds the logins in progress to this browser. */
function setRoot({ cookies }: BrowserRequest, secret: string): void {
  cookies.set(COOKIES.root, secret);
  cookies.set(COOKIES.rootHash, hashSecret(hashSecret(secret)), 60);
}

/** The login a page belongs to; its user comes before the one who is signed in. */
function spokenLogin({ context }: BrowserRequest, step: LoginStep): SpokenLogin {
  const signedIn = context.session?.session.userId;
  switch (step.kind) {
    case 'page':
    case 'refused':
      return { request: step.request, userId: step.userId ?? signedIn };
    case 'info':
      return { userId: step.userId ?? signedIn };
    case 'page-expired':
    case 'lost':
      return { request: step.request, userId: signedIn };
    default:
      return { userId: signedIn };
  }
}

/** What a page of a login says at its top. */
function messageOf({ notice, view }: LoginPage): PageModel['message'] {
  if (notice) return { ...notice.message, kind: notice.kind };
  return view.message && { ...view.message, kind: 'error' };
}

/** A required action as a page names it: its own message key, or the realm's name for it. */
const actionName = (realm: Realm, alias: string): string =>
  realm.requiredActions.find((action) => action.alias === alias)?.name ?? alias;
