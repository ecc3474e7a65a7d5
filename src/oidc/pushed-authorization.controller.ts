import { Controller, HttpCode, Param, Post, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { allowAnyOrigin } from '../http/cors.js';
import { PublicUrl } from '../http/public-url.js';
import { RealmParam } from '../http/realm-param.js';
import { apiHeaders } from '../http/security-headers.js';
import { TokenPossession } from '../http/token-possession.js';
import { OidcAudit } from './audit.js';
import { requireClientOrigin } from './cors.js';
import { ClientAuthentication } from './client-authentication.js';
import { readForm } from './form-parameters.js';
import { OAuthError } from './oauth-error.js';
import { OAuthErrorFilter } from './oauth-error.filter.js';
import { PushedAuthorizations } from './pushed-authorization.js';

/** `POST .../ext/par/request` (RFC 9126). */
@Controller('realms/:realm/protocol/openid-connect/ext/par/request')
@UseFilters(OAuthErrorFilter)
export class PushedAuthorizationController {
  constructor(
    private readonly realms: RealmParam,
    private readonly clientAuthentication: ClientAuthentication,
    private readonly pushed: PushedAuthorizations,
    private readonly possession: TokenPossession,
    private readonly publicUrl: PublicUrl,
    private readonly audit: OidcAudit,
  ) {}

  @Post()
  @HttpCode(201)
  async push(
    @Param('realm') name: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ readonly request_uri: string; readonly expires_in: number }> {
    void reply.headers({ ...apiHeaders(), 'cache-control': 'no-cache, no-store' });
    allowAnyOrigin(request, reply);
    const realm = await this.realms.serving(name, request);
    const form = readForm(request);
    const authenticated = await this.clientAuthentication.authenticate(realm, request, form);
    const refused = (error: string, clientId: string | undefined, details: Readonly<Record<string, string>> = {}) =>
      this.audit.failed('PUSHED_AUTHORIZATION_REQUEST', error, { realm, clientId, ipAddress: request.ip, details });
    if (authenticated.kind === 'refused') {
      await refused(authenticated.event, authenticated.clientId, authenticated.details);
      throw new OAuthError(401, 'invalid_request', 'Authentication failed.');
    }
    const { client } = authenticated;
    const base = this.publicUrl.base(request);
    requireClientOrigin(request, reply, client, base);
    try {
      const shown = await this.possession.ofPushedRequest(realm, request);
      if (shown && 'error' in shown) throw new OAuthError(400, shown.error, shown.description);
      const { requestUri, expiresIn } = await this.pushed.push(realm, client, form, base, shown?.jkt);
      return { request_uri: requestUri, expires_in: expiresIn };
    } catch (error) {
      if (error instanceof OAuthError)
        await refused(error.error, client.clientId, { detail: error.description ?? error.error });
      throw error;
    }
  }
}
