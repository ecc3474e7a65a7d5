import { createSecretKey, generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto';
import { jwtVerify, SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { decodeJws, signJws, verifySignature } from './jws.js';
import { SIGNATURE_ALGORITHMS } from './signature-algorithms.js';
import type { SigningKey } from './signing-keys.js';

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const secret = createSecretKey(randomBytes(128));
const pairs: Readonly<Record<string, { privateKey: KeyObject; publicKey: KeyObject }>> = {
  ES256: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  ES384: generateKeyPairSync('ec', { namedCurve: 'P-384' }),
  ES512: generateKeyPairSync('ec', { namedCurve: 'P-521' }),
  EdDSA: generateKeyPairSync('ed25519'),
};
const keyOf = (algorithm: string): SigningKey =>
  algorithm.startsWith('HS')
    ? { kid: 'k', algorithm, privateKey: secret, publicKey: secret }
    : { kid: 'k', algorithm, ...(pairs[algorithm] ?? rsa) };
const ALGORITHMS = [...SIGNATURE_ALGORITHMS.keys()];
const claims = { sub: 'Grüße', n: 1 };

function verified(token: string, key: SigningKey): boolean {
  const decoded = decodeJws(token);
  if (!decoded) throw new Error('not a token');
  return verifySignature(decoded, key);
}

describe('signJws', () => {
  it.each(ALGORITHMS)('makes %s tokens that jose accepts', async (algorithm) => {
    const key = keyOf(algorithm);
    const { payload, protectedHeader } = await jwtVerify(signJws(key, claims), key.publicKey, {
      algorithms: [algorithm],
    });
    expect(payload).toEqual(claims);
    expect(protectedHeader).toEqual({ alg: algorithm, typ: 'JWT', kid: 'k' });
  });

  it('refuses a key that does not sign', () => {
    expect(() => signJws({ ...keyOf('HS512'), algorithm: 'AES' }, claims)).toThrow('do not sign');
  });
});

describe('verifySignature', () => {
  it.each(ALGORITHMS)('accepts %s tokens of jose', async (alg) => {
    const key = keyOf(alg);
    const token = await new SignJWT(claims).setProtectedHeader({ alg, kid: 'k' }).sign(key.privateKey);
    expect(verified(token, key)).toBe(true);
    expect(decodeJws(token)?.claims).toEqual(claims);
  });

  it('refuses altered claims and altered signatures', () => {
    for (const algorithm of ALGORITHMS) {
      const key = keyOf(algorithm);
      const [header, payload, signature] = signJws(key, claims).split('.') as [string, string, string];
      const other = Buffer.from(JSON.stringify({ ...claims, sub: 'eve' })).toString('base64url');
      expect(verified(`${header}.${other}.${signature}`, key)).toBe(false);
      const flipped = Buffer.from(signature, 'base64url');
      flipped[0] = (flipped[0] ?? 0) ^ 1;
      expect(verified(`${header}.${payload}.${flipped.toString('base64url')}`, key)).toBe(false);
    }
  });

  it.each(ALGORITHMS.flatMap((made) => ALGORITHMS.filter((key) => key !== made).map((key) => [made, key] as const)))(
    'refuses a %s signature where the key is of %s',
    (made, expected) => {
      expect(verified(signJws(keyOf(made), claims), keyOf(expected))).toBe(false);
    },
  );

  it('lets the key decide the algorithm, never the token', () => {
    const publicPem = rsa.publicKey.export({ type: 'spki', format: 'pem' }) as string;
    const confused = createSecretKey(Buffer.from(publicPem));
    const forged = signJws({ kid: 'k', algorithm: 'HS256', privateKey: confused, publicKey: confused }, claims);
    expect(verified(forged, keyOf('RS256'))).toBe(false);
  });
});

describe('decodeJws', () => {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const head = { alg: 'RS256', kid: 'k' };

  it.each([
    ['nothing', ''],
    ['two parts', `${part(head)}.${part({})}`],
    ['an empty signature (alg none)', `${part({ alg: 'none', kid: 'k' })}.${part({})}.`],
    ['padding', `${part(head)}.${part({})}.AA==`],
    ['a kid that is no text', `${part({ alg: 'RS256', kid: 1 })}.${part({})}.AA`],
    ['an extension it does not know', `${part({ ...head, crit: ['b64'] })}.${part({})}.AA`],
    ['claims that are a list', `${part(head)}.${part([])}.AA`],
    ['a header that is not JSON', `AAAA.${part({})}.AA`],
    ['too long a text', `${part(head)}.${'A'.repeat(40_000)}.AA`],
  ])('refuses %s', (_what, token) => {
    expect(decodeJws(token)).toBeUndefined();
  });
});
