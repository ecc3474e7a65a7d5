import type { Client } from '../realm/client.js';
import type { Realm } from '../realm/realm.js';
import { clientSessionLifetime, isLive, userSessionLifetime, type Lifetime } from './session-lifetime.js';
import type { CountedSession } from './session-limiter.js';
import type { ClientSession, SessionWithClients, UserSession } from './user-session.js';

/** Open sessions of a user, told apart by what of them is still live. */
export interface SortedSessions {
  /** Sessions that count, without the client's part where its time is over. */
  readonly live: readonly SessionWithClients[];
  readonly over: readonly (SessionWithClients & { readonly cause: Lifetime['cause'] })[];
  /** The client's parts of live sessions whose time is over. */
  readonly overParts: readonly ClientSession[];
}

/**
 * Which open sessions count at this moment for a login at the client. Pure; the limiter's early answer and its binding one both count
 * with it.
 *
 * @param now milliseconds
 */
export function sortByLife(
  open: readonly SessionWithClients[],
  realm: Realm,
  client: Client,
  now: number,
): SortedSessions {
  const live: SessionWithClients[] = [];
  const over: SortedSessions['over'][number][] = [];
  const overParts: ClientSession[] = [];
  for (const { session, clients } of open) {
    const lifetime = userSessionLifetime(session, realm);
    if (!isLive(lifetime, now)) {
      over.push({ session, clients, cause: lifetime.cause });
      continue;
    }
    const isOver = (part: ClientSession): boolean =>
      part.clientId === client.id && !isLive(clientSessionLifetime(part, session, client, realm), now);
    overParts.push(...clients.filter(isOver));
    live.push({ session, clients: clients.filter((part) => !isOver(part)) });
  }
  return { live, over, overParts };
}

/** Note of an offline session that could not take the id of the online session it came of. */
export const CAME_OF_NOTE = 'sluice.came_of';

/** Under which id a session counts: an offline one together with the online one it came of. */
export const countsAs = ({ id, offline, notes }: UserSession): string => (offline ? (notes[CAME_OF_NOTE] ?? id) : id);

/** What the limiter needs to know of it. */
export const counted = ({ session, clients }: SessionWithClients): CountedSession => ({
  id: countsAs(session),
  lastAccess: session.lastAccess,
  startedAt: session.startedAt,
  clientIds: clients.map((part) => part.clientId),
  ...(session.offline && { offline: true }),
});
