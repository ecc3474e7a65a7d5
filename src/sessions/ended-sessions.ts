import type { SessionPage, UserSession } from './user-session.js';

/** A session that is over, as long as it is remembered. `session.end` says why. */
export interface RememberedSession {
  readonly session: UserSession;
  /** Internal ids of the clients that took part when it ended. */
  readonly clientIds: readonly string[];
}

/** What to look for among ended sessions. Members narrow each other. */
export interface EndedSessionSearch {
  readonly userId?: string;
  /** Internal id. */
  readonly clientId?: string;
}

/** Sessions that have ended, as long as they are remembered. */
export abstract class EndedSessions {
  /** Those that fit, the last ended first, by id where two ended at once. */
  abstract list(realmId: string, search: EndedSessionSearch, page: SessionPage): Promise<readonly RememberedSession[]>;
}
