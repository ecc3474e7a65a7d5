import type { Client } from '../realm/client.js';
import type { Realm } from '../realm/realm.js';
import type { User, UserStore } from '../realm/user.js';
import { clientSessionLifetime, isLive } from '../sessions/session-lifetime.js';
import type { SessionService } from '../sessions/session-service.js';
import type { ClientSession, SessionStore } from '../sessions/user-session.js';
import type { Clock } from '../shared/clock.js';
import type { UnitOfWork } from '../shared/unit-of-work.js';
import type { Consents } from './consents.js';
import type { CheckedClaims, RealmJwt } from './jwt.js';
import { issuedBefore } from './not-before.js';
import { rotate, type Rotation } from './refresh-rotation.js';
import { checkRefreshToken } from './refresh-token.js';
import type { RoleAccess } from './role-access.js';
import { scopeNames, type GrantedScope, type ScopeResolver } from './scopes.js';
import { bindingOf, type TokenBinding } from './token-binding.js';
import type { SessionPart } from './token-lifespan.js';
import type { IssuedTokens, Issuer, TokenService } from './token-service.js';

export interface RefreshRequest {
  readonly realm: Realm;
  /** The client that authenticated. */
  readonly client: Client;
  readonly token: string;
  /** Scope parameter of the refresh; may only narrow. */
  readonly scope?: string;
  readonly from: Issuer;
  /** What the client showed that it holds. */
  readonly binding?: TokenBinding;
}

export interface RefreshRefusal {
  readonly kind: 'refused';
  readonly error: 'invalid_grant' | 'invalid_scope' | 'unauthorized_client';
  /** Sentence of the reference. */
  readonly description: string;
  readonly userId?: string;
  readonly sessionId?: string;
}

export type RefreshResult =
  | {
      readonly kind: 'refreshed';
      readonly tokens: IssuedTokens;
      readonly part: SessionPart;
      readonly used: CheckedClaims;
    }
  | RefreshRefusal;

type Step<T> = ({ readonly kind: 'passed' } & T) | RefreshRefusal;

const refuse = (description: string, claims?: CheckedClaims): RefreshRefusal => ({
  kind: 'refused',
  error: 'invalid_grant',
  description,
  ...(claims?.sub === undefined ? {} : { userId: claims.sub }),
  ...(claims?.sid === undefined ? {} : { sessionId: claims.sid }),
});

/** The user took back what a token rests on. */
export const CONSENT_WITHDRAWN = 'Client no longer has requested consent from user';

const WRONG_CERTIFICATE = 'Client certificate missing, or its thumbprint and one in the refresh token did NOT match';

/** Parallel refreshes of one client session that may overtake this one before it gives up. */
const MAX_ATTEMPTS = 20;

