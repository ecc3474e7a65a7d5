import type { AuthorizationRequest } from '../login/authorization-request.js';
import { hasFrontTokens, responseParts } from '../login/response-parts.js';

/** Parts of response types that OpenID Connect knows. */
const KNOWN = new Set(['code', 'token', 'id_token', 'none']);

export interface ResponseType {
  /** Every part is known, and `none` stands alone. */
  readonly known: boolean;
  /** Asks for tokens from the authorization endpoint itself (implicit or hybrid flow). */
  readonly implicit: boolean;
  readonly code: boolean;
  /** Asks for nothing but the fact that somebody is signed in. */
  readonly none: boolean;
}

/** Reads a `response_type` (OAuth 2.0 Multiple Response Type Encoding Practices). */
export function parseResponseType(text: string): ResponseType {
  const parts = responseParts(text);
  const known =
    parts.length > 0 &&
    !text.includes('  ') &&
    parts.every((part) => KNOWN.has(part)) &&
    (parts.length === 1 || !parts.includes('none'));
  return { known, implicit: hasFrontTokens(text), code: parts.includes('code'), none: parts.includes('none') };
}

/**
 * Where an answer goes: as asked, else into the fragment for response types that carry tokens, else into the query. An unknown mode is
 * undefined.
 */
export function responseMode(
  requested: string | undefined,
  type: ResponseType,
): AuthorizationRequest['responseMode'] | undefined {
  switch (requested) {
    case undefined:
      return type.known && type.implicit ? 'fragment' : 'query';
    case 'query':
    case 'fragment':
    case 'form_post':
      return requested;
    default:
      return undefined;
  }
}
