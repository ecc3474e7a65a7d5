import type { Client } from '../realm/client.js';
import { responseParts } from '../login/response-parts.js';
import { isCodeChallenge } from '../tokens/pkce.js';
import { scopeNames } from '../tokens/scopes.js';
import { demandsCertificate, demandsDpop } from '../tokens/token-binding.js';
import { given, type Parameters } from './form-parameters.js';
import { parseResponseType, responseMode } from './response-types.js';

/** An error an application gets at its redirect URI (RFC 6749 section 4.1.2.1). */
export interface RequestFault {
  readonly error: string;
  readonly description?: string;
  /** Parameter that is so wrong that only the person is told, as at the reference. */
  readonly page?: string;
}

/** One rule of the authorization endpoint: the fault it finds, if any. `pushed`: the request came by the client itself (RFC 9126). */
export type AuthorizationRule = (query: Parameters, client: Client, pushed: boolean) => RequestFault | undefined;

/** Longer values do not fit into the cookie that carries a login's first page. */
const MAX_LENGTH = 2000;
const METHODS = new Set(['S256', 'plain']);

const invalid = (description: string): RequestFault => ({ error: 'invalid_request', description });
const onPage = (parameter: string): RequestFault => ({ error: 'invalid_request', page: parameter });
const notAllowed = (flow: string): RequestFault => ({
  error: 'unauthorized_client',
  description: `Client is not allowed to initiate browser login with given response_type. ${flow} flow is disabled for the client.`,
});

const hasResponseType: AuthorizationRule = (query) =>
  query['response_type'] === undefined ? invalid('Missing parameter: response_type') : undefined;

const responseTypeIsKnown: AuthorizationRule = (query) =>
  parseResponseType(query['response_type'] ?? '').known ? undefined : { error: 'unsupported_response_type' };

const clientMayUseFlow: AuthorizationRule = (query, client) => {
  const type = parseResponseType(query['response_type'] ?? '');
  if ((type.code || type.none) && !client.standardFlowEnabled) return notAllowed('Standard');
  return type.implicit && !client.implicitFlowEnabled ? notAllowed('Implicit') : undefined;
};

/** Tokens stay out of queries, which servers write to their logs (OAuth 2.0 Multiple Response Type Encoding Practices, section 3). */
const queryCarriesNoTokens: AuthorizationRule = (query) =>
  parseResponseType(query['response_type'] ?? '').implicit && given(query, 'response_mode') === 'query'
    ? invalid("Response_mode 'query' not allowed for implicit or hybrid flow")
    : undefined;

const responseModeIsKnown: AuthorizationRule = (query) =>
  responseMode(given(query, 'response_mode'), parseResponseType(query['response_type'] ?? '')) === undefined
    ? invalid('Invalid parameter: response_mode')
    : undefined;

const isPlainRequest: AuthorizationRule = (query) => {
  const request = given(query, 'request');
  if (given(query, 'request_uri') !== undefined) return onPage('request_uri');
  if (request !== undefined && request.split('.').length < 3) return onPage('request');
  return request === undefined ? undefined : { error: 'request_not_supported' };
};

const promptIsPossible: AuthorizationRule = (query) => {
  const prompts = (query['prompt'] ?? '').split(' ').filter((prompt) => prompt !== '');
  return prompts.includes('none') && prompts.length > 1 ? { error: 'login_required' } : undefined;
};

const maxAgeIsNumber: AuthorizationRule = (query) =>
  /^(-?\d{1,9})?$/.test(query['max_age'] ?? '') ? undefined : onPage('max_age');

/** OpenID Connect Core sections 3.2.2.1 and 3.3.2.11; a bare OAuth request for `token` alone has none. */
const nonceIsThere: AuthorizationRule = (query) => {
  const type = query['response_type'] ?? '';
  const isOpenId = scopeNames(query['scope'] ?? '').includes('openid');
  const wanted = parseResponseType(type).implicit && (isOpenId || type.trim() !== 'token');
  return wanted && given(query, 'nonce') === undefined ? invalid('Missing parameter: nonce') : undefined;
};

/** RFC 7636 section 4.4.1, and what the client's `pkce.code.challenge.method` demands. */
const pkceIsRight: AuthorizationRule = (query, client) => {
  const type = parseResponseType(query['response_type'] ?? '');
  if (type.implicit && !type.code) return undefined; // no code that a verifier could guard
  const demanded = client.attributes['pkce.code.challenge.method'] || undefined;
  const method = given(query, 'code_challenge_method');
  const challenge = given(query, 'code_challenge');
  if (demanded !== undefined && method === undefined) return invalid('Missing parameter: code_challenge_method');
  if (demanded !== undefined && method !== demanded)
    return invalid('Invalid parameter: code challenge method is not matching the configured one');
  if (method !== undefined && !METHODS.has(method)) return invalid('Invalid parameter: code_challenge_method');
  if (challenge === undefined) return method === undefined ? undefined : invalid('Missing parameter: code_challenge');
  return isCodeChallenge(challenge) ? undefined : invalid('Invalid parameter: code_challenge');
};

/** A SHA-256 thumbprint (RFC 9449 section 10). */
const dpopKeyIsThumbprint: AuthorizationRule = (query) =>
  /^([A-Za-z0-9_-]{43})?$/.test(query['dpop_jkt'] ?? '') ? undefined : invalid('Invalid parameter: dpop_jkt');

/** Whoever comes with a redirect shows neither a key nor a certificate. */
const boundTokensComeNotInFront: AuthorizationRule = (query, client) =>
  (demandsDpop(client) || demandsCertificate(client)) && responseParts(query['response_type'] ?? '').includes('token')
    ? invalid('The access tokens of this client are bound, and come from the token endpoint only')
    : undefined;

/** RFC 9126 section 6. */
const isPushedWhereItMust: AuthorizationRule = (_query, client, pushed) =>
  !pushed && client.attributes['require.pushed.authorization.requests'] === 'true'
    ? invalid('Pushed Authorization Request is only allowed.')
    : undefined;

const valuesAreShort: AuthorizationRule = (query) => {
  const long = Object.keys(query).find((name) => (query[name] ?? '').length > MAX_LENGTH);
  return long === undefined ? undefined : invalid(`Parameter too long: ${long.slice(0, 64)}`);
};

/** In the order in which they are told. The scope, which has to be looked up, comes between the two lists. */
export const RULES_BEFORE_SCOPE: readonly AuthorizationRule[] = [
  hasResponseType,
  responseTypeIsKnown,
  responseModeIsKnown,
  queryCarriesNoTokens,
  clientMayUseFlow,
  isPushedWhereItMust,
  valuesAreShort,
];
export const RULES_AFTER_SCOPE: readonly AuthorizationRule[] = [
  isPlainRequest,
  promptIsPossible,
  maxAgeIsNumber,
  nonceIsThere,
  pkceIsRight,
  dpopKeyIsThumbprint,
  boundTokensComeNotInFront,
];
