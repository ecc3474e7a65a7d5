/** Kinds of events that a realm keeps when it names none (Keycloak's names; every kind also exists with `_ERROR`). */
const KEPT = [
  ...['LOGIN', 'REGISTER', 'LOGOUT', 'CODE_TO_TOKEN', 'CLIENT_LOGIN', 'FEDERATED_IDENTITY_LINK'],
  ...['REMOVE_FEDERATED_IDENTITY', 'UPDATE_EMAIL', 'UPDATE_PROFILE', 'UPDATE_PASSWORD', 'UPDATE_TOTP', 'VERIFY_EMAIL'],
  ...['VERIFY_PROFILE', 'REMOVE_TOTP', 'GRANT_CONSENT', 'UPDATE_CONSENT', 'REVOKE_GRANT', 'SEND_VERIFY_EMAIL'],
  ...['SEND_RESET_PASSWORD', 'SEND_IDENTITY_PROVIDER_LINK', 'RESET_PASSWORD', 'RESTART_AUTHENTICATION'],
  ...['IDENTITY_PROVIDER_LINK_ACCOUNT', 'IDENTITY_PROVIDER_FIRST_LOGIN', 'IDENTITY_PROVIDER_POST_LOGIN', 'IMPERSONATE'],
  ...['CUSTOM_REQUIRED_ACTION', 'EXECUTE_ACTIONS', 'EXECUTE_ACTION_TOKEN', 'CLIENT_REGISTER', 'CLIENT_UPDATE'],
  ...['CLIENT_DELETE', 'CLIENT_INITIATED_ACCOUNT_LINKING', 'TOKEN_EXCHANGE', 'OAUTH2_DEVICE_AUTH'],
  ...['OAUTH2_DEVICE_VERIFY_USER_CODE', 'OAUTH2_DEVICE_CODE_TO_TOKEN', 'AUTHREQID_TO_TOKEN', 'DELETE_ACCOUNT'],
  'USER_SESSION_DELETED',
  ...['OAUTH2_EXTENSION_GRANT', 'UPDATE_CREDENTIAL', 'REMOVE_CREDENTIAL', 'INVITE_ORG'],
] as const;

/** Kept without their `_ERROR` twin. */
const KEPT_ALONE = [
  'PERMISSION_TOKEN',
  'USER_DISABLED_BY_PERMANENT_LOCKOUT',
  'USER_DISABLED_BY_TEMPORARY_LOCKOUT',
] as const;

/** Frequent or technical ones, kept only when a realm names them. */
const NOT_KEPT = [
  ...['REFRESH_TOKEN', 'VALIDATE_ACCESS_TOKEN', 'INTROSPECT_TOKEN', 'INVALID_SIGNATURE', 'REGISTER_NODE'],
  ...['UNREGISTER_NODE', 'USER_INFO_REQUEST', 'IDENTITY_PROVIDER_LOGIN', 'IDENTITY_PROVIDER_RESPONSE'],
  ...['IDENTITY_PROVIDER_RETRIEVE_TOKEN', 'CLIENT_INFO', 'PUSHED_AUTHORIZATION_REQUEST', 'JWT_BEARER'],
] as const;

const withErrors = (kinds: readonly string[]): readonly string[] => kinds.flatMap((kind) => [kind, `${kind}_ERROR`]);

/** What `GET events/config` lists for a realm that names no types. */
export const TYPES_KEPT_BY_DEFAULT: readonly string[] = [...withErrors(KEPT), ...KEPT_ALONE];

const ALL: ReadonlySet<string> = new Set(withErrors([...KEPT, ...KEPT_ALONE, ...NOT_KEPT]));

/** Whether there is such a type of event. */
export const isEventType = (name: string): boolean => ALL.has(name);
