import { decodeJws, type DecodedJws } from '../../tokens/jws.js';
import { given, type Parameters } from '../form-parameters.js';
import { refuseClient, type ClientRefusal } from './client-refusal.js';

/** A signed assertion as it was sent (RFC 7521 section 4.2). Nothing in it is proven yet. */
export interface PresentedAssertion {
  readonly type?: string;
  readonly text?: string;
  /** The text taken apart; absent when it is no signed JWT. */
  readonly jws?: DecodedJws;
}

/** What a request says about its client. */
export interface Presented {
  /** As claimed, by name or by the subject of the assertion. */
  readonly clientId: string;
  readonly secret?: string;
  readonly assertion?: PresentedAssertion;
}

interface NamedSecret {
  readonly clientId: string;
  readonly secret: string;
}

/**
 * Reads what a request says about its client: HTTP Basic, the form, or an assertion. Refused when no client is named, two different
 * ones are, or two methods are used at once (RFC 6749 section 2.3).
 * @param authorization the header
 */
export function readPresented(authorization: string | undefined, form: Parameters): Presented | ClientRefusal {
  const named = given(form, 'client_id');
  const basic = authorization === undefined ? undefined : basicSecret(authorization);
  if (basic && named !== undefined && named !== basic.clientId) return refuseClient('client_not_found');
  const assertion = readAssertion(form);
  const clientId = basic?.clientId ?? named ?? subjectOf(assertion);
  if (clientId === undefined) return refuseClient('client_not_found');
  if (assertion && (basic !== undefined || given(form, 'client_secret') !== undefined))
    return refuseClient('invalid_client_credentials', {
      clientId,
      status: 400,
      error: 'invalid_request',
      description: 'Only one client authentication method may be used in a request',
    });
  const secret = basic ? basic.secret : form['client_secret'];
  return { clientId, ...(secret === undefined ? {} : { secret }), ...(assertion ? { assertion } : {}) };
}

/** What an assertion says of itself, for the audit trail. Cut short: it may be anybody's text. */
export function assertionDetails({ assertion }: Presented): Readonly<Record<string, string>> | undefined {
  const claims = assertion?.jws?.claims;
  if (!claims) return undefined;
  const named = { client_assertion_id: 'jti', client_assertion_issuer: 'iss', client_assertion_sub: 'sub' };
  return Object.fromEntries(
    Object.entries(named).flatMap(([detail, claim]) => {
      const value = claims[claim];
      return typeof value === 'string' ? [[detail, value.slice(0, 255)] as const] : [];
    }),
  );
}

function readAssertion(form: Parameters): PresentedAssertion | undefined {
  const type = given(form, 'client_assertion_type');
  const text = given(form, 'client_assertion');
  if (type === undefined && text === undefined) return undefined;
  const jws = text === undefined ? undefined : decodeJws(text);
  return {
    ...(type === undefined ? {} : { type }),
    ...(text === undefined ? {} : { text }),
    ...(jws ? { jws } : {}),
  };
}

function subjectOf(assertion: PresentedAssertion | undefined): string | undefined {
  const subject = assertion?.jws?.claims['sub'];
  return typeof subject === 'string' && subject !== '' ? subject : undefined;
}

/** User name and password are form-encoded before they are joined (RFC 6749 section 2.3.1). */
function basicSecret(authorization: string): NamedSecret | undefined {
  const encoded = /^basic +([A-Za-z0-9+/_-]+={0,2}) *$/i.exec(authorization)?.[1];
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon < 1
    ? undefined
    : { clientId: formDecode(text.slice(0, colon)), secret: formDecode(text.slice(colon + 1)) };
}

/** Clients that do not encode are common: text that cannot be decoded is taken as it is. */
function formDecode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
