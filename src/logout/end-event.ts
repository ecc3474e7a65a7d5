import type { AuthEvent, EventKind } from '../events/auth-events.js';
import type { EndedSession, EndOrigin } from '../sessions/session-ends.js';
import type { EndReason } from '../sessions/user-session.js';

/** Ends that the user brought about, here or by a login elsewhere: Keycloak writes LOGOUT for them. */
const LOGOUTS: ReadonlySet<EndReason> = new Set<EndReason>(['user', 'evicted', 'password_change']);

/** The audit event of a session's end. Every end has exactly one, with its reason. */
export function endEvent(
  { session, end }: EndedSession,
  origin: EndOrigin,
): Omit<AuthEvent, 'id' | 'time' | 'realmId'> {
  const type: EventKind = LOGOUTS.has(end.reason) ? 'LOGOUT' : 'USER_SESSION_DELETED';
  const details = {
    ...origin.details,
    reason: end.reason,
    evicted_by: end.evictedBy,
    cap: end.cap,
    limit: end.limit === undefined ? undefined : String(end.limit),
  };
  const known = Object.entries(details).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return {
    type,
    userId: session.userId,
    sessionId: session.id,
    details: Object.fromEntries(known),
    ...(origin.clientId === undefined ? {} : { clientId: origin.clientId }),
    ...(origin.ipAddress === undefined ? {} : { ipAddress: origin.ipAddress }),
  };
}
