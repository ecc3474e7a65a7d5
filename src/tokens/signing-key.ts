import type { JsonObject } from '../shared/json.js';

/** Whether a key signs, only verifies, or does neither. */
export type KeyStatus = 'active' | 'passive' | 'disabled';

/** A key of a realm. The private half is sealed (context: the key's id). */
export interface RealmKey {
  /** Key id (`kid`). */
  readonly id: string;
  readonly realmId: string;
  /** Id of the component that provides the key (`GET components`); it stays when the key is made anew. */
  readonly componentId: string;
  /** Name and provider as `GET components` shows them (`rsa-generated`, `hmac-generated-hs512`, `aes-generated`, `rsa-enc-generated`). */
  readonly name: string;
  readonly providerId: string;
  readonly use: 'sig' | 'enc';
  /** JWA name: RS256, RS384, RS512, PS256, ES256, EdDSA, HS512, RSA-OAEP, AES. */
  readonly algorithm: string;
  /** What the administrator wants. What holds at a moment is `statusAt`: a rotation puts bounds on it. */
  readonly status: KeyStatus;
  readonly priority: number;
  /** Public JWK with x5c and x5t members where there is a certificate; absent for symmetric keys. */
  readonly publicJwk?: JsonObject;
  /** Sealed private JWK (asymmetric) or base64url octets (symmetric). */
  readonly sealedPrivate: string;
  readonly createdAt: number;
  readonly config: Readonly<Record<string, readonly string[]>>;
  /** Milliseconds. Published before, signs from here on. */
  readonly signsFrom?: number;
  /** Milliseconds. Only verifies from here on. */
  readonly signsUntil?: number;
  /** Milliseconds. Of no use from here on: no token it signed can still be valid. */
  readonly verifiesUntil?: number;
}

/** The status of a key at a moment (milliseconds): what the administrator set, within the bounds of a rotation. */
export function statusAt(key: RealmKey, now: number): KeyStatus {
  const { status, signsFrom = -Infinity, signsUntil = Infinity, verifiesUntil = Infinity } = key;
  if (status === 'disabled' || now >= verifiesUntil) return 'disabled';
  return status === 'passive' || now < signsFrom || now >= signsUntil ? 'passive' : 'active';
}

/** Where a rotation ends the use of a key (milliseconds). */
export type KeyBounds = Required<Pick<RealmKey, 'signsUntil'>> & Pick<RealmKey, 'verifiesUntil'>;

/** Keys of a realm, whatever their status. */
export abstract class RealmKeyStore {
  /** Highest priority first, then the newest. */
  abstract list(realmId: string): Promise<readonly RealmKey[]>;
  /** Adds a key whose private half is sealed for its id: false, and nothing is added, when the realm has its id or component already. */
  abstract insert(key: RealmKey): Promise<boolean>;
  /** Replaces the key of that id; one that is gone stays so. */
  abstract update(key: RealmKey): Promise<void>;
  /** Bounds a key that no rotation has bounded yet: false when one has, or when the key is gone. */
  abstract retire(realmId: string, id: string, bounds: KeyBounds): Promise<boolean>;
  /** False when the realm has no such key. Tokens that it signed are no longer accepted. */
  abstract delete(realmId: string, id: string): Promise<boolean>;
  /** Deletes keys, of any realm, that verify nothing any more: how many. */
  abstract deleteRetired(now: number): Promise<number>;
}
