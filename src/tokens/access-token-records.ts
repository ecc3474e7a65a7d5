import type { User } from '../realm/user.js';
import type { ClientSession, UserSession } from '../sessions/user-session.js';

/** What an access token says of itself that records are found by. */
export interface AccessTokenKey {
  readonly jti: string;
  /** Session id. */
  readonly sid?: string;
  /** Whose token it is, where there is no session to say so. */
  readonly sub?: string;
  /** Internal id of the client it was issued to. */
  readonly clientId: string;
}

/** A session with the id that a token names, open or ended. */
export interface RecordedSession {
  readonly session: UserSession;
  /** Undefined when the client has no part in the session. */
  readonly clientSession?: ClientSession;
}

/** What is stored of those that stand behind an access token. */
export interface AccessTokenRecord {
  /** An online session comes before an offline one with the same id. */
  readonly sessions: readonly RecordedSession[];
  /** Of the session, else of the subject. */
  readonly user?: User;
  /** The token was revoked by itself (RFC 7009). */
  readonly isRevoked: boolean;
}

/** Reads it in one statement: it is asked for with every request that brings an access token. */
export abstract class AccessTokenRecords {
  abstract of(realmId: string, token: AccessTokenKey): Promise<AccessTokenRecord>;
}
