import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { InvalidInputError } from '../shared/errors.js';
import { importKeys } from './key-import.js';
import { rsaMaterial } from './key-material.js';

const owner = { commonName: 'acme', now: Date.UTC(2026, 0, 1) };
const pair = (bits: number): KeyObject => generateKeyPairSync('rsa', { modulusLength: bits }).privateKey;
const privateKey = pair(2048);
const der = (key: KeyObject, type: 'pkcs1' | 'pkcs8'): string => key.export({ type, format: 'der' }).toString('base64');
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
      id: rsaMaterial(settings, privateKey, owner).id,
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

  it('tells what it does not understand', async () => {
    expect((await importKeys([{ providerId: 'ecdsa-generated' }], owner)).skipped).toEqual([
      'key provider ecdsa-generated',
    ]);
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
