import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { InvalidInputError } from '../shared/errors.js';
import { importKeys } from './key-import.js';
import { keyPairMaterial, privateKeyOf } from './key-material.js';

const owner = { commonName: 'acme', now: Date.UTC(2026, 0, 1) };
const pair = (bits: number): KeyObject => generateKeyPairSync('rsa', { modulusLength: bits }).privateKey;
const privateKey = pair(2048);
const der = (key: KeyObject, type: 'pkcs1' | 'pkcs8'): string => key.export({ type, format: 'der' }).toString('base64');
const pairOf = (type: 'ec' | 'ed25519', namedCurve = ''): KeyObject =>
  type === 'ec' ? generateKeyPairSync(type, { namedCurve }).privateKey : generateKeyPairSync(type).privateKey;
const rsa = (config: Record<string, readonly string[]>) => [{ name: 'rsa', providerId: 'rsa', config }];

describe('importKeys', () => {
  it.each([
    ['PKCS#1', der(privateKey, 'pkcs1')],
    ['PKCS#8', der(privateKey, 'pkcs8')],
    ['PEM', privateKey.export({ type: 'pkcs8', format: 'pem' }) as string],
  ])('reads an RSA key in %s and gives it the id Keycloak gives it', async (_form, text) => {
    const { keys } = await importKeys(rsa({ privateKey: [text], priority: ['7'] }), owner);
    const settings = {
      name: '',
      providerId: '',
      use: 'sig',
      algorithm: 'RS256',
      status: 'active',
      priority: 0,
      config: {},
    } as const;
    expect(keys[0]).toMatchObject({
      id: keyPairMaterial(settings, privateKey, owner).id,
      algorithm: 'RS256',
      use: 'sig',
      priority: 7,
    });
    expect(keys[0]?.publicJwk).toMatchObject({ kty: 'RSA', alg: 'RS256', use: 'sig' });
    expect(keys[0]?.config).toEqual({ priority: ['7'] });
  });

  it('keeps secrets and their ids, and generates what is left open', async () => {
    const components = [
      { providerId: 'hmac-generated', config: { kid: ['mac'], secret: ['c2VjcmV0'], algorithm: ['HS512'] } },
      { providerId: 'aes-generated', config: {} },
    ];
    const { keys, skipped } = await importKeys(components, owner);
    expect(keys[0]).toMatchObject({ id: 'mac', privateText: 'c2VjcmV0', algorithm: 'HS512' });
    expect(keys[1]?.privateText).toMatch(/^[A-Za-z0-9_-]{22}$/);
    expect(keys.map((key) => key.algorithm).sort()).toEqual(['AES', 'HS512', 'RS256']);
    expect(skipped).toEqual([]);
  });

  it.each([
    ['ecdsa-generated', { ecdsaEllipticCurveKey: ['P-256'] }, 'ES256', { kty: 'EC', crv: 'P-256', use: 'sig' }],
    ['ecdsa-generated', { ecdsaEllipticCurveKey: ['P-384'] }, 'ES384', { kty: 'EC', crv: 'P-384', use: 'sig' }],
    ['ecdsa-generated', { ecdsaEllipticCurveKey: ['P-521'] }, 'ES512', { kty: 'EC', crv: 'P-521', use: 'sig' }],
    ['eddsa-generated', {}, 'EdDSA', { kty: 'OKP', crv: 'Ed25519', use: 'sig' }],
    ['eddsa-generated', { eddsaEllipticCurveKey: ['Ed448'] }, 'EdDSA', { kty: 'OKP', crv: 'Ed448', use: 'sig' }],
    ['ecdh-generated', { ecdhAlgorithm: ['ECDH-ES+A128KW'] }, 'ECDH-ES+A128KW', { kty: 'EC', use: 'enc' }],
    ['rsa-generated', { algorithm: ['PS512'] }, 'PS512', { kty: 'RSA', use: 'sig' }],
    ['rsa-enc-generated', {}, 'RSA-OAEP', { kty: 'RSA', use: 'enc' }],
  ] as const)('makes a key of %s with %j', async (providerId, config, algorithm, jwk) => {
    const { keys } = await importKeys([{ id: 'c', providerId, config }], owner);
    expect(keys[0]).toMatchObject({ componentId: 'c', algorithm, publicJwk: { ...jwk, alg: algorithm } });
    expect(keys[0]?.publicJwk?.['kid']).toBe(keys[0]?.id);
  });

  it.each([
    ['ecdsa-generated', 'ecdsaPrivateKey', 'ecdsaEllipticCurveKey', 'P-384', pairOf('ec', 'P-384')],
    ['eddsa-generated', 'eddsaPrivateKey', 'eddsaEllipticCurveKey', 'Ed25519', pairOf('ed25519')],
  ] as const)('keeps the key that %s brings', async (providerId, member, curveMember, curve, key) => {
    const config = { [member]: [der(key, 'pkcs8')], [curveMember]: [curve] };
    const [first] = (await importKeys([{ providerId, config }], owner)).keys;
    const [second] = (await importKeys([{ providerId, config }], owner)).keys;
    expect(first?.id).toBe(second?.id);
    expect(privateKeyOf(first ?? {}, first?.privateText ?? '').equals(key)).toBe(true);
    expect(first?.config).toEqual({ [curveMember]: [curve] });
  });

  it('refuses the same key twice', async () => {
    const twice = [
      ...rsa({ privateKey: [der(privateKey, 'pkcs8')] }),
      ...rsa({ privateKey: [der(privateKey, 'pkcs1')] }),
    ];
    await expect(importKeys(twice, owner)).rejects.toThrow('The realm has this key already');
  });

  it('tells what it does not understand', async () => {
    expect((await importKeys([{ providerId: 'my-own' }], owner)).skipped).toEqual(['key provider my-own']);
  });

  it('reads the state of a key', async () => {
    const text = der(privateKey, 'pkcs8');
    const status = async (config: Record<string, readonly string[]>) =>
      (await importKeys(rsa({ privateKey: [text], ...config }), owner)).keys[0]?.status;
    expect(await status({ active: ['false'] })).toBe('passive');
    expect(await status({ active: ['true'], enabled: ['false'] })).toBe('disabled');
  });

  it.each([
    ['a short RSA key', rsa({ privateKey: [der(pair(1024), 'pkcs8')] }), 'privateKey'],
    ['something that is no key', rsa({ privateKey: ['bm90IGEga2V5'] }), 'privateKey'],
    [
      'a key of another kind',
      rsa({ privateKey: [der(generateKeyPairSync('ed25519').privateKey, 'pkcs8')] }),
      'privateKey',
    ],
    [
      'a certificate that is none',
      rsa({ privateKey: [der(privateKey, 'pkcs8')], certificate: ['bm8='] }),
      'certificate',
    ],
    [
      'a key of another curve',
      [{ providerId: 'ecdsa-generated', config: { ecdsaPrivateKey: [der(pairOf('ec', 'P-384'), 'pkcs8')] } }],
      'ecdsaPrivateKey',
    ],
    ['an unknown curve', [{ providerId: 'ecdsa-generated', config: { ecdsaEllipticCurveKey: ['P-1'] } }], 'Key'],
    ['a priority that is no number', rsa({ priority: ['high'] }), 'priority'],
    ['a short size', [{ providerId: 'rsa-generated', config: { keySize: ['1024'] } }], 'keySize'],
    ['no private key', rsa({}), 'privateKey'],
    ['an unknown algorithm', rsa({ privateKey: [der(privateKey, 'pkcs8')], algorithm: ['none'] }), 'algorithm'],
    [
      'a provider that reads files',
      [{ providerId: 'java-keystore', config: { keystore: ['/etc/passwd'] } }],
      'providerId',
    ],
  ])('refuses %s and names the place', async (_what, components, member) => {
    const refused = await importKeys(components, owner).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(InvalidInputError);
    expect((refused as InvalidInputError).field).toMatch(
      new RegExp(`^components\\.org\\.keycloak\\.keys\\.KeyProvider\\[0\\].*${member}$`),
    );
  });
});
