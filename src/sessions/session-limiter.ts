import type { Message } from '../engine/index.js';

/** Type of the fact with which a limiter step hands its policy to the end of the login. */
export const SESSION_LIMIT_FACT = 'session-limit';

/** What a denied person reads: the admin's text or message key, else the default ("There are too many sessions"). */
export const sessionLimitMessage = (custom: string | undefined): Message => ({
  key: 'sessionLimitExceeded',
  ...(custom === undefined ? {} : { text: custom }),
});

/** A cap on sessions as one limiter step asks for it. A limit of 0 is no limit. */
export interface SessionLimitPolicy {
  /** Execution that asked: its current config is read again under the owner row. */
  readonly executionId: string;
  readonly realmMax: number;
  readonly clientMax: number;
  readonly whenFull: 'deny' | 'evict-oldest';
  /** Literal text or message key an admin wrote; absent = the default message. */
  readonly message?: string;
}

/** What the limiter needs to know of a live session. */
export interface CountedSession {
  readonly id: string;
  /** Milliseconds. */
  readonly lastAccess: number;
  readonly startedAt: number;
  /** Internal ids of the clients that are part of it. */
  readonly clientIds: readonly string[];
}

/** What is about to happen. */
export interface AdmissionRequest {
  /** Internal id of the client. */
  readonly clientId: string;
  /** The session that the login renews or joins; absent when a new one is to be opened. */
  readonly renews?: string;
}

export interface Eviction {
  readonly id: string;
  readonly cap: 'realm' | 'client';
  readonly limit: number;
}

export type Admission =
  | { readonly kind: 'admit' }
  | { readonly kind: 'deny'; readonly cap: 'realm' | 'client'; readonly limit: number; readonly message?: string }
  | { readonly kind: 'evict'; readonly evictions: readonly Eviction[] };

const oldestFirst = (a: CountedSession, b: CountedSession): number =>
  a.lastAccess - b.lastAccess || a.startedAt - b.startedAt || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/** How many of `count` sessions must go so that one more fits under `limit`. */
const excess = (count: number, limit: number): number => (limit > 0 ? Math.max(0, count - (limit - 1)) : 0);

function decideOne(request: AdmissionRequest, live: readonly CountedSession[], policy: SessionLimitPolicy): Admission {
  const renewed = live.find((session) => session.id === request.renews);
  const opensSession = renewed === undefined;
  const opensClient = opensSession || !renewed.clientIds.includes(request.clientId);
  if (!opensClient) return { kind: 'admit' };

  // A login never evicts the session it renews, nor is that session counted against it.
  const others = live.filter((session) => session !== renewed).sort(oldestFirst);
  const ofClient = others.filter((session) => session.clientIds.includes(request.clientId));
  const clientExcess = excess(ofClient.length, policy.clientMax);
  const gone = ofClient.slice(0, clientExcess);
  const remaining = others.filter((session) => !gone.includes(session));
  const realmExcess = opensSession ? excess(remaining.length, policy.realmMax) : 0;
  if (clientExcess === 0 && realmExcess === 0) return { kind: 'admit' };

  if (policy.whenFull === 'deny') {
    const cap = clientExcess > 0 ? 'client' : 'realm';
    return {
      kind: 'deny',
      cap,
      limit: cap === 'client' ? policy.clientMax : policy.realmMax,
      ...(policy.message === undefined ? {} : { message: policy.message }),
    };
  }
  return {
    kind: 'evict',
    evictions: [
      ...gone.map(({ id }): Eviction => ({ id, cap: 'client', limit: policy.clientMax })),
      ...remaining.slice(0, realmExcess).map(({ id }): Eviction => ({ id, cap: 'realm', limit: policy.realmMax })),
    ],
  };
}

/**
 * Decides whether a login fits: admit it, deny it, or name the sessions that must end for it. Pure and total.
 *
 * Client excess goes first, within the client's own sessions, then the realm excess over what would remain. "Oldest" is the least
 * recently used, then the first started, then the id. Several policies combine in order over what remains: any deny denies,
 * evictions add up. (Keycloak engine reference, section 4; it counts without the lock under which this is called.)
 */
export function decide(
  request: AdmissionRequest,
  live: readonly CountedSession[],
  policies: readonly SessionLimitPolicy[],
): Admission {
  let remaining = live;
  const evictions: Eviction[] = [];
  for (const policy of policies) {
    const admission = decideOne(request, remaining, policy);
    if (admission.kind === 'deny') return admission;
    if (admission.kind === 'evict') {
      evictions.push(...admission.evictions);
      remaining = remaining.filter((session) => !evictions.some(({ id }) => id === session.id));
    }
  }
  return evictions.length > 0 ? { kind: 'evict', evictions } : { kind: 'admit' };
}
