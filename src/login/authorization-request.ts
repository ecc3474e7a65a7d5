/** Parameters of an authorization response that a client may do without. */
export type AnswerParameter = 'iss' | 'session_state';

/**
 * A checked authorization request (OpenID Connect Core 3.1.2.1): what a door hands to a browser login. The redirect URI has been
 * matched against the client. Everything in it is JSON, because it travels in the login's state.
 */
export interface AuthorizationRequest {
  readonly realmId: string;
  /** Internal id of the client. */
  readonly clientId: string;
  readonly redirectUri: string;
  readonly redirectUriRequired: boolean;
  readonly responseType: string;
  readonly responseMode: 'query' | 'fragment' | 'form_post';
  /** Parameters that the client wants left out of its answers. */
  readonly omits?: readonly AnswerParameter[];
  readonly scope: string;
  readonly state?: string;
  readonly nonce?: string;
  /** `login`, `none`, `consent`, `select_account`, `create`; empty when not sent. */
  readonly prompt: readonly string[];
  /** Seconds. */
  readonly maxAge?: number;
  readonly loginHint?: string;
  /** Locales of `ui_locales`, best first. */
  readonly uiLocales: readonly string[];
  readonly kcLocale?: string;
  readonly idpHint?: string;
  /** A required action the application asks for (`kc_action`). */
  readonly kcAction?: string;
  readonly acrValues: readonly string[];
  readonly codeChallenge?: string;
  readonly codeChallengeMethod?: 'S256' | 'plain';
  /** Of a pushed request: the hash of its reference. */
  readonly pushed?: string;
  /** Thumbprint of the key that may redeem the code (`dpop_jkt`). */
  readonly dpopJkt?: string;
}
