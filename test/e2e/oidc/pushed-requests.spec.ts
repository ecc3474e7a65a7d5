import * as oidc from 'openid-client';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Housekeeping } from '../../../src/background/housekeeping.js';
import { UnitOfWork } from '../../../src/shared/unit-of-work.js';
import { PushedRequestStore } from '../../../src/tokens/pushed-request.js';
import { hashOfReference } from '../../../src/tokens/pushed-requests.js';
import { BrowserSession, type App, type Reply } from '../../support/browser-session.js';
import { RunningServer } from '../../support/running-server.js';
import { crowd, testRealm } from '../../support/test-realm.js';
import {
  ASSERTION_TYPE,
  assertion,
  discover,
  pairOf,
  post,
  REALM,
  type FormReply,
  type Pair,
} from './signed-clients.js';

const SECRET = 'pushed secret';
const APP: App = { realm: REALM, clientId: 'app', redirectUri: 'http://app.test/cb', secret: SECRET };
const OTHER: App = { realm: REALM, clientId: 'other', redirectUri: 'http://other.test/cb', secret: SECRET };
const MUST: App = { realm: REALM, clientId: 'must', redirectUri: 'http://must.test/cb', secret: SECRET };
const SIGNED: App = { realm: REALM, clientId: 'signed', redirectUri: 'http://signed.test/cb', secret: SECRET };
const PUBLIC: App = { realm: REALM, clientId: 'public', redirectUri: 'http://public.test/cb' };

let server: RunningServer;
let key: Pair;

beforeAll(async () => {
  key = await pairOf('ES256', 'k1');
  const realm = testRealm({
    realm: REALM,
    people: crowd('person', 10),
    apps: [APP, OTHER, MUST, SIGNED, PUBLIC],
    clients: {
      must: { attributes: { 'require.pushed.authorization.requests': 'true', 'pkce.code.challenge.method': 'S256' } },
      signed: {
        clientAuthenticatorType: 'client-jwt',
        attributes: { 'use.jwks.string': 'true', 'jwks.string': JSON.stringify({ keys: [key.jwk] }) },
      },
      other: { standardFlowEnabled: true },
    },
    settings: {
      internationalizationEnabled: true,
      supportedLocales: ['en', 'de'],
      eventsEnabled: true,
      enabledEventTypes: ['PUSHED_AUTHORIZATION_REQUEST_ERROR', 'LOGIN_ERROR', 'LOGIN'],
    },
  });
  server = await RunningServer.start({ realms: [realm] });
});

beforeEach(() => {
  server.clock.advance(Math.max(Date.now() - server.clock.now(), 0));
});

afterAll(() => server.close());

/** Pushes a request as a client with a secret. */
const push = (
  more: Readonly<Record<string, string>> = {},
  { clientId, redirectUri, secret = '' }: App = APP,
): Promise<FormReply> =>
  post(server, 'ext/par/request', {
    client_id: clientId,
    ...(secret === '' ? {} : { client_secret: secret }),
    response_type: 'code',
    redirect_uri: redirectUri,
    scope: 'openid',
    state: 'pushed-state',
    ...more,
  });

async function reference(more: Readonly<Record<string, string>> = {}, app: App = APP): Promise<string> {
  const { status, body } = await push(more, app);
  expect(status).toBe(201);
  return String(body['request_uri']);
}

const open = (
  request_uri: string,
  more: Readonly<Record<string, string>> = {},
  person = new BrowserSession(server),
): Promise<Reply> => {
  const query = new URLSearchParams({ client_id: APP.clientId, request_uri, ...more });
  return person.get(`${server.issuer(REALM)}/protocol/openid-connect/auth?${query.toString()}`);
};

const isRefusal = (reply: Reply): void => {
  expect([reply.status, reply.headers.get('location')]).toEqual([400, null]);
  expect(reply.page.text).toMatch(
    /The request of the application was not valid|Die Anfrage der Anwendung war ungültig/,
  );
};

