import type { UserStore } from '../../realm/user.js';
import type { ScopeResolver } from '../../tokens/scopes.js';
import type { TokenService } from '../../tokens/token-service.js';
import type { TokenResponse } from '../../tokens/token-service.js';
import type { OidcAudit } from '../audit.js';
import type { OAuthError } from '../oauth-error.js';
import { invalidScope, refuseGrant, type GrantRefusal } from './grant-refusal.js';
import { boundAs, type Grant, type GrantRequest } from './grant.js';

const unauthorized = (description: string): GrantRefusal => ({
  event: 'invalid_client',
  status: 401,
  error: 'unauthorized_client',
  description,
});

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
    const scope = await this.scopes.resolve(client, form['scope']);
    if (!scope) throw await this.refused(request, invalidScope(form['scope']));
    const notes = { client_id: client.clientId, clientHost: remoteAddress, clientAddress: remoteAddress };
    const { response, tokenId } = await this.tokens.issue({
      realm,
      client,
      user,
      scope,
      from,
      notes,
      ...boundAs(request),
    });
    await this.audit.succeeded(this.event, {
      realm,
      clientId: client.clientId,
      userId: user.id,
      ipAddress: remoteAddress,
      details: { username: user.username, grant_type: this.type, token_id: tokenId, scope: response.scope },
    });
    return response;
  }

  private refused(request: GrantRequest, refusal: GrantRefusal): Promise<OAuthError> {
    return refuseGrant(this.audit, this, request, refusal);
  }
}
