import type { Client, ClientStore } from '../realm/client.js';
import type { Realm } from '../realm/realm.js';
import type { User, UserStore } from '../realm/user.js';
import type { SessionService } from '../sessions/session-service.js';
import type { SessionWithClients } from '../sessions/user-session.js';
import type { CheckedClaims, RealmJwt } from './jwt.js';
import { issuedBefore } from './not-before.js';
import type { RevokedTokenStore } from './revoked-token.js';
import type { SessionPart } from './token-lifespan.js';

/** An access token that may be relied on now, and what stands behind it. */
export interface VerifiedAccessToken {
  readonly kind: 'valid';
  readonly claims: CheckedClaims;
  readonly user: User;
  /** The client it was issued to. */
  readonly client: Client;
  /** Absent for tokens of a transient session (client credentials). */
  readonly part?: SessionPart;
}

export type AccessTokenCheck =
  | VerifiedAccessToken
  | {
      readonly kind: 'invalid';
      readonly reason: 'token' | 'session' | 'user_disabled' | 'client_disabled' | 'not_before' | 'revoked';
    };

/** Decides whether an access token is good: the one place userinfo, introspection and the Admin API ask. */
export class AccessTokenVerifier {
  constructor(
    private readonly jwt: RealmJwt,
    private readonly sessions: SessionService,
    private readonly users: UserStore,
    private readonly clients: ClientStore,
    private readonly revoked: RevokedTokenStore,
  ) {}

  /**
   * Whether the token is bound to its sender is not asked here: doors ask `AccessTokens`.
   * Signature, type, issuer and times; then that the session is live and still has the client, the user and client are enabled, nothing was
   * set to "not before" a later second, and the token was not revoked.
   */
  async verify(realm: Realm, token: string, issuer: string): Promise<AccessTokenCheck> {
    const checked = await this.jwt.check(realm, token, { types: ['Bearer', 'DPoP'], issuer });
    if (checked.kind === 'invalid') return { kind: 'invalid', reason: 'token' };
    const { claims } = checked;
    const client = await this.clients.byClientId(realm.id, claims.azp);
    if (!client?.enabled) return { kind: 'invalid', reason: 'client_disabled' };
    const live = claims.sid === undefined ? undefined : await this.liveSession(realm, claims.sid);
    const clientSession = live?.clients.find((each) => each.clientId === client.id);
    if (claims.sid !== undefined && !(live && clientSession)) return { kind: 'invalid', reason: 'session' };
    const userId = live?.session.userId ?? claims.sub;
    const user = userId === undefined ? undefined : await this.users.byId(realm.id, userId);
    if (!user?.enabled) return { kind: 'invalid', reason: 'user_disabled' };
    if (issuedBefore(claims.iat, realm, client, user)) return { kind: 'invalid', reason: 'not_before' };
    if (await this.revoked.has(realm.id, claims.jti)) return { kind: 'invalid', reason: 'revoked' };
    return {
      kind: 'valid',
      claims,
      user,
      client,
      ...(live && clientSession ? { part: { session: live.session, clientSession } } : {}),
    };
  }

  /** An access token does not say whether its session is an offline one. */
  private async liveSession(realm: Realm, id: string): Promise<SessionWithClients | undefined> {
    return (await this.sessions.findLive(realm, id, false)) ?? (await this.sessions.findLive(realm, id, true));
  }
}
