import { Flag, Kept, ListOf, LongText, Name, Text, TextList, TextMap, Whole } from './members.js';
import { ProtocolMapperBody } from './protocol-mapper-body.js';
import type { Data } from './plain-data.js';

/** ClientRepresentation as the Admin API and realm files take it. */
export class ClientBody {
  static readonly representation = 'ClientRepresentation';
  @Name() id?: string;
  @Name() clientId?: string;
  @Name() name?: string;
  @Text() description?: string;
  @Text() rootUrl?: string;
  @Text() adminUrl?: string;
  @Text() baseUrl?: string;
  @Flag() surrogateAuthRequired?: boolean;
  @Flag() enabled?: boolean;
  @Flag() alwaysDisplayInConsole?: boolean;
  @Name() clientAuthenticatorType?: string;
  @LongText() secret?: string;
  @TextList() redirectUris?: string[];
  @TextList() webOrigins?: string[];
  @Whole() notBefore?: number;
  @Flag() bearerOnly?: boolean;
  @Flag() consentRequired?: boolean;
  @Flag() standardFlowEnabled?: boolean;
  @Flag() implicitFlowEnabled?: boolean;
  @Flag() directAccessGrantsEnabled?: boolean;
  @Flag() serviceAccountsEnabled?: boolean;
  @Flag() publicClient?: boolean;
  @Flag() frontchannelLogout?: boolean;
  @Name() protocol?: string;
  @TextMap() attributes?: Record<string, string | null>;
  /** Flow ids; an empty text or null removes a binding. */
  @TextMap() authenticationFlowBindingOverrides?: Record<string, string | null>;
  @Flag() fullScopeAllowed?: boolean;
  @Whole() nodeReRegistrationTimeout?: number;
  @ListOf(() => ProtocolMapperBody) protocolMappers?: ProtocolMapperBody[];
  /** Names. */
  @TextList() defaultClientScopes?: string[];
  @TextList() optionalClientScopes?: string[];
  // Told by the server, or of features that are not understood yet.
  @Kept() access?: unknown;
  @Kept() type?: unknown;
  @Kept() origin?: unknown;
  @Kept() registrationAccessToken?: unknown;
  @Kept() registeredNodes?: unknown;
  @Kept() authorizationServicesEnabled?: unknown;
  @Kept() authorizationSettings?: unknown;
  @Kept() directGrantsOnly?: unknown;
  @Kept() defaultRoles?: unknown;
  @Kept() clientTemplate?: unknown;
  @Kept() useTemplateConfig?: unknown;
  @Kept() useTemplateScope?: unknown;
  @Kept() useTemplateMappers?: unknown;
}
export type ClientData = Data<ClientBody>;

/** Members of a client that are not understood yet: kept with it, and named by the import when they hold something. */
export const CLIENT_MEMBERS_NOT_UNDERSTOOD = [
  'authorizationServicesEnabled',
  'authorizationSettings',
  'directGrantsOnly',
  'defaultRoles',
  'clientTemplate',
  'useTemplateConfig',
  'useTemplateScope',
  'useTemplateMappers',
] as const satisfies readonly (keyof ClientBody)[];

/** Members that are kept as they came. */
export const CLIENT_MEMBERS_KEPT = ['registeredNodes', ...CLIENT_MEMBERS_NOT_UNDERSTOOD] as const;
