import type { Client } from '../realm/client.js';
import { isCodeChallenge } from '../tokens/pkce.js';
import { given, type Parameters } from './form-parameters.js';
import { parseResponseType, responseMode } from './response-types.js';

/** An error an application gets at its redirect URI (RFC 6749 section 4.1.2.1). */
export interface RequestFault {
  readonly error: string;
  readonly description?: string;
}

/** One rule of the authorization endpoint: the fault it finds, if any. */
export type AuthorizationRule = (query: Parameters, client: Client) => RequestFault | undefined;

/** Longer values do not fit into the cookie that carries a login's first page. */
const MAX_LENGTH = 2000;
const UNSUPPORTED = {
  request: 'request_not_supported',
  request_uri: 'request_uri_not_supported',
  registration: 'registration_not_supported',
};
const METHODS = new Set(['S256', 'plain']);

const invalid = (description: string): RequestFault => ({ error: 'invalid_request', description });
const notAllowed = (flow: string): RequestFault => ({
  error: 'unauthorized_client',
  description: `Client is not allowed to initiate browser login with given response_type. ${flow} flow is disabled for the client.`,
});

const hasResponseType: AuthorizationRule = (query) =>
  given(query, 'response_type') === undefined ? invalid('Missing parameter: response_type') : undefined;

const responseTypeIsKnown: AuthorizationRule = (query) =>
  parseResponseType(query['response_type'] ?? '').known ? undefined : { error: 'unsupported_response_type' };

const clientMayUseFlow: AuthorizationRule = (query, client) => {
  const type = parseResponseType(query['response_type'] ?? '');
  if (type.implicit && !client.implicitFlowEnabled) return notAllowed('Implicit');
  return (type.code || !type.implicit) && !client.standardFlowEnabled ? notAllowed('Standard') : undefined;
};

/** Tokens in an address leak (RFC 9700 section 2.1.2): the code flow is the one this server has. */
const isCodeFlow: AuthorizationRule = (query) =>
  query['response_type']?.trim() === 'code' ? undefined : { error: 'unsupported_response_type' };

const responseModeIsKnown: AuthorizationRule = (query) =>
  responseMode(given(query, 'response_mode'), parseResponseType(query['response_type'] ?? '')) === undefined
    ? invalid('Invalid parameter: response_mode')
    : undefined;

const isPlainRequest: AuthorizationRule = (query) => {
  const found = Object.entries(UNSUPPORTED).find(([name]) => given(query, name) !== undefined);
  return found && { error: found[1] };
};

const promptIsPossible: AuthorizationRule = (query) => {
  const prompts = (query['prompt'] ?? '').split(' ').filter((prompt) => prompt !== '');
  return prompts.includes('none') && prompts.length > 1 ? invalid('Invalid parameter: prompt') : undefined;
};

const maxAgeIsNumber: AuthorizationRule = (query) =>
  /^(\d{1,9})?$/.test(query['max_age'] ?? '') ? undefined : invalid('Invalid parameter: max_age');

/** RFC 7636 section 4.4.1, and what the client's `pkce.code.challenge.method` demands. */
const pkceIsRight: AuthorizationRule = (query, client) => {
  const demanded = client.attributes['pkce.code.challenge.method'] || undefined;
  const method = given(query, 'code_challenge_method');
  const challenge = given(query, 'code_challenge');
  if (demanded !== undefined && method === undefined) return invalid('Missing parameter: code_challenge_method');
  if (demanded !== undefined && method !== demanded)
    return invalid('Invalid parameter: code challenge method is not configured one');
  if (method !== undefined && !METHODS.has(method)) return invalid('Invalid parameter: invalid code_challenge_method');
  if (challenge === undefined) return method === undefined ? undefined : invalid('Missing parameter: code_challenge');
  return isCodeChallenge(challenge) ? undefined : invalid('Invalid parameter: code_challenge');
};

const valuesAreShort: AuthorizationRule = (query) => {
  const long = Object.keys(query).find((name) => (query[name] ?? '').length > MAX_LENGTH);
  return long === undefined ? undefined : invalid(`Parameter too long: ${long.slice(0, 64)}`);
};

/** In the order in which they are told. The scope, which has to be looked up, comes between the two lists. */
export const RULES_BEFORE_SCOPE: readonly AuthorizationRule[] = [
  hasResponseType,
  responseTypeIsKnown,
  clientMayUseFlow,
  responseModeIsKnown,
  isCodeFlow,
  valuesAreShort,
];
export const RULES_AFTER_SCOPE: readonly AuthorizationRule[] = [
  isPlainRequest,
  promptIsPossible,
  maxAgeIsNumber,
  pkceIsRight,
];
