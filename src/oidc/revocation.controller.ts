import { Controller, HttpCode, Param, Post, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PublicUrl } from '../http/public-url.js';
import { RealmParam } from '../http/realm-param.js';
import { apiHeaders } from '../http/security-headers.js';
import { TokenRevocation } from '../tokens/token-revocation.js';
import { OidcAudit } from './audit.js';
import { requireClientOrigin } from './cors.js';
import { ClientAuthentication } from './client-authentication.js';
import { allowAnyOrigin } from '../http/cors.js';
import { given, readForm } from './form-parameters.js';
import { invalidRequest, OAuthError } from './oauth-error.js';
import { OAuthErrorFilter } from './oauth-error.filter.js';

/** `POST .../revoke` (RFC 7009). */
@Controller('realms/:realm/protocol/openid-connect/revoke')
@UseFilters(OAuthErrorFilter)
export class RevocationController {
  constructor(
    private readonly realms: RealmParam,
    private readonly clientAuthentication: ClientAuthentication,
    private readonly revocation: TokenRevocation,
    private readonly publicUrl: PublicUrl,
    private readonly audit: OidcAudit,
  ) {}

  @Post()
  @HttpCode(200)
  async revoke(
    @Param('realm') name: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ readonly error: string; readonly error_description: string } | undefined> {
    void reply.headers(apiHeaders());
    allowAnyOrigin(request, reply);
    const realm = await this.realms.serving(name, request);
    const form = readForm(request);
    const authenticated = await this.clientAuthentication.authenticate(realm, request, form);
    if (authenticated.kind === 'refused') {
      await this.audit.failed('REVOKE_GRANT', authenticated.event, {
        realm,
        clientId: authenticated.clientId,
        ipAddress: request.ip,
        ...(authenticated.details ? { details: authenticated.details } : {}),
      });
      throw new OAuthError(authenticated.status, authenticated.error, authenticated.description);
    }
    const { client } = authenticated;
    requireClientOrigin(request, reply, client, this.publicUrl.base(request));
    const token = given(form, 'token');
    if (token === undefined) throw invalidRequest('Token not provided');
    const subject = { realm, clientId: client.clientId, ipAddress: request.ip };
    const result = await this.revocation.revoke(realm, client, token, this.publicUrl.issuer(request, realm.name));
    if (result.kind === 'revoked') {
      await this.audit.succeeded('REVOKE_GRANT', {
        ...subject,
        userId: result.claims.sub,
        sessionId: result.claims.sid,
      });
      return undefined;
    }
    await this.audit.failed('REVOKE_GRANT', 'invalid_token', subject);
    if (result.kind === 'other_client') throw new OAuthError(400, 'invalid_request', 'Unmatching clients');
    if (result.kind === 'other_type') throw new OAuthError(400, 'unsupported_token_type', 'Unsupported token type');
    // RFC 7009 section 2.2: the token is of no use any more, which is what was asked for; the words are Keycloak's
    return { error: 'invalid_token', error_description: 'Invalid token' };
  }
}
