import type { Json } from '../shared/json.js';

/** An authorization code waiting to be redeemed. The code itself is only in the browser's address; here is its hash. */
export interface AuthorizationCode {
  readonly hash: string;
  readonly realmId: string;
  /** Internal id of the client. */
  readonly clientId: string;
  readonly userId: string;
  readonly sessionId: string;
  readonly redirectUri: string;
  /** True when the request named the redirect URI, so that the token request must repeat it (RFC 6749 section 4.1.3). */
  readonly redirectUriRequired: boolean;
  readonly scope: string;
  readonly nonce?: string;
  readonly codeChallenge?: string;
  readonly codeChallengeMethod?: 'S256' | 'plain';
  /** Thumbprint of the key that may redeem it (RFC 9449 section 10). */
  readonly dpopJkt?: string;
  /** Claims fixed at login: acr, auth_time. */
  readonly claims: Readonly<Record<string, Json>>;
  /** Milliseconds. */
  readonly expiresAt: number;
}

/** A code as it was found at the token endpoint: `first` is true for exactly one caller. */
export interface RedeemedCode {
  readonly code: AuthorizationCode;
  readonly first: boolean;
}

/** Authorization codes by the hash of their text. A redeemed code is kept until it is swept, so that a replay is noticed. */
export abstract class AuthorizationCodeStore {
  /** Adds a code, in the transaction that opens or joins its session. */
  abstract insert(code: AuthorizationCode): Promise<void>;
  /** Takes the code: of parallel callers one gets `first: true`, the others and later ones `first: false` (a replay). */
  abstract redeem(realmId: string, hash: string): Promise<RedeemedCode | undefined>;
  /** Deletes codes that expired before `before`, at most `limit`. */
  abstract expire(before: number, limit: number): Promise<number>;
}
