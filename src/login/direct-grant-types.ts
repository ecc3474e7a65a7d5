import type { FailureCode, Message } from '../engine/index.js';
import type { Client } from '../realm/client.js';
import type { Realm } from '../realm/realm.js';
import type { User } from '../realm/user.js';
import type { ClientSession, UserSession } from '../sessions/user-session.js';

/** A password grant after its client was authenticated and its scope resolved. */
export interface DirectGrantRequest {
  readonly realm: Realm;
  readonly client: Client;
  /** Every form parameter of the token request (username, password, totp, ...). In memory only. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Resolved scope, space separated. */
  readonly scope: string;
  /** Present when the scope asks for offline access, so that the session is an offline one: whether the user may have it. */
  readonly mayBeOffline?: (userId: string) => Promise<boolean>;
  /** Issuer of the tokens it ends with. */
  readonly issuer: string;
  readonly remoteAddress: string;
  readonly userAgent: string;
}

/** Why a login that passed its flow still did not become a session, or why the flow refused. */
export type LoginRefusal = FailureCode | 'required_actions' | 'offline_not_allowed';

export type DirectGrantResult =
  | {
      readonly kind: 'passed';
      readonly user: User;
      readonly session: UserSession;
      readonly clientSession: ClientSession;
    }
  | {
      readonly kind: 'refused';
      readonly code: LoginRefusal;
      readonly message?: Message;
      /** HTTP status at the reference. */
      readonly status: number;
      /** As in `CompletedLogin`. */
      readonly overtaken?: true;
    };
