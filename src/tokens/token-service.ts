import type { Client } from '../realm/client.js';
import type { Realm } from '../realm/realm.js';
import type { User } from '../realm/user.js';
import type { ClientSession } from '../sessions/user-session.js';
import type { Clock } from '../shared/clock.js';
import { newId } from '../shared/secrets.js';
import { accessTokenClaims, idTokenClaims, refreshTokenClaims, type IdTokenLogin, type TokenFrame } from './claims.js';
import type { ClaimsSource, ClaimsSubject, SubjectClaims } from './claims-source.js';
import type { RealmJwt } from './jwt.js';
import { oldestAllowed } from './not-before.js';
import type { Rotation } from './refresh-rotation.js';
import type { GrantedScope } from './scopes.js';
import type { TokenBinding } from './token-binding.js';
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
  /** What the client showed that it holds. */
  readonly binding?: TokenBinding;
}

/** The answer of a token endpoint, in the order of its members (RFC 6749 section 5.1). */
export interface TokenResponse {
  readonly access_token: string;
  readonly expires_in: number;
  readonly refresh_expires_in: number;
  readonly refresh_token?: string;
  readonly token_type: 'Bearer' | 'DPoP';
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

/** An authorization response that carries tokens. */
export interface FrontChannelAnswer {
  /** Words of the response type. */
  readonly parts: readonly string[];
  readonly code?: string;
  readonly state?: string;
}

/** Tokens as parameters of an authorization response, in their order. */
export interface FrontChannelTokens {
  readonly id_token?: string;
  readonly access_token?: string;
  readonly token_type?: 'Bearer';
  /** Seconds. */
  readonly expires_in?: string;
}

/** What the tokens of one answer are made of. */
interface Draft {
  readonly claims: SubjectClaims;
  readonly frame: TokenFrame;
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
    const { realm, part } = order;
    const draft = await this.draft(order);
    const { claims, frame } = draft;
    const access = await this.accessToken(order, draft);
    const refresh = await this.refreshToken(order, frame);
    return {
      tokenId: access.id,
      ...(refresh ? { refreshTokenId: refresh.id } : {}),
      response: {
        access_token: access.token,
        expires_in: frame.expiresAt - frame.issuedAt,
        refresh_expires_in: refresh?.expiresIn ?? 0,
        ...(refresh ? { refresh_token: refresh.token } : {}),
        token_type: order.binding?.jkt === undefined ? 'Bearer' : 'DPoP',
        ...(claims.access.scope.openid
          ? { id_token: await this.idToken(order, draft, { accessToken: access.token }) }
          : {}),
        'not-before-policy': oldestAllowed(realm, order.client, order.user),
        ...(part ? { session_state: part.session.id } : {}),
        scope: frame.scope,
      },
    };
  }

  /**
   * The tokens that come with an authorization response (OpenID Connect Core sections 3.2 and 3.3): never a refresh token.
   * @throws AppError `no_signing_key`
   */
  async issueInFront(order: TokenOrder, answer: FrontChannelAnswer): Promise<FrontChannelTokens> {
    const { parts, code, state } = answer;
    const lifespan = parts.includes('code') ? undefined : order.realm.settings.accessTokenLifespanForImplicitFlow;
    const draft = await this.draft(order, lifespan);
    const access = parts.includes('token') ? await this.accessToken(order, draft) : undefined;
    const hashed = {
      ...(access ? { accessToken: access.token } : {}),
      ...(code === undefined ? {} : { code }),
      ...(state === undefined ? {} : { state }),
    };
    return {
      ...(parts.includes('id_token') ? { id_token: await this.idToken(order, draft, hashed) } : {}),
      ...(access
        ? {
            access_token: access.token,
            token_type: 'Bearer',
            expires_in: String(draft.frame.expiresAt - draft.frame.issuedAt),
          }
        : {}),
    };
  }

  private async draft(order: TokenOrder, lifespan?: number): Promise<Draft> {
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
    const now = this.clock.seconds();
    const frame: TokenFrame = {
      issuer: order.from.issuer,
      client,
      // Without a session nothing but the subject says whose token it is.
      userId: part ? claims.subject : user.id,
      issuedAt: now,
      expiresAt: accessTokenExpiry(realm, client, part, now, lifespan),
      scope: claims.access.scope.text,
      ...(part ? { sessionId: part.session.id } : {}),
      ...(order.binding ? { binding: order.binding } : {}),
    };
    return { claims, frame };
  }

  private async accessToken(
    { realm, client }: TokenOrder,
    { claims, frame }: Draft,
  ): Promise<{ readonly id: string; readonly token: string }> {
    const id = newId();
    const purpose =
      client.attributes['client.use.lightweight.access.token.enabled'] === 'true' ? 'lightweight-access' : 'access';
    const key = await this.jwt.keyFor(realm, client, 'access.token.signed.response.alg');
    const type = client.attributes['access.token.header.type.rfc9068'] === 'true' ? 'at+jwt' : undefined;
    return { id, token: this.jwt.sign(key, accessTokenClaims(frame, id, claims.for(purpose)), type) };
  }

  private async idToken(
    { realm, client, nonce }: TokenOrder,
    { claims, frame }: Draft,
    answer: Omit<IdTokenLogin, 'nonce' | 'algorithm'>,
  ): Promise<string> {
    const key = await this.jwt.keyFor(realm, client, 'id.token.signed.response.alg');
    const login = { ...answer, algorithm: key.algorithm, ...(nonce === undefined ? {} : { nonce }) };
    return this.jwt.sign(key, idTokenClaims(frame, newId(), claims.for('id'), login));
  }

  private async refreshToken(
    order: TokenOrder,
    frame: TokenFrame,
  ): Promise<{ readonly id: string; readonly token: string; readonly expiresIn: number } | undefined> {
    const { realm, client, part } = order;
    if (!part || client.attributes['use.refresh.tokens'] === 'false') return undefined;
    const id = newId();
    const expiresAt = refreshTokenExpiry(realm, client, part);
    const { expiresAt: _accessEnd, binding, ...shared } = frame;
    const token = refreshTokenClaims(
      {
        ...shared,
        issuedAt: notBeforeItsSession(frame.issuedAt, part),
        sessionId: part.session.id,
        scope: (order.refreshScope ?? order.scope).names,
        ...(expiresAt === undefined ? {} : { expiresAt }),
        ...(binding ? { binding: refreshBinding(client, binding) } : {}),
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

/** A clock may have been set back since the session began, and a token older than its session is refused. Seconds. */
const notBeforeItsSession = (now: number, { session, clientSession }: SessionPart): number =>
  Math.max(now, ...[session, clientSession].map(({ startedAt }) => Math.floor(startedAt / 1000)));

/** Who authenticates at every refresh may come with another key (RFC 9449 section 5); others have but the one. */
const refreshBinding = (client: Client, { jkt, ...others }: TokenBinding): TokenBinding => ({
  ...others,
  ...(client.publicClient && jkt !== undefined ? { jkt } : {}),
});

function rememberedAcr(clientSession: ClientSession | undefined): string {
  const acr = clientSession?.notes['acr'];
  return typeof acr === 'string' ? acr : '1';
}

function sessionOf({ part, notes }: TokenOrder): Pick<ClaimsSubject, 'session'> {
  if (part) return { session: part.session };
  return notes ? { session: { notes } } : {};
}
