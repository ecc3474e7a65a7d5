import type { Client } from '../realm/client.js';
import type { CheckedClaims, Claims } from './jwt.js';

/** What a token is bound to: who uses it has to show that they hold it (claim `cnf`, RFC 7800). */
export interface TokenBinding {
  /** Thumbprint of a key that signs proofs (RFC 9449 section 6.1). */
  readonly jkt?: string;
  /** SHA-256 of a client certificate, base64url (RFC 8705 section 3.1). */
  readonly certificate?: string;
}

/** Whether all access tokens of a client are bound to a key. */
export const demandsDpop = ({ attributes }: Client): boolean => attributes['dpop.bound.access.tokens'] === 'true';

/** Whether all tokens of a client are bound to its certificate. */
export const demandsCertificate = ({ attributes }: Client): boolean =>
  attributes['tls.client.certificate.bound.access.tokens'] === 'true';

/** What a token says that it is bound to. */
export function bindingOf({ all }: Pick<CheckedClaims, 'all'>): TokenBinding {
  const { cnf } = all;
  if (typeof cnf !== 'object' || cnf === null || Array.isArray(cnf)) return {};
  const { jkt, 'x5t#S256': certificate } = cnf as Claims;
  return {
    ...(typeof jkt === 'string' ? { jkt } : {}),
    ...(typeof certificate === 'string' ? { certificate } : {}),
  };
}

/** The claim that says it; nothing for a token that is bound to nothing. */
export function confirmation({ jkt, certificate }: TokenBinding = {}): Claims {
  if (jkt === undefined && certificate === undefined) return {};
  return {
    cnf: {
      ...(jkt === undefined ? {} : { jkt }),
      ...(certificate === undefined ? {} : { 'x5t#S256': certificate }),
    },
  };
}
