import type { FastifyRequest } from 'fastify';

/** An access token as a request carries it. */
export interface PresentedToken {
  readonly scheme: 'Bearer' | 'DPoP';
  readonly text: string;
}

const HEADER = /^(bearer|dpop) +([A-Za-z0-9._~+/=-]+) *$/i;

/** The access token of the Authorization header (RFC 6750 section 2.1, RFC 9449 section 7.1). */
export function presentedToken({ headers }: Pick<FastifyRequest, 'headers'>): PresentedToken | undefined {
  const [, scheme, text] = HEADER.exec(headers.authorization ?? '') ?? [];
  if (scheme === undefined || text === undefined) return undefined;
  return { scheme: scheme.toLowerCase() === 'dpop' ? 'DPoP' : 'Bearer', text };
}
