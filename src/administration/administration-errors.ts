import type { PolicyViolation } from '../realm/password-policy.js';
import type { ProfileViolation } from '../realm/user-profile/user-profile.js';
import { AppError, ConflictError, InvalidInputError, NotFoundError } from '../shared/errors.js';

/**
 * What administrators may be told about things other than flows, in one place. The sentences are those of the reference, which
 * differ per route (Admin API reference 2.3); clients match on them. How they are written on the wire is decided by the code.
 */
export const administrationErrors = {
  realmUnknown: () => new NotFoundError('realm_not_found', 'Realm not found.'),
  realmRenameTaken: () => new ConflictError('realm_rename_taken', 'Realm with same name exists', { field: 'realm' }),
  masterRename: () => new InvalidInputError('master_rename', "Can't rename master realm", { field: 'realm' }),
  masterRemove: () => new InvalidInputError('master_remove', "Can't remove master realm"),
  lifespanZero: () =>
    new InvalidInputError('lifespan_zero', 'AccessCodeLifespanLogin or AccessCodeLifespanUserAction cannot be 0'),

  idleGrace: (attribute: string, most: number) =>
    new InvalidInputError('idle_grace', `${attribute} must be whole seconds from 0 to ${most}`, {
      field: `attributes.${attribute}`,
    }),

  sessionTime: (field: string) =>
    new InvalidInputError('session_time', `${field} must be milliseconds or a date (2026-01-31T12:00:00Z)`, { field }),

  clientUnknown: () => new NotFoundError('client_unknown', 'Could not find client'),
  /** The sentence where a client is named in the path of something else. */
  versionMalformed: () => new NotFoundError('malformed_parameter', 'HTTP 404 Not Found'),
  doorWithoutFlow: () => new NotFoundError('door_without_flow', 'No flow is bound there'),
  otherClientUnknown: () => new NotFoundError('client_not_found', 'Client not found'),
  clientIdMissing: () => new InvalidInputError('client_id_missing', 'Client ID cannot be blank', { field: 'clientId' }),
  clientProtocol: (protocol: string) =>
    new InvalidInputError('client_address', `Invalid protocol: ${protocol}`, { field: 'protocol' }),
  clientIdTaken: () => new ConflictError('duplicate_resource', 'Duplicate resource error', { field: 'clientId' }),
  clientAddress: (field: string, message: string) => new InvalidInputError('client_address', message, { field }),
  clientIdReserved: () => new InvalidInputError('client_id_reserved', 'Client id is reserved', { field: 'clientId' }),
  clientNeeded: () => new InvalidInputError('client_needed', 'Could not delete client'),
  exampleUserMissing: () => new NotFoundError('example_user_missing', 'No userId provided', { field: 'userId' }),
  exampleUserUnknown: () => new NotFoundError('example_user_unknown', 'No user found', { field: 'userId' }),
  audienceUnavailable: (missing: string) =>
    new NotFoundError('audience_unavailable', `Requested audience not available: ${missing}`, { field: 'audience' }),
  roleContainerUnknown: () => new NotFoundError('role_container_unknown', 'Role Container not found'),
  keyStore: () => new InvalidInputError('key_store', 'Only PKCS12 key stores are supported', { field: 'format' }),
  keyStorePassword: (field: string, message: string) => new InvalidInputError('key_store_password', message, { field }),
  noKeyPair: () => new NotFoundError('no_key_pair', 'keypair not generated for client'),
  keyFile: (message: string, cause?: unknown) => new InvalidInputError('key_file', message, { cause }),
  installationUnknown: () => new NotFoundError('installation_unknown', 'Unknown Provider'),
  noRotatedSecret: () => new NotFoundError('no_rotated_secret', 'Client does not have a rotated secret'),
  nodeMissing: () => new InvalidInputError('node_missing', 'Node not found in params', { field: 'node' }),
  nodeHost: () => new InvalidInputError('node_host', 'node must be a host name or address', { field: 'node' }),
  nodeUnknown: () => new NotFoundError('node_unknown', 'Client does not have node '),
  noServiceAccount: (clientId: string) =>
    new InvalidInputError('no_service_account', `Service account not enabled for the client '${clientId}'`),

  clientScopeUnknown: () => new NotFoundError('client_scope_unknown', 'Could not find client scope'),
  otherClientScopeUnknown: () => new NotFoundError('client_scope_not_found', 'Client scope not found'),
  clientScopeName: (name: string) =>
    new InvalidInputError('client_scope_name', `Unexpected name "${name}" for ClientScope`, { field: 'name' }),
  clientScopeProtocol: () =>
    new InvalidInputError('client_scope_protocol', 'Unexpected protocol', { field: 'protocol' }),
  clientScopeTaken: (name: string) => new ConflictError('client_scope_exists', `Client Scope ${name} already exists`),
  duplicate: (message = 'Duplicate resource error') => new ConflictError('duplicate_resource', message),

  eventTypeUnknown: (field: string, type: string) =>
    new InvalidInputError('event_type', `Unknown event type ${type}`, { field }),
  operationTypeUnknown: (type: string) =>
    new InvalidInputError('operation_type', `Unknown operation type ${type}`, { field: 'operationTypes' }),
  eventListenerUnknown: () =>
    new InvalidInputError('event_listener', 'Unknown event listener', { field: 'eventsListeners' }),

  mapperProviderUnknown: () => new NotFoundError('mapper_provider_unknown', 'ProtocolMapper provider not found'),
  mapperUnknown: () => new NotFoundError('mapper_unknown', 'Model not found'),
  mapperTaken: () => new ConflictError('mapper_exists', 'Protocol mapper exists with same name', { field: 'name' }),

  profileInvalid: (problems: readonly string[]) => new InvalidInputError('profile_invalid', `[${problems.join(', ')}]`),
  userUnknown: () => new NotFoundError('user_unknown', 'User not found'),
  passwordPolicyText: (problem: string) =>
    new InvalidInputError('password_policy_text', problem, { field: 'passwordPolicy' }),
  userNameMissing: () => new InvalidInputError('user_name_missing', 'User name is missing', { field: 'username' }),
  userBodyMissing: () => new InvalidInputError('user_body_missing', 'Could not update user!'),
  userNameAndEmailTaken: () => new ConflictError('username_exists', 'User exists with same username or email'),
  passwordMissing: () => new InvalidInputError('password_missing', 'No password provided', { field: 'value' }),
  passwordEmpty: () => new InvalidInputError('password_empty', 'Empty password not allowed', { field: 'value' }),
  userWithoutEmail: () => new InvalidInputError('mail_refused', 'User email missing', { field: 'email' }),
  userDisabled: () => new InvalidInputError('mail_refused', 'User is disabled', { field: 'enabled' }),
  mailClientMissing: () => new InvalidInputError('mail_refused', 'Client id missing', { field: 'client_id' }),
  mailClientUnknown: () => new InvalidInputError('mail_refused', "Client doesn't exist", { field: 'client_id' }),
  mailClientDisabled: () => new InvalidInputError('mail_refused', 'Client is not enabled', { field: 'client_id' }),
  mailRedirectUri: () => new InvalidInputError('mail_refused', 'Invalid redirect uri.', { field: 'redirect_uri' }),
  actionsInvalid: () => new InvalidInputError('mail_refused', 'Provided invalid required actions'),
  administratorWithoutEmail: () => new MailNotSentError('Logged in user does not have an e-mail.'),
  consentUnknown: () => new NotFoundError('consent_unknown', 'Consent nor offline token not found'),
  credentialUnknown: () => new NotFoundError('credential_unknown', 'Credential not found'),
  credentialLabel: () => new InvalidInputError('credential_label', 'Credential label must not be empty'),

  roleUnknown: () => new NotFoundError('role_unknown', 'Could not find role'),
  roleIdUnknown: () => new NotFoundError('role_id_unknown', 'Could not find role with id'),
  mappedRoleUnknown: () => new NotFoundError('mapped_role_unknown', 'Role not found'),
  compositeUnknown: () => new NotFoundError('composite_unknown', 'Could not find composite role'),
  /** @param kind of the role: `Realm` or `Client` */
  compositeNameUnknown: (kind: string, name: string) =>
    new NotFoundError('composite_name_unknown', `${kind} Role with name ${name} does not exist`, {
      field: 'composites',
    }),
  roleNameMissing: () => new InvalidInputError('role_name_missing', 'role has no name', { field: 'name' }),
  roleRenameTaken: () => new ConflictError('duplicate_resource', 'Duplicate resource error', { field: 'name' }),
  defaultRole: (name: string) =>
    new InvalidInputError('default_role', `${name} is default role of the realm and cannot be removed.`),

  groupUnknown: () => new NotFoundError('group_unknown', 'Could not find group by id'),
  otherGroupUnknown: () => new NotFoundError('group_not_found', 'Group not found'),
  childGroupUnknown: () => new NotFoundError('child_group_unknown', 'Could not find child by id'),
  groupIdWrong: () => new InvalidInputError('group_id_wrong', 'Invalid group id', { field: 'id' }),
  groupPathUnknown: () => new NotFoundError('group_path_unknown', 'Group path does not exist'),
  groupNameMissing: () => new InvalidInputError('group_name_missing', 'Group name is missing', { field: 'name' }),
  topGroupTaken: (name: string) => new ConflictError('group_exists', `Top level group named '${name}' already exists.`),
  siblingGroupTaken: (name: string) =>
    new ConflictError('group_exists', `Sibling group named '${name}' already exists.`),

  // Three s, as the reference writes it.
  sessionUnknown: () => new NotFoundError('session_unknown', 'Sesssion not found'),

  componentUnknown: () => new NotFoundError('component_unknown', 'Could not find component'),
  parentComponentUnknown: () => new NotFoundError('parent_component_unknown', 'Could not find parent component'),
  subtypeMissing: () => new InvalidInputError('subtype_missing', 'must specify a subtype', { field: 'type' }),
  /** @param field the member that names what is not there: `providerType` or `providerId` */
  componentProvider: (field: string) =>
    new InvalidInputError('component_provider', 'Invalid provider type or no such provider', { field }),
  componentChanged: () => new ConflictError('component_changed', 'The component was changed meanwhile, try again'),

  textUnknown: () => new NotFoundError('text_unknown', 'Localization text not found'),
  localeUnknown: (locale: string) =>
    new NotFoundError('locale_unknown', `No localization texts for locale ${locale} found.`),

  actionUnknown: () => new NotFoundError('required_action_unknown', 'Failed to find required action'),
  /** The same with a full stop, for the routes that change order or delete. */
  actionGone: () => new NotFoundError('required_action_unknown', 'Failed to find required action.'),
  actionTaken: () =>
    new ConflictError('duplicate_resource', 'A Required Action Provider with given alias already exists.'),
  actionProviderUnknown: () =>
    new InvalidInputError('action_provider_unknown', 'Required Action Provider with given providerId not found', {
      field: 'providerId',
    }),
  actionDescriptionUnknown: () =>
    new NotFoundError('action_description_unknown', 'Could not find configurable RequiredAction provider'),
  actionConfigUnknown: () => new NotFoundError('action_config_unknown', 'Could not find RequiredAction config'),
  actionNotConfigurable: () => new InvalidInputError('action_not_configurable', 'RequiredAction is not configurable'),
} as const;

/** A mail that could not be sent for an administrator: the one failure of the server whose sentence is told. */
export class MailNotSentError extends AppError {
  constructor(message: string, options: { readonly detail?: string; readonly cause?: unknown } = {}) {
    super('mail_not_sent', message, options);
  }
}

/** Members of a user that the profile does not accept. */
export class UserProfileError extends InvalidInputError {
  constructor(readonly violations: readonly [ProfileViolation, ...ProfileViolation[]]) {
    const [{ errorMessage, field }] = violations;
    super('user_profile', errorMessage, { field });
  }
}

/** A setting of a required action that cannot be used. */
export class ActionConfigError extends InvalidInputError {
  constructor(readonly violation: ProfileViolation) {
    super('action_config_invalid', violation.errorMessage, { field: violation.field });
  }
}

/** A password that breaks the realm's policy. */
export class PasswordPolicyError extends InvalidInputError {
  constructor(readonly violation: PolicyViolation) {
    super('password_policy', violation.message, { field: 'value' });
  }
}
