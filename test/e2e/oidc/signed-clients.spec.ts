import { exportSPKI } from 'jose';
import * as oidc from 'openid-client';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { BrowserSession, type App } from '../../support/browser-session.js';
import { Receiver } from '../../support/receiver.js';
import { RunningServer } from '../../support/running-server.js';
import { testRealm } from '../../support/test-realm.js';
import { AdminApi } from '../security/admin-api.js';
import {
  ASSERTION_TYPE,
  assertion,
  clientLogin,
  discover,
  pairOf,
  post,
  REALM,
  type Changes,
  type Pair,
} from './signed-clients.js';

const SECRET = 'a shared secret of more than thirty-two bytes';
const app = (clientId: string): App => ({
  realm: REALM,
  clientId,
  redirectUri: `http://${clientId}.test/cb`,
  secret: SECRET,
});
const TEXT = app('text');
const SET = app('set');
const URL_CLIENT = app('url');
const HMAC = app('hmac');

/** Puts a client into the audience of its tokens, so that it may introspect them. */
const ownAudience = (clientId: string): object => ({
  name: 'own audience',
  protocol: 'openid-connect',
  protocolMapper: 'oidc-audience-mapper',
  config: { 'included.client.audience': clientId, 'access.token.claim': 'true' },
});

let server: RunningServer;
let keys: Receiver;
let rsa: Pair;
let ec: Pair;
let edwards: Pair;
let next: Pair;
let current: Pair;
/** The public key of the client `text`, as the server and anybody else knows it. */
let publicText: string;

const hmacPair = async (secret: string): Promise<Pick<Pair, 'privateKey' | 'algorithm'>> => ({
  algorithm: 'HS256',
  privateKey: await crypto.subtle.importKey('raw', Buffer.from(secret), { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
  ]),
});

const serve = (...pairs: readonly Pair[]): void => {
  keys.answer = (response) => response.writeHead(200).end(JSON.stringify({ keys: pairs.map(({ jwk }) => jwk) }));
};

beforeAll(async () => {
  [rsa, ec, edwards, next, current] = await Promise.all([
    pairOf('RS256', 'rsa-1'),
    pairOf('ES256', 'ec-1'),
    pairOf('EdDSA', 'ed-1'),
    pairOf('PS256', 'ps-2'),
    pairOf('PS256', 'ps-1'),
  ]);
  keys = await Receiver.start();
  serve(current);
  publicText = (await exportSPKI(rsa.publicKey)).replaceAll(/-----.*-----|\n/g, '');
  const jwt = (clientId: string, attributes: Readonly<Record<string, string>>) => ({
    clientAuthenticatorType: 'client-jwt',
    serviceAccountsEnabled: true,
    protocolMappers: [ownAudience(clientId)],
    attributes,
  });
  const realm = testRealm({
    realm: REALM,
    people: ['anna'],
    apps: [TEXT, SET, URL_CLIENT, HMAC],
    clients: {
      text: jwt('text', { 'jwt.credential.public.key': publicText }),
      set: jwt('set', {
        'use.jwks.string': 'true',
        'jwks.string': JSON.stringify({ keys: [ec.jwk, edwards.jwk] }),
        'token.endpoint.auth.signing.alg': 'ES256',
      }),
      url: jwt('url', { 'use.jwks.url': 'true', 'jwks.url': `${keys.url}/jwks` }),
      hmac: { ...jwt('hmac', {}), clientAuthenticatorType: 'client-secret-jwt' },
    },
  });
  server = await RunningServer.start({ realms: [realm] });
});

beforeEach(() => {
  server.clock.advance(Math.max(Date.now() - server.clock.now(), 0)); // the real client uses the real time
});

afterAll(async () => {
  await server.close();
  await keys.close();
});

