import type { Client } from '../../realm/client.js';
import type { DecodedJws } from '../../tokens/jws.js';
import type { Presented } from './presented.js';

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
/** Seconds by which the clock of a client may be ahead of ours. */
const CLOCK_SKEW = 15;
/** Seconds an assertion lasts at most, unless the client says otherwise. */
const LONGEST_LIFE = 60;
/** Endpoints at which clients authenticate. Each names this server, so each is accepted as the audience at all of them. */
const ENDPOINTS = ['token', 'token/introspect', 'revoke', 'logout', 'ext/par/request'];

/** A well-formed assertion about the client that the request names, or what is wrong with it. */
export type ReadAssertion = { readonly jws: DecodedJws } | { readonly problem: string };

/** What an assertion has to be before its signature is looked at (RFC 7523 section 3). The sentences are Keycloak's where it has one. */
export function readAssertion({ clientId, assertion }: Presented, client: Pick<Client, 'attributes'>): ReadAssertion {
  if (assertion?.type === undefined) return { problem: 'Parameter client_assertion_type is missing' };
  if (assertion.type !== ASSERTION_TYPE)
    return {
      problem: `Parameter client_assertion_type has value '${assertion.type.slice(0, 100)}' but expected is '${ASSERTION_TYPE}'`,
    };
  if (assertion.text === undefined) return { problem: 'client_assertion parameter missing' };
  if (!assertion.jws) return { problem: 'client_assertion is not a signed JWT' };
  const { sub, iss } = assertion.jws.claims;
  if (typeof sub !== 'string') return { problem: 'Token sub claim is required' };
  if (sub !== clientId) return { problem: 'client_id parameter does not match sub claim' };
  if (iss !== sub) return { problem: 'Token iss claim does not match sub claim' };
  const only = client.attributes['token.endpoint.auth.signing.alg'] || undefined;
  if (only !== undefined && only !== assertion.jws.algorithm) return { problem: 'Invalid signature algorithm' };
  return { jws: assertion.jws };
}

/** An assertion that may be used now, or what is wrong with it. */
export type CheckedAssertion =
  | {
      readonly jti: string;
      /** Seconds: the first at which it would be refused as too old anyway. */
      readonly until: number;
    }
  | { readonly problem: string };

/**
 * What a signed assertion has to say (RFC 7523 section 3; limits and sentences are Keycloak's): one audience, which is this server;
 * an end, soon; an id.
 * @param issuer of the realm
 * @param now seconds
 */
export function checkAssertion(
  { claims }: Pick<DecodedJws, 'claims'>,
  client: Pick<Client, 'attributes'>,
  issuer: string,
  now: number,
): CheckedAssertion {
  const { aud, exp, nbf, iat, jti } = claims;
  const audiences: readonly unknown[] = Array.isArray(aud) ? aud : [aud];
  const accepted = [issuer, ...ENDPOINTS.map((path) => `${issuer}/protocol/openid-connect/${path}`)];
  if (!audiences.some((audience) => typeof audience === 'string' && accepted.includes(audience)))
    return { problem: 'Invalid token audience' };
  if (audiences.length > 1) return { problem: 'Multiple audiences not allowed' };
  if (typeof exp !== 'number') return { problem: 'Token exp claim is required' };
  if (!isTime(nbf) || !isTime(iat) || exp <= now || (nbf ?? 0) > now + CLOCK_SKEW)
    return { problem: 'Token is not active' };
  const longest = longestLife(client);
  if (iat === undefined && exp - now > longest)
    return { problem: 'Token expiration is too far in the future and iat claim not present in token' };
  if (iat !== undefined && iat - CLOCK_SKEW > now) return { problem: 'Token was issued in the future' };
  if (iat !== undefined && now > iat + longest)
    return { problem: 'Token was issued too far in the past to be used now' };
  if (typeof jti !== 'string' || jti === '') return { problem: 'Token jti claim is required' };
  return { jti, until: Math.min(exp, iat === undefined ? exp : iat + longest + 1) };
}

const isTime = (value: unknown): value is number | undefined => value === undefined || typeof value === 'number';

/** The client's `token.endpoint.auth.signing.max.exp`, in seconds. */
function longestLife({ attributes }: Pick<Client, 'attributes'>): number {
  const seconds = Number(attributes['token.endpoint.auth.signing.max.exp']);
  return Number.isInteger(seconds) && seconds > 0 ? seconds : LONGEST_LIFE;
}
