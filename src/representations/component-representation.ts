import { KEY_PROVIDER_TYPE, KEY_PROVIDERS } from '../tokens/key-providers.js';
import { statusAt, type RealmKey } from '../tokens/signing-key.js';
import type { JsonObject } from '../shared/json.js';
import { MASK } from './kept-secrets.js';

/** A component that provides a key, as `GET components` shows it. Its status is the one that holds now (milliseconds). */
export function toKeyComponent(key: RealmKey, now: number): JsonObject {
  const secrets = (KEY_PROVIDERS.get(key.providerId)?.rules ?? []).filter(({ secret }) => secret);
  return {
    id: key.componentId,
    name: key.name,
    providerId: key.providerId,
    providerType: KEY_PROVIDER_TYPE,
    parentId: key.realmId,
    config: { ...key.config, ...endOf(key, now), ...Object.fromEntries(secrets.map((rule) => [rule.key, [MASK]])) },
  };
}

/** A rotation took the key out of use: the administrator reads it as if he had done it himself. */
function endOf(key: RealmKey, now: number): JsonObject {
  const status = statusAt(key, now);
  if (status === key.status) return {};
  return status === 'disabled' ? { enabled: ['false'] } : { active: ['false'] };
}
