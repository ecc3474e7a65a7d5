import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { selfSignedCertificate } from '../self-signed-certificate.js';
import { fitsAlgorithm, keyOfCertificate, keyOfText, keysOfSet } from './public-keys.js';

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const weak = generateKeyPairSync('rsa', { modulusLength: 1024 });
const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const ed = generateKeyPairSync('ed25519');
const jwk = (key: KeyObject, more: object = {}) => ({ ...key.export({ format: 'jwk' }), ...more });

describe('keys in texts', () => {
  const der = selfSignedCertificate(rsa.privateKey, rsa.publicKey, 'app', Date.now());
  const spki = rsa.publicKey.export({ type: 'spki', format: 'pem' }).toString();

  it.each([
    ['a certificate', keyOfCertificate(der.toString('base64'))],
    [
      'a certificate with its frame',
      keyOfCertificate(`-----BEGIN CERTIFICATE-----\n${der.toString('base64')}\n-----END CERTIFICATE-----\n`),
    ],
    ['a key with its frame', keyOfText(spki)],
    ['a key', keyOfText(spki.replaceAll(/-----.*-----|\n/g, ''))],
  ])('are read: %s', (_what, key) => {
    expect(key?.equals(rsa.publicKey)).toBe(true);
  });

  it.each(['', 'x', der.toString('base64').slice(0, 100)])('are left when they are none: %s', (text) => {
    expect([keyOfCertificate(text), keyOfText(text)]).toEqual([undefined, undefined]);
  });
});

describe('keysOfSet', () => {
  it('takes the keys that check signatures, and leaves the rest', () => {
    const keys = [
      jwk(rsa.publicKey, { kid: 'a', alg: 'RS256', use: 'sig' }),
      jwk(p256.publicKey),
      jwk(rsa.publicKey, { kid: 'enc', use: 'enc' }),
      { kty: 'oct', k: 'c2VjcmV0', kid: 'secret' },
      { kty: 'made up' },
      null,
      'text',
    ];
    const read = keysOfSet(JSON.stringify({ keys })) ?? [];
    expect(read.map(({ kid, algorithm }) => [kid, algorithm])).toEqual([
      ['a', 'RS256'],
      [undefined, undefined],
    ]);
  });

  it('takes only the public half of a private key', () => {
    const [read] = keysOfSet(JSON.stringify({ keys: [jwk(p256.privateKey)] })) ?? [];
    expect(read?.key.type).toBe('public');
  });

  it.each(['', 'null', '[]', '{"keys":{}}', '<html>'])('says so when a text is no set: %s', (text) => {
    expect(keysOfSet(text)).toBeUndefined();
  });
});

describe('fitsAlgorithm', () => {
  it.each<[string, KeyObject, string | undefined, boolean]>([
    ['RS256', rsa.publicKey, undefined, true],
    ['PS512', rsa.publicKey, undefined, true],
    ['RS256', rsa.publicKey, 'PS256', false],
    ['RS256', weak.publicKey, undefined, false],
    ['HS256', rsa.publicKey, undefined, false],
    ['HS256', rsa.publicKey, 'HS256', false],
    ['none', rsa.publicKey, undefined, false],
    ['ES256', rsa.publicKey, undefined, false],
    ['ES256', p256.publicKey, undefined, true],
    ['ES384', p256.publicKey, undefined, false],
    ['RS256', p256.publicKey, undefined, false],
    ['EdDSA', ed.publicKey, undefined, true],
    ['EdDSA', p256.publicKey, undefined, false],
  ])('%s', (algorithm, key, only, fits) => {
    expect(fitsAlgorithm(algorithm, { key, ...(only === undefined ? {} : { algorithm: only }) })).toBe(fits);
  });
});
