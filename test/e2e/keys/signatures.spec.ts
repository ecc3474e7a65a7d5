import { createLocalJWKSet, decodeProtectedHeader, jwtVerify, type JSONWebKeySet } from 'jose';
import * as oidc from 'openid-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SIGNATURE_ALGORITHMS } from '../../../src/tokens/signature-algorithms.js';
import { askForTokens, BrowserSession, type App } from '../../support/browser-session.js';
import { RunningServer } from '../../support/running-server.js';
import { testRealm } from '../../support/test-realm.js';

const REALM = 'signatures';
const ALGORITHMS = [...SIGNATURE_ALGORITHMS.keys()];
const appOf = (algorithm: string): App => ({
  realm: REALM,
  clientId: `app-${algorithm}`,
  redirectUri: 'http://app.test/cb',
  secret: 'app-secret',
});
const PLAIN: App = { realm: REALM, clientId: 'plain', redirectUri: 'http://app.test/cb' };

/** So that its tokens name the client that introspects them. */
const ownAudience = (clientId: string) => ({
  name: 'own audience',
  protocol: 'openid-connect',
  protocolMapper: 'oidc-audience-mapper',
  config: { 'included.client.audience': clientId, 'access.token.claim': 'true' },
});

let server: RunningServer;

beforeAll(async () => {
  const signed = ALGORITHMS.map((algorithm) => {
    const { clientId } = appOf(algorithm);
    const attributes = {
      'access.token.signed.response.alg': algorithm,
      'id.token.signed.response.alg': algorithm,
      'user.info.response.signature.alg': algorithm,
      'client.introspection.response.allow.jwt.claim.enabled': 'true',
    };
    return [clientId, { attributes, protocolMappers: [ownAudience(clientId)] }] as const;
  });
  server = await RunningServer.start({
    realms: [
      testRealm({
        realm: REALM,
        people: ['ada'],
        apps: [PLAIN, ...ALGORITHMS.map(appOf)],
        clients: Object.fromEntries(signed),
        settings: { defaultSignatureAlgorithm: 'ES256' },
      }),
    ],
  });
});

afterAll(() => server.close());

const at = (path: string): string => `${server.issuer(REALM)}/protocol/openid-connect/${path}`;
const tokensOf = async (app: App): Promise<{ access: string; id: string }> => {
  const { access_token, id_token } = await askForTokens(server, app, {
    grant_type: 'password',
    username: 'ada',
    password: 'ada-pw',
    scope: 'openid',
  });
  if (access_token === undefined || id_token === undefined) throw new Error('no tokens');
  return { access: access_token, id: id_token };
};
const jwks = async () => createLocalJWKSet((await (await fetch(at('certs'))).json()) as JSONWebKeySet);

describe('A client that asks for a signature algorithm', () => {
  it.each(ALGORITHMS)('gets tokens signed with %s, and a signed userinfo', async (algorithm) => {
    const app = appOf(algorithm);
    const { access, id } = await tokensOf(app);
    const answer = await fetch(at('userinfo'), { headers: { authorization: `Bearer ${access}` } });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('application/jwt');
    const userinfo = await answer.text();
    const asked = { method: 'POST', body: new URLSearchParams({ token: access }) };
    const basic = `Basic ${Buffer.from(`${app.clientId}:${app.secret ?? ''}`).toString('base64')}`;
    const headers = { authorization: basic, accept: 'application/jwt' };
    const introspected = (await (await fetch(at('token/introspect'), { ...asked, headers })).json()) as { jwt: string };
    const plain = await (await fetch(at('token/introspect'), { ...asked, headers: { authorization: basic } })).json();
    expect(plain).not.toHaveProperty('jwt');
    for (const token of [access, id, userinfo, introspected.jwt]) {
      expect(decodeProtectedHeader(token)).toEqual({ alg: algorithm, typ: 'JWT', kid: expect.any(String) as string });
      if (algorithm.startsWith('HS')) continue;
      const { payload } = await jwtVerify(token, await jwks(), { algorithms: [algorithm] });
      expect(payload.iss).toBe(server.issuer(REALM));
    }
    if (!algorithm.startsWith('HS')) {
      const { payload } = await jwtVerify(userinfo, await jwks(), { audience: app.clientId });
      expect(payload).toMatchObject({ preferred_username: 'ada', email: expect.any(String) as string });
    }
  });

  it('leaves other clients with the algorithm of the realm, and their userinfo as JSON', async () => {
    const { access, id } = await tokensOf(PLAIN);
    expect([access, id].map((token) => decodeProtectedHeader(token).alg)).toEqual(['ES256', 'ES256']);
    const answer = await fetch(at('userinfo'), { headers: { authorization: `Bearer ${access}` } });
    expect(answer.headers.get('content-type')).toContain('application/json');
  });

  it('finds every algorithm in the discovery document', async () => {
    const metadata = (await (await fetch(`${server.issuer(REALM)}/.well-known/openid-configuration`)).json()) as object;
    expect(metadata).toMatchObject({
      id_token_signing_alg_values_supported: ALGORITHMS,
      userinfo_signing_alg_values_supported: [...ALGORITHMS, 'none'],
    });
  });
});

describe('An unmodified OpenID client of a realm that signs with another algorithm', () => {
  it.each([
    ['ES256', PLAIN],
    ['EdDSA', appOf('EdDSA')],
    ['PS256', appOf('PS256')],
  ])('logs in, checks the signature of %s, and refreshes', async (algorithm, app) => {
    const config = await oidc.discovery(
      new URL(server.issuer(REALM)),
      app.clientId,
      { id_token_signed_response_alg: algorithm, ...(app.secret && { client_secret: app.secret }) },
      app.secret === undefined ? oidc.None() : oidc.ClientSecretBasic(app.secret),
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- marked so to stand out; a test on loopback is what it is for
      { execute: [oidc.allowInsecureRequests, oidc.enableNonRepudiationChecks] },
    );
    const checks = { pkceCodeVerifier: oidc.randomPKCECodeVerifier(), expectedState: oidc.randomState() };
    const url = oidc.buildAuthorizationUrl(config, {
      redirect_uri: app.redirectUri,
      scope: 'openid',
      code_challenge: await oidc.calculatePKCECodeChallenge(checks.pkceCodeVerifier),
      code_challenge_method: 'S256',
      state: checks.expectedState,
    });
    const person = new BrowserSession(server);
    const landed = await person.submit(await person.get(url), { username: 'ada', password: 'ada-pw' });
    const tokens = await oidc.authorizationCodeGrant(config, landed.location, checks);
    expect(decodeProtectedHeader(tokens.id_token ?? '').alg).toBe(algorithm);
    expect(tokens.claims()?.['at_hash']).toEqual(expect.any(String));
    const again = await oidc.refreshTokenGrant(config, tokens.refresh_token ?? '');
    expect(decodeProtectedHeader(again.access_token).alg).toBe(algorithm);
  });
});
