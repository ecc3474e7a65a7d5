import { byText } from '../shared/by-text.js';
import { limitsFor, type Cap, type SessionLimitPolicy } from './session-limit-policy.js';

/** What the limiter needs to know of a live session. */
export interface CountedSession {
  /** A session of an offline token that came of a login has the id of that login's session. */
  readonly id: string;
  readonly offline?: boolean;
  /** Milliseconds. */
  readonly lastAccess: number;
  readonly startedAt: number;
  /** Internal ids of the clients that are part of it. */
  readonly clientIds: readonly string[];
}

/** What is about to happen, and what else is to be known of it. Only what a policy asks about has to be there. */
export interface AdmissionRequest {
  /** Internal id of the client. */
  readonly clientId: string;
  /** The online session that the login renews or joins; absent when a new one is to be opened. */
  readonly renews?: string;
  /** Milliseconds; for `idleAfter`. */
  readonly now?: number;
  /** Which of the roles and groups in `groupLimits` the user has. */
  readonly belongsTo?: readonly string[];
  /** How many others have a session with the client: online, and online or offline; for `clientSeats`. */
  readonly others?: { readonly online: number; readonly all: number };
  /**
   * Live online sessions beside those that are named, of the user and of these at the client: each was used later than as many of the
   * named ones as can be evicted. Absent: all are named.
   */
  readonly further?: { readonly realm: number; readonly client: number };
}

export interface Eviction {
  readonly id: string;
  readonly cap: 'realm' | 'client';
  readonly limit: number;
  /** The offline session of that id goes too. */
  readonly offlineToo?: true;
}

export type Admission = (
  | { readonly kind: 'admit' }
  | { readonly kind: 'deny'; readonly cap: Cap; readonly limit: number; readonly message?: string }
  | { readonly kind: 'evict'; readonly evictions: readonly Eviction[] }
) & {
  /** Online sessions that end because nobody used them for too long, whatever becomes of the login; absent when there are none. */
  readonly unused?: readonly string[];
};

const oldestFirst = (a: CountedSession, b: CountedSession): number =>
  a.lastAccess - b.lastAccess || a.startedAt - b.startedAt || byText(a.id, b.id);

/** How many of `count` sessions must go so that one more fits under `limit`. */
export const excess = (count: number, limit: number): number => (limit > 0 ? Math.max(0, count - (limit - 1)) : 0);

const NONE_FURTHER = { realm: 0, client: 0 };

/** What a policy counts as sessions. With `countOffline` an online and an offline one of the same id are one. */
function countable(live: readonly CountedSession[], { countOffline }: SessionLimitPolicy): readonly CountedSession[] {
  const online = live.filter(({ offline }) => !offline);
  if (!countOffline) return online;
  const together = new Map(online.map((session) => [session.id, session]));
  for (const offline of live) {
    if (!offline.offline) continue;
    const known = together.get(offline.id);
    together.set(
      offline.id,
      known
        ? {
            id: known.id,
            lastAccess: Math.max(known.lastAccess, offline.lastAccess),
            startedAt: Math.min(known.startedAt, offline.startedAt),
            clientIds: [...known.clientIds, ...offline.clientIds],
          }
        : offline,
    );
  }
  return [...together.values()];
}

/** Online sessions that were not used for as long as the policy says; never the one that is being used now. */
function unusedOf(
  { renews, now }: AdmissionRequest,
  live: readonly CountedSession[],
  { idleAfter }: SessionLimitPolicy,
): readonly string[] {
  if (idleAfter === undefined || now === undefined) return [];
  return live
    .filter(({ id, offline, lastAccess }) => !offline && id !== renews && lastAccess + idleAfter <= now)
    .map(({ id }) => id);
}

type Decision = Pick<Extract<Admission, { kind: 'deny' }>, 'kind' | 'cap' | 'limit'> | readonly Eviction[];

function decideOne(request: AdmissionRequest, live: readonly CountedSession[], policy: SessionLimitPolicy): Decision {
  const { clientId, renews, belongsTo = [], others, further = NONE_FURTHER } = request;
  const counted = countable(live, policy);
  const isRenewed = live.some(({ id, offline }) => id === renews && !offline);
  const renewed = isRenewed ? counted.find(({ id }) => id === renews) : undefined;
  const opensSession = renewed === undefined;
  if (renewed?.clientIds.includes(clientId)) return [];

  const { clientSeats = 0, countOffline } = policy;
  const holdsSeat = further.client > 0 || counted.some(({ clientIds }) => clientIds.includes(clientId));
  const taken = countOffline ? others?.all : others?.online;
  if (clientSeats > 0 && !holdsSeat && (taken ?? 0) >= clientSeats)
    return { kind: 'deny', cap: 'seats', limit: clientSeats };

  // A login never evicts the session it renews, nor is that session counted against it.
  const { realmMax, clientMax } = limitsFor(policy, belongsTo);
  const rest = counted.filter((session) => session !== renewed).sort(oldestFirst);
  const ofClient = rest.filter(({ clientIds }) => clientIds.includes(clientId));
  const clientExcess = excess(ofClient.length + further.client, clientMax);
  const gone = ofClient.slice(0, clientExcess);
  const remaining = rest.filter((session) => !gone.includes(session));
  const realmExcess = opensSession ? excess(remaining.length + further.realm, realmMax) : 0;

  if (policy.whenFull === 'deny') {
    if (clientExcess > 0) return { kind: 'deny', cap: 'client', limit: clientMax };
    return realmExcess > 0 ? { kind: 'deny', cap: 'realm', limit: realmMax } : [];
  }
  const evict = ({ id }: CountedSession, cap: Eviction['cap'], limit: number): Eviction => ({
    id,
    cap,
    limit,
    ...(countOffline && { offlineToo: true }),
  });
  return [
    ...gone.map((session) => evict(session, 'client', clientMax)),
    ...remaining.slice(0, realmExcess).map((session) => evict(session, 'realm', realmMax)),
  ];
}

/**
 * Decides whether a login fits: admit it, deny it, or name the sessions that must end for it. Pure and total.
 *
 * First goes what nobody used for too long. Then seats are looked at, then the client excess, within the client's own sessions, then
 * the realm excess over what would remain. "Oldest" is the least recently used, then the first started, then the id. Several policies
 * combine in order over what remains: any deny denies, evictions add up. (Keycloak engine reference, section 4; it counts without the
 * lock under which this is called.)
 */
export function decide(
  request: AdmissionRequest,
  live: readonly CountedSession[],
  policies: readonly SessionLimitPolicy[],
): Admission {
  let remaining = live;
  const evictions: Eviction[] = [];
  const unused: string[] = [];
  const withUnused = (): Pick<Admission, 'unused'> => (unused.length > 0 ? { unused } : {});
  for (const policy of policies) {
    const idle = unusedOf(request, remaining, policy);
    unused.push(...idle);
    remaining = remaining.filter(({ id, offline }) => offline === true || !idle.includes(id));
    const decision = decideOne(request, remaining, policy);
    if ('kind' in decision)
      return {
        ...decision,
        ...(policy.message !== undefined && { message: policy.message }),
        ...withUnused(),
      };
    evictions.push(...decision);
    remaining = remaining.filter((session) => !decision.some((eviction) => takes(eviction, session)));
  }
  return evictions.length > 0 ? { kind: 'evict', evictions, ...withUnused() } : { kind: 'admit', ...withUnused() };
}

/** Whether the eviction ends the session. */
export const takes = ({ id, offlineToo }: Eviction, session: Pick<CountedSession, 'id' | 'offline'>): boolean =>
  id === session.id && (!session.offline || offlineToo === true);
