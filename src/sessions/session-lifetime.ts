import type { Client } from '../realm/client.js';
import type { LifetimeMark, LifetimeMarks, SessionKind } from '../realm/lifetime-marks.js';
import type { Realm } from '../realm/realm.js';
import { clientSpans, idleGrace, saysItself, userSpans, type Span, type Spans } from './lifetime-spans.js';
import type { ClientSession, UserSession } from './user-session.js';

/** When something ends, and which setting says so. */
export interface Lifetime {
  /** Milliseconds since the epoch. From this instant on it is over. */
  readonly expiresAt: number;
  readonly cause: 'idle' | 'max' | 'realm_policy';
  /** Name of the deciding setting: a realm member, or an attribute of the client. */
  readonly setting: string;
}

type Times = Pick<UserSession, 'startedAt' | 'lastAccess'>;

/** Which lifetimes hold for a session. */
const kindOf = ({ offline, rememberMe }: Pick<UserSession, 'offline' | 'rememberMe'>): SessionKind =>
  offline ? 'offline' : rememberMe ? 'remembered' : 'online';

/**
 * When a user session ends if nothing more happens, and which setting decides it. Pure; the limiter, refresh, single sign-on,
 * introspection, session lists and the sweeper all ask here (Keycloak engine reference 7.3).
 *
 * A session that was over under settings that have changed since is still over: the marks of the realm tell.
 * @param grace seconds that idle sessions live on; what a token promises leaves them out
 */
export function userSessionLifetime(session: UserSession, realm: Realm, grace = idleGrace(realm)): Lifetime {
  const kind = kindOf(session);
  return earliest([
    ...policyEnd(session, kind, realm),
    ...ends(session, userSpans(kind, realm), grace),
    ...markedEnds(session, realm.sessionMarks?.[kind]),
  ]);
}

/**
 * When the part of a session that belongs to one client ends; never later than the user session's own maximum.
 * @param grace as above
 */
export function clientSessionLifetime(
  clientSession: ClientSession,
  session: UserSession,
  client: Client,
  realm: Realm,
  grace = idleGrace(realm),
): Lifetime {
  const kind = kindOf(session);
  const { max } = userSpans(kind, realm);
  return earliest([
    ...policyEnd(session, kind, realm),
    ...(max ? [at(session.startedAt, max, 'max')] : []),
    ...markedEnds(session, realm.sessionMarks?.[kind]),
    ...ends(clientSession, clientSpans(kind, client, realm), grace),
    ...markedEnds(clientSession, client.sessionMarks?.[kind]),
    ...markedEnds(clientSession, marksOfAllClients(kind, client, realm)),
  ]);
}

/** True while the instant `now` (ms) lies before the end. */
export const isLive = (lifetime: Lifetime, now: number): boolean => now < lifetime.expiresAt;

/** Sessions with "remember me" end as soon as the realm has no such thing. */
const policyEnd = (session: UserSession, kind: SessionKind, realm: Realm): Lifetime[] =>
  kind === 'remembered' && !realm.settings.rememberMe
    ? [{ expiresAt: session.startedAt, cause: 'realm_policy', setting: 'rememberMe' }]
    : [];

const ends = ({ startedAt, lastAccess }: Times, { idle, max }: Spans, grace: number): Lifetime[] => [
  ...(max ? [at(startedAt, max, 'max')] : []),
  at(lastAccess, { ...idle, seconds: idle.seconds + grace }, 'idle'),
];

const markedEnds = ({ startedAt, lastAccess }: Times, { idle, max }: LifetimeMarks = {}): Lifetime[] => [
  ...(max && startedAt <= max.upTo ? [at(startedAt, max, 'max')] : []),
  ...(idle && lastAccess <= idle.upTo ? [at(lastAccess, idle, causeOfIdle(idle))] : []),
];

const causeOfIdle = ({ setting }: LifetimeMark): Lifetime['cause'] =>
  setting === 'rememberMe' ? 'realm_policy' : 'idle';

/** Marks that hold for a client because it says nothing itself. */
export function marksOfAllClients(kind: SessionKind, client: Client, realm: Realm): LifetimeMarks {
  const { idle, max } = realm.clientSessionMarks?.[kind] ?? {};
  return {
    ...(idle && !saysItself(kind, client, 'idle') && { idle }),
    ...(max && !saysItself(kind, client, 'max') && { max }),
  };
}

const at = (start: number, span: Span, cause: Lifetime['cause']): Lifetime => ({
  expiresAt: start + span.seconds * 1000,
  cause,
  setting: span.setting,
});

function earliest(candidates: readonly Lifetime[]): Lifetime {
  return candidates.reduce((first, next) => (next.expiresAt < first.expiresAt ? next : first));
}
