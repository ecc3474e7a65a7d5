import { generateKeyPairSync, createHash, type KeyObject } from 'node:crypto';
import { calculateJwkThumbprint, SignJWT, UnsecuredJWT, type JWK } from 'jose';
import { describe, expect, it } from 'vitest';
import { checkProof, DPOP_ALGORITHMS, type ProvenRequest } from './dpop-proof.js';

const NOW = 1_800_000_000;
const REQUEST: ProvenRequest = { method: 'POST', url: 'https://id.test/realms/r/token' };
const CLAIMS = { jti: 'j-1', htm: 'POST', htu: REQUEST.url, iat: NOW };

interface Pair {
  readonly privateKey: KeyObject;
  readonly jwk: JWK;
}

const jwkOf = (key: KeyObject): JWK => key.export({ format: 'jwk' });
const pairOf = (keys: { publicKey: KeyObject; privateKey: KeyObject }): Pair => ({
  privateKey: keys.privateKey,
  jwk: jwkOf(keys.publicKey),
});
const curve = (namedCurve: string): Pair => pairOf(generateKeyPairSync('ec', { namedCurve }));
const rsa = (modulusLength: number): Pair => pairOf(generateKeyPairSync('rsa', { modulusLength }));

const EC = curve('P-256');
const RSA = rsa(2048);
const KEYS: Readonly<Record<string, Pair>> = {
  ES256: EC,
  ES384: curve('P-384'),
  ES512: curve('P-521'),
  EdDSA: pairOf(generateKeyPairSync('ed25519')),
};

interface ProofHead {
  readonly alg?: string;
  readonly typ?: string;
  readonly by?: Pair;
  readonly jwk?: unknown;
  readonly more?: object;
}

const sign = (
  claims: object = CLAIMS,
  { alg = 'ES256', typ = 'dpop+jwt', by = EC, jwk = by.jwk, more = {} }: ProofHead = {},
): Promise<string> =>
  new SignJWT({ ...claims }).setProtectedHeader({ alg, typ, jwk: jwk as JWK, ...more }).sign(by.privateKey);

const check = (text: string | undefined, request = REQUEST) => checkProof(text, request, NOW);

