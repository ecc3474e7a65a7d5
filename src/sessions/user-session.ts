import type { Json } from '../shared/json.js';

/** Why a session ended. There is no "unknown": every end says its reason. */
export const END_REASONS = [
  'user', // signed out by the user
  'admin', // ended by an administrator
  'evicted', // made room for a newer one under a cap
  'idle',
  'max',
  'revoked', // a token of it was revoked, or a not-before was set
  'password_change', // or another factor was set up
  'user_disabled',
  'user_deleted',
  'client_removed',
  'realm_policy', // e.g. remember-me was turned off
] as const;
export type EndReason = (typeof END_REASONS)[number];

export interface SessionEnd {
  readonly reason: EndReason;
  /** Milliseconds. */
  readonly at: number;
  /** The session that took the place, when evicted. */
  readonly evictedBy?: string;
  /** Which cap was full, when evicted. */
  readonly cap?: 'realm' | 'client';
  /** The cap's number, when evicted. */
  readonly limit?: number;
  /** Version of the owner row at which it was evicted: orders the user's history. */
  readonly ownerVersion?: number;
}

/** A user's session in a realm: one login in one browser, or one direct grant. Times are milliseconds. */
export interface UserSession {
  readonly id: string;
  readonly realmId: string;
  readonly userId: string;
  /** Name at the time of login. */
  readonly username: string;
  readonly offline: boolean;
  readonly rememberMe: boolean;
  readonly ipAddress: string;
  readonly userAgent: string;
  /** `openid-connect` and how: `browser`, `password`, `client_credentials`. */
  readonly authMethod: string;
  readonly startedAt: number;
  readonly lastAccess: number;
  /** Seconds of the last active authentication (claim `auth_time`). */
  readonly authTime?: number;
  /** Hash of the secret in the KEYCLOAK_IDENTITY cookie, for browser sessions. Renewed at every authentication. */
  readonly identityHash?: string;
  /** Version of the owner row at which it began: orders the user's history. */
  readonly ownerVersion: number;
  readonly notes: Readonly<Record<string, string>>;
  readonly end?: SessionEnd;
}

/** Part of a user session that belongs to one client. Times are milliseconds. */
export interface ClientSession {
  readonly sessionId: string;
  readonly realmId: string;
  readonly userId: string;
  /** Internal id of the client. */
  readonly clientId: string;
  readonly offline: boolean;
  readonly startedAt: number;
  readonly lastAccess: number;
  readonly redirectUri?: string;
  /** Scope of the last authorization, space separated. */
  readonly scope: string;
  /** Protocol notes: `iss`, the issuer whose tokens the client has; `acr`, ... */
  readonly notes: Readonly<Record<string, Json>>;
  /** Refresh-token rotation per reuse id: the last used token, how many refreshes came before it, and its uses. */
  readonly refresh: Readonly<
    Record<string, { readonly id: string; readonly generation: number; readonly uses: number }>
  >;
}

export interface SessionWithClients {
  readonly session: UserSession;
  readonly clients: readonly ClientSession[];
}

/** What of one kind of session is over: what was last used up to an instant, and what began up to one. Milliseconds. */
export interface SessionCutoff {
  readonly offline: boolean;
  readonly rememberMe: boolean;
  readonly lastUsedUpTo: number;
  readonly startedUpTo: number;
}

/** The same of what a client has in such sessions: over when its session is, or when the client's part itself is. */
export interface ClientCutoff extends SessionCutoff {
  readonly partLastUsedUpTo: number;
  readonly partStartedUpTo: number;
}

/** Whose sessions. */
export interface SessionOwner {
  readonly realmId: string;
  readonly userId: string;
}

/** Sessions of a user with a client. */
export interface OwnerAtClient extends SessionOwner {
  readonly clientId: string;
}

/** Which open sessions, oldest access first, and at most how many: those that are over, or those that are not. */
export type SomeSessions = { readonly over: number } | { readonly oldest: number };

/** The sessions that others than one user have with a client. */
export interface OthersAtClient {
  readonly realmId: string;
  readonly clientId: string;
  readonly exceptUserId: string;
}

export interface SessionPage {
  readonly first: number;
  /** Negative = no bound. */
  readonly max: number;
}

/**
 * User sessions and their client sessions. "Open" means here: not ended. Whether an open session is still live is for
 * `session-lifetime.ts` to say, and the caller asks it.
 */
