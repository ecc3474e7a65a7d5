import type { AuthorizationRequest } from '../login/authorization-request.js';

/** Response types OpenID Connect knows. Only `code` is given out; the others are known so that the refusal fits. */
const KNOWN = new Set(['code', 'token', 'id_token', 'none']);

export interface ResponseType {
  /** Every part is known, and `none` stands alone. */
  readonly known: boolean;
  /** Asks for tokens from the authorization endpoint itself (implicit or hybrid flow). */
  readonly implicit: boolean;
  readonly code: boolean;
}

/** Reads a `response_type` (OAuth 2.0 Multiple Response Type Encoding Practices). */
export function parseResponseType(text: string): ResponseType {
  const parts = text.split(' ').filter((part) => part !== '');
  const known =
    parts.length > 0 && parts.every((part) => KNOWN.has(part)) && (parts.length === 1 || !parts.includes('none'));
  return { known, implicit: parts.includes('token') || parts.includes('id_token'), code: parts.includes('code') };
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
