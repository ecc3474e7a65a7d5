import { createHash, createHmac, randomBytes, type KeyObject } from 'node:crypto';
import { der, EXPLICIT_0, INTEGER, OCTET_STRING, oid, SEQUENCE, SET } from './der.js';

const DATA = oid('2a864886f70d010701');
const KEY_BAG = oid('2a864886f70d010c0a0102');
const CERTIFICATE_BAG = oid('2a864886f70d010c0a0103');
const X509 = oid('2a864886f70d01091601');
const FRIENDLY_NAME = oid('2a864886f70d010914');
const LOCAL_KEY_ID = oid('2a864886f70d010915');
const SHA256 = der(SEQUENCE, oid('608648016503040201'), Buffer.from('0500', 'hex'));
const BMP_STRING = 0x1e;
const MAC_ROUNDS = 10_000;
/** Octets of a block of SHA-256, and of its output. */
const BLOCK = 64;

/** What goes into a key store. */
export interface Pkcs12Content {
  /** DER. */
  readonly certificate: Buffer;
  readonly alias: string;
  readonly storePassword: string;
  /** Absent: the store has the certificate alone. */
  readonly key?: { readonly privateKey: KeyObject; readonly password: string };
}

/**
 * A key store that Java, OpenSSL and browsers read (RFC 7292): the key sealed with AES-256 (RFC 8018, PBES2), the whole under a MAC with
 * SHA-256.
 */
export function pkcs12({ certificate, alias, storePassword, key }: Pkcs12Content): Buffer {
  const attributes = der(
    SET,
    attribute(FRIENDLY_NAME, der(BMP_STRING, utf16(alias))),
    attribute(LOCAL_KEY_ID, der(OCTET_STRING, createHash('sha1').update(certificate).digest())),
  );
  const certificateBag = der(
    SEQUENCE,
    CERTIFICATE_BAG,
    der(EXPLICIT_0, der(SEQUENCE, X509, der(EXPLICIT_0, der(OCTET_STRING, certificate)))),
    attributes,
  );
  const keyBags = key ? [der(SEQUENCE, KEY_BAG, der(EXPLICIT_0, sealedKey(key)), attributes)] : [];
  const contents = [[certificateBag], keyBags].filter((bags) => bags.length > 0);
  const safe = der(SEQUENCE, ...contents.map((bags) => dataOf(der(SEQUENCE, ...bags))));
  return der(SEQUENCE, der(INTEGER, Buffer.from([3])), dataOf(safe), macOf(safe, storePassword));
}

const sealedKey = ({ privateKey, password }: Required<Pkcs12Content>['key']): Buffer =>
  privateKey.export({ type: 'pkcs8', format: 'der', cipher: 'aes-256-cbc', passphrase: password });

const attribute = (type: Buffer, value: Buffer): Buffer => der(SEQUENCE, type, der(SET, value));

const dataOf = (content: Buffer): Buffer => der(SEQUENCE, DATA, der(EXPLICIT_0, der(OCTET_STRING, content)));

function macOf(content: Buffer, password: string): Buffer {
  const salt = randomBytes(16);
  const mac = createHmac('sha256', macKey(password, salt)).update(content).digest();
  const rounds = Buffer.from(MAC_ROUNDS.toString(16).padStart(4, '0'), 'hex');
  return der(SEQUENCE, der(SEQUENCE, SHA256, der(OCTET_STRING, mac)), der(OCTET_STRING, salt), der(INTEGER, rounds));
}

/** The key of the MAC (RFC 7292 appendix B.2, purpose 3): one round of its outer loop gives as much as SHA-256 needs. */
function macKey(password: string, salt: Buffer): Buffer {
  const secret = Buffer.concat([utf16(password), Buffer.alloc(2)]);
  let key = Buffer.concat([Buffer.alloc(BLOCK, 3), filled(salt), filled(secret)]);
  for (let round = 0; round < MAC_ROUNDS; round++) key = createHash('sha256').update(key).digest();
  return key;
}

/** Repeated to whole blocks. */
const filled = (bytes: Buffer): Buffer => Buffer.alloc(Math.ceil(bytes.length / BLOCK) * BLOCK, bytes);

/** Big-endian, as both the alias and passwords are written. */
const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();
