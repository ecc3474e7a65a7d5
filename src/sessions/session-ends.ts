import type { Realm } from '../realm/realm.js';
import { byText } from '../shared/by-text.js';
import type { ClientSession, SessionEnd, SessionStore, UserSession } from './user-session.js';

/** A session that has ended, as it was before, with the parts of clients that went with it and the end that was written to it. */
export interface EndedSession {
  readonly session: UserSession;
  readonly clients: readonly ClientSession[];
  readonly end: SessionEnd;
}

/** Out of which request sessions end; what is not known is left out. */
export interface EndOrigin {
  /** The realm, when it is at hand: the observer need not read it again. */
  readonly realm?: Realm;
  readonly ipAddress?: string;
  /** Public id of the client through which it was asked. */
  readonly clientId?: string;
  /** Further details of the event. */
  readonly details?: Readonly<Record<string, string | undefined>>;
  /**
   * Every session of their users ends, or of their realm: an application is told once for each user and not for each session, and at
   * its admin URL once for the realm, by whoever ends it.
   */
  readonly everywhere?: 'user' | 'realm';
}

/** Learns of sessions that end, in the transaction that ends them (to queue what others have to be told, to write the event). */
export abstract class SessionEndObserver {
  abstract ended(sessions: readonly EndedSession[], origin: EndOrigin): Promise<void>;
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
    sessions: readonly UserSession[],
    endOf: (session: UserSession) => SessionEnd,
    origin: EndOrigin = {},
  ): Promise<readonly EndedSession[]> {
    const ended: EndedSession[] = [];
    for (const { realmId, offline, end, together } of alike([...sessions].sort(byId), endOf)) {
      const ids = together.map(({ id }) => id);
      const parts = await this.store.endAll(realmId, offline, ids, end);
      for (const session of together) {
        const clients = parts.get(session.id);
        if (clients) ended.push({ session, clients, end });
      }
    }
    if (ended.length > 0) await this.observer.ended(ended, origin);
    return ended;
  }
}

/** One order for all: of two that end the same sessions at once, one waits for the other. */
const byId = (a: UserSession, b: UserSession): number => byText(a.id, b.id);

interface Alike {
  readonly realmId: string;
  readonly offline: boolean;
  readonly end: SessionEnd;
  readonly together: UserSession[];
}

/** Sessions of a realm that end in the same way end in one statement. */
function alike(sessions: readonly UserSession[], endOf: (session: UserSession) => SessionEnd): Iterable<Alike> {
  const groups = new Map<string, Alike>();
  for (const session of sessions) {
    const { realmId, offline } = session;
    const end = endOf(session);
    const key = JSON.stringify([realmId, offline, end]);
    const group = groups.get(key) ?? { realmId, offline, end, together: [] };
    groups.set(key, group);
    group.together.push(session);
  }
  return groups.values();
}
