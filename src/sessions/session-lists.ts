import type { SessionCutoff, SessionOwner, SessionPage, SessionWithClients, UserSession } from './user-session.js';

/** What to look for among the live sessions of a realm. Members narrow each other. */
export interface SessionSearch {
  readonly offline: boolean;
  readonly userId?: string;
  /** Internal id of a client that takes part. */
  readonly clientId?: string;
  /** The whole address. */
  readonly ipAddress?: string;
  /** Begun at this instant or later (ms). */
  readonly from?: number;
  /** Begun before this instant (ms). */
  readonly to?: number;
}

/** How many sessions a client has. */
export interface ClientSessionCounts {
  /** Internal id. */
  readonly clientId: string;
  readonly active: number;
  readonly offline: number;
}

/**
 * Lists and counts of the sessions of a realm, however many there are. What is over but not yet ended is left out: the cutoffs
 * (`sessionCutoffs`) say what that is. Every answer is read by an index; none grows with the realm, only with its own length and with
 * what is over and waits for the sweeper.
 */
export abstract class SessionLists {
  /** Open sessions that are over, at most `limit`: the sweeper's work. */
  abstract due(realmId: string, cutoffs: readonly SessionCutoff[], limit: number): Promise<readonly UserSession[]>;
  /** Live sessions a client takes part in, in the order in which it joined them. */
  abstract ofClient(
    realmId: string,
    clientId: string,
    offline: boolean,
    cutoffs: readonly SessionCutoff[],
    page: SessionPage,
  ): Promise<readonly SessionWithClients[]>;
  /**
   * Live online sessions of a user, the last used one first.
   * @param except leaves one out
   */
  abstract ofUser(
    owner: SessionOwner,
    cutoffs: readonly SessionCutoff[],
    page: SessionPage,
    except?: string,
  ): Promise<readonly SessionWithClients[]>;
  /** Internal ids of the clients that take part in live sessions of a user, online ones or offline ones. */
  abstract clientsOfUser(
    owner: SessionOwner,
    offline: boolean,
    cutoffs: readonly SessionCutoff[],
  ): Promise<readonly string[]>;
  /** How many sessions `ofClient` would give without a page. */
  abstract countOfClient(
    realmId: string,
    clientId: string,
    offline: boolean,
    cutoffs: readonly SessionCutoff[],
  ): Promise<number>;
  /** Live online and offline sessions per client, by client id; clients without any are left out. */
  abstract countsByClient(realmId: string, cutoffs: readonly SessionCutoff[]): Promise<readonly ClientSessionCounts[]>;
  /** Live sessions that fit, the newest first. */
  abstract search(
    realmId: string,
    search: SessionSearch,
    cutoffs: readonly SessionCutoff[],
    page: SessionPage,
  ): Promise<readonly SessionWithClients[]>;
  /** How many sessions `search` would give without a page; it stops counting at `most`. */
  abstract countFound(
    realmId: string,
    search: SessionSearch,
    cutoffs: readonly SessionCutoff[],
    most: number,
  ): Promise<number>;
  /** Puts counts that were kept apart together, so that they are read faster; how many rows went. */
  abstract foldCounts(): Promise<number>;
}
