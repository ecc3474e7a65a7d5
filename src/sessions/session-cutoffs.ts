import type { Client } from '../realm/client.js';
import { SESSION_KINDS, type LifetimeMarks, type SessionKind } from '../realm/lifetime-marks.js';
import type { Realm } from '../realm/realm.js';
import { clientSpans, idleGrace, userSpans } from './lifetime-spans.js';
import { marksOfAllClients } from './session-lifetime.js';
import type { ClientCutoff, SessionCutoff } from './user-session.js';

/** Later than any use of a session. */
const EVERYTHING = Number.MAX_SAFE_INTEGER;
/** Earlier than any start of a session. */
const NOTHING = -1;

/**
 * What `userSessionLifetime` says of all sessions of a realm at once, for the database: a session is over exactly when it was last used,
 * or began, up to the cutoff of its kind. Pure.
 * @param now milliseconds
 * @param offline only of these; absent: of online and offline ones
 */
export function sessionCutoffs(realm: Realm, now: number, offline?: boolean): readonly SessionCutoff[] {
  const grace = idleGrace(realm);
  return SESSION_KINDS.filter((kind) => offline === undefined || (kind === 'offline') === offline).flatMap((kind) => {
    const { idle, max } = userSpans(kind, realm);
    const marks = realm.sessionMarks?.[kind];
    const isOff = kind === 'remembered' && !realm.settings.rememberMe;
    const lastUsedUpTo = isOff
      ? EVERYTHING
      : Math.max(now - (idle.seconds + grace) * 1000, marks?.idle?.upTo ?? NOTHING);
    const startedUpTo = Math.max(max ? now - max.seconds * 1000 : NOTHING, marks?.max?.upTo ?? NOTHING);
    const rememberMe = kind === 'offline' ? [false, true] : [kind === 'remembered'];
    return rememberMe.map((each) => ({ offline: kind === 'offline', rememberMe: each, lastUsedUpTo, startedUpTo }));
  });
}

/** What `clientSessionLifetime` says of all sessions with a client at once, as `sessionCutoffs`. */
export function clientCutoffs(realm: Realm, client: Client, now: number, offline?: boolean): readonly ClientCutoff[] {
  return sessionCutoffs(realm, now, offline).map((cutoff) => {
    const kind: SessionKind = cutoff.offline ? 'offline' : cutoff.rememberMe ? 'remembered' : 'online';
    const { idle, max } = clientSpans(kind, client, realm);
    const marks: readonly LifetimeMarks[] = [client.sessionMarks?.[kind] ?? {}, marksOfAllClients(kind, client, realm)];
    const idleMarks = marks.map((mark) => mark.idle?.upTo ?? NOTHING);
    const maxMarks = marks.map((mark) => mark.max?.upTo ?? NOTHING);
    return {
      ...cutoff,
      partLastUsedUpTo: Math.max(now - (idle.seconds + idleGrace(realm)) * 1000, ...idleMarks),
      partStartedUpTo: Math.max(max ? now - max.seconds * 1000 : NOTHING, ...maxMarks),
    };
  });
}
