/** An attribute as forms need to know it (UserProfileMetadata). */
export interface ProfileField {
  readonly name: string;
  readonly displayName?: string;
  readonly required: boolean;
  readonly readOnly: boolean;
  readonly annotations?: Readonly<Record<string, unknown>>;
  readonly validators?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly multivalued?: boolean;
}

export interface ProfileMetadata {
  readonly attributes: readonly ProfileField[];
}

/** A user as the Admin API writes one. Times are milliseconds, `notBefore` is in seconds. */
export interface User {
  readonly id: string;
  readonly username: string;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly email?: string;
  readonly emailVerified: boolean;
  readonly enabled: boolean;
  readonly createdTimestamp: number;
  readonly attributes?: Readonly<Record<string, readonly string[]>>;
  readonly requiredActions: readonly string[];
  readonly userProfileMetadata?: ProfileMetadata;
}
