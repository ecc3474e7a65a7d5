import type { Client } from '../realm/client.js';
import type { Realm } from '../realm/realm.js';
import type { User } from '../realm/user.js';
import type { Clock } from '../shared/clock.js';
import { newId, newSessionId } from '../shared/secrets.js';
import { accessTokenClaims, idTokenClaims, type TokenFrame } from './claims.js';
import type { ClaimsSource, SubjectClaims } from './claims-source.js';
import type { Claims } from './jwt.js';
import type { GrantedScope } from './scopes.js';
import { accessTokenExpiry } from './token-lifespan.js';
import type { Issuer } from './token-service.js';

/** For whom examples are made. */
export interface ExampleOrder {
  readonly realm: Realm;
  readonly client: Client;
  readonly user: User;
  readonly scope: GrantedScope;
  readonly from: Issuer;
}

/**
 * What tokens would say, for administrators who try out scopes and mappers. Nothing is signed and no session begins, so nothing of
 * it opens anything.
 */
export class ExampleTokens {
  constructor(
    private readonly claims: ClaimsSource,
    private readonly clock: Clock,
  ) {}

  async access(order: ExampleOrder): Promise<Claims> {
    const { claims, frame } = await this.draft(order);
    const isLight = order.client.attributes['client.use.lightweight.access.token.enabled'] === 'true';
    return accessTokenClaims(frame, newId(), claims.for(isLight ? 'lightweight-access' : 'access'));
  }

  async id(order: ExampleOrder): Promise<Claims> {
    const { claims, frame } = await this.draft(order);
    return idTokenClaims(frame, newId(), claims.for('id'), {
      algorithm: order.realm.settings.defaultSignatureAlgorithm,
    });
  }

  async userInfo(order: ExampleOrder): Promise<Claims> {
    const { claims } = await this.draft(order);
    const { sub: _sub, aud: _aud, ...mapped } = claims.for('userinfo');
    return { sub: claims.subject, ...mapped };
  }

  private async draft({ realm, client, user, scope, from }: ExampleOrder): Promise<{
    readonly claims: SubjectClaims;
    readonly frame: TokenFrame;
  }> {
    const sessionId = newSessionId();
    const now = this.clock.seconds();
    const claims = await this.claims.of({
      realm,
      client,
      user,
      scope,
      base: from.base,
      acr: '1',
      session: { id: sessionId, notes: {} },
    });
    const frame: TokenFrame = {
      issuer: from.issuer,
      client,
      userId: claims.subject,
      issuedAt: now,
      expiresAt: accessTokenExpiry(realm, client, undefined, now),
      scope: claims.access.scope.text,
      sessionId,
    };
    return { claims, frame };
  }
}
