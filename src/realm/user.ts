/** A person (or the account of a client). `username` is stored in lower case and unique in the realm, `email` likewise unless the realm allows duplicates. */
export interface User {
  readonly id: string;
  readonly realmId: string;
  readonly username: string;
  readonly email?: string;
  readonly emailVerified: boolean;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly enabled: boolean;
  /** Milliseconds. */
  readonly createdTimestamp: number;
  /** Further attributes by name; the four above are members of their own. */
  readonly attributes: Readonly<Record<string, readonly string[]>>;
  /** Aliases of pending required actions. */
  readonly requiredActions: readonly string[];
  /** Tokens of this user issued before this second are not accepted. */
  readonly notBefore: number;
  /** Internal id of the client whose service account this is. */
  readonly serviceAccountClientId?: string;
}

/**
 * Something the user can prove. `data` is public (`credentialData`), `sealedSecret` is the sealed JSON of `secretData`
 * (context: the credential's id). The JSON shapes inside are Keycloak's, so that imports and exports need no translation.
 */
export interface Credential {
  readonly id: string;
  readonly realmId: string;
  readonly userId: string;
  /** `password`, `otp`, ... */
  readonly type: string;
  readonly userLabel?: string;
  readonly createdDate: number;
  readonly data: string;
  readonly sealedSecret: string;
  /** Order of the user's credentials, ascending. */
  readonly priority: number;
}

export interface UserQuery {
  /** Prefix of any of username, first name, last name, e-mail; `*x*` infix; `"x"` exact. Several words: all must match. */
  readonly search?: string;
  readonly username?: string;
  readonly email?: string;
  readonly firstName?: string;
  readonly lastName?: string;
  /** Exact instead of infix for the four above. */
  readonly exact?: boolean;
  readonly enabled?: boolean;
  readonly emailVerified?: boolean;
  /** Attributes that must have the value. */
  readonly attributes?: Readonly<Record<string, string>>;
  readonly ids?: readonly string[];
  readonly first?: number;
  readonly max?: number;
}

/** Users of a realm, service accounts included, and their credentials. */
export abstract class UserStore {
  /** Undefined when the realm has no such user. */
  abstract byId(realmId: string, id: string): Promise<User | undefined>;
  /** As `byId`, to change the user: until the running unit of work ends nobody else does, so nobody's change is lost. */
  abstract byIdForChange(realmId: string, id: string): Promise<User | undefined>;
  /** Names are compared in lower case. */
  abstract byUsername(realmId: string, username: string): Promise<User | undefined>;
  /** Addresses are compared in lower case; of several users with one (a realm may allow it) the first by username. */
  abstract byEmail(realmId: string, email: string): Promise<User | undefined>;
  /** Those of the ids that exist, in any order. */
  abstract byIds(realmId: string, ids: readonly string[]): Promise<readonly User[]>;
  /** The account as which a client acts. @param clientId internal id */
  abstract serviceAccountOf(realmId: string, clientId: string): Promise<User | undefined>;
  /** Ordered by username; service accounts are left out. */
  abstract list(realmId: string, query: UserQuery): Promise<readonly User[]>;
  /** How many `list` would give without a page. */
  abstract count(realmId: string, query: UserQuery): Promise<number>;
  /** @throws ConflictError `username_exists` or `email_exists` (only when `uniqueEmail`). */
  abstract insert(user: User, uniqueEmail: boolean): Promise<void>;
  /** @throws ConflictError as insert. */
  abstract update(user: User, uniqueEmail: boolean): Promise<void>;
  /** Deletes the user with credentials, mappings, memberships, sessions and counters. */
  abstract delete(realmId: string, id: string): Promise<boolean>;

  /** In the user's own order. */
  abstract credentials(realmId: string, userId: string): Promise<readonly Credential[]>;
  /** Those of the users that have a credential of the type. */
  abstract withCredential(realmId: string, userIds: readonly string[], type: string): Promise<ReadonlySet<string>>;
  /** Its secret is sealed already. */
  abstract insertCredential(credential: Credential): Promise<void>;
  /** Replaces the row of that id; one that is gone stays so. */
  abstract updateCredential(credential: Credential): Promise<void>;
  /** False when the user has no such credential. */
  abstract deleteCredential(realmId: string, userId: string, id: string): Promise<boolean>;
  /**
   * Marks a one-time code as used: true when it was not used before.
   * @param step the time step (TOTP) the code belongs to; a code of the same or an earlier used step is refused.
   */
  abstract useOtpStep(realmId: string, credentialId: string, step: number): Promise<boolean>;
}
