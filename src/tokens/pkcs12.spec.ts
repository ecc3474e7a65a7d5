import { generateKeyPairSync } from 'node:crypto';
import { createSecureContext } from 'node:tls';
import { describe, expect, it } from 'vitest';
import { pkcs12 } from './pkcs12.js';
import { selfSignedCertificate } from './self-signed-certificate.js';

describe('pkcs12', () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const certificate = selfSignedCertificate(privateKey, publicKey, 'app', Date.UTC(2026, 0, 1));
  const store = pkcs12({
    certificate,
    alias: 'größe',
    storePassword: 'pässword',
    key: { privateKey, password: 'pässword' },
  });

  it('is a key store that another implementation opens, with the key of the certificate', () => {
    expect(() => createSecureContext({ pfx: store, passphrase: 'pässword' })).not.toThrow();
  });

  it('is closed to everybody else', () => {
    expect(() => createSecureContext({ pfx: store, passphrase: 'password' })).toThrow(/mac verify failure/);
  });

  it('says when somebody changed it', () => {
    const changed = Buffer.from(store);
    changed[200] = (changed[200] ?? 0) ^ 1;
    expect(() => createSecureContext({ pfx: changed, passphrase: 'pässword' })).toThrow();
  });
});
