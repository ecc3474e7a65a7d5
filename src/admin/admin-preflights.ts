import type { FastifyInstance } from 'fastify';
import { answerPreflight } from '../http/cors.js';

/** Addresses of the Admin API, with or without something behind. */
const ADMIN_API = /^\/admin(\/|\?|$)/;

/**
 * Answers preflights below `/admin`, which carry no token, before any guard asks for one. The call that follows is read by pages of the
 * token's client only.
 */
export function answerAdminPreflights(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    if (request.method === 'OPTIONS' && ADMIN_API.test(request.url)) {
      answerPreflight(request, reply, 'DELETE, POST, GET, PUT');
    } else {
      done();
    }
  });
}
