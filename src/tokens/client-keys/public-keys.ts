import { createPublicKey, X509Certificate, type JsonWebKeyInput, type KeyObject } from 'node:crypto';
import { MINIMUM_RSA_BITS } from '../key-material.js';
import { SIGNATURE_ALGORITHMS } from '../signature-algorithms.js';

/** A public key of a client. */
export interface ClientKey {
  /** Id and algorithm, where a key set names them. */
  readonly kid?: string;
  readonly algorithm?: string;
  readonly key: KeyObject;
}

/** The curve of each algorithm, as OpenSSL names it (RFC 7518 section 3.4). */
const CURVES: Readonly<Record<string, string>> = { ES256: 'prime256v1', ES384: 'secp384r1', ES512: 'secp521r1' };
const HEADERS = /-----[A-Z0-9 ]+-----|\s+/g;

/**
 * Whether a key may check signatures of an algorithm. Decided by what the key is, so that a signature of one kind is never checked
 * with a key of another (RFC 8725 section 3.1). HMAC never fits: a public key is no secret.
 */
export function fitsAlgorithm(algorithm: string, { key, algorithm: only }: ClientKey): boolean {
  if (only !== undefined && only !== algorithm) return false;
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = key;
  switch (SIGNATURE_ALGORITHMS.get(algorithm)?.kind) {
    case 'pkcs1':
    case 'pss':
      return type === 'rsa' && (details?.modulusLength ?? 0) >= MINIMUM_RSA_BITS;
    case 'ecdsa':
      return type === 'ec' && details?.namedCurve === CURVES[algorithm];
    case 'eddsa':
      return type === 'ed25519' || type === 'ed448';
    case 'hmac':
    case undefined:
      return false;
  }
}

/** The key in a certificate (PEM, or its base64 alone); undefined when it cannot be read. Only the key counts, not the dates. */
export const keyOfCertificate = (text: string): KeyObject | undefined =>
  readOrNothing(() => new X509Certificate(derOf(text)).publicKey);

/** A SubjectPublicKeyInfo (PEM, or its base64 alone); undefined when it cannot be read. */
export const keyOfText = (text: string): KeyObject | undefined =>
  readOrNothing(() => createPublicKey({ key: derOf(text), format: 'der', type: 'spki' }));

/**
 * The keys of a JSON Web Key Set (RFC 7517 section 5) that can check signatures. Other members and keys of kinds that nobody here
 * knows are left out, as the RFC wants; undefined when the text is no key set at all.
 */
export function keysOfSet(text: string): readonly ClientKey[] | undefined {
  const set = readOrNothing(() => JSON.parse(text) as unknown);
  const { keys } = (typeof set === 'object' && set !== null ? set : {}) as { readonly keys?: unknown };
  return Array.isArray(keys) ? keys.flatMap((jwk: unknown) => keyOfJwk(jwk) ?? []) : undefined;
}

function keyOfJwk(jwk: unknown): ClientKey | undefined {
  if (typeof jwk !== 'object' || jwk === null) return undefined;
  const { kid, alg, use, kty } = jwk as Readonly<Record<string, unknown>>;
  if (kty === 'oct' || (use !== undefined && use !== 'sig')) return undefined;
  const key = readOrNothing(() => createPublicKey({ key: jwk as JsonWebKeyInput['key'], format: 'jwk' }));
  return (
    key && {
      ...(typeof kid === 'string' ? { kid } : {}),
      ...(typeof alg === 'string' ? { algorithm: alg } : {}),
      key,
    }
  );
}

const derOf = (text: string): Buffer => Buffer.from(text.replaceAll(HEADERS, ''), 'base64');

function readOrNothing<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
