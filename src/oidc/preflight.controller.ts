import { Controller, Get, MethodNotAllowedException, Options, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { answerPreflight } from '../http/cors.js';
import { OAuthErrorFilter } from './oauth-error.filter.js';

/** The methods of OIDC endpoints that are not calls: preflights of browsers, and GET where only POST is taken. */
@Controller('realms/:realm')
@UseFilters(OAuthErrorFilter)
export class PreflightController {
  @Options([
    'protocol/openid-connect/token',
    'protocol/openid-connect/token/introspect',
    'protocol/openid-connect/revoke',
    'protocol/openid-connect/logout',
    'protocol/openid-connect/ext/par/request',
  ])
  posts(@Req() request: FastifyRequest, @Res() reply: FastifyReply): FastifyReply {
    return answerPreflight(request, reply, 'POST, OPTIONS');
  }

  @Options('protocol/openid-connect/userinfo')
  userInfo(@Req() request: FastifyRequest, @Res() reply: FastifyReply): FastifyReply {
    return answerPreflight(request, reply, 'GET, HEAD, POST, OPTIONS');
  }

  @Options(['.well-known/openid-configuration', 'protocol/openid-connect/certs'])
  reads(@Req() request: FastifyRequest, @Res() reply: FastifyReply): FastifyReply {
    return answerPreflight(request, reply, 'GET, HEAD, OPTIONS');
  }

  /** @throws MethodNotAllowedException always: a token request has its secrets in its body */
  @Get([
    'protocol/openid-connect/token',
    'protocol/openid-connect/token/introspect',
    'protocol/openid-connect/revoke',
    'protocol/openid-connect/ext/par/request',
  ])
  onlyPost(): never {
    throw new MethodNotAllowedException();
  }
}