describe('a client that signs, by openid-client', () => {
  const configurations: [string, () => Promise<oidc.Configuration>][] = [
    ['a public key', () => discover(server, 'text', oidc.PrivateKeyJwt(rsa.privateKey))],
    ['a key set', () => discover(server, 'set', oidc.PrivateKeyJwt({ key: ec.privateKey, kid: ec.kid }))],
    [
      'the address of a key set',
      () => discover(server, 'url', oidc.PrivateKeyJwt({ key: current.privateKey, kid: current.kid })),
    ],
    ['its secret', () => discover(server, 'hmac', oidc.ClientSecretJwt(SECRET))],
  ];

  it.each(configurations)('gets, introspects, refreshes and revokes tokens: %s', async (_how, configured) => {
    const config = await configured();
    const { client_id: clientId } = config.clientMetadata();
    const own = await oidc.clientCredentialsGrant(config);
    expect(own.access_token).toBeTruthy();
    const person = new BrowserSession(server);
    const verifier = oidc.randomPKCECodeVerifier();
    const url = oidc.buildAuthorizationUrl(config, {
      redirect_uri: `http://${clientId}.test/cb`,
      scope: 'openid',
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    });
    const done = await person.submit(await person.get(url), { username: 'anna', password: 'anna-pw' });
    const tokens = await oidc.authorizationCodeGrant(config, done.location, { pkceCodeVerifier: verifier });
    const fresh = await oidc.refreshTokenGrant(config, tokens.refresh_token!);
    expect(await oidc.tokenIntrospection(config, fresh.access_token)).toMatchObject({ active: true });
    await oidc.tokenRevocation(config, fresh.refresh_token!);
    expect(await oidc.tokenIntrospection(config, fresh.access_token)).toEqual({ active: false });
  });

  it('signs a person out with a refresh token', async () => {
    const sent = async (): Promise<Record<string, string>> => ({
      client_assertion_type: ASSERTION_TYPE,
      client_assertion: await assertion(server, 'text', rsa),
    });
    const login = { grant_type: 'password', username: 'anna', password: 'anna-pw', ...(await sent()) };
    const { body } = await post(server, 'token', login);
    const refresh_token = String(body['refresh_token']);
    expect((await post(server, 'logout', { refresh_token, client_id: 'text' })).status).toBe(400);
    expect((await post(server, 'logout', { refresh_token, ...(await sent()) })).status).toBe(204);
  });
});

describe('a client whose keys are at an address', () => {
  it('changes its key without telling anybody', async () => {
    await clientLogin(server, await assertion(server, 'url', current));
    serve(current, next);
    server.clock.advance(10_000);
    expect((await clientLogin(server, await assertion(server, 'url', next))).status).toBe(200);
    serve(next);
    server.clock.advance(600_000);
    expect((await clientLogin(server, await assertion(server, 'url', current))).status).toBe(400);
    serve(current, next);
    server.clock.advance(600_000);
    expect((await clientLogin(server, await assertion(server, 'url', current))).status).toBe(200);
  });

  it('is asked for keys once in ten seconds, whatever key ids strangers make up', async () => {
    server.clock.advance(10_000);
    const before = keys.received.length;
    const stranger = await pairOf('EdDSA', 'x');
    for (const kid of ['x1', 'x2', 'x3', 'x4'])
      expect((await clientLogin(server, await assertion(server, 'url', { ...stranger, kid }))).status).toBe(400);
    expect(keys.received.length).toBe(before + 1);
  });
});

