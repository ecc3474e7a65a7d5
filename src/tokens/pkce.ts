import { createHash } from 'node:crypto';
import { constantTimeEquals } from '../shared/secrets.js';

export type ChallengeMethod = 'S256' | 'plain';

/** Form of a code verifier, and of a challenge (RFC 7636 sections 4.1 and 4.2). */
const VERIFIER = /^[A-Za-z0-9\-._~]{43,128}$/;

export const isCodeChallenge = (text: string): boolean => VERIFIER.test(text);

/**
 * Why the verifier does not fit what the authorization request announced (RFC 7636 section 4.6); undefined when it does. The
 * sentences are Keycloak's.
 */
export function pkceProblem(
  announced: { readonly codeChallenge?: string; readonly codeChallengeMethod?: ChallengeMethod },
  verifier: string | undefined,
): string | undefined {
  const { codeChallenge, codeChallengeMethod } = announced;
  if (codeChallenge === undefined) {
    return verifier === undefined
      ? undefined
      : 'PKCE code verifier specified but challenge not present in authorization';
  }
  if (verifier === undefined) return 'PKCE code verifier not specified';
  if (!VERIFIER.test(verifier)) return 'PKCE verification failed: Invalid code verifier';
  const derived = codeChallengeMethod === 'S256' ? createHash('sha256').update(verifier).digest('base64url') : verifier;
  return constantTimeEquals(derived, codeChallenge) ? undefined : 'PKCE verification failed: Code mismatch';
}
