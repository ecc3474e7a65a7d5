import type { UserStore } from '../../realm/user.js';
import type { ScopeResolver } from '../../tokens/scopes.js';
import type { TokenService } from '../../tokens/token-service.js';
import type { TokenResponse } from '../../tokens/token-service.js';
import type { OidcAudit } from '../audit.js';
import { OAuthError } from '../oauth-error.js';
import type { Grant, GrantRequest } from './grant.js';

/**
 * RFC 6749 section 4.4: a client acts as its service account. The session is transient: it has no row, counts under no cap and cannot be
 * refreshed; the client simply asks again.
 */
export class ClientCredentialsGrant implements Grant {
  readonly type = 'client_credentials';
  readonly event = 'CLIENT_LOGIN';

  constructor(
    private readonly users: UserStore,
    private readonly scopes: ScopeResolver,
    private readonly tokens: TokenService,
    private readonly audit: OidcAudit,
  ) {}

  async handle(request: GrantRequest): Promise<TokenResponse> {
    const { realm, client, form, from, remoteAddress } = request;
    if (client.publicClient) {
      throw await this.refused(
        request,
        'invalid_client',
        401,
        'unauthorized_client',
        'Public client not allowed to retrieve service account',
      );
    }
    const user = client.serviceAccountsEnabled ? await this.users.serviceAccountOf(realm.id, client.id) : undefined;
    if (!user) {
      throw await this.refused(
        request,
        'invalid_client',
        401,
        'unauthorized_client',
        'Client not enabled to retrieve service account',
      );
    }
    if (!user.enabled)
      throw await this.refused(request, 'user_disabled', 401, 'invalid_request', `User '${user.username}' disabled`);
    const scope = await this.scopes.resolve(client, form['scope']);
    if (!scope)
      throw await this.refused(
        request,
        'invalid_request',
        400,
        'invalid_scope',
        `Invalid scopes: ${form['scope'] ?? ''}`,
      );
    const notes = { client_id: client.clientId, clientHost: remoteAddress, clientAddress: remoteAddress };
    const { response, tokenId } = await this.tokens.issue({ realm, client, user, scope, from, notes });
    await this.audit.succeeded(this.event, {
      realm,
      clientId: client.clientId,
      userId: user.id,
      ipAddress: remoteAddress,
      details: { username: user.username, grant_type: this.type, token_id: tokenId, scope: response.scope },
    });
    return response;
  }

  private async refused(
    request: GrantRequest,
    event: string,
    status: number,
    error: string,
    description: string,
  ): Promise<OAuthError> {
    const { realm, client, remoteAddress } = request;
    await this.audit.failed(this.event, event, {
      realm,
      clientId: client.clientId,
      ipAddress: remoteAddress,
      details: { grant_type: this.type, reason: description },
    });
    return new OAuthError(status, error, description);
  }
}
