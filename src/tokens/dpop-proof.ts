import { createHash } from 'node:crypto';
import { calculateJwkThumbprint, compactVerify, decodeProtectedHeader, importJWK, type JWK } from 'jose';
import { SIGNATURE_ALGORITHMS } from './signature-algorithms.js';

/** The request that a proof has to be about. */
export interface ProvenRequest {
  readonly method: string;
  /** Address as the sender knows it. Query and fragment do not count. */
  readonly url: string;
  /** The access token that comes with it, at a resource. */
  readonly accessToken?: string;
}

/** A good proof. That it was not used before is not known yet. */
export interface DpopProof {
  /** Thumbprint of the key that made it (RFC 7638, SHA-256). */
  readonly jkt: string;
  readonly jti: string;
  /** Address it is for, without query. */
  readonly htu: string;
  /** Second from which on it is too old. */
  readonly overAt: number;
}

/** Why something is no proof: a sentence of the reference. */
export interface ProofProblem {
  readonly problem: string;
}

/** Signatures that proofs may have: never a shared secret. */
export const DPOP_ALGORITHMS: readonly string[] = [...SIGNATURE_ALGORITHMS]
  .filter(([, { kind }]) => kind !== 'hmac')
  .map(([name]) => name);

/** Seconds; both numbers are the reference's. */
const LIFETIME = 10;
const CLOCK_SKEW = 15;

const TYPE = 'dpop+jwt';
const PUBLIC_MEMBERS = ['kty', 'crv', 'x', 'y', 'n', 'e'] as const;
const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k', 'priv'];
const KEY_TYPES = new Set(['EC', 'OKP', 'RSA']);
/** Characters of base64url: 8192 bits, and 32 bits. Checking a signature with larger numbers takes too long to do it for strangers. */
const [MAX_MODULUS, MAX_EXPONENT] = [1366, 6];

const problem = (text: string): ProofProblem => ({ problem: text });

/**
 * Checks a DPoP proof (RFC 9449 section 4.3) but for its repetition. Pure.
 * @param text value of the `DPoP` header
 * @param now seconds
 */
export async function checkProof(
  text: string | undefined,
  request: ProvenRequest,
  now: number,
): Promise<DpopProof | ProofProblem> {
  if (text === undefined || text === '') return problem('DPoP proof is missing');
  const header = headerOf(text);
  if (!header) return problem('DPoP header verification failure');
  if (header['typ'] !== TYPE) return problem('Invalid or missing type in DPoP header');
  const { alg } = header;
  if (typeof alg !== 'string' || !DPOP_ALGORITHMS.includes(alg)) return problem('Unsupported DPoP algorithm');
  const jwk = publicKeyOf(header['jwk']);
  if ('problem' in jwk) return jwk;
  const claims = await signedClaims(text, jwk, alg);
  if (!claims) return problem('DPoP verification failure');
  const found = contentOf(claims);
  if ('problem' in found) return found;
  const wrong = wrongContent(found, request, now);
  if (wrong !== undefined) return problem(wrong);
  const { jti, htu, iat } = found;
  return { jkt: await calculateJwkThumbprint(jwk), jti, htu, overAt: Math.floor(iat) + LIFETIME + CLOCK_SKEW + 1 };
}

type Members = Readonly<Record<string, unknown>>;

interface Content {
  readonly jti: string;
  readonly htm: string;
  /** Without query and fragment. */
  readonly htu: string;
  readonly iat: number;
  readonly ath: unknown;
}

function headerOf(text: string): Members | undefined {
  try {
    const header = decodeProtectedHeader(text) as Members;
    return 'crit' in header ? undefined : header;
  } catch {
    return undefined;
  }
}

/** Only what makes up the key: what else the header says about it must not steer anything. */
function publicKeyOf(jwk: unknown): JWK | ProofProblem {
  if (typeof jwk !== 'object' || jwk === null || Array.isArray(jwk)) return problem('No JWK in DPoP header');
  const members = jwk as Members;
  if (PRIVATE_MEMBERS.some((name) => name in members)) return problem('Private key is present in DPoP header');
  const { kty, n, e } = members;
  if (typeof kty !== 'string' || !KEY_TYPES.has(kty)) return problem('Unsupported key type in DPoP header');
  const tooLarge = (value: unknown, max: number): boolean => typeof value === 'string' && value.length > max;
  if (tooLarge(n, MAX_MODULUS) || tooLarge(e, MAX_EXPONENT)) return problem('Unsupported key type in DPoP header');
  return Object.fromEntries(PUBLIC_MEMBERS.flatMap((name) => (name in members ? [[name, members[name]]] : [])));
}

async function signedClaims(text: string, jwk: JWK, alg: string): Promise<Members | undefined> {
  try {
    const { payload } = await compactVerify(text, await importJWK(jwk, alg), { algorithms: [alg] });
    const claims: unknown = JSON.parse(Buffer.from(payload).toString('utf8'));
    return typeof claims === 'object' && claims !== null ? (claims as Members) : undefined;
  } catch {
    return undefined;
  }
}

function contentOf({ jti, htm, htu, iat, ath }: Members): Content | ProofProblem {
  const there = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';
  if (!there(jti) || !there(htm) || !there(htu) || typeof iat !== 'number')
    return problem('DPoP mandatory claims are missing');
  const address = withoutQuery(htu);
  return address === undefined ? problem('Malformed HTTP URL in DPoP proof') : { jti, htm, htu: address, iat, ath };
}

function wrongContent({ htm, htu, iat, ath }: Content, request: ProvenRequest, now: number): string | undefined {
  if (htu !== withoutQuery(request.url)) return 'DPoP HTTP URL mismatch';
  if (htm !== request.method) return 'DPoP HTTP method mismatch';
  if (iat > now + CLOCK_SKEW || iat < now - LIFETIME - CLOCK_SKEW) return 'DPoP proof is not active';
  if (request.accessToken === undefined) return undefined;
  if (ath === undefined) return 'No access token hash in DPoP proof';
  return ath === hashOfToken(request.accessToken) ? undefined : 'DPoP proof access token hash mismatch';
}

const hashOfToken = (token: string): string => createHash('sha256').update(token, 'ascii').digest('base64url');

/** Two ways to write one address compare as equal (RFC 3986 section 6.2.2, as far as `URL` knows it). */
function withoutQuery(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const { protocol, host, pathname } = new URL(text);
  return `${protocol}//${host}${pathname}`;
}
