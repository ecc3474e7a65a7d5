import { ErrorResponse, InMemoryWebStorage, UserManager, WebStorageStateStore, type User } from 'oidc-client-ts';
import type { ConsoleAddress } from './console-address.js';

/** Tokens that end sooner are renewed before they are used, in seconds: a request may take its time. */
const MARGIN_S = 10;
/** Path below the console where the window of a renewed login comes back to. */
const POPUP_PATH = 'signed-in';

/** How a page load begins. */
export type SessionStart =
  /** Signed in; `returnTo` is where the person wanted to go. */
  | { readonly kind: 'signed-in'; readonly returnTo: string }
  /** The page is being left, for the login or because it was only a window for one. */
  | { readonly kind: 'leaving' }
  /** The login said no. */
  | { readonly kind: 'refused'; readonly reason: string };

/** Why no token can be had without the person. */
export interface SessionEnd {
  /** Sentence of the server; absent where the server gave none. */
  readonly reason?: string;
}

/** Who is signed in. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly username: string;
}

/**
 * The login of a console: a public client with code and PKCE. Tokens are in memory and nowhere else; what waits for the answer of a
 * login (state, verifier) is in sessionStorage for that time. An access token is renewed when it is asked for, never by a timer, so
 * that an open tab does not keep a session alive.
 */
export class ConsoleSession {
  private readonly manager: UserManager;
  private user: User | undefined;
  private renewing: Promise<string> | undefined;
  private end: SessionEnd | undefined;
  private readonly waiting: { readonly resolve: (token: string) => void }[] = [];
  private readonly listeners = new Set<() => void>();

  constructor(
    private readonly address: ConsoleAddress,
    clientId: string,
  ) {
    const issuer = `${address.server}/realms/${encodeURIComponent(address.realm)}`;
    const endpoints = `${issuer}/protocol/openid-connect`;
    this.manager = new UserManager({
      authority: issuer,
      metadata: {
        issuer,
        authorization_endpoint: `${endpoints}/auth`,
        token_endpoint: `${endpoints}/token`,
        end_session_endpoint: `${endpoints}/logout`,
      },
      client_id: clientId,
      redirect_uri: address.home,
      popup_redirect_uri: `${address.home}${POPUP_PATH}`,
      post_logout_redirect_uri: address.home,
      scope: 'openid',
      automaticSilentRenew: false,
      loadUserInfo: false,
      userStore: new WebStorageStateStore({ store: new InMemoryWebStorage() }),
      stateStore: new WebStorageStateStore({ store: sessionStorage }),
    });
  }

  /** Takes the answer of a login out of the address, or begins one. To be called once for each page load. */
  async start(): Promise<SessionStart> {
    if (location.pathname === `${this.address.basename}/${POPUP_PATH}` && window.opener) {
      await this.manager.signinPopupCallback();
      return { kind: 'leaving' };
    }
    const answer = new URLSearchParams(location.search);
    if (answer.has('state') && (answer.has('code') || answer.has('error'))) {
      try {
        const user = await this.manager.signinRedirectCallback();
        this.keep(user);
        return { kind: 'signed-in', returnTo: typeof user.state === 'string' ? user.state : this.address.home };
      } catch (error) {
        if (error instanceof ErrorResponse)
          return { kind: 'refused', reason: error.error_description ?? error.error ?? '' };
        // An old address, or one from a stranger: the login begins anew, without it.
      }
    }
    await this.signIn(answer.has('state') ? this.address.home : location.href);
    return { kind: 'leaving' };
  }

  /** Leaves the page for a login that comes back to an address of this console. */
  async signIn(returnTo: string = this.address.home): Promise<void> {
    await this.manager.signinRedirect({ state: returnTo, redirectMethod: 'replace' });
  }

  /** Leaves the page and ends the session. */
  async signOut(): Promise<void> {
    await this.manager.signoutRedirect();
  }

  /** Who is signed in. @throws Error before the start */
  get person(): Person {
    const profile = this.current.profile;
    const username = profile.preferred_username ?? profile.sub;
    return { id: profile.sub, username, name: profile.name ?? username };
  }

  /** Why the session is over; undefined while it is not. For `useSyncExternalStore`. */
  readonly ended = (): SessionEnd | undefined => this.end;

  /** Tells when `ended` changes. @returns what stops that */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /**
   * An access token that is good for a while. Several who ask while it is being renewed get the same. When the session is over this
   * waits until the person has signed in again: what was typed and sent is then sent.
   * @param refused a token that the server refused although its time was not over
   * @throws TypeError when the server cannot be reached
   */
  async accessToken(refused?: string): Promise<string> {
    const { access_token: token, expires_in: left = 0 } = this.current;
    if (this.end === undefined && token !== refused && left > MARGIN_S) return token;
    return (this.renewing ??= this.renew().finally(() => (this.renewing = undefined)));
  }

  /** Opens a window for a login, so that the page stays as it is. To be called in answer to a click. @throws Error without one */
  async signInAgain(): Promise<void> {
    const before = this.current.profile.sub;
    const user = await this.manager.signinPopup();
    if (user.profile.sub !== before) {
      // Somebody else's page must not stay on the screen.
      location.assign(this.address.home);
      return;
    }
    this.keep(user);
    this.waiting.splice(0).forEach(({ resolve }) => resolve(user.access_token));
  }

  private get current(): User {
    if (!this.user) throw new Error('Nobody is signed in');
    return this.user;
  }

  private keep(user: User): void {
    this.user = user;
    this.tell(undefined);
  }

  private async renew(): Promise<string> {
    try {
      const user = this.current.refresh_token === undefined ? null : await this.manager.signinSilent();
      if (!user) throw new ErrorResponse({ error: 'invalid_grant' });
      this.keep(user);
      return user.access_token;
    } catch (error) {
      if (!(error instanceof ErrorResponse)) throw error;
      this.tell(error.error_description ? { reason: error.error_description } : {});
      return new Promise((resolve) => this.waiting.push({ resolve }));
    }
  }

  private tell(end: SessionEnd | undefined): void {
    this.end = end;
    this.listeners.forEach((listener) => listener());
  }
}