describe('an assertion', () => {
  const now = (): number => Math.floor(server.clock.now() / 1000);
  const endpoint = (path: string): string => `${server.issuer(REALM)}/protocol/openid-connect/${path}`;

  it.each<[string, () => Changes]>([
    ['for the issuer, in a list of one', () => ({ claims: { aud: [server.issuer(REALM)] } })],
    ['for the token endpoint', () => ({ claims: { aud: endpoint('token') } })],
    ['for another endpoint of clients', () => ({ claims: { aud: endpoint('token/introspect') } })],
    ['without a key id', () => ({ header: { kid: undefined } })],
  ])('is taken: %s', async (_what, changes) => {
    expect((await clientLogin(server, await assertion(server, 'text', rsa, changes()))).status).toBe(200);
  });

  it.each<[string, () => Changes, string]>([
    ['expired', () => ({ claims: { exp: now() } }), 'Token is not active'],
    ['without an end', () => ({ claims: { exp: undefined } }), 'Token exp claim is required'],
    ['not yet valid', () => ({ claims: { nbf: now() + 60 } }), 'Token is not active'],
    ['from the future', () => ({ claims: { iat: now() + 60 } }), 'Token was issued in the future'],
    ['too old', () => ({ claims: { iat: now() - 120 } }), 'Token was issued too far in the past to be used now'],
    ['for another realm', () => ({ claims: { aud: server.issuer('master') } }), 'Invalid token audience'],
    [
      'for two',
      () => ({ claims: { aud: [server.issuer(REALM), 'https://x.test'] } }),
      'Multiple audiences not allowed',
    ],
    ['without an id', () => ({ claims: { jti: undefined } }), 'Token jti claim is required'],
    ['of another issuer', () => ({ claims: { iss: 'set' } }), 'Token iss claim does not match sub claim'],
    ['with an extension', () => ({ header: { crit: ['b64'], b64: true } }), 'client_assertion is not a signed JWT'],
  ])('is refused: %s', async (_what, changes, error_description) => {
    const refused = async (): Promise<number> =>
      (await server.events(REALM)).filter(
        ({ type, clientId, error }) =>
          type === 'CLIENT_LOGIN_ERROR' && clientId === 'text' && error === 'invalid_client_credentials',
      ).length;
    const before = await refused();
    const reply = await clientLogin(server, await assertion(server, 'text', rsa, changes()), { client_id: 'text' });
    expect(reply).toEqual({ status: 400, body: { error: 'invalid_client', error_description } });
    expect(await refused()).toBe(before + 1);
  });

  it('works once, also when it is sent at once', async () => {
    const text = await assertion(server, 'text', rsa);
    const replies = await Promise.all(Array.from({ length: 8 }, () => clientLogin(server, text)));
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
    expect((await clientLogin(server, text)).body).toMatchObject({ error_description: 'Token reuse detected' });
    expect(
      (await post(server, 'revoke', { token: 'x', client_assertion: text, client_assertion_type: ASSERTION_TYPE }))
        .body,
    ).toMatchObject({
      error_description: 'Token reuse detected',
    });
  });

  it('counts for one client only: two may choose the same id', async () => {
    const jti = 'the same for both';
    expect((await clientLogin(server, await assertion(server, 'text', rsa, { claims: { jti } }))).status).toBe(200);
    expect((await clientLogin(server, await assertion(server, 'set', ec, { claims: { jti } }))).status).toBe(200);
  });

  it.each<[string, () => Promise<string>, object]>([
    [
      "another client's key",
      () => assertion(server, 'text', { ...rsa, privateKey: next.privateKey, algorithm: 'PS256' }),
      {},
    ],
    ['the public key as the secret of an HMAC', async () => assertion(server, 'text', await hmacPair(publicText)), {}],
    ['the secret where a key is due', async () => assertion(server, 'text', await hmacPair(SECRET)), {}],
    [
      'another algorithm than the one set',
      () => assertion(server, 'set', edwards),
      { error_description: 'Invalid signature algorithm' },
    ],
    [
      'an unknown key id',
      () => assertion(server, 'set', { ...ec, kid: 'ec-9' }),
      { error_description: 'Unable to load public key' },
    ],
    [
      'a wrong secret',
      async () => assertion(server, 'hmac', await hmacPair(`${SECRET}!`)),
      { error: 'unauthorized_client' },
    ],
    ['a key where a secret is due', () => assertion(server, 'hmac', rsa), { error: 'unauthorized_client' }],
  ])('is refused when signed with %s', async (_what, sign, expected) => {
    const reply = await clientLogin(server, await sign());
    expect(reply).toMatchObject({ status: 400, body: { error: 'invalid_client', ...expected } });
  });

  it('is refused without a signature', async () => {
    const [, claims = ''] = (await assertion(server, 'text', rsa)).split('.');
    const head = Buffer.from(JSON.stringify({ alg: 'none' })).toString('base64url');
    for (const text of [`${head}.${claims}.`, `${head}.${claims}.AA`, `${head}.${claims}`]) {
      const reply = await clientLogin(server, text, { client_id: 'text' });
      expect(reply).toMatchObject({ status: 400, body: { error: 'invalid_client' } });
    }
  });

  it('is refused when its signature is changed', async () => {
    const text = await assertion(server, 'text', rsa);
    const [head = '', , signature = ''] = text.split('.');
    const claims = Buffer.from(
      JSON.stringify({ iss: 'text', sub: 'text', aud: server.issuer(REALM), exp: now() + 30, jti: 'x' }),
    );
    expect((await clientLogin(server, `${head}.${claims.toString('base64url')}.${signature}`)).status).toBe(400);
  });

  it.each<[string, Record<string, string>, Record<string, string>]>([
    ['Basic', {}, { authorization: `Basic ${Buffer.from(`text:${SECRET}`).toString('base64')}` }],
    ['a secret in the form', { client_secret: SECRET }, {}],
  ])('is refused beside another method: %s', async (_what, more, headers) => {
    const form = {
      grant_type: 'client_credentials',
      client_id: 'text',
      client_assertion_type: ASSERTION_TYPE,
      client_assertion: await assertion(server, 'text', rsa),
      ...more,
    };
    expect(await post(server, 'token', form, headers)).toMatchObject({
      status: 400,
      body: { error: 'invalid_request' },
    });
  });

  it.each<[string, Record<string, string>, number]>([
    ['another client_id', { client_id: 'set' }, 400],
    [
      'another client_assertion_type',
      { client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:saml2-bearer' },
      400,
    ],
    ['no client_assertion_type', { client_assertion_type: '' }, 400],
  ])('is refused with %s', async (_what, more, status) => {
    const reply = await clientLogin(server, await assertion(server, 'text', rsa), more);
    expect(reply).toMatchObject({ status, body: { error: 'invalid_client' } });
  });

  it('is refused of an unknown client, and where a secret alone is sent', async () => {
    expect(await clientLogin(server, await assertion(server, 'nobody', rsa))).toMatchObject({
      status: 401,
      body: { error: 'invalid_client' },
    });
    const secret = { grant_type: 'client_credentials', client_id: 'text', client_secret: SECRET };
    expect(await post(server, 'token', secret)).toMatchObject({ status: 400, body: { error: 'invalid_client' } });
  });

  it('is refused at introspection with 401 for every reason', async () => {
    const bad = await assertion(server, 'text', rsa, { claims: { exp: 1 } });
    const form = { token: 'x', client_assertion_type: ASSERTION_TYPE, client_assertion: bad };
    expect(await post(server, 'token/introspect', form)).toMatchObject({
      status: 401,
      body: { error: 'invalid_client' },
    });
  });
});

describe('the Admin API', () => {
  it('moves a client from its secret to a key, and back', async () => {
    const admin = await AdminApi.chief(server, REALM);
    const made = await admin.post('clients', { clientId: 'mover', secret: SECRET, serviceAccountsEnabled: true });
    expect(made.status).toBe(201);
    const signed = async () => (await clientLogin(server, await assertion(server, 'mover', rsa))).status;
    const bySecret = async () =>
      (await post(server, 'token', { grant_type: 'client_credentials', client_id: 'mover', client_secret: SECRET }))
        .status;
    expect([await signed(), await bySecret()]).toEqual([401, 200]);
    const change = async (clientAuthenticatorType: string, attributes: object) => {
      const { body } = await admin.get(`clients/${made.madeId}`);
      expect(
        (await admin.put(`clients/${made.madeId}`, { ...(body as object), clientAuthenticatorType, attributes }))
          .status,
      ).toBe(204);
      return (await admin.get(`clients/${made.madeId}`)).body;
    };
    const attributes = { 'use.jwks.string': 'true', 'jwks.string': JSON.stringify({ keys: [rsa.jwk] }) };
    expect(await change('client-jwt', attributes)).toMatchObject({ clientAuthenticatorType: 'client-jwt', attributes });
    expect([await signed(), await bySecret()]).toEqual([200, 400]);
    await change('client-secret', attributes);
    expect([await signed(), await bySecret()]).toEqual([401, 200]);
  });

  it('lists the ways in which clients authenticate, and what each asks of a client', async () => {
    const admin = await AdminApi.chief(server, REALM);
    const { body } = await admin.get('authentication/client-authenticator-providers');
    const ids = (body as { id: string }[]).map(({ id }) => id).sort();
    expect(ids).toEqual(['client-jwt', 'client-secret', 'client-secret-jwt', 'client-x509', 'federated-jwt']);
    const described = (await admin.get('authentication/per-client-config-description')).body as object;
    expect(Object.keys(described).sort()).toEqual(ids);
    expect(described).toMatchObject({ 'client-jwt': [], 'client-secret-jwt': [] });
  });
});
