import { ClientBody } from './client-body.js';
import { ClientScopeBody } from './client-scope-body.js';
import { ComponentExportBody } from './component-body.js';
import { AuthenticatorConfigBody, FlowBody, RequiredActionBody } from './flow-body.js';
import { GroupBody } from './group-body.js';
import { FORGOTTEN_REALM_MEMBERS, KEPT_REALM_MEMBERS } from './kept-realm-members.js';
import { Kept, ListOf, MapOfLists, Name, One, Text, TextList, TextMap } from './members.js';
import { RealmSettingsBody } from './realm-settings-body.js';
import { RoleBody } from './role-body.js';
import { UserBody } from './user-body.js';
import type { Data } from './plain-data.js';

/** Roles of the realm, and of its clients by clientId. */
export class RolesBody {
  static readonly representation = 'RolesRepresentation';
  @ListOf(() => RoleBody) realm?: RoleBody[];
  @MapOfLists(() => RoleBody) client?: Map<string, RoleBody[]>;
  @Kept() application?: unknown;
}

/** Roles that the tokens of a client, or of clients with a client scope, may carry. */
export class ScopeMappingBody {
  static readonly representation = 'ScopeMappingRepresentation';
  @Name() client?: string;
  @Name() clientScope?: string;
  @TextList() roles?: string[];
  @Text() self?: string;
  @Kept() clientTemplate?: unknown;
}
export type ScopeMappingData = Data<ScopeMappingBody>;

/** RealmRepresentation: the body of `POST /admin/realms` and `PUT R`, and a realm file. */
export class RealmBody extends RealmSettingsBody {
  static override readonly representation: string = 'RealmRepresentation';
  @Name() id?: string;
  @Name() realm?: string;
  @One(() => RolesBody) roles?: RolesBody;
  @ListOf(() => GroupBody) groups?: GroupBody[];
  @One(() => RoleBody) defaultRole?: RoleBody;
  /** Names of roles every new user gets; the form before version 13. */
  @TextList() defaultRoles?: string[];
  /** Paths. */
  @TextList() defaultGroups?: string[];
  @ListOf(() => UserBody) users?: UserBody[];
  @ListOf(() => ScopeMappingBody) scopeMappings?: ScopeMappingBody[];
  /** By the clientId whose roles they are. */
  @MapOfLists(() => ScopeMappingBody) clientScopeMappings?: Map<string, ScopeMappingBody[]>;
  @ListOf(() => ClientBody) clients?: ClientBody[];
  @ListOf(() => ClientScopeBody) clientScopes?: ClientScopeBody[];
  @TextList() defaultDefaultClientScopes?: string[];
  @TextList() defaultOptionalClientScopes?: string[];
  /** By provider type. */
  @MapOfLists(() => ComponentExportBody) components?: Map<string, ComponentExportBody[]>;
  @ListOf(() => FlowBody) authenticationFlows?: FlowBody[];
  @ListOf(() => AuthenticatorConfigBody) authenticatorConfig?: AuthenticatorConfigBody[];
  @ListOf(() => RequiredActionBody) requiredActions?: RequiredActionBody[];
  @Name() browserFlow?: string;
  @Name() registrationFlow?: string;
  @Name() directGrantFlow?: string;
  @Name() resetCredentialsFlow?: string;
  @Name() clientAuthenticationFlow?: string;
  @Name() dockerAuthenticationFlow?: string;
  @Name() firstBrokerLoginFlow?: string;
  @TextMap() attributes?: Record<string, string | null>;
  @Name() keycloakVersion?: string;
}
export type RealmData = Data<RealmBody>;

for (const [member, kind] of Object.entries(KEPT_REALM_MEMBERS)) kind()(RealmBody.prototype, member);
for (const member of FORGOTTEN_REALM_MEMBERS) Kept()(RealmBody.prototype, member);
