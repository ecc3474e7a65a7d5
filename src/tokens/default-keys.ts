import {
  generateRsaKey,
  generateSecret,
  MINIMUM_RSA_BITS,
  rsaMaterial,
  secretMaterial,
  type KeyMaterial,
  type KeySettings,
} from './key-material.js';

const active = { status: 'active', priority: 100, config: { priority: ['100'] } } as const;

/** The four kinds of keys every realm has (names and providers as Keycloak gives them to a new realm). */
export const DEFAULT_KEYS = {
  signature: { ...active, name: 'rsa-generated', providerId: 'rsa-generated', use: 'sig', algorithm: 'RS256' },
  encryption: {
    ...active,
    name: 'rsa-enc-generated',
    providerId: 'rsa-enc-generated',
    use: 'enc',
    algorithm: 'RSA-OAEP',
    config: { priority: ['100'], algorithm: ['RSA-OAEP'] },
  },
  mac: {
    ...active,
    name: 'hmac-generated-hs512',
    providerId: 'hmac-generated',
    use: 'sig',
    algorithm: 'HS512',
    config: { priority: ['100'], algorithm: ['HS512'] },
  },
  cipher: { ...active, name: 'aes-generated', providerId: 'aes-generated', use: 'enc', algorithm: 'AES' },
} as const satisfies Record<string, KeySettings>;

export type DefaultKey = keyof typeof DEFAULT_KEYS;

/** Octets of new symmetric keys: the output of SHA-512 twice over for HMAC, AES-128 as at Keycloak. */
const SECRET_BYTES = { mac: 128, cipher: 16 } as const;

/**
 * Makes new keys of the given kinds; all four unless told otherwise. RSA keys are made in parallel, off the main thread.
 * @param owner the realm's name, for the certificates, and the time in milliseconds
 */
export function generateDefaultKeys(
  owner: { readonly commonName: string; readonly now: number },
  kinds: readonly DefaultKey[] = ['signature', 'encryption', 'mac', 'cipher'],
): Promise<readonly KeyMaterial[]> {
  return Promise.all(
    kinds.map(async (kind) =>
      kind === 'mac' || kind === 'cipher'
        ? secretMaterial(DEFAULT_KEYS[kind], generateSecret(SECRET_BYTES[kind]))
        : rsaMaterial(DEFAULT_KEYS[kind], await generateRsaKey(MINIMUM_RSA_BITS), owner),
    ),
  );
}