describe('a pushed request, by openid-client', () => {
  it.each<[string, App, () => oidc.ClientAuth]>([
    ['of a client with a secret', APP, () => oidc.ClientSecretBasic(SECRET)],
    ['of a client that must push', MUST, () => oidc.ClientSecretPost(SECRET)],
    ['of a client that signs', SIGNED, () => oidc.PrivateKeyJwt({ key: key.privateKey, kid: key.kid })],
    ['of a public client', PUBLIC, () => oidc.None()],
  ])('%s leads to tokens', async (_what, app, authentication) => {
    const config = await discover(server, app.clientId, authentication());
    const checks = {
      pkceCodeVerifier: oidc.randomPKCECodeVerifier(),
      expectedState: oidc.randomState(),
      expectedNonce: oidc.randomNonce(),
    };
    const url = await oidc.buildAuthorizationUrlWithPAR(config, {
      redirect_uri: app.redirectUri,
      scope: 'openid email',
      code_challenge: await oidc.calculatePKCECodeChallenge(checks.pkceCodeVerifier),
      code_challenge_method: 'S256',
      state: checks.expectedState,
      nonce: checks.expectedNonce,
    });
    expect([...url.searchParams.keys()].sort()).toEqual(['client_id', 'request_uri']);
    const person = new BrowserSession(server);
    const done = await person.submit(await person.get(url), { username: 'person1', password: 'person1-pw' });
    const tokens = await oidc.authorizationCodeGrant(config, done.location, checks);
    expect(tokens.claims()).toMatchObject({ email: 'person1@example.test', azp: app.clientId });
  });
});

describe('a reference', () => {
  it('lasts as long as the realm says, and is answered uncached', async () => {
    const { body } = await push();
    expect(body).toEqual({
      request_uri: expect.stringMatching(/^urn:ietf:params:oauth:request_uri:[\w-]{43}$/) as unknown,
      expires_in: 60,
    });
    server.clock.advance(59_000);
    expect((await open(String(body['request_uri']))).page.form.names).toContain('password');
    const late = await reference();
    server.clock.advance(60_000);
    isRefusal(await open(late));
  });

  it('counts once, also when it is used at once', async () => {
    const uri = await reference();
    const replies = await Promise.all(Array.from({ length: 6 }, () => open(uri)));
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
    isRefusal(await open(uri));
    expect(
      (await server.events(REALM)).filter(({ type, error }) => type === 'LOGIN_ERROR' && error === 'invalid_request'),
    ).not.toHaveLength(0);
  });

  it('lets its own browser load the first page again, and in another language', async () => {
    const uri = await reference({ ui_locales: 'en' });
    const person = new BrowserSession(server);
    await open(uri, {}, person);
    const german = await open(uri, { kc_locale: 'de' }, person);
    expect(german.body).toContain('lang="de"');
    isRefusal(await open(uri, { client_id: OTHER.clientId }, person));
    const done = await person.submit(german, { username: 'person2', password: 'person2-pw' });
    expect(done.answer.get('state')).toBe('pushed-state');
    isRefusal(await open(uri, {}, person));
  });

  it('belongs to the client that pushed it, and stays good for it', async () => {
    const uri = await reference();
    isRefusal(await open(uri, { client_id: OTHER.clientId }));
    expect((await open(uri)).page.form.names).toContain('password');
  });

  it('is all that counts: parameters beside it change nothing', async () => {
    const uri = await reference({ login_hint: 'person3' });
    const person = new BrowserSession(server);
    const beside = {
      redirect_uri: 'https://evil.test/',
      state: 'evil',
      prompt: 'none',
      response_mode: 'fragment',
      login_hint: 'x',
    };
    const page = await open(uri, beside, person);
    expect(page.page.field('username')).toHaveProperty('value', 'person3');
    const done = await person.submit(page, { username: 'person3', password: 'person3-pw' });
    expect(done.location.href.startsWith(`${APP.redirectUri}?`)).toBe(true);
    expect(done.answer.get('state')).toBe('pushed-state');
    expect(done.answer.get('iss')).toBe(server.issuer(REALM));
  });

  it('is of no use when it is made up, sent twice, or without a client', async () => {
    isRefusal(await open('urn:ietf:params:oauth:request_uri:made-up'));
    isRefusal(await open('urn:ietf:params:oauth:request_uri:'));
    const uri = await reference();
    const auth = `${server.issuer(REALM)}/protocol/openid-connect/auth`;
    const refusals = await Promise.all(
      [
        `request_uri=${uri}`,
        `client_id=app&request_uri=${uri}&request_uri=${uri}`,
        `client_id=app&client_id=app&request_uri=${uri}`,
      ].map((query) => new BrowserSession(server).get(`${auth}?${query}`)),
    );
    expect(refusals.map(({ status }) => status)).toEqual([400, 302, 400]);
    expect(refusals[1]?.answer.get('error_description')).toBe('duplicated parameter');
    expect((await open(uri)).status).toBe(200);
  });

  it('is stored as a hash, without what shows who the client is, and swept', async () => {
    const { id } = await server.realm(REALM);
    const stored = (hash: string) =>
      server.part(UnitOfWork).run(() => server.part(PushedRequestStore).take(id, hash, 'signed'));
    const signed = async (): Promise<string> => {
      const client_assertion = await assertion(server, 'signed', key);
      return reference({ client_assertion_type: ASSERTION_TYPE, client_assertion }, { ...SIGNED, secret: '' });
    };
    const uri = await signed();
    expect(await stored(uri.split(':').at(-1) ?? '')).toBeUndefined();
    const { parameters = {} } = (await stored(hashOfReference(uri))) ?? {};
    expect(Object.keys(parameters).sort()).toEqual(['redirect_uri', 'response_type', 'scope', 'state']);
    const late = await signed();
    server.clock.advance(61_000);
    await server.part(Housekeeping).sweep();
    expect(await stored(hashOfReference(late))).toBeUndefined();
  });
});

