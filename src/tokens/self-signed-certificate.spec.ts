import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { certificateMembers, selfSignedCertificate } from './self-signed-certificate.js';

describe('selfSignedCertificate', () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const now = Date.UTC(2026, 0, 2, 3, 4, 5);

  it('is a certificate that another implementation reads and verifies', () => {
    const certificate = new X509Certificate(selfSignedCertificate(privateKey, publicKey, 'Größe & co', now));
    expect(certificate.subject).toBe('CN=Größe & co');
    expect(certificate.issuer).toBe(certificate.subject);
    expect(certificate.verify(publicKey)).toBe(true);
    expect(new Date(certificate.validFrom).getTime()).toBe(now);
    expect(new Date(certificate.validTo).getTime()).toBe(Date.UTC(2036, 0, 2, 3, 4, 5));
  });

  it('writes years from 2050 on as generalized time', () => {
    const certificate = new X509Certificate(selfSignedCertificate(privateKey, publicKey, 'late', Date.UTC(2045, 5, 1)));
    expect(new Date(certificate.validTo).getUTCFullYear()).toBe(2055);
  });

  it('has thumbprints of the certificate', () => {
    const raw = selfSignedCertificate(privateKey, publicKey, 'acme', now);
    const members = certificateMembers(raw);
    const fingerprint = new X509Certificate(raw).fingerprint256.replaceAll(':', '');
    expect(Buffer.from(members['x5t#S256'], 'base64url').toString('hex').toUpperCase()).toBe(fingerprint);
    expect(members.x5c).toEqual([raw.toString('base64')]);
  });
});
