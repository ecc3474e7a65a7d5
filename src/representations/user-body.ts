import { ConsentBody } from './consent-body.js';
import { CredentialBody } from './credential-body.js';
import { Flag, Instant, Kept, ListOf, Name, Text, TextList, TextListMap, Whole } from './members.js';
import type { Data } from './plain-data.js';

/** UserRepresentation as the Admin API and realm files take it. */
export class UserBody {
  static readonly representation = 'UserRepresentation';
  @Name() id?: string;
  // Their lengths are the profile's business.
  @Text() username?: string;
  @Text() firstName?: string;
  @Text() lastName?: string;
  @Text() email?: string;
  @Flag() emailVerified?: boolean;
  @TextListMap() attributes?: Record<string, string[]>;
  @Flag() enabled?: boolean;
  @Instant() createdTimestamp?: number;
  @Name() serviceAccountClientId?: string;
  @ListOf(() => CredentialBody) credentials?: CredentialBody[];
  @TextList() requiredActions?: string[];
  @TextList() realmRoles?: string[];
  @TextListMap() clientRoles?: Record<string, string[]>;
  /** Paths. */
  @TextList() groups?: string[];
  @Whole() notBefore?: number;
  @ListOf(() => ConsentBody) clientConsents?: ConsentBody[];
  // Told by the server, or of features that are not understood yet.
  @Kept() self?: unknown;
  @Kept() origin?: unknown;
  @Kept() totp?: unknown;
  @Kept() access?: unknown;
  @Kept() disableableCredentialTypes?: unknown;
  @Kept() userProfileMetadata?: unknown;
  @Kept() federationLink?: unknown;
  @Kept() federatedIdentities?: unknown;
  @Kept() verifiableCredentials?: unknown;
  @Kept() applicationRoles?: unknown;
  @Kept() socialLinks?: unknown;
}
export type UserData = Data<UserBody>;

/** Members of a user in a realm file that are not understood yet: the import names those that hold something. */
export const USER_MEMBERS_NOT_UNDERSTOOD = [
  'federationLink',
  'federatedIdentities',
  'verifiableCredentials',
  'applicationRoles',
  'socialLinks',
] as const satisfies readonly (keyof UserBody)[];
