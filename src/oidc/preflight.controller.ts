import {
  Controller,
  Delete,
  Get,
  MethodNotAllowedException,
  Options,
  Patch,
  Post,
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
/** What is only read. */
const READ_ONLY = ['', 'protocol/openid-connect/certs'];
/** What takes neither PUT nor DELETE nor PATCH. */
const FIXED = [
  ...POST_ONLY,
  ...READ_ONLY,
  'protocol/openid-connect/auth',
  'protocol/openid-connect/userinfo',
  'protocol/openid-connect/logout',
];

/** The methods of OIDC endpoints that are not calls: preflights of browsers, and methods that an endpoint does not take. */
@Controller('realms/:realm')
@UseFilters(OAuthErrorFilter)
export class PreflightController {
  @Options([
    'protocol/openid-connect/token',
    'protocol/openid-connect/token/introspect',
    'protocol/openid-connect/revoke',
    'protocol/openid-connect/ext/par/request',
  ])
  posts(@Req() request: FastifyRequest, @Res() reply: FastifyReply): FastifyReply {
    return answerPreflight(request, reply, 'POST, OPTIONS');
  }

  /** POST is not named, as at the reference, and need not be: no browser asks for leave for it. */
  @Options(['', 'protocol/openid-connect/userinfo', 'protocol/openid-connect/logout'])
  pages(@Req() request: FastifyRequest, @Res() reply: FastifyReply): FastifyReply {
    return answerPreflight(request, reply, 'GET, HEAD, OPTIONS');
  }

  /** Nobody calls it but browsers that go there. */
  @Options('protocol/openid-connect/auth')
  authorization(@Res() reply: FastifyReply): FastifyReply {
    return reply.code(200).send();
  }

  @Options([
    '.well-known/openid-configuration',
    '.well-known/oauth-authorization-server',
    'protocol/openid-connect/certs',
  ])
  reads(@Req() request: FastifyRequest, @Res() reply: FastifyReply): FastifyReply {
    return answerPreflight(request, reply, 'GET');
  }

  /** @throws MethodNotAllowedException always */
  @Post(READ_ONLY)
  onlyRead(): never {
    throw new MethodNotAllowedException();
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
