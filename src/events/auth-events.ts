/** Types of audit events that this server writes (Keycloak's names; every one also exists with `_ERROR`). */
export type EventKind =
  | 'LOGIN'
  | 'LOGOUT'
  | 'USER_SESSION_DELETED'
  | 'REGISTER'
  | 'CODE_TO_TOKEN'
  | 'TOKEN_EXCHANGE'
  | 'OAUTH2_DEVICE_CODE_TO_TOKEN'
  | 'AUTHREQID_TO_TOKEN'
  | 'REFRESH_TOKEN'
  | 'CLIENT_LOGIN'
  | 'INTROSPECT_TOKEN'
  | 'REVOKE_GRANT'
  | 'PUSHED_AUTHORIZATION_REQUEST'
  | 'GRANT_CONSENT'
  | 'UPDATE_CONSENT'
  | 'REMOVE_CREDENTIAL'
  | 'USER_INFO_REQUEST'
  | 'UPDATE_PASSWORD'
  | 'UPDATE_TOTP'
  | 'UPDATE_PROFILE'
  | 'VERIFY_PROFILE'
  | 'UPDATE_CREDENTIAL'
  | 'CUSTOM_REQUIRED_ACTION'
  | 'RESTART_AUTHENTICATION'
  | 'SEND_RESET_PASSWORD'
  | 'RESET_PASSWORD'
  | 'SEND_VERIFY_EMAIL'
  | 'VERIFY_EMAIL'
  | 'EXECUTE_ACTIONS'
  | 'EXECUTE_ACTION_TOKEN'
  | 'USER_DISABLED_BY_TEMPORARY_LOCKOUT'
  | 'USER_DISABLED_BY_PERMANENT_LOCKOUT';
export type EventType = EventKind | `${EventKind}_ERROR`;

/** One audit event. Times are milliseconds. `error` only with a `_ERROR` type. */
export interface AuthEvent {
  readonly id: string;
  readonly time: number;
  readonly type: EventType;
  readonly realmId: string;
  /** Public clientId, as typed in the request (also when unknown). */
  readonly clientId?: string;
  readonly userId?: string;
  readonly sessionId?: string;
  readonly ipAddress?: string;
  readonly error?: string;
  readonly details: Readonly<Record<string, string>>;
}

export interface EventQuery {
  readonly types?: readonly string[];
  readonly clientId?: string;
  readonly userId?: string;
  readonly ipAddress?: string;
  /** Code of the error. */
  readonly error?: string;
  readonly from?: number;
  readonly to?: number;
  readonly first: number;
  readonly max: number;
  readonly direction: 'asc' | 'desc';
}

/** Stored events. `append` joins the running unit of work, so that an event and what it reports are one. */
export abstract class EventStore {
  /** Adds an event; its id is new. */
  abstract append(event: AuthEvent): Promise<void>;
  /** Events that fit every member of the query that is given, `first` and `max` of them, by time. */
  abstract list(realmId: string, query: EventQuery): Promise<readonly AuthEvent[]>;
  /** Deletes every event of the realm. */
  abstract clear(realmId: string): Promise<void>;
  /** Deletes every event of the user. */
  abstract forgetUser(realmId: string, userId: string): Promise<void>;
  /** Takes the address out of events of any realm older than `before` (ms), at most `limit`; gives how many had one. */
  abstract forgetAddresses(before: number, limit: number): Promise<number>;
  /** Deletes events older than `before` (ms), at most `limit`; gives how many went. */
  abstract expire(realmId: string, before: number, limit: number): Promise<number>;
}
