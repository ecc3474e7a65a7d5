import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { InvalidInputError } from '../shared/errors.js';
import { DEFAULT_KEYS, generateDefaultKeys, type DefaultKey } from './default-keys.js';
import {
  generateRsaKey,
  generateSecret,
  MINIMUM_RSA_BITS,
  rsaMaterial,
  secretMaterial,
  type KeyMaterial,
  type KeySettings,
} from './key-material.js';

/** One entry of `components["org.keycloak.keys.KeyProvider"]` in a realm file. */
export interface KeyComponent {
  readonly name?: string;
  readonly providerId: string;
  readonly config?: Readonly<Record<string, readonly string[]>>;
}

export interface ImportedKeys {
  readonly keys: readonly KeyMaterial[];
  /** Providers that are not understood, by name: for one warning, never a silent loss. */
  readonly skipped: readonly string[];
}

interface Owner {
  readonly commonName: string;
  /** Milliseconds. */
  readonly now: number;
}

type Provider = Pick<KeySettings, 'use' | 'algorithm'> & { readonly kind: 'rsa' | 'secret'; readonly bytes?: number };

const PROVIDERS: Readonly<Record<string, Provider>> = {
  rsa: { kind: 'rsa', use: 'sig', algorithm: 'RS256' },
  'rsa-generated': { kind: 'rsa', use: 'sig', algorithm: 'RS256' },
  'rsa-enc': { kind: 'rsa', use: 'enc', algorithm: 'RSA-OAEP' },
  'rsa-enc-generated': { kind: 'rsa', use: 'enc', algorithm: 'RSA-OAEP' },
  'hmac-generated': { kind: 'secret', use: 'sig', algorithm: 'HS256', bytes: 64 },
  'hmac-generated-hs512': { kind: 'secret', use: 'sig', algorithm: 'HS512', bytes: 128 },
  'aes-generated': { kind: 'secret', use: 'enc', algorithm: 'AES', bytes: 16 },
};
/** Providers that read keys from files of the server: an admin of one realm must not choose paths. */
const FILE_PROVIDERS = new Set(['java-keystore']);
const RSA_ALGORITHMS = /^(RS|PS)(256|384|512)$|^RSA(1_5|-OAEP(-256)?)$/;
const MAC_ALGORITHMS = /^HS(256|384|512)$/;
const PATH = 'components.org.keycloak.keys.KeyProvider';

/**
 * Keys of a realm file. What the file leaves open is generated: the key of a `*-generated` provider without one, a certificate,
 * and any of the default kinds the realm would otherwise lack.
 * @throws InvalidInputError `invalid_key` with the JSON path: an unreadable key, RSA below 2048 bits, a provider that names a file.
 */
export async function importKeys(components: readonly KeyComponent[], owner: Owner): Promise<ImportedKeys> {
  const skipped: string[] = [];
  const keys: KeyMaterial[] = [];
  for (const [index, component] of components.entries()) {
    const path = `${PATH}[${String(index)}]`;
    if (FILE_PROVIDERS.has(component.providerId)) {
      throw invalid(
        `The key provider "${component.providerId}" reads files of the server and is not accepted`,
        `${path}.providerId`,
      );
    }
    const provider = PROVIDERS[component.providerId];
    if (!provider) skipped.push(`key provider ${component.providerId}`);
    else keys.push(await keyOf(component, provider, owner, `${path}.config`));
  }
  return { keys: [...keys, ...(await generateDefaultKeys(owner, missingKinds(keys)))], skipped };
}

const invalid = (message: string, field: string, cause?: unknown): InvalidInputError =>
  new InvalidInputError('invalid_key', message, { field, ...(cause === undefined ? {} : { cause }) });

