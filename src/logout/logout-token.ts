import type { Client } from '../realm/client.js';
import type { Json } from '../shared/json.js';
import { newId } from '../shared/secrets.js';

/** OpenID Connect Back-Channel Logout 1.0 section 2.4. */
const LOGOUT_EVENT = 'http://schemas.openid.net/event/backchannel-logout';
/** Keycloak's own member of `events`: the application's offline tokens are to be forgotten too. */
const REVOKE_OFFLINE = 'revoke_offline_access';
/** Our own member of `events`: why the session ended. Receivers ignore members they do not know. */
export const SESSION_END_EVENT = 'urn:sluice:event:session-end';
const LIFESPAN = 120;

/** What one logout token says. */
export interface LogoutNotice {
  readonly issuer: string;
  readonly client: Client;
  readonly userId: string;
  /** Absent when the user was signed out everywhere. */
  readonly sessionId?: string;
  /** What our own event says. */
  readonly end: Readonly<Record<string, Json>>;
}

/** Claims of a logout token. Never a `nonce`: nobody may take it for an ID token. */
export function logoutTokenClaims(notice: LogoutNotice, now: number): Readonly<Record<string, Json>> {
  const { client, sessionId } = notice;
  const wantsSession = client.attributes['backchannel.logout.session.required'] === 'true';
  const revokesOffline = client.attributes['backchannel.logout.revoke.offline.tokens'] === 'true';
  return {
    exp: now + LIFESPAN,
    iat: now,
    jti: newId(),
    iss: notice.issuer,
    aud: client.clientId,
    sub: notice.userId,
    typ: 'Logout',
    ...(sessionId !== undefined && wantsSession ? { sid: sessionId } : {}),
    events: {
      [LOGOUT_EVENT]: {},
      ...(revokesOffline ? { [REVOKE_OFFLINE]: true } : {}),
      [SESSION_END_EVENT]: notice.end,
    },
  };
}
