import type { RefreshService } from '../../tokens/refresh-service.js';
import type { TokenResponse } from '../../tokens/token-service.js';
import type { OidcAudit } from '../audit.js';
import { given } from '../form-parameters.js';
import { invalidRequest, OAuthError } from '../oauth-error.js';
import { boundAs, type Grant, type GrantRequest } from './grant.js';

/** RFC 6749 section 6. */
export class RefreshTokenGrant implements Grant {
  readonly type = 'refresh_token';
  readonly event = 'REFRESH_TOKEN';

  constructor(
    private readonly refreshes: RefreshService,
    private readonly audit: OidcAudit,
  ) {}

  async handle(request: GrantRequest): Promise<TokenResponse> {
    const { realm, client, form, from, remoteAddress } = request;
    const subject = { realm, clientId: client.clientId, ipAddress: remoteAddress };
    const token = given(form, 'refresh_token');
    if (token === undefined) {
      await this.audit.failed(this.event, 'invalid_request', { ...subject, details: { reason: 'No refresh token' } });
      throw invalidRequest('No refresh token');
    }
    const { scope } = form;
    const result = await this.refreshes.refresh({
      realm,
      client,
      token,
      from,
      ...boundAs(request),
      ...(scope === undefined ? {} : { scope }),
    });
    if (result.kind === 'refused') {
      const { error, description, userId, sessionId } = result;
      const foreign = error === 'unauthorized_client'; // another certificate
      await this.audit.failed(this.event, foreign ? 'not_allowed' : 'invalid_token', {
        ...subject,
        userId,
        sessionId,
        details: { reason: description },
      });
      throw new OAuthError(foreign ? 401 : 400, error, description);
    }
    const { tokens, part, used } = result;
    await this.audit.succeeded(this.event, {
      ...subject,
      userId: part.session.userId,
      sessionId: part.session.id,
      details: {
        token_id: tokens.tokenId,
        refresh_token_id: used.jti,
        refresh_token_type: used.typ,
        updated_refresh_token_id: tokens.refreshTokenId,
        scope: tokens.response.scope,
      },
    });
    return tokens.response;
  }
}
