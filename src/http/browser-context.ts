import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AuthorizationRequest } from '../login/authorization-request.js';
import type { BrowserContext } from '../login/browser-login-types.js';
import type { Realm } from '../realm/realm.js';
import { COOKIES, RealmCookies } from './cookies.js';
import { chooseLocale } from '../realm/locale.js';
import type { PublicUrl } from './public-url.js';
import type { SignedInBrowsers } from './signed-in-browsers.js';
import type { UserStore } from '../realm/user.js';

/** What a browser brings, read from one request. */
export interface BrowserRequest {
  readonly context: BrowserContext;
  readonly cookies: RealmCookies;
  /** Language of the pages of a login: what its request asked for counts on every page, and so does its user's own once known. */
  localeOf(login: SpokenLogin): Promise<string>;
}

/** What of a login bears on the language of its pages. */
export interface SpokenLogin {
  readonly request?: Pick<AuthorizationRequest, 'kcLocale' | 'uiLocales'> | undefined;
  readonly userId?: string | undefined;
}

/** Words of the request that bear on the language of pages. */
export interface LocaleWishes {
  readonly kcLocale?: string | undefined;
  readonly uiLocales?: string | undefined;
}

const USER_AGENT_LIMIT = 512;

/** Reads cookies and headers of a browser: the login it is in, the session it is signed in with, the language it wants. */
export class BrowserContexts {
  constructor(
    private readonly signedIn: SignedInBrowsers,
    private readonly users: UserStore,
    private readonly publicUrl: PublicUrl,
  ) {}

  async read(
    request: FastifyRequest,
    reply: FastifyReply,
    realm: Realm,
    wishes: LocaleWishes = {},
  ): Promise<BrowserRequest> {
    const cookies = new RealmCookies(this.publicUrl, request, reply, realm.name);
    const { session, whySignedOut } = await this.signedIn.read(realm, cookies);
    const localeOf = async ({ request: asked, userId }: SpokenLogin): Promise<string> => {
      const user = userId === undefined ? undefined : await this.users.byId(realm.id, userId);
      return chooseLocale({
        realm: realm.settings,
        kcLocale: wishes.kcLocale ?? asked?.kcLocale,
        userLocale: user?.attributes['locale']?.[0],
        uiLocales: wishes.uiLocales ?? asked?.uiLocales.join(' '),
        cookie: cookies.get(COOKIES.locale),
        acceptLanguage: request.headers['accept-language'],
      });
    };
    const remembered = cookies.get(COOKIES.rememberMe)?.replace(/^username:/, '');
    return {
      cookies,
      localeOf,
      context: {
        realm,
        ...this.publicUrl.addresses(request),
        issuer: this.publicUrl.issuer(request, realm.name),
        rootSecret: cookies.get(COOKIES.root),
        session,
        whySignedOut,
        rememberedUsername: remembered === undefined ? undefined : decodeQuietly(remembered),
        restart: cookies.get(COOKIES.restart),
        locale: await localeOf({ userId: session?.session.userId }),
        remoteAddress: request.ip,
        userAgent: (request.headers['user-agent'] ?? '').slice(0, USER_AGENT_LIMIT),
      },
    };
  }
}

function decodeQuietly(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
