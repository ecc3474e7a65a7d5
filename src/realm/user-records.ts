import type { UserConsent } from './user-consent.js';
import type { Credential, User } from './user.js';

/** A user with everything that is stored about the user and is no session. */
export interface UserRecord {
  readonly user: User;
  /** In the user's own order. */
  readonly credentials: readonly Credential[];
  /** Ids of the roles mapped directly, by name of the role. */
  readonly roleIds: readonly string[];
  /** Ids of the groups with direct membership, by name of the group. */
  readonly groupIds: readonly string[];
  /** The oldest first. */
  readonly consents: readonly UserConsent[];
}

/** Whole users, many at a time: what realm files are made of. */
export abstract class UserRecords {
  /** Every user of the realm, service accounts too. */
  abstract count(realmId: string): Promise<number>;
  /** Service accounts are among them. @param after username of the last one of the page before */
  abstract page(realmId: string, after: string | undefined, max: number): Promise<readonly UserRecord[]>;
  /** Those of the names that exist, by username. @param usernames in lower case */
  abstract byNames(realmId: string, usernames: readonly string[]): Promise<readonly UserRecord[]>;
}
