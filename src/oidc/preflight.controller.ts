import {
  Controller,
  Delete,
  Get,
  MethodNotAllowedException,
  Options,
  Patch,
  Put,
  Req,
  Res,
  UseFilters,
} from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { answerPreflight } from '../http/cors.js';
import { OAuthErrorFilter } from './oauth-error.filter.js';

const POST_ONLY = [
  'protocol/openid-connect/token',
  'protocol/openid-connect/token/introspect',
  'protocol/openid-connect/revoke',
  'protocol/openid-connect/ext/par/request',
];
/** What takes neither PUT nor DELETE nor PATCH. */
const FIXED = [
  ...POST_ONLY,
  'protocol/openid-connect/userinfo',
  'protocol/openid-connect/logout',
  'protocol/openid-connect/certs',
  '.well-known/openid-configuration',
];

/** The methods of OIDC endpoints that are not calls: preflights of browsers, and methods that an endpoint does not take. */
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

  @Options([
    '.well-known/openid-configuration',
    '.well-known/oauth-authorization-server',
    'protocol/openid-connect/certs',
  ])
  reads(@Req() request: FastifyRequest, @Res() reply: FastifyReply): FastifyReply {
    return answerPreflight(request, reply, 'GET, HEAD, OPTIONS');
  }

  /** @throws MethodNotAllowedException always: a token request has its secrets in its body */
  @Get(POST_ONLY)
  onlyPost(): never {
    throw new MethodNotAllowedException();
  }

  /** @throws MethodNotAllowedException always */
  @Put(FIXED)
  put(): never {
    throw new MethodNotAllowedException();
  }

  /** @throws MethodNotAllowedException always */
  @Delete(FIXED)
  remove(): never {
    throw new MethodNotAllowedException();
  }

  /** @throws MethodNotAllowedException always */
  @Patch(FIXED)
  patch(): never {
    throw new MethodNotAllowedException();
  }
}
