import { describe, expect, it } from 'vitest';
import type { Json } from '../../shared/json.js';
import { checkAssertion, readAssertion } from './assertion-rules.js';
import type { PresentedAssertion } from './presented.js';

const ISSUER = 'https://sso.test/realms/shop';
const NOW = 1_700_000_000;
const TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const client = (attributes: Readonly<Record<string, string>> = {}) => ({ attributes });

const jwsOf = (claims: Readonly<Record<string, Json>>) => ({
  algorithm: 'RS256',
  claims,
  signingInput: '',
  signature: Buffer.from(''),
});
const sent = (claims: Readonly<Record<string, Json>>): PresentedAssertion => ({
  type: TYPE,
  text: 'a.b.c',
  jws: jwsOf(claims),
});

describe('readAssertion', () => {
  const own = { iss: 'app', sub: 'app' };

  it.each<[string, PresentedAssertion | undefined, Record<string, string>, string]>([
    ['nothing', undefined, {}, 'Parameter client_assertion_type is missing'],
    ['no type', { text: 'a.b.c', jws: jwsOf(own) }, {}, 'Parameter client_assertion_type is missing'],
    [
      'another type',
      { ...sent(own), type: 'saml' },
      {},
      `Parameter client_assertion_type has value 'saml' but expected is '${TYPE}'`,
    ],
    ['no assertion', { type: TYPE }, {}, 'client_assertion parameter missing'],
    ['no JWT', { type: TYPE, text: 'x' }, {}, 'client_assertion is not a signed JWT'],
    ['no subject', sent({ iss: 'app' }), {}, 'Token sub claim is required'],
    ['another subject', sent({ iss: 'other', sub: 'other' }), {}, 'client_id parameter does not match sub claim'],
    ['another issuer', sent({ iss: 'idp', sub: 'app' }), {}, 'Token iss claim does not match sub claim'],
    ['another algorithm', sent(own), { 'token.endpoint.auth.signing.alg': 'ES256' }, 'Invalid signature algorithm'],
  ])('refuses %s', (_what, assertion, attributes, problem) => {
    const presented = { clientId: 'app', ...(assertion ? { assertion } : {}) };
    expect(readAssertion(presented, client(attributes))).toEqual({ problem });
  });

  it.each([{}, { 'token.endpoint.auth.signing.alg': '' }, { 'token.endpoint.auth.signing.alg': 'RS256' }])(
    'takes one of the client about itself: %j',
    (attributes) => {
      expect(readAssertion({ clientId: 'app', assertion: sent(own) }, client(attributes))).toHaveProperty('jws');
    },
  );
});

describe('checkAssertion', () => {
  const good = { aud: ISSUER, exp: NOW + 30, iat: NOW, jti: 'j1' };
  const check = (claims: Readonly<Record<string, Json>>, attributes = {}) =>
    checkAssertion({ claims }, client(attributes), ISSUER, NOW);

  it.each<[string, object, number]>([
    ['for this realm', {}, NOW + 30],
    ['for the token endpoint', { aud: `${ISSUER}/protocol/openid-connect/token` }, NOW + 30],
    ['for another endpoint of clients', { aud: [`${ISSUER}/protocol/openid-connect/revoke`] }, NOW + 30],
    ['that lasts for years, as it is new', { exp: NOW + 1e9 }, NOW + 61],
    ['of a clock that is a little ahead', { iat: NOW + 15, nbf: NOW + 15, exp: NOW + 90 }, NOW + 76],
    ['without a time of issue', { iat: undefined, exp: NOW + 60 }, NOW + 60],
    ['made a minute ago', { iat: NOW - 60, exp: NOW + 1 }, NOW + 1],
  ])('takes one %s', (_what, change, until) => {
    expect(check({ ...good, ...change })).toEqual({ jti: 'j1', until });
  });

  it.each<[string, object, string]>([
    ['without an audience', { aud: undefined }, 'Invalid token audience'],
    ['for another realm', { aud: 'https://sso.test/realms/other' }, 'Invalid token audience'],
    ['for a longer address', { aud: `${ISSUER}/` }, 'Invalid token audience'],
    ['for others, too', { aud: [ISSUER, 'https://elsewhere.test'] }, 'Multiple audiences not allowed'],
    ['without an end', { exp: undefined }, 'Token exp claim is required'],
    ['with an end that is a text', { exp: String(NOW + 30) }, 'Token exp claim is required'],
    ['that is over', { exp: NOW }, 'Token is not active'],
    ['whose time has not come', { nbf: NOW + 16 }, 'Token is not active'],
    ['whose beginning is a text', { nbf: 'now' }, 'Token is not active'],
    ['of the future', { iat: NOW + 16 }, 'Token was issued in the future'],
    ['made too long ago', { iat: NOW - 61 }, 'Token was issued too far in the past to be used now'],
    [
      'that lasts too long and does not say since when',
      { iat: undefined, exp: NOW + 61 },
      'Token expiration is too far in the future and iat claim not present in token',
    ],
    ['without an id', { jti: undefined }, 'Token jti claim is required'],
    ['with an empty id', { jti: '' }, 'Token jti claim is required'],
  ])('refuses one %s', (_what, change, problem) => {
    expect(check({ ...good, ...change })).toEqual({ problem });
  });

  it('lets a client say how long its assertions may last', () => {
    const attributes = { 'token.endpoint.auth.signing.max.exp': '300' };
    expect(check({ ...good, iat: NOW - 299 }, attributes)).toHaveProperty('jti');
    expect(check({ ...good, iat: NOW - 301 }, attributes)).toHaveProperty('problem');
    expect(check({ ...good, iat: NOW - 61 }, { 'token.endpoint.auth.signing.max.exp': '-1' })).toHaveProperty(
      'problem',
    );
  });
});
