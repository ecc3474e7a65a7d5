/** Members of RealmRepresentation that these pages show and change. Durations are seconds unless the name says otherwise. */
export interface RealmRepresentation {
  readonly realm: string;
  readonly displayName: string;
  readonly enabled: boolean;
  readonly sslRequired: string;

  readonly rememberMe: boolean;
  readonly loginWithEmailAllowed: boolean;
  readonly duplicateEmailsAllowed: boolean;
  readonly verifyEmail: boolean;
  readonly resetPasswordAllowed: boolean;
  readonly editUsernameAllowed: boolean;
  readonly registrationEmailAsUsername: boolean;

  readonly ssoSessionIdleTimeout: number;
  readonly ssoSessionMaxLifespan: number;
  readonly ssoSessionIdleTimeoutRememberMe: number;
  readonly ssoSessionMaxLifespanRememberMe: number;
  readonly clientSessionIdleTimeout: number;
  readonly clientSessionMaxLifespan: number;
  readonly offlineSessionIdleTimeout: number;
  readonly offlineSessionMaxLifespanEnabled: boolean;
  readonly offlineSessionMaxLifespan: number;
  readonly clientOfflineSessionIdleTimeout: number;
  readonly clientOfflineSessionMaxLifespan: number;
  readonly accessCodeLifespanLogin: number;
  readonly accessCodeLifespanUserAction: number;

  readonly defaultSignatureAlgorithm: string;
  readonly revokeRefreshToken: boolean;
  readonly refreshTokenMaxReuse: number;
  readonly accessTokenLifespan: number;
  readonly accessTokenLifespanForImplicitFlow: number;
  readonly accessCodeLifespan: number;
  readonly actionTokenGeneratedByUserLifespan: number;
  readonly actionTokenGeneratedByAdminLifespan: number;

  readonly bruteForceProtected: boolean;
  readonly permanentLockout: boolean;
  readonly failureFactor: number;
  readonly bruteForceStrategy: string;
  readonly waitIncrementSeconds: number;
  readonly maxFailureWaitSeconds: number;
  readonly maxDeltaTimeSeconds: number;
  readonly quickLoginCheckMilliSeconds: number;
  readonly minimumQuickLoginWaitSeconds: number;

  readonly internationalizationEnabled: boolean;
  readonly supportedLocales: readonly string[];
  readonly defaultLocale?: string;

  readonly smtpServer: Readonly<Record<string, string>>;
}

type NamesOf<V> = {
  [K in keyof RealmRepresentation]-?: RealmRepresentation[K] extends V ? K : never;
}[keyof RealmRepresentation];

export type TextMember = NamesOf<string>;
export type FlagMember = NamesOf<boolean>;
export type NumberMember = NamesOf<number>;
