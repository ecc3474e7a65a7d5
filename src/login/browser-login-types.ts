import type { ChallengeView, FormInput, Message } from '../engine/index.js';
import type { Client } from '../realm/client.js';
import type { Realm } from '../realm/realm.js';
import type { User } from '../realm/user.js';
import type { SessionWithClients, UserSession } from '../sessions/user-session.js';
import type { FrontChannelTokens } from '../tokens/token-service.js';
import type { AuthorizationRequest } from './authorization-request.js';
import type { ActionStatus } from './initiated-action.js';

/** What a browser brings along with a request. */
export interface BrowserContext {
  readonly realm: Realm;
  /** Address of this server as the browser sees it. */
  readonly base: string;
  /** The same for links in mails; absent when the request's word for it cannot be trusted. */
  readonly linkBase: string | undefined;
  /** Issuer of the realm's tokens, as the browser sees it. */
  readonly issuer: string;
  /** Secret of the AUTH_SESSION_ID cookie. */
  readonly rootSecret: string | undefined;
  /** The live single sign-on session of the browser. */
  readonly session: SessionWithClients | undefined;
  /** Why the browser is not signed in any more, until a page has said so. */
  readonly whySignedOut: Message | undefined;
  readonly rememberedUsername: string | undefined;
  /** KC_RESTART cookie. */
  readonly restart: string | undefined;
  /** Locale in which pages of required actions are made. */
  readonly locale: string;
  readonly remoteAddress: string;
  readonly userAgent: string;
}

/** Paths below `login-actions/` at which a login goes on. */
export type LoginPath = 'authenticate' | 'reset-credentials' | 'required-action' | 'consent';

/** Which page of which login a request is about: the query of every login-actions address. */
export interface LoginAddress {
  readonly tabId: string;
  /** Id of the execution, or alias of the required action, that the page belongs to. */
  readonly execution?: string;
  readonly sessionCode?: string;
  /** Public id of the client. */
  readonly clientId?: string;
  /** How to answer the application when the login itself is gone; attacker input until checked. */
  readonly clientData?: string;
}

export interface LoginPost extends LoginAddress {
  readonly input: FormInput;
}

/** Where a page of a login stands. */
interface PageOfLogin {
  readonly request: AuthorizationRequest;
  readonly client: Client;
  readonly tabId: string;
  readonly path: LoginPath;
  readonly execution: string;
}

/** A page of a login in progress. */
export interface LoginPage extends PageOfLogin {
  readonly kind: 'page';
  readonly view: ChallengeView;
  /** Said on top of what the page itself says. */
  readonly notice?: { readonly message: Message; readonly kind: 'error' | 'info' };
  readonly sessionCode: string;
  readonly canTryAnotherWay: boolean;
  readonly rootSecret: string;
  /** New value for the KC_RESTART cookie, with the first page of a login. */
  readonly restart?: string;
  /** Who logs in, once that is known: the page is in their language. */
  readonly userId?: string;
}

/** What a door does next with a browser. */
export type LoginStep =
  | LoginPage
  /** Show the next page by a redirect, so that a reload does not post again. */
  | (PageOfLogin & { readonly kind: 'next'; readonly rootSecret: string })
  | {
      readonly kind: 'done';
      readonly request: AuthorizationRequest;
      readonly client: Client;
      readonly user: User;
      readonly session: UserSession;
      /** For response types with `code`. */
      readonly code?: string;
      /** For response types with `token` or `id_token`. */
      readonly tokens?: FrontChannelTokens;
      /** What became of the action that the application asked for. */
      readonly actionStatus?: ActionStatus;
      /** Secret for a new KEYCLOAK_IDENTITY cookie; absent when the browser was signed in and stays so. */
      readonly identitySecret?: string;
      readonly rememberMe: boolean;
    }
  /** An error for the application, at its redirect URI (OpenID Connect Core 3.1.2.6). */
  | {
      readonly kind: 'application-error';
      readonly request: ReplyAddress;
      readonly error: string;
      readonly description?: string;
    }
  /** The login ends with a page. */
  | {
      readonly kind: 'refused';
      readonly status: number;
      readonly message: Message;
      readonly client?: Client;
      readonly request?: AuthorizationRequest;
      readonly userId?: string;
    }
  /** The page that was sent is not the one the login is at. */
  | (PageOfLogin & { readonly kind: 'page-expired' })
  /** The login is over or unknown, and nobody is signed in. */
  | {
      readonly kind: 'lost';
      readonly message: Message;
      readonly request?: AuthorizationRequest;
      readonly client?: Client;
    }
  /** A page that only tells something: a link of a mail is to be confirmed, or has done its work. */
  | {
      readonly kind: 'info';
      readonly message: Message;
      /** Aliases of required actions that the page names. */
      readonly actions?: readonly string[];
      /** Link of the mail that goes on, for this browser alone. */
      readonly proceed?: { readonly key: string; readonly tabId: string };
      readonly rootSecret?: string;
      readonly client?: Client;
      /** Where the person may go on to in place of the client's home. */
      readonly redirectUri?: string;
      readonly userId?: string;
    }
  /** The browser is signed in, and no application is known to go to. */
  | { readonly kind: 'already-signed-in' };

/** The part of a request that says where an answer goes. */
export type ReplyAddress = Pick<AuthorizationRequest, 'clientId' | 'redirectUri' | 'responseMode' | 'responseType'> &
  Partial<Pick<AuthorizationRequest, 'state' | 'omits'>>;
