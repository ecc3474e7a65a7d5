import { generateDefaultKeys, type DefaultKey } from './default-keys.js';
import { keyProviderOf, makeKey, type KeyComponent } from './key-maker.js';
import type { KeyContext, KeyMaterial } from './key-material.js';
import { KEY_PROVIDER_TYPE } from './key-providers.js';
import { invalidKey } from './key-config.js';

export interface ImportedKeys {
  readonly keys: readonly KeyMaterial[];
  /** Providers that are not understood, by name: for one warning, never a silent loss. */
  readonly skipped: readonly string[];
}

/**
 * Keys of a realm file (`components["org.keycloak.keys.KeyProvider"]`). What the file leaves open is generated: the key of a
 * `*-generated` provider without one, a certificate, and any of the default kinds the realm would otherwise lack.
 * @throws InvalidInputError `invalid_key` with the JSON path: an unreadable key, RSA below 2048 bits, a provider that names a file,
 * the same key twice.
 */
export async function importKeys(components: readonly KeyComponent[], owner: KeyContext): Promise<ImportedKeys> {
  const skipped: string[] = [];
  const keys: KeyMaterial[] = [];
  for (const [index, component] of components.entries()) {
    const path = `components.${KEY_PROVIDER_TYPE}[${String(index)}]`;
    const provider = keyProviderOf(component.providerId, path);
    if (!provider) {
      skipped.push(`key provider ${component.providerId}`);
      continue;
    }
    const key = await makeKey(component, provider, owner, path);
    const twice = keys.some(({ id, componentId }) => id === key.id || (component.id ?? '-') === componentId);
    if (twice) throw invalidKey('The realm has this key already', path);
    keys.push(key);
  }
  return { keys: [...keys, ...(await generateDefaultKeys(owner, missingKinds(keys)))], skipped };
}

function missingKinds(keys: readonly KeyMaterial[]): DefaultKey[] {
  const has = (test: (key: KeyMaterial) => boolean): boolean =>
    keys.some((key) => key.status === 'active' && test(key));
  const present: Record<DefaultKey, boolean> = {
    signature: has((key) => key.use === 'sig' && key.publicJwk !== undefined),
    // a realm that brings keys of its own gets no encryption key beside them: nothing would use it
    encryption: keys.length > 0,
    mac: has((key) => key.algorithm === 'HS512'),
    cipher: has((key) => key.algorithm === 'AES'),
  };
  return (Object.keys(present) as DefaultKey[]).filter((kind) => !present[kind]);
}
