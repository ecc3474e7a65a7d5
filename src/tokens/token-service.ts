import type { Client } from '../realm/client.js';
import type { Realm } from '../realm/realm.js';
import type { User } from '../realm/user.js';
import type { ClientSession } from '../sessions/user-session.js';
import type { Clock } from '../shared/clock.js';
import { newId } from '../shared/secrets.js';
import { accessTokenClaims, idTokenClaims, refreshTokenClaims, type TokenFrame } from './claims.js';
import type { ClaimsSource, ClaimsSubject } from './claims-source.js';
import type { RealmJwt } from './jwt.js';
import type { Rotation } from './refresh-rotation.js';
import type { GrantedScope } from './scopes.js';
import { accessTokenExpiry, refreshTokenExpiry, type SessionPart } from './token-lifespan.js';

/** Where tokens come from: the issuer they name and the address of the server. */
export interface Issuer {
  readonly issuer: string;
  readonly base: string;
}

/** What tokens are to be issued for. */
export interface TokenOrder {
  readonly realm: Realm;
  readonly client: Client;
  readonly user: User;
  readonly scope: GrantedScope;
  readonly from: Issuer;
  /** The session behind the tokens; absent for a transient one, which then has only `notes`. */
  readonly part?: SessionPart;
  /** Notes of a transient session. */
  readonly notes?: Readonly<Record<string, string>>;
  /** Level of this authentication; else what the client session remembers, else `1`. */
  readonly acr?: string;
  readonly nonce?: string;
  /** Place of the new refresh token in its chain; a new chain begins without one. */
  readonly rotation?: Rotation;
  /** Scope the refresh token keeps when this answer's is narrower. */
  readonly refreshScope?: GrantedScope;
}

/** The answer of a token endpoint, in the order of its members (RFC 6749 section 5.1). */
export interface TokenResponse {
  readonly access_token: string;
  readonly expires_in: number;
  readonly refresh_expires_in: number;
  readonly refresh_token?: string;
  readonly token_type: 'Bearer';
  readonly id_token?: string;
  readonly 'not-before-policy': number;
  readonly session_state?: string;
  readonly scope: string;
}

/** Tokens as they go out, with the ids that audit events name. */
export interface IssuedTokens {
  readonly response: TokenResponse;
  readonly tokenId: string;
  readonly refreshTokenId?: string;
}

/**
 * Issues the tokens of one answer. Whoever calls has made sure that the session is open, and that it may be an offline one
 * (`RoleAccess.offlineAllowed`) where it is.
 */
export class TokenService {
  constructor(
    private readonly jwt: RealmJwt,
    private readonly claims: ClaimsSource,
    private readonly clock: Clock,
  ) {}

  /** @throws AppError `no_signing_key` */
  async issue(order: TokenOrder): Promise<IssuedTokens> {
    const { realm, client, user, part } = order;
    const claims = await this.claims.of({
      realm,
      client,
      user,
      scope: order.scope,
      base: order.from.base,
      acr: order.acr ?? rememberedAcr(part?.clientSession),
      ...sessionOf(order),
      ...(order.nonce === undefined ? {} : { nonce: order.nonce }),
    });
    const { access } = claims;
    const now = this.clock.seconds();
    const frame: TokenFrame = {
      issuer: order.from.issuer,
      client,
      userId: user.id,
      issuedAt: now,
      expiresAt: accessTokenExpiry(realm, client, part, now),
      scope: access.scope.text,
      ...(part ? { sessionId: part.session.id } : {}),
    };
    const tokenId = newId();
    const purpose =
      client.attributes['client.use.lightweight.access.token.enabled'] === 'true' ? 'lightweight-access' : 'access';
    const accessKey = await this.jwt.keyFor(realm, client, 'access.token.signed.response.alg');
    const accessToken = this.jwt.sign(accessKey, accessTokenClaims(frame, tokenId, claims.for(purpose)));
    const refresh = await this.refreshToken(order, frame);
    return {
      tokenId,
      ...(refresh ? { refreshTokenId: refresh.id } : {}),
      response: {
        access_token: accessToken,
        expires_in: frame.expiresAt - now,
        refresh_expires_in: refresh?.expiresIn ?? 0,
        ...(refresh ? { refresh_token: refresh.token } : {}),
        token_type: 'Bearer',
        ...(access.scope.openid ? { id_token: await this.idToken(order, frame, claims.for('id'), accessToken) } : {}),
        'not-before-policy': realm.settings.notBefore,
        ...(part ? { session_state: part.session.id } : {}),
        scope: access.scope.text,
      },
    };
  }

  private async idToken(
    { realm, client, nonce }: TokenOrder,
    frame: TokenFrame,
    mapped: ReturnType<typeof accessTokenClaims>,
    accessToken: string,
  ): Promise<string> {
    const key = await this.jwt.keyFor(realm, client, 'id.token.signed.response.alg');
    const login = { accessToken, algorithm: key.algorithm, ...(nonce === undefined ? {} : { nonce }) };
    return this.jwt.sign(key, idTokenClaims(frame, newId(), mapped, login));
  }

  private async refreshToken(
    order: TokenOrder,
    frame: TokenFrame,
  ): Promise<{ readonly id: string; readonly token: string; readonly expiresIn: number } | undefined> {
    const { realm, client, part } = order;
    if (!part || client.attributes['use.refresh.tokens'] === 'false') return undefined;
    const id = newId();
    const expiresAt = refreshTokenExpiry(realm, client, part);
    const { expiresAt: _accessEnd, ...shared } = frame;
    const token = refreshTokenClaims(
      {
        ...shared,
        sessionId: part.session.id,
        scope: (order.refreshScope ?? order.scope).names,
        ...(expiresAt === undefined ? {} : { expiresAt }),
      },
      id,
      { offline: part.session.offline, ...(order.rotation ?? newRotation(realm)) },
    );
    return {
      id,
      token: this.jwt.sign(await this.jwt.refreshKey(realm), token),
      expiresIn: expiresAt === undefined ? 0 : expiresAt - frame.issuedAt,
    };
  }
}

/** A chain of its own for every authorization: the tokens of two browser tabs do not outdate each other. */
const newRotation = (realm: Realm): Rotation => ({
  generation: 0,
  ...(realm.settings.revokeRefreshToken ? { reuseId: newId() } : {}),
});

function rememberedAcr(clientSession: ClientSession | undefined): string {
  const acr = clientSession?.notes['acr'];
  return typeof acr === 'string' ? acr : '1';
}

function sessionOf({ part, notes }: TokenOrder): Pick<ClaimsSubject, 'session'> {
  if (part) return { session: part.session };
  return notes ? { session: { notes } } : {};
}
