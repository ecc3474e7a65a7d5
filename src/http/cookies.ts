import type { CookieSerializeOptions } from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { PublicUrl } from './public-url.js';

/** Cookies of a realm (Keycloak engine reference 2.12). All but two cannot be read by scripts. */
export const COOKIES = {
  /** Binds a login in progress to the browser: a random secret, of which only the hash is stored. */
  root: 'AUTH_SESSION_ID',
  /** Hash of the above, readable by scripts; grants nothing. */
  rootHash: 'KC_AUTH_SESSION_HASH',
  /** Request of a login that has begun, sealed: a lost login starts again from it. */
  restart: 'KC_RESTART',
  /** Signs the browser in: a random secret, of which only the hash is stored. */
  identity: 'KEYCLOAK_IDENTITY',
  /** Hash of the session id for check-session frames, readable by scripts; grants nothing. */
  session: 'KEYCLOAK_SESSION',
  /** Name of the user to put into the form of the next login. */
  rememberMe: 'KEYCLOAK_REMEMBER_ME',
  /** Language the person chose. */
  locale: 'KEYCLOAK_LOCALE',
} as const;

const READABLE: ReadonlySet<string> = new Set([COOKIES.rootHash, COOKIES.session]);
export const ONE_YEAR = 365 * 24 * 3600;

/** Sets and clears the cookies of one realm. */
export class RealmCookies {
  constructor(
    private readonly publicUrl: PublicUrl,
    private readonly request: FastifyRequest,
    private readonly reply: FastifyReply,
    private readonly realmName: string,
  ) {}

  get(name: string): string | undefined {
    const value = this.request.cookies[name];
    return value === undefined || value === '' ? undefined : value;
  }

  /** @param maxAge seconds; absent = until the browser is closed */
  set(name: string, value: string, maxAge?: number): void {
    void this.reply.setCookie(name, value, { ...this.options(name), ...(maxAge === undefined ? {} : { maxAge }) });
  }

  clear(name: string): void {
    void this.reply.setCookie(name, '', { ...this.options(name), maxAge: 0, expires: new Date(0) });
  }

  /**
   * Loopback is a secure context to browsers, so `SameSite=None; Secure` works there without https; elsewhere on plain http it
   * would be dropped, and Lax is the best there is.
   */
  private options(name: string): CookieSerializeOptions {
    const secure = this.publicUrl.isSecureContext(this.request);
    return {
      path: `${this.publicUrl.pathPrefix}/realms/${encodeURIComponent(this.realmName)}/`,
      httpOnly: !READABLE.has(name),
      secure,
      sameSite: secure ? 'none' : 'lax',
    };
  }
}
