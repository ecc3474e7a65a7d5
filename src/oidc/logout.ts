import { logoutFrames, type LogoutFrame } from '../logout/frontchannel-frames.js';
import type { Client, ClientStore } from '../realm/client.js';
import type { Realm } from '../realm/realm.js';
import type { EndOrigin } from '../sessions/session-ends.js';
import type { SessionService } from '../sessions/session-service.js';
import type { RealmJwt } from '../tokens/jwt.js';
import { checkRefreshToken } from '../tokens/refresh-token.js';
import type { OidcAudit } from './audit.js';
import { OAuthError } from './oauth-error.js';

/** Out of which request somebody signs out. */
export interface LogoutOrigin extends Pick<EndOrigin, 'ipAddress' | 'clientId' | 'details'> {
  readonly issuer: string;
}

/** Ends sessions because their user signs out. */
export class Logout {
  constructor(
    private readonly jwt: RealmJwt,
    private readonly sessions: SessionService,
    private readonly clients: ClientStore,
    private readonly audit: OidcAudit,
  ) {}

  /**
   * Signs out of one session, if it is live.
   * @returns what the browser has to load for the applications that are signed out there
   */
  async ofSession(
    realm: Realm,
    sessionId: string,
    { issuer, ...origin }: LogoutOrigin,
  ): Promise<readonly LogoutFrame[]> {
    const live = await this.sessions.findLive(realm, sessionId, false);
    if (!live || !(await this.sessions.end(live.session, 'user', { realm, ...origin }))) return [];
    const ids = live.clients.map(({ clientId }) => clientId);
    const clients = ids.length === 0 ? [] : await this.clients.byIds(realm.id, ids);
    return logoutFrames(live, new Map(clients.map((client) => [client.id, client])), issuer);
  }

  /**
   * An application signs its user out with a refresh token (Keycloak's older way). A token whose session is over already does too.
   * @throws OAuthError `invalid_grant`
   */
  async byRefreshToken(realm: Realm, client: Client, token: string, issuer: string, ipAddress: string): Promise<void> {
    const checked = await checkRefreshToken(this.jwt, realm, client, token, issuer);
    if (checked.kind === 'refused') {
      await this.audit.failed('LOGOUT', 'invalid_token', { realm, clientId: client.clientId, ipAddress });
      throw new OAuthError(400, 'invalid_grant', checked.description);
    }
    const { sid, typ } = checked.claims;
    const live = sid === undefined ? undefined : await this.sessions.findLive(realm, sid, typ === 'Offline');
    if (live) await this.sessions.end(live.session, 'user', { realm, ipAddress, clientId: client.clientId });
  }
}
