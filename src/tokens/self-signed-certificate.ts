import { createHash, randomBytes, sign, type KeyObject } from 'node:crypto';
import { BIT_STRING, der, INTEGER, SEQUENCE, SET } from './der.js';

const UTF8_STRING = 0x0c;
const UTC_TIME = 0x17;
const GENERALIZED_TIME = 0x18;
/** sha256WithRSAEncryption (1.2.840.113549.1.1.11) with its NULL parameters. */
const SHA256_RSA = der(SEQUENCE, Buffer.from('06092a864886f70d01010b0500', 'hex'));
/** ecdsa-with-SHA256 (1.2.840.10045.4.3.2). */
const SHA256_ECDSA = der(SEQUENCE, Buffer.from('06082a8648ce3d040302', 'hex'));
const COMMON_NAME = Buffer.from('0603550403', 'hex');
const YEARS = 10;

const distinguishedName = (commonName: string): Buffer =>
  der(SEQUENCE, der(SET, der(SEQUENCE, COMMON_NAME, der(UTF8_STRING, Buffer.from(commonName, 'utf8')))));

/** UTCTime up to 2049, GeneralizedTime from then on (RFC 5280 section 4.1.2.5). */
function time(at: Date): Buffer {
  const digits = at.toISOString().replace(/\.\d+/, '').replace(/[-:T]/g, '');
  return at.getUTCFullYear() < 2050
    ? der(UTC_TIME, Buffer.from(digits.slice(2)))
    : der(GENERALIZED_TIME, Buffer.from(digits));
}

/**
 * A self-signed version 1 certificate for an RSA or EC key, valid for ten years: what the `x5c` member of a key needs for clients that
 * pin certificates. Gives its DER form.
 * @param now milliseconds
 */
export function selfSignedCertificate(
  privateKey: KeyObject,
  publicKey: KeyObject,
  commonName: string,
  now: number,
): Buffer {
  const algorithm = privateKey.asymmetricKeyType === 'ec' ? SHA256_ECDSA : SHA256_RSA;
  const name = distinguishedName(commonName);
  const end = new Date(now);
  end.setUTCFullYear(end.getUTCFullYear() + YEARS);
  const serial = randomBytes(12);
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40; // a serial number is positive and has no leading zero octet
  const body = der(
    SEQUENCE,
    der(INTEGER, serial),
    algorithm,
    name,
    der(SEQUENCE, time(new Date(now)), time(end)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
  );
  const signature = sign('sha256', body, privateKey);
  return der(SEQUENCE, body, algorithm, der(BIT_STRING, Buffer.from([0]), signature));
}

/** The JWK members that describe a certificate (RFC 7517 sections 4.7 to 4.9). */
export function certificateMembers(certificate: Buffer): { x5c: string[]; x5t: string; 'x5t#S256': string } {
  const thumbprint = (hash: string): string => createHash(hash).update(certificate).digest('base64url');
  return { x5c: [certificate.toString('base64')], x5t: thumbprint('sha1'), 'x5t#S256': thumbprint('sha256') };
}
