import type { Json, JsonObject } from '../shared/json.js';

/**
 * Why an authenticator or the flow itself said no. The names are the engine's own; doors map them to the wire
 * (events, status and sentences of Keycloak: keycloak-engine reference 2.11, 3.3 and 6.2).
 */
export const FAILURE_CODES = [
  'invalid_credentials', // wrong password, code, ...
  'missing_credentials', // nothing was entered where something must be
  'unknown_user',
  'user_disabled',
  'user_temporarily_disabled',
  'user_permanently_disabled',
  'user_conflict', // a step named another user than the one already known
  'service_account', // the user is the account of a client and may not log in by itself
  'access_denied', // a deny step
  'session_limit_exceeded', // the limiter's refusal: never counts as a failed login
  'configuration_error', // a step cannot work as it is configured; the person is not to blame
  'credential_setup_required', // the user lacks what the step needs and may not set it up here
  'invalid_request', // a parameter of the request itself is missing or broken
  'cancelled', // the person pressed cancel
] as const;
export type FailureCode = (typeof FAILURE_CODES)[number];

/** A message of `http/messages/<locale>.json`, with what is filled in; `text` wins and is shown as it is (it was written by an admin). */
export interface Message {
  readonly key: string;
  readonly values?: Readonly<Record<string, string | number>>;
  readonly text?: string;
}

/** What a page should ask or say, as data. `data` never holds a password, code, token or key. */
export interface ChallengeView {
  /** Name of the page template (`login`, `login-username`, `login-password`, `login-otp`, `error`, ...). */
  readonly page: string;
  readonly data: JsonObject;
  readonly message?: Message;
  /** Name of the input the message is about. */
  readonly field?: string;
}

/** Something a step wants the end of the login to know, e.g. the policy of a session limiter. */
export interface Fact {
  readonly type: string;
  /** Id of the execution that said so. */
  readonly executionId: string;
  readonly value: Json;
}

/** A note for the audit event of this login (Keycloak's event details), e.g. `username`. */
export type EventDetails = Readonly<Record<string, string>>;

/** What an authenticator answers. An authenticator never throws for an expected outcome. */
export type Outcome =
  /** Passed. `userId` names the user found or confirmed; `credentialType` what was proved (`password`, `otp`). */
  | {
      readonly kind: 'success';
      readonly userId?: string;
      readonly credentialType?: string;
      readonly facts?: readonly Omit<Fact, 'executionId'>[];
      /** Required actions to schedule for after the flow. */
      readonly requiredActions?: readonly string[];
      readonly details?: EventDetails;
    }
  /** Not mine, or not set up: go on with the next. */
  | { readonly kind: 'attempted' }
  /** Ask the person (again). `failed` says that what was entered was wrong; `counts` whether brute-force protection counts it. */
  | {
      readonly kind: 'challenge';
      readonly view: ChallengeView;
      readonly failed?: FailureCode;
      readonly counts?: boolean;
      readonly details?: EventDetails;
      /** The user to whom the failure belongs when none is set in the flow yet. */
      readonly failedUserId?: string;
    }
  /**
   * The login waits for something outside of this browser tab (a link in a mail), which will answer the step. The person is shown a
   * new login with this message (Keycloak's fork).
   */
  | { readonly kind: 'wait'; readonly message: Message }
  /**
   * The flow ends here with an answer of its own (Keycloak's `failure(error, response)`): alternatives are not tried.
   * `status` is the HTTP status this refusal has at the reference (401 deny access, 403 limiter, 400 otherwise).
   */
  | {
      readonly kind: 'refuse';
      readonly code: FailureCode;
      readonly message: Message;
      readonly status: number;
      readonly counts?: boolean;
      readonly details?: EventDetails;
      readonly failedUserId?: string;
    }
  | StepError;

/** A flow exception: an enclosing ALTERNATIVE swallows it and the next one is tried; with none left the login ends with `code`. */
export interface StepError {
  readonly kind: 'error';
  readonly code: FailureCode;
  readonly message?: Message;
  readonly counts?: boolean;
}
