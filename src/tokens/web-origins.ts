import type { Client } from '../realm/client.js';
import { resolveRootUrl } from './redirect-uris.js';

/** Stands for "the origins of the redirect URIs" in `webOrigins`. */
const FROM_REDIRECTS = '+';
const ANY = '*';

/**
 * Origins from which scripts may use this client's tokens (CORS, and the claim `allowed-origins`).
 * @param base address of this server, for relative redirect URIs
 */
export function webOrigins(
  client: Pick<Client, 'webOrigins' | 'redirectUris' | 'rootUrl'>,
  base: string,
): readonly string[] {
  const plain = client.webOrigins.filter((origin) => origin !== FROM_REDIRECTS);
  const derived = client.webOrigins.includes(FROM_REDIRECTS)
    ? client.redirectUris.flatMap((uri) => originOf(uri, client, base))
    : [];
  return [...new Set([...plain, ...derived])];
}

/** True when a script of that origin may call on behalf of the client. */
export function isAllowedOrigin(
  origin: string,
  client: Pick<Client, 'webOrigins' | 'redirectUris' | 'rootUrl'>,
  base: string,
): boolean {
  const allowed = webOrigins(client, base);
  return allowed.includes(ANY) || allowed.includes(origin);
}

function originOf(uri: string, client: Pick<Client, 'rootUrl'>, base: string): readonly string[] {
  const absolute = uri.startsWith('/') ? resolveRootUrl(client.rootUrl, base) + uri : uri;
  const text = absolute.replace(/\*$/, '');
  if (!URL.canParse(text)) return [];
  const { origin } = new URL(text);
  return origin === 'null' ? [] : [origin];
}
