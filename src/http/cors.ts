import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Client } from '../realm/client.js';
import { isAllowedOrigin } from '../tokens/web-origins.js';

/** Lets every origin read an answer that is the same for everybody (metadata, keys). */
export function allowEverybody(request: FastifyRequest, reply: FastifyReply): void {
  const { origin } = request.headers;
  if (origin !== undefined) void reply.header('access-control-allow-origin', origin).header('vary', 'Origin');
}

/** Lets every origin read an answer that tells nothing yet (an error before a client is known). */
export function allowAnyOrigin(request: FastifyRequest, reply: FastifyReply): void {
  allowEverybody(request, reply);
  if (request.headers.origin !== undefined) {
    void reply.header('access-control-expose-headers', 'Access-Control-Allow-Methods');
  }
}

/**
 * From here on only the client's own origins may read the answer.
 * @param base address of this server, whose own pages always may
 * @returns false for an origin the client does not name
 */
export function allowClientOrigins(
  request: FastifyRequest,
  reply: FastifyReply,
  client: Client,
  base: string,
): boolean {
  const { origin } = request.headers;
  if (origin === undefined || origin === new URL(base).origin) return true;
  if (isAllowedOrigin(origin, client, base)) {
    void reply.header('access-control-allow-credentials', 'true');
    return true;
  }
  void reply.removeHeader('access-control-allow-origin').removeHeader('access-control-expose-headers');
  return false;
}

/** Answers a preflight. Which origins may call is decided by the call itself, when the client is known. */
export function answerPreflight(request: FastifyRequest, reply: FastifyReply, methods: string): FastifyReply {
  const { origin } = request.headers;
  if (origin !== undefined) {
    void reply.headers({
      'access-control-allow-origin': origin,
      'access-control-allow-credentials': 'true',
      'access-control-allow-methods': methods,
      'access-control-allow-headers':
        'Origin, X-Requested-With, Accept, Access-Control-Request-Method, Access-Control-Request-Headers, DPoP, Content-Type, Authorization',
      'access-control-max-age': '3600',
      vary: 'Origin',
    });
  }
  return reply.code(200).send();
}
