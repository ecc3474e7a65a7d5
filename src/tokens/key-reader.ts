import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { invalidKey } from './key-config.js';
import { MINIMUM_RSA_BITS } from './key-material.js';
import type { KeyProvider } from './key-providers.js';

const NODE_CURVES: Readonly<Record<string, string>> = {
  'P-256': 'prime256v1',
  'P-384': 'secp384r1',
  'P-521': 'secp521r1',
};

/** Name of a JWA curve (RFC 7518 section 6.2.1.1) at node:crypto. */
export const nodeCurve = (name: string): string => NODE_CURVES[name] ?? name.toLowerCase();

/**
 * A private key that somebody brought: PEM, or the base64 of DER without its frame (PKCS#8, PKCS#1 or SEC 1), as Keycloak exports it.
 * @param curve that an EC or Edwards key must be on
 * @throws InvalidInputError `invalid_key`
 */
export function readPrivateKey(text: string, kind: KeyProvider['kind'], curve: string, path: string): KeyObject {
  const key = parsePrivateKey(text, path);
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = key;
  const onCurve = kind === 'ec' ? details?.namedCurve === nodeCurve(curve) : type === nodeCurve(curve);
  if (kind === 'rsa') {
    if (type !== 'rsa') throw invalidKey('The private key is not an RSA key', path);
    const bits = details?.modulusLength ?? 0;
    if (bits < MINIMUM_RSA_BITS) {
      throw invalidKey(
        `An RSA key of ${String(bits)} bits is too short: ${String(MINIMUM_RSA_BITS)} is the least`,
        path,
      );
    }
  } else if (!onCurve) throw invalidKey(`The private key is not one of the curve ${curve}`, path);
  return key;
}

function parsePrivateKey(text: string, path: string): KeyObject {
  if (text.includes('-----BEGIN')) {
    try {
      return createPrivateKey(text);
    } catch (cause) {
      throw invalidKey('Failed to decode private key', path, cause);
    }
  }
  const der = Buffer.from(text, 'base64');
  let last: unknown;
  for (const type of ['pkcs8', 'pkcs1', 'sec1'] as const) {
    try {
      return createPrivateKey({ key: der, format: 'der', type });
    } catch (cause) {
      last = cause;
    }
  }
  throw invalidKey('Failed to decode private key', path, last);
}

/** The DER form of a certificate for that key. @throws InvalidInputError `invalid_key` */
export function readCertificate(text: string, privateKey: KeyObject, path: string): Buffer {
  let certificate: X509Certificate;
  try {
    certificate = new X509Certificate(text.includes('-----BEGIN') ? text : Buffer.from(text, 'base64'));
  } catch (cause) {
    throw invalidKey('Failed to decode certificate', path, cause);
  }
  if (!certificate.checkPrivateKey(privateKey)) throw invalidKey('Certificate does not match private key', path);
  return certificate.raw;
}
