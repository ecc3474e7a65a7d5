import type { Client } from '../realm/client.js';
import type { SessionWithClients } from '../sessions/user-session.js';
import { frontchannelLogoutUrl } from './logout-addresses.js';
import { ISSUER_NOTE } from './logout-deliveries.js';

/** One application that the browser signs out of, by loading an address in a frame. */
export interface LogoutFrame {
  /** http or https, absolute. */
  readonly url: string;
  readonly clientId: string;
}

/**
 * What the browser has to load for the applications of a session that has ended (OpenID Connect Front-Channel Logout 1.0 section 2).
 * Applications are told issuer and session unless `frontchannel.logout.session.required` is `false`, as at Keycloak. Pure.
 * @param clients by internal id; those that are switched off are left out
 * @param issuer for parts of sessions that do not know by which issuer they began
 */
export function logoutFrames(
  { session, clients: parts }: SessionWithClients,
  clients: ReadonlyMap<string, Client>,
  issuer: string,
): readonly LogoutFrame[] {
  return parts.flatMap((part) => {
    const client = clients.get(part.clientId);
    const address = client?.enabled ? frontchannelLogoutUrl(client) : undefined;
    if (!client || address === undefined) return [];
    const url = new URL(address);
    if (!PLAIN_HOST.test(url.hostname)) return [];
    url.hash = '';
    if (client.attributes['frontchannel.logout.session.required'] !== 'false') {
      const noted = part.notes[ISSUER_NOTE];
      url.searchParams.set('iss', typeof noted === 'string' ? noted : issuer);
      url.searchParams.set('sid', session.id);
    }
    return [{ url: url.href, clientId: client.clientId }];
  });
}

/** A host that means only itself in a Content-Security-Policy (`*` would be a pattern). */
const PLAIN_HOST = /^[a-z0-9._-]+$|^\[[0-9a-f:.]+\]$/i;
