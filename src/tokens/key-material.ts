import {
  createHash,
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  generateKeyPair,
  randomBytes,
  type KeyObject,
} from 'node:crypto';
import { promisify } from 'node:util';
import type { JsonObject } from '../shared/json.js';
import { newId } from '../shared/secrets.js';
import { certificateMembers, selfSignedCertificate } from './self-signed-certificate.js';
import type { RealmKey } from './signing-key.js';

/** A key in the clear, before its private half is sealed. */
export interface KeyMaterial extends Omit<RealmKey, 'realmId' | 'componentId' | 'sealedPrivate' | 'createdAt'> {
  /** Of the component in a realm file; absent: a new one. */
  readonly componentId?: string;
  /** JSON of the private JWK (asymmetric) or base64url octets (symmetric). */
  readonly privateText: string;
}

/** How a key is listed and used; everything but the key itself. */
export type KeySettings = Pick<
  KeyMaterial,
  'name' | 'providerId' | 'use' | 'algorithm' | 'status' | 'priority' | 'config'
>;

/** Whose key it is: the realm's name, for certificates, and the time in milliseconds. */
export interface KeyContext {
  readonly commonName: string;
  readonly now: number;
}

/** RSA keys below this size are refused (NIST SP 800-57: 112 bits of security). */
export const MINIMUM_RSA_BITS = 2048;

const generateKeyPairAsync = promisify(generateKeyPair);

/** A new RSA pair. Takes 50 to 300 ms of CPU, off the main thread. */
export async function generateRsaKey(bits: number): Promise<KeyObject> {
  return (await generateKeyPairAsync('rsa', { modulusLength: Math.max(bits, MINIMUM_RSA_BITS) })).privateKey;
}

/** A new EC pair. @param namedCurve as OpenSSL names it */
export async function generateEcKey(namedCurve: string): Promise<KeyObject> {
  return (await generateKeyPairAsync('ec', { namedCurve })).privateKey;
}

/** A new Edwards pair. */
export async function generateEdwardsKey(curve: 'ed25519' | 'ed448'): Promise<KeyObject> {
  const pair =
    curve === 'ed448'
      ? await generateKeyPairAsync('ed448', undefined)
      : await generateKeyPairAsync('ed25519', undefined);
  return pair.privateKey;
}

/** A new symmetric key of `bytes` octets, as base64url. */
export const generateSecret = (bytes: number): string => randomBytes(bytes).toString('base64url');

/**
 * Material of an asymmetric key. Its id is derived from the public key the way Keycloak does it (SHA-256 of the
 * SubjectPublicKeyInfo), so that tokens signed with an imported key keep verifying.
 * @param certificate DER, `generate` for a self-signed one, or absent
 */
export function keyPairMaterial(
  settings: KeySettings,
  privateKey: KeyObject,
  owner: KeyContext,
  certificate?: Buffer | 'generate',
): KeyMaterial {
  const publicKey = createPublicKey(privateKey);
  const { kty, ...numbers } = publicKey.export({ format: 'jwk' });
  const kid = createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('base64url');
  const x509 =
    certificate === 'generate'
      ? selfSignedCertificate(privateKey, publicKey, owner.commonName, owner.now)
      : certificate;
  const publicJwk = {
    kid,
    kty,
    alg: settings.algorithm,
    use: settings.use,
    ...(x509 ? certificateMembers(x509) : {}),
    ...numbers,
  } as JsonObject;
  return { ...settings, id: kid, publicJwk, privateText: JSON.stringify(privateKey.export({ format: 'jwk' })) };
}

/** Material of an HMAC or AES key. `secret` is base64url. */
export function secretMaterial(settings: KeySettings, secret: string, kid: string = newId()): KeyMaterial {
  return { ...settings, id: kid, privateText: secret };
}

/** A public key as Keycloak's adapters read it: SubjectPublicKeyInfo, base64. */
export const publicKeyText = (publicKey: KeyObject): string =>
  publicKey.export({ type: 'spki', format: 'der' }).toString('base64');

/** The usable private (or symmetric) key of opened material. */
export function privateKeyOf(key: Pick<RealmKey, 'publicJwk'>, privateText: string): KeyObject {
  return key.publicJwk
    ? createPrivateKey({ key: JSON.parse(privateText) as Record<string, string>, format: 'jwk' })
    : createSecretKey(Buffer.from(privateText, 'base64url'));
}
