import { deviceOf } from '../sessions/device.js';
import type { RememberedSession } from '../sessions/ended-sessions.js';
import type { JsonObject } from '../shared/json.js';

/** A session that is over, with why (ours; Keycloak forgets them). `clientIdOf`: public clientId by internal id. */
export function toEndedSessionRepresentation(
  { session, clientIds }: RememberedSession,
  clientIdOf: (clientId: string) => string | undefined,
): JsonObject {
  const { end } = session;
  const clients = clientIds.flatMap((id) => {
    const clientId = clientIdOf(id);
    return clientId === undefined ? [] : [[id, clientId] as const];
  });
  const { device, browser, os, osVersion, mobile } = deviceOf(session.userAgent);
  return {
    id: session.id,
    username: session.username,
    userId: session.userId,
    ipAddress: session.ipAddress,
    device: { device, browser, os, osVersion, mobile },
    start: session.startedAt,
    lastAccess: session.lastAccess,
    rememberMe: session.rememberMe,
    offline: session.offline,
    clients: Object.fromEntries(clients),
    ...(end && {
      ended: end.at,
      reason: end.reason,
      ...(end.evictedBy !== undefined && { evictedBy: end.evictedBy }),
      ...(end.cap !== undefined && { cap: end.cap }),
      ...(end.limit !== undefined && { limit: end.limit }),
    }),
  };
}
