import type { BrowserSession } from '../engine/index.js';
import type { SessionWithClients } from '../sessions/user-session.js';
import type { AuthorizationRequest } from './authorization-request.js';

/**
 * The single sign-on session of a browser as a flow sees it. A new proof is asked for by `prompt=login`, or when the last one is
 * older than `max_age` or the action that the application asks for allow (OpenID Connect Core 3.1.2.1; Keycloak engine reference 2.13).
 * @param now seconds
 * @param actionMaxAge seconds; absent when no action is asked for
 */
export function browserSessionOf(
  found: SessionWithClients | undefined,
  request: Pick<AuthorizationRequest, 'prompt' | 'maxAge'>,
  now: number,
  actionMaxAge?: number,
): BrowserSession | undefined {
  if (!found) return undefined;
  const { id, userId, authTime, startedAt } = found.session;
  const provedAt = authTime ?? Math.floor(startedAt / 1000);
  const tooOld =
    (request.maxAge !== undefined && (request.maxAge === 0 || provedAt + request.maxAge < now)) ||
    (actionMaxAge !== undefined && provedAt + actionMaxAge < now);
  return { sessionId: id, userId, authTime: provedAt, mustReauthenticate: request.prompt.includes('login') || tooOld };
}