describe('pushing', () => {
  it.each<[string, Record<string, string>, number, string, string]>([
    ['no secret', { client_secret: '' }, 401, 'invalid_request', 'Authentication failed.'],
    ['a wrong secret', { client_secret: 'x' }, 401, 'invalid_request', 'Authentication failed.'],
    [
      'another request',
      { request_uri: 'urn:x' },
      400,
      'invalid_request',
      'It is not allowed to include request_uri to PAR.',
    ],
    [
      'a foreign address',
      { redirect_uri: 'https://evil.test' },
      400,
      'invalid_request',
      'Invalid parameter: redirect_uri',
    ],
    ['no address', { redirect_uri: '' }, 400, 'invalid_request', 'Invalid parameter: redirect_uri'],
    ['an empty response type', { response_type: '' }, 400, 'invalid_request', 'Unsupported response type'],
    ['an unknown response type', { response_type: 'magic' }, 400, 'invalid_request', 'Unsupported response type'],
    [
      'an unknown response mode',
      { response_mode: 'magic' },
      400,
      'invalid_request',
      'Invalid parameter: response_mode',
    ],
    ['an unknown scope', { scope: 'openid magic' }, 400, 'invalid_request', 'Invalid scopes: openid magic'],
    [
      'a bad challenge',
      { code_challenge: 'x', code_challenge_method: 'S256' },
      400,
      'invalid_request',
      'Invalid parameter: code_challenge',
    ],
    ['a long value', { state: 'x'.repeat(2001) }, 400, 'invalid_request', 'Parameter too long: state'],
  ])('is refused with %s', async (_what, more, status, error, error_description) => {
    const before = (await server.events(REALM)).length;
    expect(await push(more)).toEqual({ status, body: { error, error_description } });
    expect((await server.events(REALM)).length).toBe(before + 1);
  });

  it('is refused with a request object, which discovery says', async () => {
    expect(await push({ request: 'a.b.c' })).toEqual({ status: 400, body: { error: 'request_not_supported' } });
    const metadata = (await fetch(`${server.issuer(REALM)}/.well-known/openid-configuration`)).json();
    expect(await metadata).toMatchObject({
      pushed_authorization_request_endpoint: `${server.issuer(REALM)}/protocol/openid-connect/ext/par/request`,
      require_pushed_authorization_requests: false,
      request_parameter_supported: false,
      request_uri_parameter_supported: false,
      token_endpoint_auth_methods_supported: expect.arrayContaining([
        'private_key_jwt',
        'client_secret_jwt',
      ]) as unknown,
    });
  });

  it('is refused with a flow that the client may not use', async () => {
    expect(await push({ response_type: 'token', nonce: 'n' })).toMatchObject({
      status: 401,
      body: { error: 'unauthorized_client' },
    });
  });

  it('is refused with too much, in sum or at once, and with anything twice', async () => {
    const many = Object.fromEntries(crowd('p', 20).map((name) => [name, 'x'.repeat(1000)]));
    expect(await push(many)).toMatchObject({ status: 400, body: { error_description: 'The request is too long' } });
    expect((await push({ state: 'x'.repeat(1024 * 1024) })).status).toBe(413);
    const response = await fetch(`${server.issuer(REALM)}/protocol/openid-connect/ext/par/request`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: `client_id=app&client_secret=${encodeURIComponent(SECRET)}&scope=openid&scope=email`,
    });
    expect([response.status, await response.json()]).toMatchObject([
      400,
      { error_description: 'duplicated parameter' },
    ]);
    const get = await fetch(`${server.issuer(REALM)}/protocol/openid-connect/ext/par/request`);
    expect(get.status).toBe(405);
  });

  it('is demanded of a client that must', async () => {
    const reply = await new BrowserSession(server).authorize(MUST);
    expect(reply.answer.get('error')).toBe('invalid_request');
    expect(reply.answer.get('error_description')).toBe('Pushed Authorization Request is only allowed.');
  });
});
