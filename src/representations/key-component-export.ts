import { createPublicKey } from 'node:crypto';
import type { JsonObject } from '../shared/json.js';
import { privateKeyOf, publicKeyText } from '../tokens/key-material.js';
import { KEY_PROVIDERS } from '../tokens/key-providers.js';
import { certificatesOf } from '../tokens/key-revision.js';
import type { RealmKey } from '../tokens/signing-key.js';
import { toKeyComponent } from './component-representation.js';

/**
 * A key as a component of a realm file.
 * @param privateText of the key, in the clear; absent: secrets are masked, and whoever imports the file makes a key anew
 * @param now milliseconds: its status is written as it holds now
 */
export function toKeyComponentExport(key: RealmKey, now: number, privateText: string | undefined): JsonObject {
  const { id, name, providerId, config } = toKeyComponent(key, now);
  const own = privateText === undefined ? {} : keyConfig(key, privateText);
  return {
    id,
    name,
    providerId,
    subComponents: {},
    config: { ...own, ...(config as JsonObject), ...own },
  } as JsonObject;
}

/** The key itself, under the members in which its provider keeps it. */
function keyConfig(key: RealmKey, privateText: string): JsonObject {
  const provider = KEY_PROVIDERS.get(key.providerId);
  const member = provider?.keyMember ?? 'privateKey';
  if (provider?.kind === 'secret' || key.publicJwk === undefined) return { kid: [key.id], [member]: [privateText] };
  const privateKey = privateKeyOf(key, privateText);
  const isRsa = provider?.kind === 'rsa';
  const [certificate] = certificatesOf(key);
  return {
    [member]: [privateKey.export({ type: isRsa ? 'pkcs1' : 'pkcs8', format: 'der' }).toString('base64')],
    ...(isRsa
      ? { keyUse: [key.use.toUpperCase()] }
      : { [member.replace('Private', 'Public')]: [publicKeyText(createPublicKey(privateKey))] }),
    ...(certificate && { certificate: [certificate.toString('base64')] }),
  };
}