/** Uses refresh and offline tokens (RFC 6749 section 6; Keycloak engine reference 7.5). */
export class RefreshService {
  constructor(
    private readonly jwt: RealmJwt,
    private readonly sessions: SessionService,
    private readonly sessionStore: SessionStore,
    private readonly users: UserStore,
    private readonly scopes: ScopeResolver,
    private readonly roles: RoleAccess,
    private readonly consents: Consents,
    private readonly tokens: TokenService,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * New tokens for a refresh token. The use is on disk before anything is signed: a session that ended meanwhile gives nothing.
   * @throws AppError `no_signing_key`
   */
  async refresh(request: RefreshRequest): Promise<RefreshResult> {
    const { realm, client } = request;
    const checked = await this.check(request);
    if (checked.kind === 'refused') return checked;
    const { claims } = checked;
    const owner = await this.owner(realm, client, claims);
    if (owner.kind === 'refused') return owner;
    const granted = await this.scopes.restore(
      client,
      typeof claims.all['scope'] === 'string' ? claims.all['scope'] : '',
    );
    const scope = await this.narrowed(request, granted, claims);
    if (scope.kind === 'refused') return scope;
    if (owner.part.session.offline && !(await this.roles.offlineAllowed(client, granted, owner.user.id))) {
      return refuse('Offline session invalid because offline access not granted anymore', claims);
    }
    // Nobody asks a client whether it agrees to act as itself.
    const itself = owner.user.serviceAccountClientId === client.id;
    if (!itself && !(await this.consents.covers(client, owner.user.id, granted.names))) {
      return { ...refuse(CONSENT_WITHDRAWN, claims), error: 'invalid_scope' };
    }
    const used = await this.use(realm, client, claims, owner.part);
    if (used.kind === 'refused') return used;
    const tokens = await this.tokens.issue({
      realm,
      client,
      user: owner.user,
      scope: scope.scope,
      refreshScope: granted,
      part: used.part,
      from: request.from,
      ...(request.binding ? { binding: request.binding } : {}),
      ...(used.rotation ? { rotation: used.rotation } : {}),
    });
    return { kind: 'refreshed', tokens, part: used.part, used: claims };
  }

  private async check({
    realm,
    client,
    token,
    from,
    binding,
  }: RefreshRequest): Promise<Step<{ claims: CheckedClaims }>> {
    const checked = await checkRefreshToken(this.jwt, realm, client, token, from.issuer);
    if (checked.kind === 'refused') return refuse(checked.description, checked.claims);
    // Said before the session is looked at, as at the reference: after "log out all" both would be true.
    if (checked.claims.iat < Math.max(realm.settings.notBefore, client.notBefore)) {
      return refuse('Stale token', checked.claims);
    }
    return bindingProblem(checked.claims, binding) ?? { kind: 'passed', claims: checked.claims };
  }

  /** The user and session of the token, both of which must still allow it. */
  private async owner(
    realm: Realm,
    client: Client,
    claims: CheckedClaims,
  ): Promise<Step<{ user: User; part: SessionPart }>> {
    const user = await this.userOf(realm, claims);
    // Said before the session is looked at: disabling ended it, which is not what the caller needs to know.
    if (user?.enabled === false) return refuse('User disabled', claims);
    const found = await this.part(realm, client, claims);
    if (found.kind === 'refused') return found;
    const { session, clientSession } = found.part;
    if (user?.id !== session.userId) return refuse('Invalid refresh token', claims);
    const issuedBy = (start: number): boolean => claims.iat < Math.floor(start / 1000);
    if (issuedBy(session.startedAt)) return refuse('Refresh token issued before the user session started', claims);
    if (issuedBy(clientSession.startedAt))
      return refuse('refresh token issued before the client session started', claims);
    if (issuedBefore(claims.iat, realm, client, user)) return refuse('Stale token', claims);
    return { kind: 'passed', user, part: found.part };
  }

  /** The user of a token; where the client knows the user by another name than the id, the session tells. */
  private async userOf(realm: Realm, { sub, sid, typ }: CheckedClaims): Promise<User | undefined> {
    const named = sub === undefined ? undefined : await this.users.byId(realm.id, sub);
    if (named || sid === undefined) return named;
    const found = await this.sessionStore.byId(realm.id, sid, typ === 'Offline');
    return found && this.users.byId(realm.id, found.session.userId);
  }

  private async part(realm: Realm, client: Client, claims: CheckedClaims): Promise<Step<{ part: SessionPart }>> {
    const offline = claims.typ === 'Offline';
    const live = claims.sid === undefined ? undefined : await this.sessions.findLive(realm, claims.sid, offline);
    if (!live) return refuse(await this.whyLost(realm, claims), claims);
    const clientSession = live.clients.find((each) => each.clientId === client.id);
    if (!clientSession) return refuse("Session doesn't have required client", claims);
    if (!isLive(clientSessionLifetime(clientSession, live.session, client, realm), this.clock.now())) {
      return refuse('Client session not active', claims);
    }
    return { kind: 'passed', part: { session: live.session, clientSession } };
  }

  /** The reference keeps nothing of an offline session that somebody ended, so it tells that from one that ran out. */
  private async whyLost(realm: Realm, { sid, typ }: CheckedClaims): Promise<string> {
    if (typ !== 'Offline') return 'Session not active';
    const found = sid === undefined ? undefined : await this.sessionStore.byId(realm.id, sid, true);
    const ranOut = found && ['idle', 'max'].includes(found.session.end?.reason ?? 'idle');
    return ranOut ? 'Offline session not active' : 'Offline user session not found';
  }

  private async narrowed(
    request: RefreshRequest,
    granted: GrantedScope,
    claims: CheckedClaims,
  ): Promise<Step<{ scope: GrantedScope }>> {
    const { client, scope } = request;
    if (scope === undefined) return { kind: 'passed', scope: granted };
    const had = new Set(scopeNames(granted.names));
    const asked = scopeNames(scope).filter((name) => name !== 'offline_access' || had.has(name)); // asked in vain

    if (asked.length === 0 || asked.some((name) => !had.has(name))) {
      return { ...refuse(`Invalid scopes: ${scope}`, claims), error: 'invalid_scope' };
    }
    const resolved = await this.scopes.resolve(client, scope); // with the default scopes, which need not be named
    const names = scopeNames(resolved?.names ?? '').filter((name) => had.has(name));
    return { kind: 'passed', scope: await this.scopes.restore(client, names.join(' ')) };
  }

  /**
   * Marks token and session as used, in one transaction. When another refresh of the client session was faster, everything is read
   * and decided again.
   */
  private async use(
    realm: Realm,
    client: Client,
    claims: CheckedClaims,
    first: SessionPart,
  ): Promise<Step<{ part: SessionPart; rotation?: Rotation }>> {
    let current = first;
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      const { session, clientSession } = current;
      const step = realm.settings.revokeRefreshToken
        ? rotate(clientSession.refresh, claims, realm.settings.refreshTokenMaxReuse)
        : undefined;
      if (step?.kind === 'stale') return refuse('Stale token', claims);
      if (step?.kind === 'reused') {
        await this.detach(clientSession);
        return refuse('Maximum allowed refresh token reuse exceeded', claims);
      }
      const written = await this.write(clientSession, step?.refresh);
      if (written === 'ended') return refuse(await this.whyLost(realm, claims), claims);
      if (written === 'overtaken') {
        const again = await this.part(realm, client, claims);
        if (again.kind === 'refused') return again;
        current = again.part;
        continue;
      }
      const now = this.clock.now();
      const part = { session: { ...session, lastAccess: now }, clientSession: { ...clientSession, lastAccess: now } };
      return { kind: 'passed', part, ...(step ? { rotation: step.next } : {}) };
    }
    return refuse('Stale token', claims);
  }

