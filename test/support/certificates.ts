import { generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';

/** A key and the certificate somebody signed for it. */
export interface Certified {
  readonly name: string;
  readonly privateKey: KeyObject;
  readonly keyPem: string;
  readonly certPem: string;
}

/** What a certificate says. */
export interface CertificateText {
  readonly commonName: string;
  /** Mail addresses of its subject alternative name. */
  readonly mails?: readonly string[];
  /** Whose signature it bears; itself when absent. */
  readonly issuer?: Certified;
  readonly validFrom?: Date;
  readonly validTo?: Date;
}

const DAY = 24 * 3600 * 1000;
const [INTEGER, BITS, OCTETS, UTF8, UTC, SEQUENCE, SET] = [0x02, 0x03, 0x04, 0x0c, 0x17, 0x30, 0x31] as const;
const ECDSA_SHA256 = Buffer.from('300a06082a8648ce3d040302', 'hex');
const COMMON_NAME = Buffer.from('0603550403', 'hex');
const ALTERNATIVE_NAME = Buffer.from('0603551d11', 'hex');

function der(tag: number, ...content: readonly Buffer[]): Buffer {
  const body = Buffer.concat(content);
  if (body.length < 0x80) return Buffer.concat([Buffer.from([tag, body.length]), body]);
  return Buffer.concat([Buffer.from([tag, 0x82, body.length >> 8, body.length & 0xff]), body]);
}

const nameOf = (text: string): Buffer =>
  der(SEQUENCE, der(SET, der(SEQUENCE, COMMON_NAME, der(UTF8, Buffer.from(text)))));
const timeOf = (at: Date): Buffer =>
  der(UTC, Buffer.from(at.toISOString().slice(2).replace(/\.\d+/, '').replace(/[-:T]/g, '')));

function extensions(mails: readonly string[]): readonly Buffer[] {
  if (mails.length === 0) return [];
  const names = der(SEQUENCE, ...mails.map((mail) => der(0x81, Buffer.from(mail, 'latin1'))));
  return [der(0xa3, der(SEQUENCE, der(SEQUENCE, ALTERNATIVE_NAME, der(OCTETS, names))))];
}

/** Makes a P-256 key and a certificate for it (RFC 5280 section 4.1). */
export function certify({ commonName, mails = [], issuer, validFrom, validTo }: CertificateText): Certified {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const body = der(
    SEQUENCE,
    der(0xa0, der(INTEGER, Buffer.from([2]))),
    der(INTEGER, Buffer.concat([Buffer.from([0x41]), randomBytes(8)])),
    ECDSA_SHA256,
    nameOf(issuer?.name ?? commonName),
    der(SEQUENCE, timeOf(validFrom ?? new Date(Date.now() - DAY)), timeOf(validTo ?? new Date(Date.now() + DAY))),
    nameOf(commonName),
    publicKey.export({ type: 'spki', format: 'der' }),
    ...extensions(issuer ? mails : []),
    ...(issuer ? [] : [der(0xa3, der(SEQUENCE, der(SEQUENCE, Buffer.from('0603551d130101ff040530030101ff', 'hex'))))]),
  );
  const signature = sign('sha256', body, issuer?.privateKey ?? privateKey);
  const certificate = der(SEQUENCE, body, ECDSA_SHA256, der(BITS, Buffer.from([0]), signature));
  const base64 = certificate.toString('base64').replace(/.{64}/g, '$&\n');
  return {
    name: commonName,
    privateKey,
    keyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    certPem: `-----BEGIN CERTIFICATE-----\n${base64}\n-----END CERTIFICATE-----\n`,
  };
}
