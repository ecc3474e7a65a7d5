import type { Client } from '../realm/client.js';
import type { Realm } from '../realm/realm.js';
import type { AccessTokenVerifier, VerifiedAccessToken } from './access-token-verifier.js';
import type { ClaimsSource, SubjectClaims } from './claims-source.js';
import type { Claims } from './jwt.js';
import type { ScopeResolver } from './scopes.js';
import type { Issuer } from './token-service.js';

/** Says what an access token means to those it was made for (RFC 7662), and to its user's applications (userinfo). */
export class TokenIntrospection {
  constructor(
    private readonly verifier: AccessTokenVerifier,
    private readonly claims: ClaimsSource,
    private readonly scopes: ScopeResolver,
  ) {}

  /**
   * `{active: false}` for anything but a good access token that names the asking client in its audience: others learn nothing,
   * not even that it exists.
   */
  async introspect(realm: Realm, asking: Client, token: string, from: Issuer): Promise<Claims> {
    const verified = await this.verifier.verify(realm, token, from.issuer);
    if (verified.kind === 'invalid') return { active: false };
    const { all, azp } = verified.claims;
    const { aud: mappedAudience, ...mapped } = (await this.source(realm, verified, from)).for('introspection');
    const aud = all['aud'] ?? mappedAudience;
    const audiences = Array.isArray(aud) ? aud : [aud];
    if (!audiences.includes(asking.clientId)) return { active: false };
    return {
      ...all,
      ...mapped,
      ...(aud === undefined ? {} : { aud }),
      client_id: azp,
      username: verified.user.username,
      token_type: 'Bearer',
      active: true,
    };
  }

  /** Claims about the user that the token's scope opens (OpenID Connect Core section 5.3.2). */
  async userInfo(realm: Realm, verified: VerifiedAccessToken, from: Issuer): Promise<Claims> {
    const source = await this.source(realm, verified, from);
    const { sub: _sub, aud: _aud, ...mapped } = source.for('userinfo');
    return { sub: source.subject, ...mapped };
  }

  private async source(
    realm: Realm,
    { claims, client, user, part }: VerifiedAccessToken,
    { base }: Issuer,
  ): Promise<SubjectClaims> {
    const scope = await this.grantedTo(client, claims.all, part?.clientSession.scope);
    const acr = typeof claims.all['acr'] === 'string' ? claims.all['acr'] : '1';
    return this.claims.of({
      realm,
      client,
      user,
      scope,
      base,
      acr,
      ...(part ? { session: part.session } : {}),
    });
  }

  /** The token names its loud scopes only; the default ones come with the client, the rest is what the session remembers. */
  private async grantedTo(client: Client, claims: Claims, remembered: string | undefined) {
    const named = typeof claims['scope'] === 'string' ? claims['scope'] : '';
    const resolved = await this.scopes.resolve(client, named === '' ? undefined : named);
    return resolved ?? this.scopes.restore(client, remembered ?? named);
  }
}
