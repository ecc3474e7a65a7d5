import type { Client, ClientStore } from '../realm/client.js';
import type { Realm } from '../realm/realm.js';
import type { User } from '../realm/user.js';
import type { SessionService } from '../sessions/session-service.js';
import type { AccessTokenRecords, RecordedSession } from './access-token-records.js';
import type { CheckedClaims, RealmJwt } from './jwt.js';
import { issuedBefore } from './not-before.js';
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
    private readonly clients: ClientStore,
    private readonly records: AccessTokenRecords,
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
    const { sessions, user, isRevoked } = await this.records.of(realm.id, { ...claims, clientId: client.id });
    const part = await this.livePart(realm, sessions);
    if (claims.sid !== undefined && !part) return { kind: 'invalid', reason: 'session' };
    if (!user?.enabled) return { kind: 'invalid', reason: 'user_disabled' };
    if (issuedBefore(claims.iat, realm, client, user)) return { kind: 'invalid', reason: 'not_before' };
    if (isRevoked) return { kind: 'invalid', reason: 'revoked' };
    return {
      kind: 'valid',
      claims,
      user,
      client,
      ...(part && { part }),
    };
  }

  /** An access token does not say whether its session is an offline one. */
  private async livePart(realm: Realm, recorded: readonly RecordedSession[]): Promise<SessionPart | undefined> {
    for (const { session, clientSession } of recorded)
      if (await this.sessions.isLive(realm, session)) return clientSession && { session, clientSession };
    return undefined;
  }
}
