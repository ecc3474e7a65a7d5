import type { FastifyInstance, FastifyRequest } from 'fastify';

type Done = (error: Error | null, body?: unknown) => void;

/**
 * A JSON parser that takes an empty body as none: several clients send the JSON content type with nothing in it. Built on Fastify's
 * own parser, so that its guard against `__proto__` stays.
 */
export function acceptEmptyJson(fastify: FastifyInstance): void {
  const parse = fastify.getDefaultJsonParser('error', 'error');
  fastify.removeContentTypeParser('application/json');
  fastify.addContentTypeParser('application/json', { parseAs: 'string' }, (request: FastifyRequest, body: string, done: Done) => {
    if (body.trim() === '') done(null, undefined);
    else void parse(request, body, done);
  });
}
