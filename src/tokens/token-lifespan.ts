import type { Client } from '../realm/client.js';
import type { Realm } from '../realm/realm.js';
import { clientSessionLifetime, userSessionLifetime } from '../sessions/session-lifetime.js';
import type { ClientSession, UserSession } from '../sessions/user-session.js';

/** A session as far as one client takes part in it. */
export interface SessionPart {
  readonly session: UserSession;
  readonly clientSession: ClientSession;
}

const seconds = (milliseconds: number): number => Math.floor(milliseconds / 1000);

/**
 * Second at which an access token issued now ends: the client's `access.token.lifespan`, else the realm's, never past the
 * session's maximum; that it may fall idle before is no reason to end earlier, as it is looked at whenever the token is used.
 * `-1` means "as long as the session" (Keycloak engine reference 7.3).
 * @param part absent for tokens without a session (client credentials)
 * @param lifespan seconds, in place of the configured ones (implicit flow)
 */
export function accessTokenExpiry(
  realm: Realm,
  client: Client,
  part: SessionPart | undefined,
  now: number,
  lifespan = accessTokenLifespan(realm, client),
): number {
  const sessionEnd = part ? seconds(partExpiresAt(realm, client, part, NEVER_IDLE)) : Infinity;
  if (lifespan < 0 && part && !part.session.offline) return sessionEnd;
  return Math.min(now + (lifespan < 0 ? realm.settings.ssoSessionMaxLifespan : lifespan), sessionEnd);
}

function accessTokenLifespan(realm: Realm, client: Client): number {
  const own = client.attributes['access.token.lifespan'];
  return own !== undefined && /^(-1|[1-9]\d*)$/.test(own) ? Number(own) : realm.settings.accessTokenLifespan;
}

/** Second at which a refresh token issued now ends; undefined for offline tokens of realms without a maximum. */
export function refreshTokenExpiry(realm: Realm, client: Client, part: SessionPart): number | undefined {
  if (part.session.offline && !realm.settings.offlineSessionMaxLifespanEnabled) return undefined;
  return seconds(partExpiresAt(realm, client, part, NO_GRACE));
}

/** The grace is for sessions; tokens are as long as their settings say. */
const NO_GRACE = 0;
/** Grace of a session that is asked for its maximum only. */
const NEVER_IDLE = Infinity;

const partExpiresAt = (realm: Realm, client: Client, { session, clientSession }: SessionPart, grace: number): number =>
  Math.min(
    userSessionLifetime(session, realm, grace).expiresAt,
    clientSessionLifetime(clientSession, session, client, realm, grace).expiresAt,
  );
