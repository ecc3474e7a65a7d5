import type { Client } from '../realm/client.js';
import type { Realm } from '../realm/realm.js';
import type { User } from '../realm/user.js';

/**
 * True when a token of that second is too old for its realm, its client or its user. All three levels are always looked at: skipping the
 * realm's when the client has one was CVE-2026-8922 of the reference.
 * @param issuedAt seconds
 */
export function issuedBefore(issuedAt: number, realm: Realm, client: Client, user: User): boolean {
  return issuedAt < Math.max(realm.settings.notBefore, client.notBefore, user.notBefore);
}
