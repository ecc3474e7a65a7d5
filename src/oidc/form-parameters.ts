import type { FastifyRequest } from 'fastify';
import { invalidRequest } from './oauth-error.js';

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
 * Parameters of a form body; a body of another kind has none, as at the reference.
 * @throws OAuthError as `readParameters`
 */
export function readForm(request: Pick<FastifyRequest, 'headers' | 'body'>): Parameters {
  const type = request.headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase();
  if (type !== undefined && type !== 'application/x-www-form-urlencoded') return {};
  return readParameters(request.body);
}

/** The value of a parameter; one sent empty counts as not sent (RFC 6749 section 3.1). */
export const given = (parameters: Parameters, name: string): string | undefined => parameters[name] || undefined;