  private write(
    before: ClientSession,
    refresh: ClientSession['refresh'] | undefined,
  ): Promise<'written' | 'ended' | 'overtaken'> {
    return this.unitOfWork.run(async () => {
      if (refresh && !(await this.sessionStore.updateRefreshState(before, { ...before, refresh }))) return 'overtaken';
      const { realmId, sessionId, offline, clientId } = before;
      return (await this.sessions.touch(realmId, sessionId, offline, clientId)) ? 'written' : 'ended';
    });
  }

  private async detach({ realmId, sessionId, offline, clientId }: ClientSession): Promise<void> {
    await this.unitOfWork.run(() => this.sessionStore.deleteClientSession(realmId, sessionId, offline, clientId));
  }
}

/** A bound token is worth nothing to those who cannot show what it is bound to. */
function bindingProblem(claims: CheckedClaims, { jkt, certificate }: TokenBinding = {}): RefreshRefusal | undefined {
  const bound = bindingOf(claims);
  if (bound.certificate !== undefined && bound.certificate !== certificate)
    return { ...refuse(WRONG_CERTIFICATE, claims), error: 'unauthorized_client' };
  if (bound.jkt === undefined || bound.jkt === jkt) return undefined;
  return refuse(jkt === undefined ? 'DPoP proof is missing' : "DPoP confirmation doesn't match DPoP proof", claims);
}
