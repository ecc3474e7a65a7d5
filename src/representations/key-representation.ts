import { createPublicKey, X509Certificate } from 'node:crypto';
import type { JsonObject } from '../shared/json.js';
import { publicKeyText } from '../tokens/key-material.js';
import { certificatesOf } from '../tokens/key-revision.js';
import { statusAt, type RealmKey } from '../tokens/signing-key.js';
import { present } from './present.js';

/** KeysMetadataRepresentation. @param keys the first of an algorithm signs @param now milliseconds */
export function toKeysMetadata(keys: readonly RealmKey[], now: number): JsonObject {
  const active: Record<string, string> = {};
  for (const key of keys) if (statusAt(key, now) === 'active') active[key.algorithm] ??= key.id;
  return { active, keys: keys.map((key) => toKeyMetadata(key, now)) };
}

function toKeyMetadata(key: RealmKey, now: number): JsonObject {
  const { publicJwk } = key;
  const [der] = certificatesOf(key);
  return present({
    providerId: key.componentId,
    providerPriority: key.priority,
    kid: key.id,
    status: statusAt(key, now).toUpperCase(),
    type: typeof publicJwk?.['kty'] === 'string' ? publicJwk['kty'] : 'OCT',
    algorithm: key.algorithm,
    publicKey: publicJwk && publicKeyText(createPublicKey({ key: { ...publicJwk }, format: 'jwk' })),
    certificate: der?.toString('base64'),
    use: key.use.toUpperCase(),
    validTo: der && new Date(new X509Certificate(der).validTo).getTime(),
  });
}
