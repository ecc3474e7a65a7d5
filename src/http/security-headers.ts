/** Response headers by lower-case name. */
export type ResponseHeaders = Readonly<Record<string, string>>;

/** How a page differs from the strictest one. */
export interface PagePolicy {
  /** Nonce of the page's only script (`form-post`); without it no script runs. */
  readonly scriptNonce?: string;
  /** Pages that clients put into a hidden frame by design (check-session iframe, 3p-cookies, silent single sign-on). */
  readonly framable?: boolean;
  /** Addresses that the page loads in frames (front-channel logout): http(s), absolute. */
  readonly frames?: readonly string[];
  /** The page's script asks this server something (check-session frame). */
  readonly asksServer?: boolean;
}

const COMMON: ResponseHeaders = {
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'none',
};

/**
 * Headers of an HTML page. The address of a page stays on this server (`same-origin`); `no-referrer` would also make browsers send
 * `Origin: null` with its forms, and the check of `Origin` could then not tell them from foreign ones.
 * There is no `form-action` on purpose: browsers apply it to every redirect after the post, and
 * the post of a login ends at an application whose own redirects nobody here knows. Against injected forms stand escaping,
 * `base-uri 'none'` and the check of `Origin` on every post. Pages are never stored: they carry one-time codes.
 */
export function pageHeaders({
  scriptNonce,
  framable = false,
  asksServer = false,
  frames = [],
}: PagePolicy = {}): ResponseHeaders {
  return {
    ...COMMON,
    'referrer-policy': 'same-origin',
    'cache-control': 'no-store',
    'content-security-policy': contentSecurityPolicy(scriptNonce, framable, asksServer, frames),
    ...(framable ? {} : { 'x-frame-options': 'DENY' }),
  };
}

/**
 * Headers of the page of a console: its program and styles are files of this server, it speaks to this server only, and nothing of it is
 * ever posted by the browser itself.
 * @param styleNonce for style elements that the program adds
 */
export function consoleHeaders(styleNonce: string): ResponseHeaders {
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${styleNonce}'`,
    "img-src 'self' data:",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ];
  return {
    ...COMMON,
    'referrer-policy': 'same-origin',
    'cache-control': 'no-store',
    'content-security-policy': policy.join('; '),
    'x-frame-options': 'DENY',
  };
}

/** Headers of a reply that is data: nothing in it may be rendered, run or framed. */
export function apiHeaders(): ResponseHeaders {
  return {
    ...COMMON,
    'referrer-policy': 'no-referrer',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'x-frame-options': 'DENY',
  };
}

/** Headers of a file under a path that names its content: cached for a year, never asked for again. */
export function assetHeaders(): ResponseHeaders {
  return { ...COMMON, 'cache-control': 'public, max-age=31536000, immutable' };
}

function contentSecurityPolicy(
  scriptNonce: string | undefined,
  framable: boolean,
  asksServer: boolean,
  frames: readonly string[],
): string {
  return [
    "default-src 'none'",
    "style-src 'self'",
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    ...(scriptNonce === undefined ? [] : [`script-src 'nonce-${scriptNonce}'`]),
    ...(frames.length === 0 ? [] : [`frame-src ${[...new Set(frames.map(frameSource))].join(' ')}`]),
    ...(asksServer ? ["connect-src 'self'"] : []),
    ...(framable ? [] : ["frame-ancestors 'none'"]),
  ].join('; ');
}

/** An address as a source of a policy: without its query, which is not compared; the separators of policies are written as codes. */
function frameSource(address: string): string {
  const { origin, pathname } = new URL(address);
  return `${origin}${pathname.replaceAll(';', '%3B').replaceAll(',', '%2C')}`;
}
