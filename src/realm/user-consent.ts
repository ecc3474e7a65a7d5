/** What a user allowed an application to see: asked once, then remembered (Keycloak engine reference 2.15, step 4). */
export interface UserConsent {
  readonly realmId: string;
  readonly userId: string;
  /** Internal id of the client. */
  readonly clientId: string;
  /** Ids of client scopes. */
  readonly scopes: readonly string[];
  /** Milliseconds. */
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** Consents, at most one for each user and client. */
export abstract class UserConsentStore {
  /** Undefined when the user never allowed the client anything. */
  abstract find(realmId: string, userId: string, clientId: string): Promise<UserConsent | undefined>;
  /** Every consent of a user, the oldest first. */
  abstract ofUser(realmId: string, userId: string): Promise<readonly UserConsent[]>;
  /** Takes a consent back; false when there was none. */
  abstract delete(realmId: string, userId: string, clientId: string): Promise<boolean>;
  /** Stores a consent in place of the one the user gave the client before. */
  abstract put(consent: UserConsent): Promise<void>;
}
