import type { FastifyRequest } from 'fastify';
import { invalidRequest, OAuthError } from './oauth-error.js';

/** Parameters of a form body or query, each once. */
export type Parameters = Readonly<Record<string, string>>;

/**
 * Parameters of a request. A parameter without a value counts as sent empty.
 * @throws OAuthError `invalid_request` for a parameter sent twice (RFC 6749 section 3.2)
 */
export function readParameters(source: unknown): Parameters {
  if (typeof source !== 'object' || source === null || Array.isArray(source)) return {};
  const entries = Object.entries(source);
  if (entries.some(([, value]) => Array.isArray(value))) throw invalidRequest('duplicated parameter');
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

/**
 * Parameters of a form body.
 * @throws OAuthError 415 for a body of another kind (RFC 6749 section 3.2), and as `readParameters`
 */
export function readForm(request: Pick<FastifyRequest, 'headers' | 'body'>): Parameters {
  const type = request.headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase();
  if (type !== undefined && type !== 'application/x-www-form-urlencoded') {
    throw new OAuthError(415, 'invalid_request', 'The body must be a form (application/x-www-form-urlencoded)');
  }
  return readParameters(request.body);
}

/** The value of a parameter; one sent empty counts as not sent (RFC 6749 section 3.1). */
export const given = (parameters: Parameters, name: string): string | undefined => parameters[name] || undefined;
