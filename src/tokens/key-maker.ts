import type { KeyObject } from 'node:crypto';
import { checkKeyConfig, configValue, curveOf, invalidKey, keySettings } from './key-config.js';
import {
  generateEcKey,
  generateEdwardsKey,
  generateRsaKey,
  generateSecret,
  keyPairMaterial,
  MINIMUM_RSA_BITS,
  secretMaterial,
  type KeyContext,
  type KeyMaterial,
  type KeySettings,
} from './key-material.js';
import { FILE_PROVIDERS, KEY_PROVIDERS, type KeyConfig, type KeyProvider } from './key-providers.js';
import { nodeCurve, readCertificate, readPrivateKey } from './key-reader.js';

/** A component that provides a key, as a realm file or the Admin API gives it. */
export interface KeyComponent {
  readonly id?: string;
  readonly name?: string;
  readonly providerId: string;
  readonly config?: KeyConfig;
}

/**
 * The provider of a component.
 * @returns undefined for one that nobody knows
 * @throws InvalidInputError `invalid_key` for one that names files
 */
export function keyProviderOf(providerId: string, path: string): KeyProvider | undefined {
  if (!FILE_PROVIDERS.has(providerId)) return KEY_PROVIDERS.get(providerId);
  throw invalidKey(
    `The key provider "${providerId}" reads files of the server and is not accepted`,
    `${path}.providerId`,
  );
}

/**
 * The key of a component: the one its config brings, else a new one.
 * @param path of the component, for errors
 * @throws InvalidInputError `invalid_key`
 */
export async function makeKey(
  component: KeyComponent,
  provider: KeyProvider,
  owner: KeyContext,
  path: string,
): Promise<KeyMaterial> {
  const { config = {}, id } = component;
  checkKeyConfig(provider, config, `${path}.config`);
  const settings = keySettings(component, provider, config);
  const material =
    provider.kind === 'secret'
      ? secretKey(provider, settings, config)
      : await keyPair(provider, settings, config, owner, `${path}.config`);
  return { ...material, ...(id === undefined ? {} : { componentId: id }) };
}

/** Octets of a new symmetric key: twice the output of its hash for HS512, AES-128 as at Keycloak. */
function secretBytes(algorithm: string, config: KeyConfig): number {
  const usual = algorithm === 'AES' ? 16 : algorithm === 'HS512' ? 128 : 64;
  return Number(configValue(config, 'secretSize') ?? usual);
}

function secretKey(provider: KeyProvider, settings: KeySettings, config: KeyConfig): KeyMaterial {
  const given = configValue(config, provider.keyMember);
  const secret = given ?? generateSecret(secretBytes(settings.algorithm, config));
  return secretMaterial(settings, secret, configValue(config, 'kid'));
}

async function keyPair(
  provider: KeyProvider,
  settings: KeySettings,
  config: KeyConfig,
  owner: KeyContext,
  path: string,
): Promise<KeyMaterial> {
  const curve = curveOf(provider, config) ?? '';
  const given = configValue(config, provider.keyMember);
  const privateKey =
    given === undefined
      ? await generated(provider, curve, config)
      : readPrivateKey(given, provider.kind, curve, `${path}.${provider.keyMember}`);
  const certificate = configValue(config, 'certificate');
  if (certificate !== undefined) {
    return keyPairMaterial(
      settings,
      privateKey,
      owner,
      readCertificate(certificate, privateKey, `${path}.certificate`),
    );
  }
  const wanted = provider.kind === 'rsa' || configValue(config, 'ecGenerateCertificate') === 'true';
  return keyPairMaterial(settings, privateKey, owner, wanted ? 'generate' : undefined);
}

function generated(provider: KeyProvider, curve: string, config: KeyConfig): Promise<KeyObject> {
  if (provider.kind === 'rsa') return generateRsaKey(Number(configValue(config, 'keySize') ?? MINIMUM_RSA_BITS));
  if (provider.kind === 'ec') return generateEcKey(nodeCurve(curve));
  return generateEdwardsKey(curve === 'Ed448' ? 'ed448' : 'ed25519');
}
