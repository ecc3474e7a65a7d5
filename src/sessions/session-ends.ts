import type { ClientSession, SessionEnd, SessionStore, SessionWithClients, UserSession } from './user-session.js';

/** A session that has ended, as it was before, with the end that was written to it. */
export interface EndedSession {
  readonly session: UserSession;
  readonly clients: readonly ClientSession[];
  readonly end: SessionEnd;
}

/** Learns of sessions that end, in the transaction that ends them (to queue what others have to be told, to write the event). */
export abstract class SessionEndObserver {
  abstract ended(sessions: readonly EndedSession[]): Promise<void>;
}

/** THE way a session ends, whoever ends it: the row says why, and the observer hears of it in the same transaction. */
export class SessionEnds {
  constructor(
    private readonly store: SessionStore,
    private readonly observer: SessionEndObserver,
  ) {}

  /**
   * Ends those that are still open; gives what was ended here. Call it inside a unit of work.
   * @param endOf the end of each, by session
   */
  async end(
    open: readonly SessionWithClients[],
    endOf: (session: UserSession) => SessionEnd,
  ): Promise<readonly EndedSession[]> {
    const ended: EndedSession[] = [];
    for (const { session, clients } of open) {
      const end = endOf(session);
      if (await this.store.end(session.realmId, session.id, session.offline, end))
        ended.push({ session, clients, end });
    }
    if (ended.length > 0) await this.observer.ended(ended);
    return ended;
  }
}
