import { ErrorResponse, InMemoryWebStorage, UserManager, WebStorageStateStore, type User } from 'oidc-client-ts';
import { preferredLocale } from '../i18n/locale.js';
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

/** What became of an action that the person was sent to. */
export interface ActionOutcome {
  /** Alias of the required action. */
  readonly action: string;
  readonly done: boolean;
}

/** What a login carries along until it comes back. */
interface LoginState {
  readonly returnTo: string;
  readonly action?: string;
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
  private outcome: ActionOutcome | undefined;
  /** When the ID token came, in milliseconds of this browser's clock. */
  private keptAt = 0;
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
      // Claims of the protocol are kept: `auth_time` tells how old the login is.
      filterProtocolClaims: false,
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
        const { returnTo = this.address.home, action } = (user.state ?? {}) as Partial<LoginState>;
        const status = answer.get('kc_action_status');
        if (action !== undefined && status !== null) this.outcome = { action, done: status === 'success' };
        return { kind: 'signed-in', returnTo };
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
    const state: LoginState = { returnTo };
    await this.manager.signinRedirect({ state, redirectMethod: 'replace', ui_locales: preferredLocale() });
  }

  /**
   * Leaves the page for one thing that is done at the login pages, such as choosing a password; they ask for a proof first where the
   * login was long ago. It comes back to the present address, and `takeOutcome` tells what became of it.
   * @param action alias of the required action (`kc_action`)
   */
  async perform(action: string): Promise<void> {
    const state: LoginState = { returnTo: location.href, action };
    const extraQueryParams = { kc_action: action };
    await this.manager.signinRedirect({ state, extraQueryParams, ui_locales: preferredLocale() });
  }

  /** What became of the action that this page load came from; undefined for none, and once it was told. */
  takeOutcome(): ActionOutcome | undefined {
    const { outcome } = this;
    this.outcome = undefined;
    return outcome;
  }

  /** Seconds since the person has proved who they are; infinite where the server does not say. */
  proofAge(): number {
    const { auth_time: at, iat } = this.current.profile;
    // The server's clock may differ from the browser's: only what has passed since the token is measured here.
    return at === undefined ? Infinity : iat - at + (Date.now() - this.keptAt) / 1000;
  }

  /** Asks for a new proof in a window, if the last is older. To be called in answer to a click. @throws Error without one */
  async prove(maxAge: number): Promise<void> {
    if (this.proofAge() > maxAge) await this.signInAgain(maxAge);
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
  async signInAgain(maxAge?: number): Promise<void> {
    const before = this.current.profile.sub;
    const age = maxAge === undefined ? {} : { max_age: Math.floor(maxAge) };
    const user = await this.manager.signinPopup({ ...age, ui_locales: preferredLocale() });
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
    this.keptAt = Date.now();
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
