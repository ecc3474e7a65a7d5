import type { Client } from '../realm/client.js';
import type { Realm } from '../realm/realm.js';
import type { SessionService } from '../sessions/session-service.js';
import type { SessionStore } from '../sessions/user-session.js';
import type { Clock } from '../shared/clock.js';
import type { UnitOfWork } from '../shared/unit-of-work.js';
import type { CheckedClaims, RealmJwt } from './jwt.js';
import type { RevokedTokenStore } from './revoked-token.js';

export type RevocationResult =
  | { readonly kind: 'revoked'; readonly claims: CheckedClaims }
  /** Not a token of this realm that could still be used. */
  | { readonly kind: 'invalid' }
  /** Tells something, and opens nothing that could be closed: an ID token. */
  | { readonly kind: 'other_type' }
  | { readonly kind: 'other_client' };

const REVOCABLE = ['Bearer', 'DPoP', 'Refresh', 'Offline'] as const;

/** Takes tokens back (RFC 7009) and ends what was given with them. */
export class TokenRevocation {
  constructor(
    private readonly jwt: RealmJwt,
    private readonly sessions: SessionService,
    private readonly sessionStore: SessionStore,
    private readonly revoked: RevokedTokenStore,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Revokes an access token by its id, and with a refresh token the client's part of the session. */
  async revoke(realm: Realm, client: Client, token: string, issuer: string): Promise<RevocationResult> {
    const checked = await this.jwt.check(realm, token, { types: [...REVOCABLE, 'ID'], issuer });
    if (checked.kind === 'invalid') return { kind: 'invalid' };
    const { claims } = checked;
    if (claims.typ === 'ID') return { kind: 'other_type' };
    if (claims.azp !== client.clientId) return { kind: 'other_client' };
    if (claims.typ === 'Bearer' || claims.typ === 'DPoP') {
      const expiresAt = (claims.exp ?? this.clock.seconds()) * 1000;
      await this.unitOfWork.run(() => this.revoked.add(realm.id, claims.jti, expiresAt));
    } else if (claims.sid === undefined || !(await this.isOpen(realm.id, claims.sid, claims.typ === 'Offline'))) {
      return { kind: 'invalid' };
    } else {
      await this.detach(realm.id, claims.sid, claims.typ === 'Offline', client.id);
    }
    return { kind: 'revoked', claims };
  }

  private async isOpen(realmId: string, sessionId: string, offline: boolean): Promise<boolean> {
    const found = await this.sessionStore.byId(realmId, sessionId, offline);
    return found !== undefined && found.session.end === undefined;
  }

  /** Takes a client out of a session; the session ends with its last client. */
  async detach(realmId: string, sessionId: string, offline: boolean, clientId: string): Promise<void> {
    await this.unitOfWork.run(async () => {
      const found = await this.sessionStore.byId(realmId, sessionId, offline);
      if (!found || found.session.end) return;
      const others = found.clients.some((each) => each.clientId !== clientId);
      if (others) await this.sessionStore.deleteClientSession(realmId, sessionId, offline, clientId);
      else await this.sessions.end(found.session, 'revoked');
    });
  }

  /**
   * What a code gave before it was seen again is taken back: the client's part of the online session and of its offline twin. The
   * session itself stays, as at the reference.
   */
  async takeBack(realmId: string, sessionId: string, clientId: string): Promise<void> {
    await this.unitOfWork.run(async () => {
      await this.sessionStore.deleteClientSession(realmId, sessionId, false, clientId);
      await this.detach(realmId, sessionId, true, clientId);
    });
  }
}
