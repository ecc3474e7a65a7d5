/** Failed logins of one user, for the brute-force guard (Keycloak engine reference, section 8). */
export interface LoginFailures {
  readonly realmId: string;
  readonly userId: string;
  readonly numFailures: number;
  readonly numTemporaryLockouts: number;
  readonly numSecondaryFailures: number;
  /** Milliseconds of the last failure; 0 = none. */
  readonly lastFailure: number;
  readonly lastIpFailure?: string;
  /** Seconds until which logins are refused; 0 = not locked. */
  readonly notBefore: number;
}

/** Counters of failed logins, one row for each user who failed. */
export abstract class LoginFailureStore {
  /** Undefined when nothing is counted for the user. */
  abstract find(realmId: string, userId: string): Promise<LoginFailures | undefined>;
  /** Of those of the users for whom something is counted, in no order. */
  abstract ofUsers(realmId: string, userIds: readonly string[]): Promise<readonly LoginFailures[]>;
  /**
   * Reads the row under a write lock, lets `change` compute the next, and stores it, in the running unit of work:
   * parallel failures are all counted. `change` gets undefined when there is no row yet.
   */
  abstract update(
    realmId: string,
    userId: string,
    change: (current: LoginFailures | undefined) => LoginFailures,
  ): Promise<LoginFailures>;
  /** True when there was something to clear. */
  abstract clear(realmId: string, userId: string): Promise<boolean>;
  /** Takes the address out of rows of any realm whose last failure lies before `before` (ms), at most `limit`; gives how many had one. */
  abstract forgetAddresses(before: number, limit: number): Promise<number>;
  /** Forgets the counters of every user of the realm. */
  abstract clearAll(realmId: string): Promise<void>;
}
