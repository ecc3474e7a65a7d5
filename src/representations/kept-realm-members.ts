import { Flag, KeptObject, Kept, Name, Text, TextList, TextMap, Whole } from './members.js';

const WEBAUTHN_POLICY = {
  RpEntityName: Text,
  SignatureAlgorithms: TextList,
  RpId: Text,
  AttestationConveyancePreference: Name,
  AuthenticatorAttachment: Name,
  RequireResidentKey: Name,
  ResidentKey: Name,
  UserVerificationRequirement: Name,
  CreateTimeout: Whole,
  AvoidSameAuthenticatorRegister: Flag,
  AcceptableAaguids: TextList,
  ExtraOrigins: TextList,
} as const;

const withPrefix = (prefix: string): Record<string, () => PropertyDecorator> =>
  Object.fromEntries(Object.entries(WEBAUTHN_POLICY).map(([name, kind]) => [prefix + name, kind]));

/**
 * Members of RealmRepresentation that change nothing here yet, with the kind of value each takes. They are kept with the realm
 * and given back.
 */
export const KEPT_REALM_MEMBERS: Readonly<Record<string, () => PropertyDecorator>> = {
  oauth2DeviceCodeLifespan: Whole,
  oauth2DevicePollingInterval: Whole,
  requiredCredentials: TextList,
  otpSupportedApplications: TextList,
  localizationTexts: KeptObject,
  ...withPrefix('webAuthnPolicy'),
  ...withPrefix('webAuthnPolicyPasswordless'),
  browserSecurityHeaders: TextMap,
  smtpServer: TextMap,
  loginTheme: Name,
  accountTheme: Name,
  adminTheme: Name,
  emailTheme: Name,
  identityProviders: Kept,
  identityProviderMappers: Kept,
  userManagedAccessAllowed: Flag,
  organizationsEnabled: Flag,
  organizations: Kept,
  verifiableCredentialsEnabled: Flag,
  adminPermissionsEnabled: Flag,
  adminPermissionsClient: Kept,
  scimApiEnabled: Flag,
  clientProfiles: KeptObject,
  clientPolicies: KeptObject,
  workflows: Kept,
  federatedUsers: Kept,
  userFederationProviders: Kept,
  userFederationMappers: Kept,
};

/** Members of exports by older versions; accepted, without a meaning today. */
export const FORGOTTEN_REALM_MEMBERS = [
  'passwordCredentialGrantAllowed',
  'userCacheEnabled',
  'realmCacheEnabled',
  'privateKey',
  'publicKey',
  'certificate',
  'codeSecret',
  'social',
  'updateProfileOnInitialSocialLogin',
  'socialProviders',
  'applicationScopeMappings',
  'applications',
  'oauthClients',
  'clientTemplates',
  'protocolMappers',
] as const;
