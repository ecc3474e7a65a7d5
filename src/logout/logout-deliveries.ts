import type { NewDelivery } from '../deliveries/delivery.js';
import { ADMIN_LOGOUT } from './admin-logout.js';
import type { Client } from '../realm/client.js';
import type { EndedSession, EndOrigin } from '../sessions/session-ends.js';
import type { ClientSession, SessionEnd } from '../sessions/user-session.js';
import type { JsonObject } from '../shared/json.js';
import { backchannelLogoutUrl, hasAdminLogout } from './logout-addresses.js';

/** Kind of the deliveries that carry a logout token. */
export const BACKCHANNEL_LOGOUT = 'backchannel-logout';
/** Note of a client session: the issuer whose tokens the client has. */
export const ISSUER_NOTE = 'iss';
/** Note of a client session: what the application calls its own session (Keycloak's parameter of the token endpoint). */
export const ADAPTER_SESSION_NOTE = 'client_session_state';

/** What a delivery of kind `backchannel-logout` keeps until it is sent. */
export interface BackchannelLogoutPayload {
  /** Internal id. */
  readonly clientId: string;
  readonly userId: string;
  readonly issuer?: string;
  /** Absent when the user was signed out everywhere. */
  readonly sessionId?: string;
  readonly end: JsonObject;
}

/** What has to be told to whom. Pure; `clients` by internal id. Those that are switched off or removed are told nothing. */
export function logoutDeliveries(
  ended: readonly EndedSession[],
  clients: ReadonlyMap<string, Client>,
  { everywhere }: EndOrigin,
): readonly NewDelivery[] {
  const told = new Map<string, NewDelivery>();
  for (const { session, clients: parts, end } of ended) {
    for (const part of parts) {
      const client = clients.get(part.clientId);
      if (!client?.enabled) continue;
      const { realmId, userId, id, offline } = session;
      const to = { realmId, receiver: client.id, userId };
      if (backchannelLogoutUrl(client) !== undefined) {
        const about = everywhere === undefined ? { sessionId: id } : {};
        const payload = { clientId: client.id, userId, ...issuerOf(part), ...about, end: tellable(end) };
        const key = everywhere === undefined ? `${id} ${String(offline)}` : userId;
        told.set(`${client.id} ${key}`, { ...to, kind: BACKCHANNEL_LOGOUT, payload });
      } else if (everywhere !== 'realm' && hasAdminLogout(client)) {
        told.set(`${client.id} ${id}`, {
          ...to,
          kind: ADMIN_LOGOUT,
          payload: {
            clientId: client.id,
            notBefore: 0,
            sessions: { adapterSessionIds: adapterSessions(part), keycloakSessionIds: [id] },
          },
        });
      }
    }
  }
  return [...told.values()];
}

/** What an application may know of an end: never the session that took the place. */
const tellable = ({ reason, cap, limit }: SessionEnd): JsonObject => ({
  reason,
  ...(cap !== undefined && { cap }),
  ...(limit !== undefined && { limit }),
});

function adapterSessions({ notes }: ClientSession): readonly string[] {
  const adapterSession = notes[ADAPTER_SESSION_NOTE];
  return typeof adapterSession === 'string' ? [adapterSession] : [];
}

function issuerOf({ notes }: ClientSession): { issuer?: string } {
  const issuer = notes[ISSUER_NOTE];
  return typeof issuer === 'string' ? { issuer } : {};
}
