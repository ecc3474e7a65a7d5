import type { Client } from '../realm/client.js';
import type { Realm } from '../realm/realm.js';
import type { User } from '../realm/user.js';

/** Ids of those between whom a login is. */
export interface LoginParties {
  readonly realmId: string;
  /** Internal id of the client. */
  readonly clientId: string;
  readonly userId: string;
}

/** Those between whom a login is, as they are stored now; absent: deleted. */
export interface LoginRecord {
  readonly realm?: Realm;
  readonly client?: Client;
  readonly user?: User;
  /** Milliseconds at which the user's password was set; absent without one. */
  readonly passwordSetAt?: number;
}

/** Reads it in one statement: every login does so while nobody else may log in as the same user. */
export abstract class LoginRecords {
  /** Within a unit of work it is read there. */
  abstract of(parties: LoginParties): Promise<LoginRecord>;
}

/**
 * True when tokens of before now are no longer accepted, or the password was changed by somebody else, since the login's proof.
 * @param provenAt milliseconds of the proof; a password the person chose in this login is a proof of that moment
 */
export function isOvertaken({ realm, client, user, passwordSetAt = 0 }: LoginRecord, provenAt: number): boolean {
  const notBefore = Math.max(realm?.settings.notBefore ?? 0, client?.notBefore ?? 0, user?.notBefore ?? 0) * 1000;
  return notBefore > provenAt || passwordSetAt > provenAt;
}
