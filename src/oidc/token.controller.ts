import { Controller, HttpCode, Param, Post, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { apiHeaders } from '../http/security-headers.js';
import { PublicUrl } from '../http/public-url.js';
import { RealmParam } from '../http/realm-param.js';
import { TokenPossession } from '../http/token-possession.js';
import type { Client } from '../realm/client.js';
import type { Realm } from '../realm/realm.js';
import type { TokenBinding } from '../tokens/token-binding.js';
import type { TokenResponse } from '../tokens/token-service.js';
import { OidcAudit } from './audit.js';
import { ClientAuthentication } from './client-authentication.js';
import { allowAnyOrigin } from '../http/cors.js';
import { requireClientOrigin } from './cors.js';
import { given, type Parameters, readForm } from './form-parameters.js';
import { AuthorizationCodeGrant } from './grants/authorization-code.grant.js';
import { ClientCredentialsGrant } from './grants/client-credentials.grant.js';
import type { Grant } from './grants/grant.js';
import { PasswordGrant } from './grants/password.grant.js';
import { unavailableGrants } from './grants/unavailable.grant.js';
import { RefreshTokenGrant } from './grants/refresh-token.grant.js';
import { OAuthErrorFilter } from './oauth-error.filter.js';
import { invalidRequest, OAuthError } from './oauth-error.js';

const USER_AGENT_LIMIT = 512;

/** `POST /realms/{realm}/protocol/openid-connect/token` (RFC 6749 section 3.2). */
@Controller('realms/:realm/protocol/openid-connect/token')
@UseFilters(OAuthErrorFilter)
export class TokenController {
  private readonly grants: ReadonlyMap<string, Grant>;

  constructor(
    private readonly realms: RealmParam,
    private readonly clientAuthentication: ClientAuthentication,
    private readonly possession: TokenPossession,
    private readonly publicUrl: PublicUrl,
    private readonly audit: OidcAudit,
    authorizationCode: AuthorizationCodeGrant,
    password: PasswordGrant,
    refreshToken: RefreshTokenGrant,
    clientCredentials: ClientCredentialsGrant,
  ) {
    this.grants = new Map(
      [authorizationCode, password, refreshToken, clientCredentials, ...unavailableGrants(audit)].map((grant) => [
        grant.type,
        grant,
      ]),
    );
  }

  @Post()
  @HttpCode(200)
  async token(
    @Param('realm') name: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TokenResponse> {
    void reply.headers({ ...apiHeaders(), 'cache-control': 'no-store', pragma: 'no-cache' });
    allowAnyOrigin(request, reply);
    const realm = await this.realms.serving(name, request);
    const form = readForm(request);
    const grant = this.grantOf(form);
    const client = await this.authenticate(realm, grant, form, request);
    const base = this.publicUrl.base(request);
    requireClientOrigin(request, reply, client, base);
    const binding = await this.binding(realm, grant, client, request);
    return grant.handle({
      realm,
      client,
      form,
      from: { base, issuer: this.publicUrl.issuer(request, realm.name) },
      remoteAddress: request.ip,
      userAgent: (request.headers['user-agent'] ?? '').slice(0, USER_AGENT_LIMIT),
      ...(binding ? { binding } : {}),
    });
  }

  /** What the client shows that it holds. @throws OAuthError when it shows it wrongly, or has to and does not */
  private async binding(
    realm: Realm,
    grant: Grant,
    client: Client,
    request: FastifyRequest,
  ): Promise<TokenBinding | undefined> {
    const shown = await this.possession.ofTokenRequest(realm, client, request);
    if (!shown || !('error' in shown)) return shown;
    await this.audit.failed(grant.event, shown.about === 'key' ? 'invalid_dpop_proof' : shown.error, {
      realm,
      clientId: client.clientId,
      ipAddress: request.ip,
      details: { grant_type: grant.type, reason: shown.description },
    });
    throw new OAuthError(400, shown.error, shown.description);
  }

  private grantOf(form: Parameters): Grant {
    const type = given(form, 'grant_type');
    if (type === undefined) throw invalidRequest('Missing form parameter: grant_type');
    const grant = this.grants.get(type);
    if (!grant) throw new OAuthError(400, 'unsupported_grant_type', 'Unsupported grant_type');
    return grant;
  }

  private async authenticate(realm: Realm, grant: Grant, form: Parameters, request: FastifyRequest): Promise<Client> {
    const result = await this.clientAuthentication.authenticate(realm, request, form);
    if (result.kind === 'authenticated') return result.client;
    await this.audit.failed(grant.event, result.event, {
      realm,
      clientId: result.clientId,
      ipAddress: request.ip,
      details: { ...result.details, grant_type: grant.type },
    });
    throw new OAuthError(result.status, result.error, result.description);
  }
}