describe('a DPoP proof', () => {
  it.each(DPOP_ALGORITHMS)('signed with %s names its key', async (alg) => {
    const by = KEYS[alg] ?? RSA;
    const proof = await check(await sign(CLAIMS, { alg, by }));
    expect(proof).toMatchObject({ jkt: await calculateJwkThumbprint(by.jwk), jti: 'j-1' });
  });

  it('knows no algorithm with a shared secret', () => {
    expect(DPOP_ALGORITHMS.filter((name) => name.startsWith('HS'))).toEqual([]);
    expect(DPOP_ALGORITHMS).toContain('ES256');
  });

  it.each([
    ['query and fragment', `${REQUEST.url}?a=1#b`],
    ['case of host and scheme, and the usual port', 'HTTPS://ID.test:443/realms/r/token'],
  ])('is for an address whatever its %s', async (_what, htu) => {
    expect(await check(await sign({ ...CLAIMS, htu }))).toHaveProperty('jkt');
  });

  it.each([
    ['10 seconds old, with 15 between the clocks', NOW - 25, undefined],
    ['older', NOW - 26, 'DPoP proof is not active'],
    ['15 seconds ahead', NOW + 15, undefined],
    ['further ahead', NOW + 16, 'DPoP proof is not active'],
  ])('may be %s', async (_what, iat, problem) => {
    const proof = await check(await sign({ ...CLAIMS, iat }));
    expect(proof).toHaveProperty(
      ...((problem === undefined ? ['overAt', iat + 26] : ['problem', problem]) as [string, unknown]),
    );
  });

  it.each<[string, object, string]>([
    ['another address', { htu: 'https://id.test/realms/other/token' }, 'DPoP HTTP URL mismatch'],
    ['another host', { htu: 'https://evil.test/realms/r/token' }, 'DPoP HTTP URL mismatch'],
    ['plain http', { htu: 'http://id.test/realms/r/token' }, 'DPoP HTTP URL mismatch'],
    ['no address', { htu: ':::*;' }, 'Malformed HTTP URL in DPoP proof'],
    ['another method', { htm: 'GET' }, 'DPoP HTTP method mismatch'],
    ['the method in small letters', { htm: 'post' }, 'DPoP HTTP method mismatch'],
    ['no jti', { jti: undefined }, 'DPoP mandatory claims are missing'],
    ['an empty jti', { jti: ' ' }, 'DPoP mandatory claims are missing'],
    ['no iat', { iat: undefined }, 'DPoP mandatory claims are missing'],
    ['a text as iat', { iat: String(NOW) }, 'DPoP mandatory claims are missing'],
    ['no htm', { htm: undefined }, 'DPoP mandatory claims are missing'],
  ])('is refused with %s', async (_what, claims, problem) => {
    expect(await check(await sign({ ...CLAIMS, ...claims }))).toEqual({ problem });
  });

  it('has to name the access token that comes with it', async () => {
    const request = { ...REQUEST, accessToken: 'a.b.c' };
    const ath = createHash('sha256').update('a.b.c').digest('base64url');
    expect(await check(await sign({ ...CLAIMS, ath }), request)).toHaveProperty('jkt');
    expect(await check(await sign(), request)).toEqual({ problem: 'No access token hash in DPoP proof' });
    expect(await check(await sign({ ...CLAIMS, ath: 'x' }), request)).toEqual({
      problem: 'DPoP proof access token hash mismatch',
    });
  });

  it.each([
    [undefined, 'DPoP proof is missing'],
    ['', 'DPoP proof is missing'],
    ['abc', 'DPoP header verification failure'],
    ['a.b.c, a.b.c', 'DPoP header verification failure'],
  ])('is not %j', async (text, problem) => {
    expect(await check(text)).toEqual({ problem });
  });

  it('is not two proofs in one header', async () => {
    const proof = await sign();
    expect(await check(`${proof}, ${proof}`)).toEqual({ problem: 'DPoP verification failure' });
  });

  it('has the type of proofs', async () => {
    const problem = 'Invalid or missing type in DPoP header';
    expect(await check(await sign(CLAIMS, { typ: 'JWT' }))).toEqual({ problem });
  });

  it('is refused unsigned, or signed with a shared secret', async () => {
    const problem = 'Unsupported DPoP algorithm';
    const [header, payload, signature] = (await sign()).split('.');
    const unsigned = { ...(JSON.parse(Buffer.from(header!, 'base64url').toString()) as object), alg: 'none' };
    const none = Buffer.from(JSON.stringify(unsigned)).toString('base64url');
    expect(await check(`${none}.${payload}.${signature}`)).toEqual({ problem });
    expect(await check(`${none}.${payload}.`)).toEqual({ problem });
    expect(await check(new UnsecuredJWT({}).encode())).toHaveProperty('problem');
    const secret = await new SignJWT(CLAIMS)
      .setProtectedHeader({ alg: 'HS256', typ: 'dpop+jwt', jwk: EC.jwk })
      .sign(Buffer.alloc(32));
    expect(await check(secret)).toEqual({ problem });
  });

  it('is refused when another key signed it, or nobody', async () => {
    const problem = 'DPoP verification failure';
    const other = curve('P-256');
    expect(await check(await sign(CLAIMS, { jwk: other.jwk }))).toEqual({ problem });
    const [header, , signature] = (await sign()).split('.');
    const claims = Buffer.from(JSON.stringify({ ...CLAIMS, jti: 'other' })).toString('base64url');
    expect(await check(`${header}.${claims}.${signature}`)).toEqual({ problem });
    expect(await check(await sign(CLAIMS, { alg: 'RS256', by: RSA, jwk: EC.jwk }))).toEqual({ problem });
  });

  it('is refused with a critical extension', async () => {
    const more = { crit: ['b64'], b64: true };
    expect(await check(await sign(CLAIMS, { more }))).toEqual({ problem: 'DPoP header verification failure' });
  });

  it.each<[string, unknown, string]>([
    ['no key', null, 'No JWK in DPoP header'],
    ['a text for a key', 'key', 'No JWK in DPoP header'],
    ['a list for a key', [EC.jwk], 'No JWK in DPoP header'],
    ['a private key', jwkOf(EC.privateKey), 'Private key is present in DPoP header'],
    ['a private RSA key', jwkOf(RSA.privateKey), 'Private key is present in DPoP header'],
    ['a shared secret', { kty: 'oct', k: 'c2VjcmV0' }, 'Private key is present in DPoP header'],
    ['a key of no kind', { kty: 'oct' }, 'Unsupported key type in DPoP header'],
    ['half a key', { kty: 'EC', crv: 'P-256', x: EC.jwk.x }, 'DPoP verification failure'],
    ['a point off the curve', { ...EC.jwk, y: EC.jwk.x }, 'DPoP verification failure'],
    ['a giant modulus', { ...RSA.jwk, n: 'A'.repeat(2000) }, 'Unsupported key type in DPoP header'],
    ['a giant exponent', { ...RSA.jwk, e: RSA.jwk.n }, 'Unsupported key type in DPoP header'],
    ['a short RSA key', rsa(1024).jwk, 'DPoP verification failure'],
  ])('is refused with %s', async (_what, jwk, problem) => {
    expect(await check(await sign(CLAIMS, { jwk }))).toEqual({ problem });
  });

  it('is about its key and not about what else its header says of it', async () => {
    const jwk = { ...EC.jwk, use: 'enc', key_ops: ['encrypt'], kid: 'x', alg: 'none' };
    expect(await check(await sign(CLAIMS, { jwk }))).toMatchObject({ jkt: await calculateJwkThumbprint(EC.jwk) });
  });
});
