import type { FlowState } from '../engine/index.js';
import type { AuthorizationRequest } from './authorization-request.js';
import type { ActionStatus } from './initiated-action.js';

/** Where a browser login is: in the flow, in required actions after it, waiting for consent, or over. */
export type LoginPhase = 'flow' | 'required-action' | 'consent' | 'done';

/** What a login has to remember of the link of a mail. */
export interface OpenedLink {
  readonly id: string;
  /** Seconds. */
  readonly expiresAt: number;
  /** Used up when the login ends well. */
  readonly singleUse: boolean;
  /** The login ends with a page in place of a session: it did not begin in this browser. */
  readonly endsWithPage: boolean;
  /** Where the person may go on to from that page. */
  readonly redirectUri?: string;
}

/**
 * A browser login between two requests. The row is made by the first POST (an anonymous GET writes nothing) and stays as
 * `done` until it expires, so that a page sent again is told apart from a login never seen.
 */
export interface PendingLogin {
  readonly realmId: string;
  /** Hash of the secret in the AUTH_SESSION_ID cookie: the login belongs to one browser. */
  readonly rootHash: string;
  /** One browser tab. */
  readonly tabId: string;
  /**
   * Raised by every write; a write with a stale version is refused (double submit). The one-time `session_code` of the page on
   * screen is derived from it.
   */
  readonly version: number;
  readonly phase: LoginPhase;
  /** Present when its flow is the one for forgotten credentials. */
  readonly path?: 'reset-credentials';
  /** The link of a mail that began it, or took it on. */
  readonly link?: OpenedLink;
  readonly request: AuthorizationRequest;
  /** Absent once done. */
  readonly state?: FlowState;
  /** Alias of the required action on screen. */
  readonly currentAction?: string;
  /** The action on screen is there because the application asked for it, so the person may leave it undone. */
  readonly initiated?: boolean;
  /** What became of the action that the application asked for. */
  readonly actionStatus?: ActionStatus;
  /** The person agreed on the consent page of this login. */
  readonly consented?: boolean;
  /** Single sign-on session of the browser when the login began, if it is to be renewed. */
  readonly browserSessionId?: string;
  /** When the person first proved a credential in this login (ms): what happens to the account after it wins over the login. */
  readonly provenSince?: number;
  /** When the person's proof was complete (ms); absent while the flow runs. */
  readonly provenAt?: number;
  /** Required actions done in this login, by alias. */
  readonly actionsDone: readonly string[];
  /** Of a login that is done: it goes on in a row of its own, under a new secret of the browser. */
  readonly moved?: boolean;
  /** Milliseconds. */
  readonly createdAt: number;
  /** Milliseconds of the last accepted step: the timeouts count from here. */
  readonly touchedAt: number;
  readonly expiresAt: number;
  readonly remoteAddress: string;
}

/** Logins in progress, one row for each tab of a browser. `version` decides between two forms that were sent for the same page. */
export abstract class PendingLoginStore {
  /** The login of that browser and tab, whether it goes on or is done. */
  abstract find(realmId: string, rootHash: string, tabId: string): Promise<PendingLogin | undefined>;
  /** False when there is a row of that browser and tab already (the same first page posted twice). */
  abstract insert(login: PendingLogin): Promise<boolean>;
  /** Stores `login` with version + 1 if the stored version is still `login.version`; false otherwise. */
  abstract update(login: PendingLogin): Promise<boolean>;
  /** Logins in progress from one address in a realm (done ones do not count). */
  abstract countFrom(realmId: string, remoteAddress: string): Promise<number>;
  /** Deletes logins whose `expiresAt` lies before `before` (ms), at most `limit`; gives how many went. */
  abstract expire(before: number, limit: number): Promise<number>;
}
