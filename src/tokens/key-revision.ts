import { checkKeyConfig, configValue, curveOf, keySettings } from './key-config.js';
import { makeKey, type KeyComponent } from './key-maker.js';
import { keyPairMaterial, privateKeyOf, secretMaterial, type KeyContext, type KeyMaterial } from './key-material.js';
import type { KeyConfig, KeyProvider } from './key-providers.js';
import { readCertificate } from './key-reader.js';
import type { RealmKey } from './signing-key.js';

/** Stands in a config for the key that is kept sealed. */
const KEPT = ['(kept)'];

/**
 * The key of a component whose config has changed: the same key under other settings, unless the config brings another one or asks
 * for another size or curve.
 * @param key as it is stored, with `privateText` opened
 * @throws InvalidInputError `invalid_key`
 */
export async function reviseKey(
  component: KeyComponent,
  provider: KeyProvider,
  { key, privateText }: { readonly key: RealmKey; readonly privateText: string },
  owner: KeyContext,
): Promise<KeyMaterial> {
  const { config = {} } = component;
  const brings = configValue(config, provider.keyMember) !== undefined;
  if (brings || asksForAnother(provider, config, key, privateText)) return makeKey(component, provider, owner, '');
  checkKeyConfig(provider, { [provider.keyMember]: KEPT, ...config }, 'config');
  const settings = keySettings(component, provider, config);
  if (!key.publicJwk) return secretMaterial(settings, privateText, key.id);
  const privateKey = privateKeyOf(key, privateText);
  const certificate = configValue(config, 'certificate');
  const [known] = certificatesOf(key);
  const der = certificate === undefined ? known : readCertificate(certificate, privateKey, 'config.certificate');
  return keyPairMaterial(settings, privateKey, owner, der);
}

/** DER of the certificates of a key, its own first. */
export function certificatesOf({ publicJwk }: Pick<RealmKey, 'publicJwk'>): readonly Buffer[] {
  const chain = publicJwk?.['x5c'];
  return Array.isArray(chain) ? (chain as readonly unknown[]).map((text) => Buffer.from(String(text), 'base64')) : [];
}

function asksForAnother(provider: KeyProvider, config: KeyConfig, key: RealmKey, privateText: string): boolean {
  if (!provider.generated) return false;
  const [bits, bytes] = [configValue(config, 'keySize'), configValue(config, 'secretSize')];
  if (bits !== undefined && privateKeyOf(key, privateText).asymmetricKeyDetails?.modulusLength !== Number(bits))
    return true;
  if (bytes !== undefined && Buffer.from(privateText, 'base64url').length !== Number(bytes)) return true;
  return key.publicJwk?.['crv'] !== curveOf(provider, config);
}
