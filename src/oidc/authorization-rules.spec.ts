import { describe, expect, it } from 'vitest';
import type { Client } from '../realm/client.js';
import { RULES_AFTER_SCOPE, RULES_BEFORE_SCOPE } from './authorization-rules.js';
import { parseResponseType, responseMode } from './response-types.js';

type ClientPart = Partial<Pick<Client, 'standardFlowEnabled' | 'implicitFlowEnabled' | 'attributes'>>;
const CHALLENGE = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';

function fault(query: Record<string, string>, part: ClientPart = {}, pushed = false) {
  const client = { standardFlowEnabled: true, implicitFlowEnabled: false, attributes: {}, ...part } as Client;
  for (const rule of [...RULES_BEFORE_SCOPE, ...RULES_AFTER_SCOPE]) {
    const found = rule({ response_type: 'code', ...query }, client, pushed);
    if (found) return found.description ? `${found.error}: ${found.description}` : found.error;
  }
  return undefined;
}

const S256 = { attributes: { 'pkce.code.challenge.method': 'S256' } };
const IMPLICIT = { implicitFlowEnabled: true };
const FLOW = 'unauthorized_client: Client is not allowed to initiate browser login with given response_type.';

describe('authorization rules', () => {
  it('refuse what has to be pushed, and was not', () => {
    const part = { attributes: { 'require.pushed.authorization.requests': 'true' } };
    expect(fault({}, part)).toBe('invalid_request: Pushed Authorization Request is only allowed.');
    expect(fault({}, part, true)).toBeUndefined();
  });

  it.each<[Record<string, string>, ClientPart, string | undefined]>([
    [{}, {}, undefined],
    [{ response_type: '' }, {}, 'unsupported_response_type'],
    [{ response_type: 'magic' }, {}, 'unsupported_response_type'],
    [{ response_type: 'code none' }, {}, 'unsupported_response_type'],
    [{ response_type: 'token' }, {}, `${FLOW} Implicit flow is disabled for the client.`],
    [{ response_type: 'code id_token' }, {}, `${FLOW} Implicit flow is disabled for the client.`],
    [
      { response_type: 'code id_token' },
      { standardFlowEnabled: false },
      `${FLOW} Standard flow is disabled for the client.`,
    ],
    [{ response_type: 'none' }, { standardFlowEnabled: false }, `${FLOW} Standard flow is disabled for the client.`],
    [{ response_type: 'none' }, {}, undefined],
    [{ response_type: 'token' }, IMPLICIT, undefined],
    [{ response_type: 'token', scope: 'openid' }, IMPLICIT, 'invalid_request: Missing parameter: nonce'],
    [{ response_type: 'id_token' }, IMPLICIT, 'invalid_request: Missing parameter: nonce'],
    [{ response_type: 'code token' }, IMPLICIT, 'invalid_request: Missing parameter: nonce'],
    [{ response_type: 'id_token token', nonce: 'n' }, { ...IMPLICIT, ...S256 }, undefined],
    [
      { response_type: 'code id_token', nonce: 'n' },
      { ...IMPLICIT, ...S256 },
      'invalid_request: Missing parameter: code_challenge_method',
    ],
    [
      { response_type: 'id_token', nonce: 'n', response_mode: 'query' },
      {},
      "invalid_request: Response_mode 'query' not allowed for implicit or hybrid flow",
    ],
    [{}, { standardFlowEnabled: false }, `${FLOW} Standard flow is disabled for the client.`],
    [{ response_mode: 'jwt' }, {}, 'invalid_request: Invalid parameter: response_mode'],
    [{ state: 'x'.repeat(2001) }, {}, 'invalid_request: Parameter too long: state'],
    [{ request: 'x' }, {}, 'invalid_request'],
    [{ request: 'a.b.c' }, {}, 'request_not_supported'],
    [{ request_uri: 'x' }, {}, 'invalid_request'],
    [{ prompt: 'none login' }, {}, 'login_required'],
    [{ prompt: 'login consent' }, {}, undefined],
    [{ max_age: 'soon' }, {}, 'invalid_request'],
    [{ max_age: '-1' }, {}, undefined],
    [{ max_age: '0' }, {}, undefined],
    [{}, S256, 'invalid_request: Missing parameter: code_challenge_method'],
    [
      { code_challenge: CHALLENGE, code_challenge_method: 'plain' },
      S256,
      'invalid_request: Invalid parameter: code challenge method is not matching the configured one',
    ],
    [{ code_challenge_method: 'S256' }, S256, 'invalid_request: Missing parameter: code_challenge'],
    [
      { code_challenge: 'short', code_challenge_method: 'S256' },
      {},
      'invalid_request: Invalid parameter: code_challenge',
    ],
    [
      { code_challenge: CHALLENGE, code_challenge_method: 'S512' },
      {},
      'invalid_request: Invalid parameter: code_challenge_method',
    ],
    [{ code_challenge: CHALLENGE, code_challenge_method: 'S256' }, S256, undefined],
    [{ code_challenge: CHALLENGE }, {}, undefined],
  ])('%j for a client with %j: %s', (query, client, expected) => {
    expect(fault(query, client)).toBe(expected);
  });

  it('answers token types in the fragment, everything else in the query', () => {
    expect(responseMode(undefined, parseResponseType('token'))).toBe('fragment');
    expect(responseMode(undefined, parseResponseType('code'))).toBe('query');
    expect(responseMode(undefined, parseResponseType('magic'))).toBe('query');
    expect(responseMode('form_post', parseResponseType('code'))).toBe('form_post');
  });
});
