import type { Client } from '../realm/client.js';
import type { User } from '../realm/user.js';
import type { SessionWithClients } from '../sessions/user-session.js';

/** How many sessions somebody is taken to have: in the realm, and of these how many with the client. */
export interface SessionNumbers {
  readonly realm: number;
  readonly client: number;
}

/**
 * Live sessions that are not there, to ask what a limiter would do. `imagined-1` is the one used least recently; the client takes
 * part in the first ones.
 * @param now milliseconds
 */
export const imaginedSessions = (
  { id: userId, realmId, username }: User,
  client: Client,
  { realm, client: withClient }: SessionNumbers,
  now: number,
): readonly SessionWithClients[] =>
  Array.from({ length: Math.max(realm, withClient) }, (_, index, count = Math.max(realm, withClient)) => {
    const at = now - (count - index);
    const id = `imagined-${String(index + 1)}`;
    const part = { realmId, userId, offline: false, startedAt: at, lastAccess: at, notes: {} };
    return {
      session: {
        ...part,
        id,
        username,
        rememberMe: false,
        ipAddress: '',
        userAgent: '',
        authMethod: 'openid-connect',
        ownerVersion: 0,
      },
      clients: index < withClient ? [{ ...part, sessionId: id, clientId: client.id, scope: '', refresh: {} }] : [],
    };
  });
