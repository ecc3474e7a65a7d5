import type { NewDelivery } from '../deliveries/delivery.js';
import type { Client } from '../realm/client.js';
import type { EndedSession, EndOrigin } from '../sessions/session-ends.js';
import type { ClientSession } from '../sessions/user-session.js';
import type { Json } from '../shared/json.js';
import { backchannelLogoutUrl, hasAdminLogout } from './logout-addresses.js';

/** Kind of the deliveries that carry a logout token. */
export const BACKCHANNEL_LOGOUT = 'backchannel-logout';
/** Kind of the deliveries to the admin URLs of older applications (`k_logout`). */
export const ADMIN_LOGOUT = 'admin-logout';
/** Note of a client session: the issuer whose tokens the client has. */
export const ISSUER_NOTE = 'iss';

/** What a delivery of kind `backchannel-logout` keeps until it is sent. */
export interface BackchannelLogoutPayload {
  /** Internal id. */
  readonly clientId: string;
  readonly userId: string;
  readonly issuer?: string;
  /** Absent when the user was signed out everywhere. */
  readonly sessionId?: string;
  readonly end: Readonly<Record<string, Json>>;
}

/** What has to be told to whom. Pure; `clients` by internal id. Those that are switched off or removed are told nothing. */
export function logoutDeliveries(
  ended: readonly EndedSession[],
  clients: ReadonlyMap<string, Client>,
  { everywhere = false }: EndOrigin,
): readonly NewDelivery[] {
  const deliveries = new Map<string, NewDelivery>();
  for (const { session, clients: parts, end } of ended) {
    for (const part of parts) {
      const client = clients.get(part.clientId);
      if (!client?.enabled) continue;
      const { realmId, userId, id } = session;
      const base = { realmId, receiver: client.id };
      const key = `${client.id} ${everywhere ? userId : `${id} ${String(session.offline)}`}`;
      if (backchannelLogoutUrl(client) !== undefined) {
        const payload: BackchannelLogoutPayload = {
          clientId: client.id,
          userId,
          ...issuerOf(part),
          ...(everywhere ? {} : { sessionId: id }),
          end: { reason: end.reason, ...(end.cap === undefined ? {} : { cap: end.cap, limit: end.limit ?? 0 }) },
        };
        deliveries.set(key, { ...base, kind: BACKCHANNEL_LOGOUT, payload: payload as unknown as Json });
      } else if (hasAdminLogout(client)) {
        const payload = { clientId: client.id, sessionIds: [id] };
        deliveries.set(`${client.id} ${id}`, { ...base, kind: ADMIN_LOGOUT, payload });
      }
    }
  }
  return [...deliveries.values()];
}

function issuerOf({ notes }: ClientSession): { issuer?: string } {
  const issuer = notes[ISSUER_NOTE];
  return typeof issuer === 'string' ? { issuer } : {};
}
