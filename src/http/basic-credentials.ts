import type { FastifyRequest } from 'fastify';

const BASIC = /^basic +([A-Za-z0-9+/]+={0,2}) *$/i;

/** Name and password of the Authorization header (RFC 7617, UTF-8); undefined when it has none. */
export function basicCredentials({
  headers,
}: Pick<FastifyRequest, 'headers'>): { readonly username: string; readonly password: string } | undefined {
  const encoded = BASIC.exec(headers.authorization ?? '')?.[1];
  const text = encoded === undefined ? '' : Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon < 1 ? undefined : { username: text.slice(0, colon), password: text.slice(colon + 1) };
}
