import { Controller, Options, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { answerPreflight } from '../http/cors.js';

/** Preflights of browsers. Which origins may read an answer is decided by the call itself, when the application is known. */
@Controller('realms/:realm/account')
export class AccountPreflightController {
  @Options(['', ':a', ':a/:b', ':a/:b/:c'])
  any(@Req() request: FastifyRequest, @Res() reply: FastifyReply): FastifyReply {
    return answerPreflight(request, reply, 'GET, HEAD, POST, PUT, DELETE, OPTIONS');
  }
}
