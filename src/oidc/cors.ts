import type { FastifyReply, FastifyRequest } from 'fastify';
import { allowClientOrigins } from '../http/cors.js';
import type { Client } from '../realm/client.js';
import { OAuthError } from './oauth-error.js';

/**
 * As `allowClientOrigins`, for endpoints where nothing is done for a foreign origin.
 * @throws OAuthError 403
 */
export function requireClientOrigin(request: FastifyRequest, reply: FastifyReply, client: Client, base: string): void {
  if (!allowClientOrigins(request, reply, client, base)) throw new OAuthError(403, 'Invalid origin');
}
