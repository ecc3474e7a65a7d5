import { FALLBACK_LOCALE } from '../../realm/locale.js';
import type { Messages } from '../../http/messages.js';
import type { DirectGrant } from '../../login/direct-grant.js';
import type { RoleAccess } from '../../tokens/role-access.js';
import type { ScopeResolver } from '../../tokens/scopes.js';
import type { GrantedScope } from '../../tokens/scopes.js';
import type { TokenService } from '../../tokens/token-service.js';
import type { TokenResponse } from '../../tokens/token-service.js';
import type { OidcAudit } from '../audit.js';
import type { OAuthError } from '../oauth-error.js';
import { directGrantError } from './direct-grant-refusal.js';
import { invalidScope, refuseGrant, type GrantRefusal } from './grant-refusal.js';
import { boundAs, type Grant, type GrantRequest } from './grant.js';

/** RFC 6749 section 4.3, through the realm's (or the client's own) direct grant flow. Kept for applications that have it: RFC 9700 section 2.4. */
export class PasswordGrant implements Grant {
  readonly type = 'password';
  readonly event = 'LOGIN';

  constructor(
    private readonly directGrant: DirectGrant,
    private readonly scopes: ScopeResolver,
    private readonly roles: RoleAccess,
    private readonly tokens: TokenService,
    private readonly messages: Messages,
    private readonly audit: OidcAudit,
  ) {}

  async handle(request: GrantRequest): Promise<TokenResponse> {
    const { realm, client, form, from, remoteAddress, userAgent } = request;
    const scope = await this.permittedScope(request);
    const result = await this.directGrant.run({
      realm,
      client,
      parameters: form,
      scope: scope.names,
      ...(scope.offline && { mayBeOffline: (userId) => this.roles.offlineAllowed(client, scope, userId) }),
      issuer: from.issuer,
      remoteAddress,
      userAgent,
    });
    if (result.kind === 'refused') {
      const sentence = this.messages.text(
        FALLBACK_LOCALE,
        result.message ?? { key: 'unexpectedErrorHandlingRequestMessage' },
      );
      throw directGrantError(result, sentence);
    }
    const { user, session, clientSession } = result;
    const { response } = await this.tokens.issue({
      realm,
      client,
      user,
      scope,
      from,
      ...boundAs(request),
      part: { session, clientSession },
    });
    return response;
  }

  /** @throws OAuthError when the client may not use the grant, or asks for a scope it does not have */
  private async permittedScope(request: GrantRequest): Promise<GrantedScope> {
    const { client, form } = request;
    if (!client.directAccessGrantsEnabled) {
      const description = 'Client not allowed for direct access grants';
      throw await this.refused(request, { event: 'not_allowed', error: 'unauthorized_client', description });
    }
    if (client.consentRequired) {
      const description = 'Client requires user consent';
      throw await this.refused(request, { event: 'consent_denied', error: 'invalid_client', description });
    }
    const scope = await this.scopes.resolve(client, form['scope']);
    if (!scope) throw await this.refused(request, invalidScope(form['scope']));
    return scope;
  }

  private refused(request: GrantRequest, refusal: GrantRefusal): Promise<OAuthError> {
    return refuseGrant(this.audit, this, request, refusal, { details: { auth_method: 'oauth_credentials' } });
  }
}