export abstract class SessionStore {
  /**
   * Locks the owner row of a user by writing it and gives its new version; held until the unit of work ends.
   * Everything that opens or evicts sessions of the user begins with it.
   */
  abstract lockOwner(realmId: string, userId: string): Promise<number>;
  /**
   * Locks the seats of a client by writing its row; held until the unit of work ends. Only after `lockOwner`, and before any session is
   * written.
   */
  abstract lockSeats(realmId: string, clientId: string): Promise<void>;
  /**
   * How many users other than this one have an open session with the client.
   * @param offlineToo counts offline sessions as well as online ones
   */
  abstract countOtherUsers(realmId: string, clientId: string, userId: string, offlineToo: boolean): Promise<number>;
  /** How many of them have one that is not over. @param cutoffs of the kinds that count */
  abstract countLiveOthers(others: OthersAtClient, cutoffs: readonly ClientCutoff[]): Promise<number>;
  /** Open sessions of theirs that are over, or in which the client's part is, at most `limit`. */
  abstract overOfOthers(
    others: OthersAtClient,
    cutoffs: readonly ClientCutoff[],
    limit: number,
  ): Promise<readonly SessionWithClients[]>;
  /** Sessions of the user that have not ended, with their client sessions, oldest access first. @param limit absent = all */
  abstract openOfUser(
    realmId: string,
    userId: string,
    offline: boolean,
    limit?: number,
  ): Promise<readonly SessionWithClients[]>;
  /** How many sessions of the user are not over. @param cutoffs of the kinds that count */
  abstract countOfUser(owner: SessionOwner, cutoffs: readonly SessionCutoff[]): Promise<number>;
  /** How many online sessions of the user have not ended, over or not: no fewer than `countOfUser` says. */
  abstract countOpenOfUser(owner: SessionOwner): Promise<number>;
  /** As `countOpenOfUser`, of sessions in which the client has a part: no fewer than `countAtClient` says. */
  abstract countOpenAtClient(owner: OwnerAtClient): Promise<number>;
  /** The first of the user's open sessions, oldest access first, that are over, or that are not: as many as is said. */
  abstract someOfUser(
    owner: SessionOwner,
    cutoffs: readonly SessionCutoff[],
    which: SomeSessions,
  ): Promise<readonly SessionWithClients[]>;
  /** As `countOfUser`, of sessions in which the client has a part that is not over either. */
  abstract countAtClient(owner: OwnerAtClient, cutoffs: readonly ClientCutoff[]): Promise<number>;
  /** As `someOfUser`, of sessions in which the client has a part; over where the part alone is over, too. */
  abstract someAtClient(
    owner: OwnerAtClient,
    cutoffs: readonly ClientCutoff[],
    which: SomeSessions,
  ): Promise<readonly SessionWithClients[]>;
  /** The session, open or ended; an ended one has no client sessions. */
  abstract byId(realmId: string, id: string, offline: boolean): Promise<SessionWithClients | undefined>;
  /** The session with that hash of an identity secret, open or ended. */
  abstract byIdentity(realmId: string, identityHash: string): Promise<SessionWithClients | undefined>;
  /** Adds a session whose id was never used before. Only who holds the owner row (`lockOwner`) may. */
  abstract insert(session: UserSession): Promise<void>;
  /** Adds the part of a client that has none in this session. */
  abstract insertClientSession(clientSession: ClientSession): Promise<void>;
  /**
   * Replaces a client session in place (re-authentication at the same client), but for its rotation state, which only
   * `updateRefreshState` writes. Time does not move backwards.
   */
  abstract updateClientSession(clientSession: ClientSession): Promise<void>;
  /** Conditional on the session being open; false when it has ended. */
  abstract updateOpen(session: UserSession): Promise<boolean>;
  /**
   * Marks the session (and the client session) as used at `at`, only if it is open: true when it was. Written before any
   * answer that relies on it; never moves time backwards.
   */
  abstract touch(
    realmId: string,
    id: string,
    offline: boolean,
    clientId: string | undefined,
    at: number,
  ): Promise<boolean>;
  /** Compare-and-set of the rotation state of one client session; false when another refresh was faster or it is gone. */
  abstract updateRefreshState(before: ClientSession, after: ClientSession): Promise<boolean>;
  /**
   * Ends those of the sessions that are open, all with the same end. An ended session never returns. Nobody but `SessionEnds` calls this.
   * @returns by id of what was ended here: the client sessions, which went with it
   */
  abstract endAll(
    realmId: string,
    offline: boolean,
    ids: readonly string[],
    end: SessionEnd,
  ): Promise<ReadonlyMap<string, readonly ClientSession[]>>;
  /** Takes one client out of a session, which stays open; false when the client had no part in it. */
  abstract deleteClientSession(
    realmId: string,
    sessionId: string,
    offline: boolean,
    clientId: string,
  ): Promise<boolean>;
  /** Open sessions that have a client session of the client, those it joined first before others. */
  abstract openOfClient(
    realmId: string,
    clientId: string,
    offline: boolean,
    page: SessionPage,
  ): Promise<readonly SessionWithClients[]>;
  /** Open sessions of a realm, in batches of at most `limit`, ordered by id, after `afterId`. */
  abstract openOfRealm(
    realmId: string,
    offline: boolean,
    afterId: string,
    limit: number,
  ): Promise<readonly UserSession[]>;
  /** The user's whole history, ended ones included, by owner version (for the proof of the cap and "recently ended"). */
  abstract history(realmId: string, userId: string, limit: number): Promise<readonly UserSession[]>;
  /** Deletes ended sessions whose end lies before `before`, at most `limit`; gives how many went. */
  abstract forget(before: number, limit: number): Promise<number>;
}
