import type { JsonObject } from '../shared/json.js';
import type { SessionWithClients } from '../sessions/user-session.js';

/** Keycloak keeps session times in seconds: milliseconds on the wire end in three zeros. */
const wholeSeconds = (milliseconds: number): number => Math.floor(milliseconds / 1000) * 1000;

/** @param clientIdOf public clientId by internal id; clients that are gone are left out. */
export function toUserSessionRepresentation(
  { session, clients }: SessionWithClients,
  clientIdOf: (clientId: string) => string | undefined,
): JsonObject {
  const named = clients.flatMap((client) => {
    const clientId = clientIdOf(client.clientId);
    return clientId === undefined ? [] : [[client.clientId, clientId] as const];
  });
  return {
    id: session.id,
    username: session.username,
    userId: session.userId,
    ipAddress: session.ipAddress,
    start: wholeSeconds(session.startedAt),
    lastAccess: wholeSeconds(session.lastAccess),
    rememberMe: session.rememberMe,
    clients: Object.fromEntries(named),
    transientUser: false,
  };
}
