import { keyProviderOf, makeKey, type KeyComponent } from './key-maker.js';
import type { KeyContext, KeyMaterial } from './key-material.js';

const priority = ['100'];

/** The four keys every realm has (names and providers as Keycloak gives them to a new realm). */
export const DEFAULT_KEYS = {
  signature: { name: 'rsa-generated', providerId: 'rsa-generated', config: { priority } },
  encryption: {
    name: 'rsa-enc-generated',
    providerId: 'rsa-enc-generated',
    config: { priority, algorithm: ['RSA-OAEP'] },
  },
  mac: { name: 'hmac-generated-hs512', providerId: 'hmac-generated', config: { priority, algorithm: ['HS512'] } },
  cipher: { name: 'aes-generated', providerId: 'aes-generated', config: { priority } },
} as const satisfies Record<string, KeyComponent>;

export type DefaultKey = keyof typeof DEFAULT_KEYS;

/** Makes new keys of the given kinds; all four unless told otherwise. RSA keys are made in parallel, off the main thread. */
export function generateDefaultKeys(
  owner: KeyContext,
  kinds: readonly DefaultKey[] = ['signature', 'encryption', 'mac', 'cipher'],
): Promise<readonly KeyMaterial[]> {
  return Promise.all(kinds.map((kind) => generateKey(DEFAULT_KEYS[kind], owner)));
}

/** A new key as a component of ours asks for it. */
export function generateKey(component: KeyComponent, owner: KeyContext): Promise<KeyMaterial> {
  const provider = keyProviderOf(component.providerId, 'component');
  if (!provider) throw new Error(`There is no key provider ${component.providerId}`);
  return makeKey(component, provider, owner, 'component');
}
