import type { Messages } from '../../http/messages.js';
import type { DirectGrantResult } from '../../login/direct-grant-types.js';
import type { ServiceAccountLogin } from '../../login/service-account-login.js';
import type { Client } from '../../realm/client.js';
import { FALLBACK_LOCALE } from '../../realm/locale.js';
import type { User, UserStore } from '../../realm/user.js';
import type { RoleAccess } from '../../tokens/role-access.js';
import type { GrantedScope, ScopeResolver } from '../../tokens/scopes.js';
import type { SessionPart } from '../../tokens/token-lifespan.js';
import type { TokenService } from '../../tokens/token-service.js';
import type { TokenResponse } from '../../tokens/token-service.js';
import type { OidcAudit } from '../audit.js';
import type { OAuthError } from '../oauth-error.js';
import { directGrantError } from './direct-grant-refusal.js';
import { invalidScope, OFFLINE_NOT_ALLOWED, refuseGrant, type GrantRefusal } from './grant-refusal.js';
import { boundAs, type Grant, type GrantRequest } from './grant.js';

const unauthorized = (description: string): GrantRefusal => ({
  event: 'invalid_client',
  status: 401,
  error: 'unauthorized_client',
  description,
});

/** Whether a client keeps a session of its own; otherwise it simply asks again. */
const usesRefreshTokens = ({ attributes }: Client): boolean =>
  attributes['client_credentials.use_refresh_token'] === 'true' && attributes['use.refresh.tokens'] !== 'false';

/**
 * RFC 6749 section 4.4: a client acts as its service account. The session is transient, as at the reference: it has no row and no id,
 * counts under no cap and cannot be refreshed. A client that uses refresh tokens here has a stored one, or an offline one when it asks.
 */
export class ClientCredentialsGrant implements Grant {
  readonly type = 'client_credentials';
  readonly event = 'CLIENT_LOGIN';

  constructor(
    private readonly users: UserStore,
    private readonly scopes: ScopeResolver,
    private readonly roles: RoleAccess,
    private readonly logins: ServiceAccountLogin,
    private readonly tokens: TokenService,
    private readonly messages: Messages,
    private readonly audit: OidcAudit,
  ) {}

  async handle(request: GrantRequest): Promise<TokenResponse> {
    const { realm, client, form, from, remoteAddress } = request;
    const user = await this.serviceAccount(request);
    const scope = await this.scopes.resolve(client, form['scope']);
    if (!scope) throw await this.refused(request, invalidScope(form['scope']));
    const notes = { client_id: client.clientId, clientHost: remoteAddress, clientAddress: remoteAddress };
    const part = usesRefreshTokens(client) ? await this.stored(request, user, scope, notes) : undefined;
    const { response, tokenId, refreshTokenId } = await this.tokens.issue({
      realm,
      client,
      user,
      scope,
      from,
      ...(part ? { part } : { notes }),
      ...boundAs(request),
    });
    await this.audit.succeeded(this.event, {
      realm,
      clientId: client.clientId,
      userId: user.id,
      sessionId: part?.session.id,
      ipAddress: remoteAddress,
      details: {
        username: user.username,
        grant_type: this.type,
        token_id: tokenId,
        refresh_token_id: refreshTokenId,
        refresh_token_type: part && (part.session.offline ? 'Offline' : 'Refresh'),
        scope: response.scope,
      },
    });
    return response;
  }

  /** @throws OAuthError for a client that may not act as itself */
  private async serviceAccount(request: GrantRequest): Promise<User> {
    const { realm, client } = request;
    if (client.publicClient) {
      throw await this.refused(request, unauthorized('Public client not allowed to retrieve service account'));
    }
    const user = client.serviceAccountsEnabled ? await this.users.serviceAccountOf(realm.id, client.id) : undefined;
    if (!user) {
      throw await this.refused(request, unauthorized('Client not enabled to retrieve service account'));
    }
    if (!user.enabled) {
      const description = `User '${user.username}' disabled`;
      throw await this.refused(request, { event: 'user_disabled', status: 401, error: 'invalid_request', description });
    }
    return user;
  }

  /** A new session in the store. @throws OAuthError when offline access or a cap forbids it */
  private async stored(
    request: GrantRequest,
    user: User,
    scope: GrantedScope,
    notes: Readonly<Record<string, string>>,
  ): Promise<SessionPart> {
    const { realm, client, from, remoteAddress, userAgent } = request;
    if (scope.offline && !(await this.roles.offlineAllowed(client, scope, user.id)))
      throw await this.refused(request, OFFLINE_NOT_ALLOWED);
    const result = await this.logins.run({
      realm,
      client,
      user,
      scope: scope.names,
      offline: scope.offline,
      notes,
      issuer: from.issuer,
      remoteAddress,
      userAgent,
    });
    if (result.kind === 'refused') throw this.refusal(result);
    const { session, clientSession } = result;
    return { session, clientSession };
  }

  private refusal(result: Extract<DirectGrantResult, { kind: 'refused' }>): OAuthError {
    const message = result.message ?? { key: 'unexpectedErrorHandlingRequestMessage' };
    return directGrantError(result, this.messages.text(FALLBACK_LOCALE, message));
  }

  private refused(request: GrantRequest, refusal: GrantRefusal): Promise<OAuthError> {
    return refuseGrant(this.audit, this, request, refusal);
  }
}
