/** How signatures of one algorithm are made. */
export interface SignatureAlgorithm {
  readonly kind: 'pkcs1' | 'pss' | 'ecdsa' | 'eddsa' | 'hmac';
  /** Of the signature, and of `at_hash` (OpenID Connect Core section 3.1.3.6). */
  readonly hash: 'sha256' | 'sha384' | 'sha512';
}

/**
 * Every algorithm that signs tokens (RFC 7518 section 3.1; EdDSA: RFC 8037), in the order in which the discovery document of the
 * reference names them.
 */
export const SIGNATURE_ALGORITHMS: ReadonlyMap<string, SignatureAlgorithm> = new Map([
  ['PS384', { kind: 'pss', hash: 'sha384' }],
  ['RS384', { kind: 'pkcs1', hash: 'sha384' }],
  ['EdDSA', { kind: 'eddsa', hash: 'sha512' }],
  ['ES384', { kind: 'ecdsa', hash: 'sha384' }],
  ['HS256', { kind: 'hmac', hash: 'sha256' }],
  ['HS512', { kind: 'hmac', hash: 'sha512' }],
  ['ES256', { kind: 'ecdsa', hash: 'sha256' }],
  ['RS256', { kind: 'pkcs1', hash: 'sha256' }],
  ['HS384', { kind: 'hmac', hash: 'sha384' }],
  ['ES512', { kind: 'ecdsa', hash: 'sha512' }],
  ['PS256', { kind: 'pss', hash: 'sha256' }],
  ['PS512', { kind: 'pss', hash: 'sha512' }],
  ['RS512', { kind: 'pkcs1', hash: 'sha512' }],
] as const);

/** Hash that goes with a signature algorithm, for `at_hash`. */
export const hashOf = (algorithm: string): string => SIGNATURE_ALGORITHMS.get(algorithm)?.hash ?? 'sha256';
