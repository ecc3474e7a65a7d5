import type { Client } from '../realm/client.js';
import type { Realm } from '../realm/realm.js';
import type { Clock } from '../shared/clock.js';
import { AppError } from '../shared/errors.js';
import type { Json } from '../shared/json.js';
import { decodeJws, signJws, verifySignature } from './jws.js';
import type { RealmKeys, SigningKey } from './signing-keys.js';

/** Claim `typ` of the tokens of this server; access tokens are `Bearer`, or `DPoP` when they are bound to a key. A token is never accepted where another type is asked for (RFC 8725 section 3.12). */
export type TokenType = 'Bearer' | 'DPoP' | 'ID' | 'Refresh' | 'Offline';

export type Claims = Readonly<Record<string, Json>>;

/** What a checked token says; the members every token has. */
export interface CheckedClaims {
  readonly jti: string;
  /** Seconds. */
  readonly iat: number;
  /** Seconds; absent in offline tokens without a maximum. */
  readonly exp?: number;
  readonly typ: TokenType;
  /** Public id of the client it was issued to. */
  readonly azp: string;
  readonly sub?: string;
  /** Session id. */
  readonly sid?: string;
  /** Everything the token says. */
  readonly all: Claims;
}

export type CheckedToken =
  | { readonly kind: 'valid'; readonly claims: CheckedClaims }
  | { readonly kind: 'invalid'; readonly reason: 'signature' | 'type' | 'issuer' | 'expired' | 'not_yet' };

export interface TokenExpectation {
  readonly types: readonly TokenType[];
  readonly issuer: string;
  /** An ID token used as a hint may be over (OpenID Connect RP-Initiated Logout section 4). */
  readonly evenExpired?: boolean;
}

/** Attributes of a client that choose a signature algorithm. */
export type SignatureAttribute =
  'access.token.signed.response.alg' | 'id.token.signed.response.alg' | 'user.info.response.signature.alg';

/** Seconds by which the clocks of two nodes may differ. */
const CLOCK_SKEW = 60;
const REFRESH_ALGORITHM = 'HS512';

/** Signs and checks the tokens of realms. */
export class RealmJwt {
  constructor(
    private readonly keys: RealmKeys,
    private readonly clock: Clock,
  ) {}

  /**
   * The key for access or ID tokens and signed answers: the algorithm the client asks for, else the realm's, else RS256, the first
   * of these that there is. A realm without a key for it gets one.
   * @param attribute absent for what no attribute of the client decides
   * @throws AppError `no_signing_key`
   */
  async keyFor(realm: Realm, client: Client, attribute?: SignatureAttribute): Promise<SigningKey> {
    const own = attribute === undefined ? undefined : client.attributes[attribute];
    for (const algorithm of [own, realm.settings.defaultSignatureAlgorithm, 'RS256']) {
      const key = algorithm ? await this.keys.signerOrNew(realm, algorithm) : undefined;
      if (key) return key;
    }
    throw noKey(realm);
  }

  /** The key for refresh tokens, which only this server reads. @throws AppError `no_signing_key` */
  async refreshKey(realm: Realm): Promise<SigningKey> {
    const key = await this.keys.signerOrNew(realm, REFRESH_ALGORITHM);
    if (!key) throw noKey(realm);
    return key;
  }

  /** @param type of the header, `JWT` unless a standard names another */
  sign(key: SigningKey, claims: Claims, type?: string): string {
    return signJws(key, claims, type);
  }

  /** Checks signature, type, issuer and times, in this order. */
  async check(realm: Realm, token: string, expected: TokenExpectation): Promise<CheckedToken> {
    const decoded = decodeJws(token);
    const key =
      decoded?.kid === undefined ? undefined : await this.keys.verifier(realm.id, decoded.kid, decoded.algorithm);
    if (!decoded || !key || !verifySignature(decoded, key)) return { kind: 'invalid', reason: 'signature' };
    const claims = readClaims(decoded.claims);
    if (!claims || !expected.types.includes(claims.typ)) return { kind: 'invalid', reason: 'type' };
    if (decoded.claims['iss'] !== expected.issuer) return { kind: 'invalid', reason: 'issuer' };
    const now = this.clock.seconds();
    // When it was issued decides nothing: a clock that was set back must not refuse what the server itself has signed.
    const notBefore = typeof decoded.claims['nbf'] === 'number' ? decoded.claims['nbf'] : 0;
    if (notBefore > now + CLOCK_SKEW) return { kind: 'invalid', reason: 'not_yet' };
    if (!expected.evenExpired && claims.exp !== undefined && claims.exp <= now)
      return { kind: 'invalid', reason: 'expired' };
    return { kind: 'valid', claims };
  }
}

const noKey = (realm: Realm): AppError =>
  new AppError('no_signing_key', 'The realm has no key to sign tokens with', { detail: `realm ${realm.name}` });

const TYPES: ReadonlySet<string> = new Set<TokenType>(['Bearer', 'DPoP', 'ID', 'Refresh', 'Offline']);

/** Undefined unless every member has the form this server writes. Only offline tokens may go without an end. */
function readClaims(all: Claims): CheckedClaims | undefined {
  const { jti, iat, exp, typ, azp, sub, sid } = all;
  if (typeof jti !== 'string' || typeof iat !== 'number' || typeof azp !== 'string') return undefined;
  if (typeof typ !== 'string' || !TYPES.has(typ)) return undefined;
  if (exp === undefined ? typ !== 'Offline' : typeof exp !== 'number') return undefined;
  return {
    jti,
    iat,
    typ: typ as TokenType,
    azp,
    all,
    ...(typeof exp === 'number' ? { exp } : {}),
    ...(typeof sub === 'string' ? { sub } : {}),
    ...(typeof sid === 'string' ? { sid } : {}),
  };
}