function missingKinds(keys: readonly KeyMaterial[]): DefaultKey[] {
  const has = (test: (key: KeyMaterial) => boolean): boolean =>
    keys.some((key) => key.status === 'active' && test(key));
  const present: Record<DefaultKey, boolean> = {
    signature: has((key) => key.use === 'sig' && key.publicJwk !== undefined),
    // a realm that brings keys of its own gets no encryption key beside them: nothing would use it
    encryption: keys.length > 0,
    mac: has((key) => key.algorithm === DEFAULT_KEYS.mac.algorithm),
    cipher: has((key) => key.algorithm === DEFAULT_KEYS.cipher.algorithm),
  };
  return (Object.keys(present) as DefaultKey[]).filter((kind) => !present[kind]);
}

async function keyOf(component: KeyComponent, provider: Provider, owner: Owner, path: string): Promise<KeyMaterial> {
  const value = (name: string): string | undefined => component.config?.[name]?.[0];
  const settings = settingsOf(component, provider, value, path);
  if (provider.kind === 'secret') {
    return secretMaterial(settings, value('secret') ?? generateSecret(provider.bytes ?? 64), value('kid'));
  }
  const text = value('privateKey');
  const privateKey = text
    ? readRsaKey(text, `${path}.privateKey`)
    : await generateRsaKey(Number(value('keySize')) || MINIMUM_RSA_BITS);
  const certificate = value('certificate');
  return rsaMaterial(
    settings,
    privateKey,
    owner,
    certificate ? readCertificate(certificate, privateKey, `${path}.certificate`) : undefined,
  );
}

/** Config without the secrets, which are kept sealed. */
function settingsOf(
  component: KeyComponent,
  provider: Provider,
  value: (name: string) => string | undefined,
  path: string,
): KeySettings {
  const algorithm = value('algorithm') ?? provider.algorithm;
  const known = provider.kind === 'rsa' ? RSA_ALGORITHMS : MAC_ALGORITHMS;
  if (algorithm !== provider.algorithm && !known.test(algorithm))
    throw invalid(`Unknown algorithm "${algorithm}"`, `${path}.algorithm`);
  const enabled = value('enabled') !== 'false';
  const active = value('active') !== 'false';
  const { privateKey: _privateKey, secret: _secret, ...config } = component.config ?? {};
  return {
    name: component.name ?? component.providerId,
    providerId: component.providerId,
    use: value('keyUse')?.toLowerCase() === 'enc' ? 'enc' : provider.use,
    algorithm,
    status: enabled ? (active ? 'active' : 'passive') : 'disabled',
    priority: Number(value('priority') ?? 0) || 0,
    config,
  };
}

/** PEM, or the base64 of DER without its frame (PKCS#8 or PKCS#1), as Keycloak exports it. */
function readRsaKey(text: string, path: string): KeyObject {
  const key = parsePrivateKey(text, path);
  if (key.asymmetricKeyType !== 'rsa') throw invalid('The private key is not an RSA key', path);
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  if (bits < MINIMUM_RSA_BITS) {
    throw invalid(`An RSA key of ${String(bits)} bits is too short: ${String(MINIMUM_RSA_BITS)} is the least`, path);
  }
  return key;
}

function parsePrivateKey(text: string, path: string): KeyObject {
  try {
    if (text.includes('-----BEGIN')) return createPrivateKey(text);
    const bytes = Buffer.from(text, 'base64');
    try {
      return createPrivateKey({ key: bytes, format: 'der', type: 'pkcs8' });
    } catch {
      return createPrivateKey({ key: bytes, format: 'der', type: 'pkcs1' });
    }
  } catch (cause) {
    throw invalid('The private key cannot be read', path, cause);
  }
}

function readCertificate(text: string, privateKey: KeyObject, path: string): Buffer {
  let certificate: X509Certificate;
  try {
    certificate = new X509Certificate(text.includes('-----BEGIN') ? text : Buffer.from(text, 'base64'));
  } catch (cause) {
    throw invalid('The certificate cannot be read', path, cause);
  }
  if (!certificate.checkPrivateKey(privateKey)) throw invalid('The certificate belongs to another key', path);
  return certificate.raw;
}
