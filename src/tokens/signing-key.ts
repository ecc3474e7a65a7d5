import type { JsonObject } from '../shared/json.js';

/** A key of a realm. The private half is sealed (context: the key's id). */
export interface RealmKey {
  /** Key id (`kid`). */
  readonly id: string;
  readonly realmId: string;
  /** Name and provider as `GET components` shows them (`rsa-generated`, `hmac-generated-hs512`, `aes-generated`, `rsa-enc-generated`). */
  readonly name: string;
  readonly providerId: string;
  readonly use: 'sig' | 'enc';
  /** JWA name: RS256, RS384, RS512, PS256, ES256, EdDSA, HS512, RSA-OAEP, AES. */
  readonly algorithm: string;
  /** `active` signs, `passive` only verifies, `disabled` does neither. Of several active ones the highest priority signs. */
  readonly status: 'active' | 'passive' | 'disabled';
  readonly priority: number;
  /** Public JWK with x5c and x5t members where there is a certificate; absent for symmetric keys. */
  readonly publicJwk?: JsonObject;
  /** Sealed private JWK (asymmetric) or base64url octets (symmetric). */
  readonly sealedPrivate: string;
  readonly createdAt: number;
  readonly config: Readonly<Record<string, readonly string[]>>;
}

/** Keys of a realm, whatever their status. */
export abstract class RealmKeyStore {
  /** Highest priority first, then the newest. */
  abstract list(realmId: string): Promise<readonly RealmKey[]>;
  /** Its id is new and its private half is sealed for that id. */
  abstract insert(key: RealmKey): Promise<void>;
  /** Replaces the key of that id; one that is gone stays so. */
  abstract update(key: RealmKey): Promise<void>;
  /** False when the realm has no such key. Tokens that it signed are no longer accepted. */
  abstract delete(realmId: string, id: string): Promise<boolean>;
}
