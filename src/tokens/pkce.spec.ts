import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isCodeChallenge, pkceProblem } from './pkce.js';

const verifiers = fc.string({
  unit: fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~'),
  minLength: 43,
  maxLength: 128,
});
const s256 = (verifier: string) => createHash('sha256').update(verifier).digest('base64url');

describe('pkceProblem', () => {
  it('accepts the example of RFC 7636 appendix B', () => {
    const announced = {
      codeChallenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
      codeChallengeMethod: 'S256' as const,
    };
    expect(pkceProblem(announced, 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk')).toBeUndefined();
  });

  it('accepts every verifier with its own challenge and no other', () => {
    fc.assert(
      fc.property(verifiers, verifiers, (verifier, other) => {
        const announced = { codeChallenge: s256(verifier), codeChallengeMethod: 'S256' as const };
        expect(isCodeChallenge(announced.codeChallenge)).toBe(true);
        expect(pkceProblem(announced, verifier)).toBeUndefined();
        expect(pkceProblem({ codeChallenge: verifier, codeChallengeMethod: 'plain' }, verifier)).toBeUndefined();
        if (other !== verifier) expect(pkceProblem(announced, other)).toBe('PKCE verification failed: Code mismatch');
      }),
    );
  });

  it('wants a verifier exactly when a challenge was announced', () => {
    expect(pkceProblem({}, undefined)).toBeUndefined();
    expect(pkceProblem({}, 'a'.repeat(43))).toContain('challenge not present');
    expect(pkceProblem({ codeChallenge: s256('x'), codeChallengeMethod: 'S256' }, undefined)).toBe(
      'PKCE code verifier not specified',
    );
    expect(pkceProblem({ codeChallenge: 'short', codeChallengeMethod: 'plain' }, 'short')).toContain(
      'Invalid code verifier',
    );
  });
});
