import { Controller, Get, HttpCode, Param, Post, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AccessTokens } from '../http/access-tokens.js';
import { realmParameter } from '../http/header-text.js';
import { presentedToken, type PresentedToken } from '../http/presented-token.js';
import { PublicUrl } from '../http/public-url.js';
import { RealmParam } from '../http/realm-param.js';
import { apiHeaders } from '../http/security-headers.js';
import type { Realm } from '../realm/realm.js';
import type { VerifiedAccessToken } from '../tokens/access-token-verifier.js';
import { scopeNames } from '../tokens/scopes.js';
import { TokenIntrospection } from '../tokens/token-introspection.js';
import { OidcAudit } from './audit.js';
import { requireClientOrigin } from './cors.js';
import { allowAnyOrigin } from '../http/cors.js';
import { given, readForm } from './form-parameters.js';
import { OAuthErrorFilter } from './oauth-error.filter.js';

/** A refusal as RFC 6750 section 3.1 writes it: in a header, with an empty body. */
interface Challenge {
  readonly status: 400 | 401 | 403;
  readonly error?: 'invalid_request' | 'invalid_token' | 'insufficient_scope';
  readonly description?: string;
  /** Error of the audit event. */
  readonly event: string;
}

const MISSING: Challenge = { status: 401, event: 'invalid_token' };
const INVALID: Challenge = {
  status: 401,
  error: 'invalid_token',
  description: 'Token verification failed',
  event: 'invalid_token',
};
/** RFC 6750 section 2: one way, and not two. */
const SENT_TWICE: Challenge = {
  status: 400,
  error: 'invalid_request',
  description: 'More than one method used for including an access token',
  event: 'invalid_token',
};
const REPEATED: Challenge = { ...SENT_TWICE, description: 'Duplicate parameter' };
const NO_SESSION: Challenge = { ...INVALID, description: 'user_session_not_found', event: 'user_session_not_found' };
const NO_OPENID: Challenge = {
  status: 403,
  error: 'insufficient_scope',
  description: 'Missing openid scope',
  event: 'access_denied',
};

/** `GET|POST .../userinfo` (OpenID Connect Core section 5.3). */
@Controller('realms/:realm/protocol/openid-connect/userinfo')
@UseFilters(OAuthErrorFilter)
export class UserInfoController {
  constructor(
    private readonly realms: RealmParam,
    private readonly accessTokens: AccessTokens,
    private readonly introspection: TokenIntrospection,
    private readonly publicUrl: PublicUrl,
    private readonly audit: OidcAudit,
  ) {}

  @Get()
  get(@Param('realm') name: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<FastifyReply> {
    return this.answer(name, request, reply, presentedToken(request));
  }

  @Post()
  @HttpCode(200)
  post(
    @Param('realm') name: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<FastifyReply> {
    const header = presentedToken(request);
    if (isRepeated(request)) return this.answer(name, request, reply, header, REPEATED);
    const form = tokenOfForm(request);
    const isSentTwice = header !== undefined && form !== undefined;
    return this.answer(name, request, reply, header ?? form, isSentTwice ? SENT_TWICE : undefined);
  }

  private async answer(
    name: string,
    request: FastifyRequest,
    reply: FastifyReply,
    token: PresentedToken | undefined,
    problem?: Challenge,
  ): Promise<FastifyReply> {
    void reply.headers({ ...apiHeaders(), 'cache-control': 'no-store, no-cache' });
    allowAnyOrigin(request, reply);
    const realm = await this.realms.serving(name, request);
    const from = { base: this.publicUrl.base(request), issuer: this.publicUrl.issuer(request, realm.name) };
    const verified = problem ?? (token === undefined ? MISSING : await this.verified(realm, token, request, reply));
    if (!('kind' in verified)) {
      await this.audit.failed('USER_INFO_REQUEST', verified.event, { realm, ipAddress: request.ip });
      return challenge(reply, realm, verified);
    }
    requireClientOrigin(request, reply, verified.client, from.base);
    const claims = await this.introspection.userInfo(realm, verified, from);
    const signed = await this.introspection.signedUserInfo(realm, verified, from, claims);
    await this.audit.succeeded('USER_INFO_REQUEST', {
      realm,
      clientId: verified.client.clientId,
      userId: verified.user.id,
      sessionId: verified.part?.session.id,
      ipAddress: request.ip,
    });
    return signed === undefined ? reply.send(claims) : reply.type('application/jwt').send(signed);
  }

  private async verified(
    realm: Realm,
    token: PresentedToken,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<VerifiedAccessToken | Challenge> {
    const checked = await this.accessTokens.verify(realm, token, request, reply);
    if (checked.kind === 'invalid') return checked.reason === 'session' ? NO_SESSION : INVALID;
    const scope = checked.claims.all['scope'];
    return typeof scope === 'string' && scopeNames(scope).includes('openid') ? checked : NO_OPENID;
  }
}

/** Whether the form has the token more than once. */
const isRepeated = ({ body }: FastifyRequest): boolean =>
  typeof body === 'object' && body !== null && Array.isArray((body as Record<string, unknown>)['access_token']);

/** RFC 6750 section 2.2. */
function tokenOfForm(request: FastifyRequest): PresentedToken | undefined {
  const text = given(readForm(request), 'access_token');
  return text === undefined ? undefined : { scheme: 'Bearer', text };
}

function challenge(reply: FastifyReply, realm: Realm, { status, error, description }: Challenge): FastifyReply {
  const parts = [
    realmParameter(realm.name),
    ...(error === undefined ? [] : [`error="${error}"`]),
    ...(description === undefined ? [] : [`error_description="${description}"`]),
  ];
  if (reply.hasHeader('access-control-expose-headers'))
    void reply.header('access-control-expose-headers', 'Access-Control-Allow-Methods, WWW-Authenticate');
  if (!reply.hasHeader('www-authenticate')) void reply.header('www-authenticate', `Bearer ${parts.join(', ')}`);
  return reply.code(status).header('cache-control', 'no-store').type('text/plain').send('');
}
