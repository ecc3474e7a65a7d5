import type { Client } from '../realm/client.js';
import type { Realm } from '../realm/realm.js';
import type { SessionService } from '../sessions/session-service.js';
import type { RealmJwt } from '../tokens/jwt.js';
import type { OidcAudit } from './audit.js';
import { OAuthError } from './oauth-error.js';

/** Ends sessions because their user signs out. */
export class Logout {
  constructor(
    private readonly jwt: RealmJwt,
    private readonly sessions: SessionService,
    private readonly audit: OidcAudit,
  ) {}

  /** Signs out of one session, if it is live. */
  async ofSession(
    realm: Realm,
    sessionId: string,
    ipAddress: string,
    details: Readonly<Record<string, string | undefined>> = {},
  ): Promise<void> {
    const live = await this.sessions.findLive(realm, sessionId, false);
    if (live) await this.sessions.end(live.session, 'user', { realm, ipAddress, details });
  }

  /**
   * An application signs its user out with a refresh token (Keycloak's older way). A token whose session is over already does too.
   * @throws OAuthError `invalid_grant`
   */
  async byRefreshToken(realm: Realm, client: Client, token: string, issuer: string, ipAddress: string): Promise<void> {
    const checked = await this.jwt.check(realm, token, { types: ['Refresh', 'Offline'], issuer });
    if (checked.kind === 'invalid' || checked.claims.azp !== client.clientId) {
      await this.audit.failed('LOGOUT', 'invalid_token', { realm, clientId: client.clientId, ipAddress });
      throw new OAuthError(
        400,
        'invalid_grant',
        checked.kind === 'invalid' && checked.reason === 'expired' ? 'Token is not active' : 'Invalid refresh token',
      );
    }
    const { sid, typ } = checked.claims;
    const live = sid === undefined ? undefined : await this.sessions.findLive(realm, sid, typ === 'Offline');
    if (live) await this.sessions.end(live.session, 'user', { realm, ipAddress, clientId: client.clientId });
  }
}
