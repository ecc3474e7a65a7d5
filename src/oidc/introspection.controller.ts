import { Controller, HttpCode, Param, Post, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PublicUrl } from '../http/public-url.js';
import { RealmParam } from '../http/realm-param.js';
import { apiHeaders } from '../http/security-headers.js';
import type { Claims } from '../tokens/jwt.js';
import { TokenIntrospection } from '../tokens/token-introspection.js';
import { OidcAudit } from './audit.js';
import { ClientAuthentication } from './client-authentication.js';
import { given, readForm } from './form-parameters.js';
import { invalidRequest, OAuthError } from './oauth-error.js';
import { OAuthErrorFilter } from './oauth-error.filter.js';

/** What may be told of a token: the names of RFC 7662, and Keycloak's for a permission. */
const HINTS = new Set(['access_token', 'refresh_token', 'requesting_party_token']);

/** Refusals before anything that was shown is looked at. */
const UNKNOWN = new Set(['client_not_found', 'client_disabled']);

/** `POST .../token/introspect` (RFC 7662), for confidential clients. */
@Controller('realms/:realm/protocol/openid-connect/token/introspect')
@UseFilters(OAuthErrorFilter)
export class IntrospectionController {
  constructor(
    private readonly realms: RealmParam,
    private readonly clientAuthentication: ClientAuthentication,
    private readonly introspection: TokenIntrospection,
    private readonly publicUrl: PublicUrl,
    private readonly audit: OidcAudit,
  ) {}

  @Post()
  @HttpCode(200)
  async introspect(
    @Param('realm') name: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Claims> {
    void reply.headers({ ...apiHeaders(), 'cache-control': 'no-cache' });
    const realm = await this.realms.serving(name, request);
    const form = readForm(request);
    const authenticated = await this.clientAuthentication.authenticate(realm, request, form, {
      servesTokens: true,
    });
    if (authenticated.kind === 'refused') {
      await this.audit.failed('INTROSPECT_TOKEN', authenticated.event, {
        realm,
        clientId: authenticated.clientId,
        ipAddress: request.ip,
        ...(authenticated.details ? { details: authenticated.details } : {}),
      });
      const isKnown = authenticated.clientId !== undefined && !UNKNOWN.has(authenticated.event);
      throw new OAuthError(
        401,
        'invalid_client',
        isKnown ? 'Client authentication failed.' : authenticated.description,
      );
    }
    const { client } = authenticated;
    const subject = { realm, clientId: client.clientId, ipAddress: request.ip };
    if (client.publicClient) {
      await this.audit.failed('INTROSPECT_TOKEN', 'invalid_client', subject);
      throw new OAuthError(403, 'invalid_request', 'Client not allowed.');
    }
    const token = given(form, 'token');
    if (token === undefined) throw invalidRequest('Token not provided.');
    const hint = given(form, 'token_type_hint') ?? 'access_token';
    if (!HINTS.has(hint)) throw invalidRequest('Unsupported token type.');
    const from = { base: this.publicUrl.base(request), issuer: this.publicUrl.issuer(request, realm.name) };
    const asJwt = request.headers.accept === 'application/jwt';
    const answer = await this.introspection.introspect(realm, client, token, from, { asJwt, hint });
    const userId = typeof answer['sub'] === 'string' ? answer['sub'] : undefined;
    if (answer['active'] === true) await this.audit.succeeded('INTROSPECT_TOKEN', { ...subject, userId });
    else await this.audit.failed('INTROSPECT_TOKEN', 'invalid_token', subject);
    return answer;
  }
}
