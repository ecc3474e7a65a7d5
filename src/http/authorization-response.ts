import type { ReplyAddress } from '../login/browser-login-types.js';

/** Parameters of an authorization response, in the order in which they are sent; undefined ones are left out. */
export type ResponseParameters = Readonly<Record<string, string | undefined>>;

/** How an authorization response reaches the application. */
export type AuthorizationReply =
  | { readonly kind: 'redirect'; readonly url: string }
  /** A page that posts the parameters (OAuth 2.0 Form Post Response Mode). */
  | { readonly kind: 'form-post'; readonly url: string; readonly parameters: Readonly<Record<string, string>> };

/**
 * Makes the answer to an authorization request, with `state` and `iss` (RFC 9207), less what the client does without. An error of a response type that is answered
 * in the fragment goes there too (OAuth 2.0 Multiple Response Type Encoding Practices, section 2.1).
 */
export function authorizationReply(
  address: ReplyAddress,
  issuer: string,
  parameters: ResponseParameters,
): AuthorizationReply {
  const all: ResponseParameters = { ...parameters, state: address.state, iss: issuer };
  const omitted = new Set<string>(address.omits);
  const given = Object.entries(all).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !omitted.has(entry[0]),
  );
  if (address.responseMode === 'form_post') {
    return { kind: 'form-post', url: address.redirectUri, parameters: Object.fromEntries(given) };
  }
  return { kind: 'redirect', url: withParameters(address.redirectUri, given, address.responseMode === 'fragment') };
}

/** Adds parameters to a redirect URI, which may have a query of its own and may be of a custom scheme. */
function withParameters(uri: string, parameters: readonly [string, string][], inFragment: boolean): string {
  const text = new URLSearchParams([...parameters]).toString();
  if (inFragment) return `${uri}#${text}`;
  const [base = '', fragment] = uri.split('#', 2);
  const separator = base.includes('?') ? (base.endsWith('?') || base.endsWith('&') ? '' : '&') : '?';
  return `${base}${separator}${text}${fragment === undefined ? '' : `#${fragment}`}`;
}
