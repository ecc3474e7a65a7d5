import { createHash } from 'node:crypto';
import type { Client } from '../realm/client.js';
import type { Json } from '../shared/json.js';
import { hashOf } from './signature-algorithms.js';
import type { Claims } from './jwt.js';
import { confirmation, type TokenBinding } from './token-binding.js';

/** What the tokens of one answer share. */
export interface TokenFrame {
  readonly issuer: string;
  readonly client: Client;
  readonly userId: string;
  /** Seconds. */
  readonly issuedAt: number;
  readonly expiresAt: number;
  readonly sessionId?: string;
  /** Scope as tokens name it. */
  readonly scope: string;
  readonly binding?: TokenBinding;
}

const optional = (name: string, value: Json | undefined): Claims => (value === undefined ? {} : { [name]: value });

/**
 * Claims of an access token (RFC 9068 in spirit; names and order are Keycloak's). Without a session the subject is always named,
 * because nothing else says whose token it is.
 * @param mapped claims of the protocol mappers
 */
export function accessTokenClaims(frame: TokenFrame, id: string, mapped: Claims): Claims {
  const { aud, sub, ...others } = mapped;
  return {
    exp: frame.expiresAt,
    iat: frame.issuedAt,
    jti: id,
    iss: frame.issuer,
    ...optional('aud', aud),
    ...optional('sub', sub ?? (frame.sessionId === undefined ? frame.userId : undefined)),
    typ: frame.binding?.jkt === undefined ? 'Bearer' : 'DPoP',
    azp: frame.client.clientId,
    ...optional('sid', frame.sessionId),
    ...others,
    ...confirmation(frame.binding),
    scope: frame.scope,
  };
}

/** What an ID token says about the answer it comes in. */
export interface IdTokenLogin {
  readonly nonce?: string;
  /** Goes into `at_hash`. */
  readonly accessToken?: string;
  /** Goes into `c_hash`. */
  readonly code?: string;
  /** Goes into `s_hash` (Financial-grade API 1.0, part 2, section 5.1). */
  readonly state?: string;
  /** Of the key that signs: it decides about the hash. */
  readonly algorithm: string;
}

/** Claims of an ID token (OpenID Connect Core section 2). */
export function idTokenClaims(frame: TokenFrame, id: string, mapped: Claims, login: IdTokenLogin): Claims {
  const { aud, sub: _sub, ...others } = mapped;
  const audience = [
    frame.client.clientId,
    ...(Array.isArray(aud) ? (aud as string[]) : typeof aud === 'string' ? [aud] : []),
  ];
  const audiences = [...new Set(audience)];
  return {
    exp: frame.expiresAt,
    iat: frame.issuedAt,
    jti: id,
    iss: frame.issuer,
    aud: audiences.length === 1 ? frame.client.clientId : audiences,
    sub: frame.userId,
    typ: 'ID',
    azp: frame.client.clientId,
    ...optional('nonce', login.nonce),
    ...optional('sid', frame.sessionId),
    ...hashes(login),
    ...others,
  };
}

/** Claims of a refresh or offline token; only this server reads them. */
export function refreshTokenClaims(
  frame: Omit<TokenFrame, 'expiresAt'> & { readonly expiresAt?: number; readonly sessionId: string },
  id: string,
  rotation: { readonly offline: boolean; readonly reuseId?: string; readonly generation: number },
): Claims {
  return {
    ...optional('exp', frame.expiresAt),
    iat: frame.issuedAt,
    jti: id,
    iss: frame.issuer,
    aud: frame.issuer,
    sub: frame.userId,
    typ: rotation.offline ? 'Offline' : 'Refresh',
    azp: frame.client.clientId,
    sid: frame.sessionId,
    ...confirmation(frame.binding),
    scope: frame.scope,
    ...(rotation.reuseId === undefined ? {} : { reuse_id: rotation.reuseId, reuse_generation: rotation.generation }),
  };
}

function hashes({ accessToken, code, state, algorithm }: IdTokenLogin): Claims {
  const hash = (text: string | undefined) =>
    text === undefined || text === '' ? undefined : halfHash(text, algorithm);
  return {
    ...optional('at_hash', hash(accessToken)),
    ...optional('c_hash', hash(code)),
    ...optional('s_hash', hash(state)),
  };
}

/** Left half of the hash of a text (OpenID Connect Core sections 3.1.3.6 and 3.3.2.11). */
function halfHash(text: string, algorithm: string): string {
  const digest = createHash(hashOf(algorithm)).update(text, 'utf8').digest();
  return digest.subarray(0, digest.length / 2).toString('base64url');
}
