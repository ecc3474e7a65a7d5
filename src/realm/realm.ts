import type { JsonObject } from '../shared/json.js';
import type { MarksByKind } from './lifetime-marks.js';

/** The flows a realm uses, by flow id (aliases on the wire: a renamed flow stays bound). */
export interface FlowBindings {
  readonly browserFlow?: string;
  readonly registrationFlow?: string;
  readonly directGrantFlow?: string;
  readonly resetCredentialsFlow?: string;
  readonly clientAuthenticationFlow?: string;
  readonly dockerAuthenticationFlow?: string;
  readonly firstBrokerLoginFlow?: string;
}
export type BindingField = keyof FlowBindings;

/** The members of a realm that change what the server does. Names, units (seconds unless said) and defaults are Keycloak's. */
export interface RealmSettings {
  readonly displayName?: string;
  readonly displayNameHtml?: string;
  readonly enabled: boolean;
  readonly sslRequired: 'none' | 'external' | 'all';
  /** Tokens issued before this second are not accepted. */
  readonly notBefore: number;
  readonly defaultSignatureAlgorithm: string;
  readonly revokeRefreshToken: boolean;
  readonly refreshTokenMaxReuse: number;
  readonly accessTokenLifespan: number;
  readonly accessTokenLifespanForImplicitFlow: number;
  readonly ssoSessionIdleTimeout: number;
  readonly ssoSessionMaxLifespan: number;
  readonly ssoSessionIdleTimeoutRememberMe: number;
  readonly ssoSessionMaxLifespanRememberMe: number;
  readonly offlineSessionIdleTimeout: number;
  readonly offlineSessionMaxLifespanEnabled: boolean;
  readonly offlineSessionMaxLifespan: number;
  readonly clientSessionIdleTimeout: number;
  readonly clientSessionMaxLifespan: number;
  readonly clientOfflineSessionIdleTimeout: number;
  readonly clientOfflineSessionMaxLifespan: number;
  readonly accessCodeLifespan: number;
  readonly accessCodeLifespanUserAction: number;
  readonly accessCodeLifespanLogin: number;
  readonly actionTokenGeneratedByAdminLifespan: number;
  readonly actionTokenGeneratedByUserLifespan: number;
  readonly registrationAllowed: boolean;
  readonly registrationEmailAsUsername: boolean;
  readonly rememberMe: boolean;
  readonly verifyEmail: boolean;
  readonly loginWithEmailAllowed: boolean;
  readonly duplicateEmailsAllowed: boolean;
  readonly resetPasswordAllowed: boolean;
  readonly editUsernameAllowed: boolean;
  readonly bruteForceProtected: boolean;
  readonly permanentLockout: boolean;
  readonly maxTemporaryLockouts: number;
  readonly bruteForceStrategy: 'MULTIPLE' | 'LINEAR';
  readonly maxFailureWaitSeconds: number;
  readonly minimumQuickLoginWaitSeconds: number;
  readonly waitIncrementSeconds: number;
  readonly quickLoginCheckMilliSeconds: number;
  readonly maxDeltaTimeSeconds: number;
  readonly failureFactor: number;
  readonly maxSecondaryAuthFailures: number;
  /** Keycloak's policy text, e.g. `length(8) and notUsername and hashAlgorithm(pbkdf2-sha256) and hashIterations(1)`. */
  readonly passwordPolicy?: string;
  readonly otpPolicyType: 'totp' | 'hotp';
  readonly otpPolicyAlgorithm: 'HmacSHA1' | 'HmacSHA256' | 'HmacSHA512';
  readonly otpPolicyInitialCounter: number;
  readonly otpPolicyDigits: number;
  readonly otpPolicyLookAheadWindow: number;
  readonly otpPolicyPeriod: number;
  readonly otpPolicyCodeReusable: boolean;
  readonly internationalizationEnabled: boolean;
  readonly supportedLocales: readonly string[];
  readonly defaultLocale?: string;
  readonly eventsEnabled: boolean;
  /** Seconds; 0 keeps events forever. */
  readonly eventsExpiration: number;
  readonly eventsListeners: readonly string[];
  /** Empty = the default list of types. */
  readonly enabledEventTypes: readonly string[];
  readonly adminEventsEnabled: boolean;
  readonly adminEventsDetailsEnabled: boolean;
}

/** A required action as a realm offers it. */
export interface RequiredActionSetting {
  readonly alias: string;
  readonly name?: string;
  readonly providerId: string;
  readonly enabled: boolean;
  readonly defaultAction: boolean;
  /** Order in which pending actions are shown, ascending. */
  readonly priority: number;
  readonly config: Readonly<Record<string, string>>;
}

export interface Realm {
  readonly id: string;
  /** Name in addresses, unique on the server. */
  readonly name: string;
  readonly settings: RealmSettings;
  readonly bindings: FlowBindings;
  readonly requiredActions: readonly RequiredActionSetting[];
  /** Id of the role every new user gets (`default-roles-<realm>`). */
  readonly defaultRoleId?: string;
  /** Ids of the client scopes a new client gets. */
  readonly defaultDefaultClientScopes: readonly string[];
  readonly defaultOptionalClientScopes: readonly string[];
  readonly defaultGroups: readonly string[];
  readonly attributes: Readonly<Record<string, string>>;
  /** What was over when lifetimes of sessions were changed; see `lifetime-marks.ts`. */
  readonly sessionMarks?: MarksByKind;
  /** The same for the clients' parts of sessions, where clients say nothing else. */
  readonly clientSessionMarks?: MarksByKind;
  /** Members of the representation that are kept and given back but change nothing yet (webAuthn policies, smtpServer, ...). */
  readonly extra: JsonObject;
}

/** Realms by id and name. Names are compared exactly. */
export abstract class RealmStore {
  /** Undefined when there is no such realm. */
  abstract byId(id: string): Promise<Realm | undefined>;
  /** As `byId`. */
  abstract byName(name: string): Promise<Realm | undefined>;
  /** All realms, by name. */
  abstract list(): Promise<readonly Realm[]>;
  /** @throws ConflictError `realm_exists` when id or name is taken. */
  abstract insert(realm: Realm): Promise<void>;
  /** Replaces the whole realm. @throws ConflictError `realm_exists` when the name is taken. */
  abstract update(realm: Realm): Promise<void>;
  /** Deletes the realm and everything in it, in every table. */
  abstract delete(id: string): Promise<void>;
}
