import {
  ActionConfigError,
  MailNotSentError,
  PasswordPolicyError,
  UserProfileError,
} from '../administration/administration-errors.js';
import {
  AppError,
  ConflictError,
  ForbiddenError,
  InvalidInputError,
  NotFoundError,
  NotSupportedError,
  PreconditionFailedError,
  TooManyRequestsError,
  UnavailableError,
} from '../shared/errors.js';
import type { JsonObject } from '../shared/json.js';

/** A reply of the Admin API to something that went wrong. */
export interface ErrorReply {
  readonly status: number;
  readonly body: JsonObject;
}

type Shape = (error: AppError) => JsonObject;

/** `{"error": sentence}`: what the reference throws as exceptions of its web framework. */
const sentence: Shape = ({ message }) => ({ error: message });
/** `{"errorMessage": sentence}`, and the member when it is one of the body. */
const errorMessage: Shape = ({ message }) => ({ errorMessage: message });
const fieldMessage: Shape = ({ message, field }) => ({ errorMessage: message, ...(field !== undefined && { field }) });
/** What the reference says to a value of a wrong type, and beside it which one it is. */
const unreadable: Shape = (error) => ({
  error: 'unknown_error',
  error_description: 'Cannot parse the JSON',
  ...fieldMessage(error),
});
/** The same for a number that does not fit, of which the reference makes another error. */
const beyond: Shape = (error) => ({ ...unreadable(error), error: 'HTTP 400 Bad Request' });
/** `{"error": code, "error_description": sentence}`, as OAuth has it. */
const coded =
  (code: string): Shape =>
  ({ message }) => ({ error: code, error_description: message });

/** What the reference says beside the name of a feature that is off. */
const seeLog: Shape = ({ message }) => ({
  error: message,
  error_description: 'For more on this error consult the server log.',
});

/** THE table of error bodies by code (Admin API reference 2.1). What is not listed is a plain sentence. */
const SHAPES: Readonly<Record<string, Shape>> = {
  feature_off: seeLog,
  organizations_off: errorMessage,
  path_not_normalised: coded('missingNormalization'),
  malformed_json: coded('invalid_request'),
  unparsable_json: coded('unknown_error'),
  body_missing: coded('invalid_request'),
  wrong_type: unreadable,
  number_beyond: beyond,
  invalid_member: fieldMessage,
  member_missing: fieldMessage,
  duplicate_name: fieldMessage,
  unknown_reference: fieldMessage,

  flow_alias_empty: errorMessage,
  flow_alias_taken: errorMessage,
  subflow_parent_unknown: errorMessage,
  config_alias_empty: errorMessage,
  config_alias_taken: errorMessage,
  flow_kind_missing: coded('conflict'),
  config_value_invalid: fieldMessage,
  binding_refused: fieldMessage,
  duplicate_resource: coded('conflict'),

  realm_exists: errorMessage,
  resource_exists: errorMessage,
  if_exists: fieldMessage,
  realm_rename_taken: errorMessage,
  realm_name_empty: errorMessage,
  master_rename: errorMessage,
  master_remove: errorMessage,
  lifespan_zero: errorMessage,
  idle_grace: fieldMessage,
  session_time: fieldMessage,

  client_exists: errorMessage,
  client_id_missing: coded('invalid_input'),
  client_address: coded('invalid_input'),
  key_store_password: coded('password-missing'),
  client_needed: coded('invalid_request'),
  client_scope_exists: errorMessage,
  client_scope_name: errorMessage,
  client_scope_protocol: errorMessage,
  mapper_exists: errorMessage,

  mail_refused: errorMessage,
  mail_not_sent: errorMessage,
  profile_invalid: errorMessage,
  password_policy_text: errorMessage,
  user_name_missing: errorMessage,
  user_body_missing: errorMessage,
  username_exists: errorMessage,
  email_exists: errorMessage,
  credential_label: coded('missingCredentialLabel'),
  invalid_key: fieldMessage,
  component_changed: coded('conflict'),
  role_exists: errorMessage,
  composite_name_unknown: errorMessage,
  default_role: errorMessage,
  group_exists: errorMessage,
  group_name_missing: errorMessage,
  group_id_wrong: errorMessage,
};

/** The reply to an error of ours; undefined for anything else. */
export function errorReplyOf(error: unknown): ErrorReply | undefined {
  if (error instanceof UserProfileError) {
    const [first, ...more] = error.violations.map((violation) => ({ ...violation }));
    return { status: 400, body: more.length === 0 ? { ...first } : { errors: [first ?? {}, ...more] } };
  }
  if (error instanceof ActionConfigError) return { status: 400, body: { ...error.violation } };
  if (error instanceof PasswordPolicyError) {
    return { status: 400, body: { error: error.violation.code, error_description: error.message } };
  }
  if (!(error instanceof AppError)) return undefined;
  const status = statusOf(error);
  return status === undefined ? undefined : { status, body: (SHAPES[error.code] ?? sentence)(error) };
}

/** By the class of the error. A plain AppError is a failure of the server, which the caller is not told about. */
function statusOf(error: AppError): number | undefined {
  if (error instanceof NotFoundError) return 404;
  if (error instanceof ForbiddenError) return 403;
  if (error instanceof ConflictError) return 409;
  if (error instanceof PreconditionFailedError) return 412;
  if (error instanceof InvalidInputError) return 400;
  if (error instanceof TooManyRequestsError) return 429;
  if (error instanceof MailNotSentError) return 500;
  if (error instanceof NotSupportedError) return 501;
  return error instanceof UnavailableError ? 503 : undefined;
}
