import type { Client } from '../realm/client.js';
import type { Realm } from '../realm/realm.js';
import type { User } from '../realm/user.js';

/**
 * The second before which tokens of this user and client are too old, whichever of the three says so.
 */
export const oldestAllowed = (realm: Realm, client: Client, user: User): number =>
  Math.max(realm.settings.notBefore, client.notBefore, user.notBefore);

/**
 * True when a token of that second is too old for its realm, its client or its user. All three levels are always looked at: skipping the
 * realm's when the client has one was CVE-2026-8922 of the reference.
 * @param issuedAt seconds
 */
export function issuedBefore(issuedAt: number, realm: Realm, client: Client, user: User): boolean {
  return issuedAt < oldestAllowed(realm, client, user);
}
