import type { Client } from '../realm/client.js';
import type { SessionWithClients } from '../sessions/user-session.js';
import type { JsonObject } from '../shared/json.js';

/**
 * Sessions of a user as the session API lists them: times are milliseconds written as text.
 * @param clients by internal id; those that are gone are left out
 */
export const toLoginSessions = (
  userId: string,
  sessions: readonly SessionWithClients[],
  clients: ReadonlyMap<string, Client>,
): JsonObject => ({
  userId,
  sessions: sessions.map(({ session, clients: parts }) => ({
    applications: parts.flatMap(({ clientId }) => {
      const client = clients.get(clientId);
      return client ? [{ subject: session.username, appName: client.clientId, appId: client.id }] : [];
    }),
    userAgent: session.userAgent,
    ip: session.ipAddress,
    loginTime: String(session.startedAt),
    lastAccessTime: String(session.lastAccess),
    id: session.id,
  })),
});
