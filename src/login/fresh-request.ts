import type { Client } from '../realm/client.js';
import { resolveRootUrl } from '../tokens/redirect-uris.js';
import type { AuthorizationRequest } from './authorization-request.js';

/**
 * The request of a login that no application asked for: it began with a link.
 * @param redirectUri checked; otherwise the client's home
 */
export const freshRequest = (
  client: Client,
  base: string,
  redirectUri = homeOf(client, base),
): AuthorizationRequest => ({
  realmId: client.realmId,
  clientId: client.id,
  redirectUri,
  redirectUriRequired: false,
  responseType: 'code',
  responseMode: 'query',
  scope: 'openid',
  prompt: [],
  uiLocales: [],
  acrValues: [],
});

function homeOf({ rootUrl, baseUrl = '' }: Client, base: string): string {
  return baseUrl.startsWith('/') ? resolveRootUrl(rootUrl, base) + baseUrl : baseUrl || resolveRootUrl(rootUrl, base);
}
