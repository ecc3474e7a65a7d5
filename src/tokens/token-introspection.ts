import type { Client } from '../realm/client.js';
import type { Realm } from '../realm/realm.js';
import type { AccessTokenVerifier, VerifiedAccessToken } from './access-token-verifier.js';
import type { ClaimsSource, SubjectClaims } from './claims-source.js';
import type { Claims, RealmJwt, SignatureAttribute } from './jwt.js';
import type { ScopeResolver } from './scopes.js';
import { SIGNATURE_ALGORITHMS } from './signature-algorithms.js';
import type { Issuer } from './token-service.js';

/** Attribute of clients that may have introspected tokens as JWTs. */
const JWT_ALLOWED = 'client.introspection.response.allow.jwt.claim.enabled';
const USER_INFO_ALGORITHM = 'user.info.response.signature.alg';

const ACCESS = 'access_token';

/** Says what an access token means to those it was made for (RFC 7662), and to its user's applications (userinfo). */
export class TokenIntrospection {
  constructor(
    private readonly verifier: AccessTokenVerifier,
    private readonly claims: ClaimsSource,
    private readonly scopes: ScopeResolver,
    private readonly jwt: RealmJwt,
  ) {}

  /**
   * `{active: false}` for anything but a good access token that names the asking client in its audience: others learn nothing,
   * not even that it exists.
   * @param asJwt also gives the token with these claims as a JWT (`jwt`), to clients that may have it
   * @param hint the kind it is said to be; one of another kind is not looked for
   */
  async introspect(
    realm: Realm,
    asking: Client,
    token: string,
    from: Issuer,
    { asJwt = false, hint = ACCESS }: { readonly asJwt?: boolean; readonly hint?: string } = {},
  ): Promise<Claims> {
    if (hint !== ACCESS) return { active: false };
    const verified = await this.verifier.verify(realm, token, from.issuer);
    if (verified.kind === 'invalid') return { active: false };
    const { all, azp, typ } = verified.claims;
    const { aud: mappedAudience, ...mapped } = (await this.source(realm, verified, from)).for('introspection');
    const aud = all['aud'] ?? mappedAudience;
    const audiences = Array.isArray(aud) ? aud : [aud];
    if (!audiences.includes(asking.clientId)) return { active: false };
    const claims = { ...all, ...mapped, ...(aud === undefined ? {} : { aud }) };
    const jwt = asJwt && asking.attributes[JWT_ALLOWED] === 'true';
    return {
      ...claims,
      client_id: azp,
      username: verified.user.username,
      token_type: typ,
      ...(jwt ? { jwt: await this.signed(realm, asking, 'access.token.signed.response.alg', claims) } : {}),
      active: true,
    };
  }

  /** Claims about the user that the token's scope opens (OpenID Connect Core section 5.3.2). */
  async userInfo(realm: Realm, verified: VerifiedAccessToken, from: Issuer): Promise<Claims> {
    const source = await this.source(realm, verified, from);
    const { sub: _sub, aud: _aud, ...mapped } = source.for('userinfo');
    return { sub: source.subject, ...mapped };
  }

  /**
   * The same as a JWT for the client (section 5.3.2: with issuer and audience), when it has asked for signed answers.
   * @returns undefined when it has not
   */
  async signedUserInfo(
    realm: Realm,
    verified: VerifiedAccessToken,
    from: Issuer,
    claims: Claims,
  ): Promise<string | undefined> {
    const { client } = verified;
    if (!SIGNATURE_ALGORITHMS.has(client.attributes[USER_INFO_ALGORITHM] ?? '')) return undefined;
    return this.signed(realm, client, USER_INFO_ALGORITHM, { ...claims, iss: from.issuer, aud: client.clientId });
  }

  private async signed(realm: Realm, client: Client, attribute: SignatureAttribute, claims: Claims): Promise<string> {
    return this.jwt.sign(await this.jwt.keyFor(realm, client, attribute), claims);
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
