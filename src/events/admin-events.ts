/** What an administrator did with a resource (Keycloak's names). */
export const OPERATION_TYPES = ['CREATE', 'UPDATE', 'DELETE', 'ACTION'] as const;
export type OperationType = (typeof OPERATION_TYPES)[number];

/** Kinds of resources that admin events name (Keycloak's names; only those that exist here). */
export const RESOURCE_TYPES = [
  'REALM',
  'REALM_ROLE',
  'REALM_ROLE_MAPPING',
  'REALM_SCOPE_MAPPING',
  'AUTH_FLOW',
  'AUTH_EXECUTION_FLOW',
  'AUTH_EXECUTION',
  'AUTHENTICATOR_CONFIG',
  'REQUIRED_ACTION',
  'REQUIRED_ACTION_CONFIG',
  'PROTOCOL_MAPPER',
  'USER',
  'USER_LOGIN_FAILURE',
  'USER_SESSION',
  'USER_PROFILE',
  'GROUP',
  'GROUP_MEMBERSHIP',
  'CLIENT',
  'CLIENT_ROLE',
  'CLIENT_ROLE_MAPPING',
  'CLIENT_SCOPE',
  'CLIENT_SCOPE_MAPPING',
  'CLIENT_SCOPE_CLIENT_MAPPING',
  'CLUSTER_NODE',
  'COMPONENT',
] as const;
export type ResourceType = (typeof RESOURCE_TYPES)[number];

/** Who did it: the caller's token. */
export interface AdminIdentity {
  /** Realm of the token. */
  readonly authRealmId: string;
  /** Internal id of the client. */
  readonly authClientId: string;
  readonly authUserId: string;
  /** Empty when it is kept no longer. */
  readonly ipAddress: string;
}

/** A change that an administrator made, or an action taken. Times are milliseconds. */
export interface AdminEvent extends AdminIdentity {
  readonly id: string;
  readonly time: number;
  /** The realm that was changed. */
  readonly realmId: string;
  readonly operationType: OperationType;
  readonly resourceType: ResourceType;
  /** Address of the resource below its realm; empty for the realm itself. */
  readonly resourcePath: string;
  /** What was sent, as JSON without secrets, in realms that keep details. */
  readonly representation?: string;
}

export interface AdminEventQuery {
  readonly operationTypes?: readonly string[];
  readonly resourceTypes?: readonly string[];
  readonly authRealmId?: string;
  readonly authClientId?: string;
  readonly authUserId?: string;
  readonly ipAddress?: string;
  /** A path in which `*` stands for anything. */
  readonly resourcePath?: string;
  /** Inclusive, milliseconds. */
  readonly from?: number;
  readonly to?: number;
  readonly first: number;
  readonly max: number;
  readonly direction: 'asc' | 'desc';
}

/** Stored admin events. */
export abstract class AdminEventStore {
  /** Adds an event; its id is new. */
  abstract append(event: AdminEvent): Promise<void>;
  /** Events that fit every member of the query that is given, `first` and `max` of them, by time. */
  abstract list(realmId: string, query: AdminEventQuery): Promise<readonly AdminEvent[]>;
  /** Deletes every admin event of the realm. */
  abstract clear(realmId: string): Promise<void>;
  /**
   * Takes out what is personal of a user: what was sent about the user, and the addresses from which the user, as an administrator,
   * did something. That it was done, and by which id, stays.
   */
  abstract forgetUser(realmId: string, userId: string): Promise<void>;
  /** Takes the address out of events of any realm older than `before` (ms), at most `limit`; gives how many had one. */
  abstract forgetAddresses(before: number, limit: number): Promise<number>;
  /** Deletes events older than `before` (ms), at most `limit`; gives how many went. */
  abstract expire(realmId: string, before: number, limit: number): Promise<number>;
}
