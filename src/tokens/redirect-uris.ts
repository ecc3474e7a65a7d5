import type { Client } from '../realm/client.js';

/** Schemes that run in the page that follows them. */
const SCRIPT_SCHEMES = new Set(['javascript:', 'data:', 'vbscript:', 'blob:', 'file:']);
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);
/** Control characters, spaces and backslashes: what browsers repair on their own. */
// eslint-disable-next-line no-control-regex -- they are what is looked for
const REPAIRED_BY_BROWSERS = /[\u0000-\u0020\u007f\\]/;
/** Encoded slashes, backslashes and dots: another server may read them as path separators and parents. */
const ENCODED_PATH_SYNTAX = /%(2f|5c|2e)/i;

/** `rootUrl` with Keycloak's placeholders filled in. */
export function resolveRootUrl(rootUrl: string | undefined, base: string): string {
  const root = rootUrl
    ?.replaceAll('${authBaseUrl}', base)
    .replaceAll('${authAdminUrl}', base)
    .replaceAll('${authUrl}', base);
  return (root || base).replace(/\/+$/, '');
}

/**
 * The redirect URI to use, if the client registered it.
 * @param registered patterns of the client; a trailing `*` makes a path prefix, a leading `/` is relative to the root URL
 * @param base address of this server, root of relative URIs without a root URL
 * @returns the requested URI, unchanged, or undefined when it must not be used
 */
export function matchRedirectUri(
  requested: string,
  registered: readonly string[],
  client: Pick<Client, 'rootUrl'>,
  base: string,
): string | undefined {
  const url = parse(requested);
  if (!url) return undefined;
  const root = resolveRootUrl(client.rootUrl, base);
  const patterns = registered.map((pattern) => (pattern.startsWith('/') ? root + pattern : pattern));
  const matches = (text: string, parsed: URL): boolean =>
    patterns.some((pattern) => matchesPattern(text, parsed, pattern));
  if (matches(requested, url)) return requested;
  const anyPort = withoutLoopbackPort(requested, url);
  return anyPort && matches(anyPort.text, anyPort.url) ? requested : undefined;
}

/**
 * The client's redirect URI when a request names none (RFC 6749 section 3.1.2.3): only if there is exactly one, without a wildcard.
 */
export function onlyRedirectUri(client: Pick<Client, 'redirectUris' | 'rootUrl'>, base: string): string | undefined {
  const [only, ...others] = client.redirectUris;
  if (only === undefined || others.length > 0 || only.endsWith('*')) return undefined;
  return only.startsWith('/') ? resolveRootUrl(client.rootUrl, base) + only : only;
}

/** Absolute, no fragment (RFC 6749 section 3.1.2), no user info, nothing browsers and servers read differently. */
function parse(text: string): URL | undefined {
  if (REPAIRED_BY_BROWSERS.test(text) || text.includes('#') || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  if (url.username !== '' || url.password !== '' || SCRIPT_SCHEMES.has(url.protocol)) return undefined;
  return url;
}

function matchesPattern(text: string, url: URL, pattern: string): boolean {
  if (text === pattern) return !pattern.endsWith('*');
  if (!pattern.endsWith('*') || pattern.includes('?')) return false;
  // As it was sent: parsing has resolved parent segments already, also encoded ones.
  const path = text.split('?', 1)[0] ?? '';
  if (ENCODED_PATH_SYNTAX.test(path) || hasParentSegment(path)) return false;
  if (pattern === '*') return url.protocol === 'https:' || url.protocol === 'http:';
  const prefix = pattern.slice(0, -1);
  if (!URL.canParse(prefix)) return false;
  const allowed = new URL(prefix);
  return url.protocol === allowed.protocol && url.host === allowed.host && url.pathname.startsWith(allowed.pathname);
}

const hasParentSegment = (path: string): boolean => path.split('/').some((part) => part === '..' || part === '.');

/** Native applications listen on a port of the moment (RFC 8252 section 7.3): loopback URIs also match without their port. */
function withoutLoopbackPort(text: string, url: URL): { readonly text: string; readonly url: URL } | undefined {
  if (url.protocol !== 'http:' || url.port === '' || !LOOPBACK.has(url.hostname)) return undefined;
  const stripped = text.replace(`:${url.port}`, '');
  const parsed = parse(stripped);
  return parsed?.port === '' ? { text: stripped, url: parsed } : undefined;
}
