import type { FastifyRequest } from 'fastify';

const BEARER = /^bearer +([A-Za-z0-9._~+/=-]+) *$/i;

/** The bearer token of the Authorization header (RFC 6750 section 2.1). */
export function bearerToken(request: Pick<FastifyRequest, 'headers'>): string | undefined {
  return BEARER.exec(request.headers.authorization ?? '')?.[1];
}
