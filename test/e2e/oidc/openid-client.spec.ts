import * as oidc from 'openid-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BrowserSession, type App } from '../../support/browser-session.js';
import { RunningServer } from '../../support/running-server.js';
import { crowd, testRealm } from '../../support/test-realm.js';

const WEB: App = { realm: 'oidc', clientId: 'web', redirectUri: 'http://web.test/cb' };
const BACKEND: App = {
  realm: 'oidc',
  clientId: 'backend',
  redirectUri: 'http://backend.test/cb',
  secret: 'backend secret: +&%',
};
const SIGNED_OUT = 'http://web.test/bye';

/** Puts the backend into the audience of its tokens, so that it may introspect them. */
const OWN_AUDIENCE = {
  name: 'own audience',
  protocol: 'openid-connect',
  protocolMapper: 'oidc-audience-mapper',
  config: { 'included.client.audience': BACKEND.clientId, 'access.token.claim': 'true' },
};

let server: RunningServer;
let web: oidc.Configuration;
let backend: oidc.Configuration;

const discover = (app: App, authentication?: oidc.ClientAuth): Promise<oidc.Configuration> =>
  oidc.discovery(new URL(server.issuer(app.realm)), app.clientId, app.secret, authentication, {
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- marked so to stand out; a test on loopback is what it is for
    execute: [oidc.allowInsecureRequests],
  });

beforeAll(async () => {
  const realm = testRealm({
    realm: 'oidc',
    people: crowd('person', 20),
    apps: [WEB, BACKEND],
    clients: {
      [WEB.clientId]: { attributes: { 'pkce.code.challenge.method': 'S256', 'post.logout.redirect.uris': SIGNED_OUT } },
      [BACKEND.clientId]: { serviceAccountsEnabled: true, protocolMappers: [OWN_AUDIENCE] },
    },
  });
  server = await RunningServer.start({ realms: [realm] });
  web = await discover(WEB, oidc.None());
  backend = await discover(BACKEND, oidc.ClientSecretBasic(BACKEND.secret));
});

afterAll(() => server.close());

interface Landing {
  readonly person: BrowserSession;
  readonly url: URL;
  readonly checks: oidc.AuthorizationCodeGrantChecks & { readonly pkceCodeVerifier: string };
}

/** A login as an application begins it, up to the address at which it gets its answer. */
async function login(
  config: oidc.Configuration,
  app: App,
  name: string,
  more: Readonly<Record<string, string>> = {},
): Promise<Landing> {
  const checks = {
    pkceCodeVerifier: oidc.randomPKCECodeVerifier(),
    expectedState: oidc.randomState(),
    expectedNonce: oidc.randomNonce(),
  };
  const url = oidc.buildAuthorizationUrl(config, {
    redirect_uri: app.redirectUri,
    scope: 'openid profile email',
    code_challenge: await oidc.calculatePKCECodeChallenge(checks.pkceCodeVerifier),
    code_challenge_method: 'S256',
    state: checks.expectedState,
    nonce: checks.expectedNonce,
    ...more,
  });
  const person = new BrowserSession(server);
  const done = await person.submit(await person.get(url), { username: name, password: `${name}-pw` });
  return { person, url: done.location, checks };
}

/** What an application sees of a refusal. */
const refusal = async (attempt: Promise<unknown>): Promise<object> => {
  const error: unknown = await attempt.then(
    () => new Error('It was not refused'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof oidc.ResponseBodyError)) throw error;
  return { status: error.status, error: error.error, description: error.error_description };
};

describe('an unmodified OpenID client', () => {
  it('discovers the realm', () => {
    const metadata = web.serverMetadata();
    expect(metadata.issuer).toBe(server.issuer('oidc'));
    expect(metadata.code_challenge_methods_supported).toContain('S256');
    expect(metadata.response_types_supported).toContain('code id_token token');
    expect(metadata.authorization_response_iss_parameter_supported).toBe(true);
  });

  it.each<[string, () => oidc.Configuration, App]>([
    ['public', () => web, WEB],
    ['confidential', () => backend, BACKEND],
  ])('logs a person in with a code: %s', async (_kind, config, app) => {
    const { url, checks } = await login(config(), app, 'person1');
    const tokens = await oidc.authorizationCodeGrant(config(), url, checks);
    expect(tokens.claims()).toMatchObject({
      preferred_username: 'person1',
      email: 'person1@example.test',
      azp: app.clientId,
    });
    const subject = tokens.claims()!.sub;
    expect(await oidc.fetchUserInfo(config(), tokens.access_token, subject)).toMatchObject({
      sub: subject,
      preferred_username: 'person1',
    });
  });

  it('refreshes, and the refreshed session is the same', async () => {
    const { url, checks } = await login(web, WEB, 'person2');
    const tokens = await oidc.authorizationCodeGrant(web, url, checks);
    server.clock.advance(2000);
    const fresh = await oidc.refreshTokenGrant(web, tokens.refresh_token!);
    expect(fresh.session_state).toBe(tokens.session_state);
    expect(fresh.access_token).not.toBe(tokens.access_token);
    await oidc.fetchUserInfo(web, fresh.access_token, tokens.claims()!.sub);
  });

  it('signs a person out', async () => {
    const { person, url, checks } = await login(web, WEB, 'person3');
    const tokens = await oidc.authorizationCodeGrant(web, url, checks);
    const end = oidc.buildEndSessionUrl(web, {
      id_token_hint: tokens.id_token!,
      post_logout_redirect_uri: SIGNED_OUT,
      state: 'bye-1',
    });
    const gone = await person.get(end);
    expect(gone.location.href).toBe(`${SIGNED_OUT}?state=bye-1`);
    expect(await server.sessions('oidc', 'person3')).toHaveLength(0);
    expect(person.jar.get('KEYCLOAK_IDENTITY')).toBeUndefined();
    expect(await refusal(oidc.refreshTokenGrant(web, tokens.refresh_token!))).toMatchObject({
      status: 400,
      error: 'invalid_grant',
    });
    expect((await person.authorize(WEB)).page.form.names).toContain('password');
  });

  it('asks a person who comes without a hint, and signs out on a yes', async () => {
    const { person } = await login(web, WEB, 'person4');
    const question = await person.get(oidc.buildEndSessionUrl(web));
    expect(question.page.text).toContain('Sign out?');
    expect(await server.sessions('oidc', 'person4')).toHaveLength(1);
    const gone = await person.submit(question, { confirmLogout: 'on' });
    expect(gone.page.text).toContain('You are signed out');
    expect(await server.sessions('oidc', 'person4')).toHaveLength(0);
  });

  it('does not send a person to an address that is not registered after signing out', async () => {
    const { person, url, checks } = await login(web, WEB, 'person5');
    const tokens = await oidc.authorizationCodeGrant(web, url, checks);
    const reply = await person.get(
      oidc.buildEndSessionUrl(web, { id_token_hint: tokens.id_token!, post_logout_redirect_uri: 'https://evil.test/' }),
    );
    expect(reply.status).toBe(400);
    expect(reply.headers.get('location')).toBeNull();
  });

  it('gets tokens for itself', async () => {
    const tokens = await oidc.clientCredentialsGrant(backend);
    expect(tokens.expires_in).toBeGreaterThan(0);
    expect(tokens.refresh_token).toBeUndefined();
  });

  it('introspects and revokes', async () => {
    const { url, checks } = await login(backend, BACKEND, 'person6');
    const tokens = await oidc.authorizationCodeGrant(backend, url, checks);
    expect(await oidc.tokenIntrospection(backend, tokens.access_token)).toMatchObject({
      active: true,
      username: 'person6',
    });
    await oidc.tokenRevocation(backend, tokens.refresh_token!);
    expect(await oidc.tokenIntrospection(backend, tokens.access_token)).toEqual({ active: false });
    expect(await refusal(oidc.refreshTokenGrant(backend, tokens.refresh_token!))).toMatchObject({
      error: 'invalid_grant',
    });
  });
});

describe('a code', () => {
  it('works once: the second time takes the tokens of the first away', async () => {
    const { person, url, checks } = await login(web, WEB, 'person7');
    const tokens = await oidc.authorizationCodeGrant(web, url, checks);
    expect(await refusal(oidc.authorizationCodeGrant(web, url, checks))).toMatchObject({
      status: 400,
      error: 'invalid_grant',
    });
    expect(await refusal(oidc.refreshTokenGrant(web, tokens.refresh_token!))).toMatchObject({ error: 'invalid_grant' });
    await expect(oidc.fetchUserInfo(web, tokens.access_token, tokens.claims()!.sub)).rejects.toThrow();
    expect((await person.authorize(WEB)).status).toBeLessThan(500);
  });

  it('works once also when it is sent at once', async () => {
    const { url, checks } = await login(web, WEB, 'person8');
    const attempts = await Promise.allSettled(
      Array.from({ length: 5 }, () => oidc.authorizationCodeGrant(web, url, checks)),
    );
    expect(attempts.filter(({ status }) => status === 'fulfilled').length).toBeLessThanOrEqual(1);
  });

  it('is worth nothing with another verifier, and is used up by it', async () => {
    const { url, checks } = await login(web, WEB, 'person9');
    const other = { ...checks, pkceCodeVerifier: oidc.randomPKCECodeVerifier() };
    expect(await refusal(oidc.authorizationCodeGrant(web, url, other))).toMatchObject({
      status: 400,
      error: 'invalid_grant',
    });
    expect(await refusal(oidc.authorizationCodeGrant(web, url, checks))).toMatchObject({
      status: 400,
      error: 'invalid_grant',
    });
  });

  it('is worth nothing to another client', async () => {
    const { url, checks } = await login(web, WEB, 'person10');
    expect(await refusal(oidc.authorizationCodeGrant(backend, url, checks))).toMatchObject({
      status: 400,
      error: 'invalid_grant',
    });
  });

  it('is worth nothing a minute later', async () => {
    const { url, checks } = await login(web, WEB, 'person11');
    server.clock.advance(61_000);
    expect(await refusal(oidc.authorizationCodeGrant(web, url, checks))).toMatchObject({
      status: 400,
      error: 'invalid_grant',
    });
  });

  it('is worth nothing once the session has ended', async () => {
    const { url, checks } = await login(web, WEB, 'person12');
    await server.endSessions('oidc', 'person12');
    expect(await refusal(oidc.authorizationCodeGrant(web, url, checks))).toMatchObject({
      status: 400,
      error: 'invalid_grant',
    });
  });
});

describe('an authorization request', () => {
  const person = (): BrowserSession => new BrowserSession(server);

  it.each([
    'https://evil.test/cb',
    'http://web.test/cb/../other',
    'http://web.test/cb?x=1',
    'http://web.test:80@evil.test/cb',
  ])('with a redirect URI that is not registered is answered with a page: %s', async (redirect_uri) => {
    const reply = await person().authorize(WEB, { redirect_uri });
    expect(reply.status).toBe(400);
    expect(reply.headers.get('location')).toBeNull();
    expect(reply.page.text).not.toContain('evil.test');
  });

  it('of an unknown client is answered with a page', async () => {
    const reply = await person().authorize({ ...WEB, clientId: 'nobody' });
    expect(reply.status).toBe(400);
  });

  it('without PKCE is refused where the client demands it', async () => {
    const reply = await person().get(
      `${server.issuer('oidc')}/protocol/openid-connect/auth?client_id=web&response_type=code&scope=openid&state=s&redirect_uri=${encodeURIComponent(WEB.redirectUri)}`,
    );
    expect(reply.answer.get('error')).toBe('invalid_request');
    expect(reply.answer.get('state')).toBe('s');
  });

  it('with prompt=none answers the application: who is signed in, or that nobody is', async () => {
    const browser = person();
    expect((await browser.authorize(WEB, { prompt: 'none' })).answer.get('error')).toBe('login_required');
    await browser.login(WEB, 'person13');
    expect((await browser.authorize(WEB, { prompt: 'none' })).answer.get('code')).toBeTruthy();
    server.clock.advance(10_000);
    expect((await browser.authorize(WEB, { prompt: 'none', max_age: '1' })).answer.get('error')).toBe('login_required');
  });

  it('may be posted', async () => {
    const browser = person();
    const page = await browser.post(`${server.issuer('oidc')}/protocol/openid-connect/auth`, {
      client_id: BACKEND.clientId,
      redirect_uri: BACKEND.redirectUri,
      response_type: 'code',
      scope: 'openid',
    });
    expect(page.page.form.names).toContain('password');
  });

  it.each([
    ['fragment', '#'],
    ['query', '?'],
  ])('gets its answer as it asks: response_mode=%s', async (response_mode, sign) => {
    const done = await person().login(WEB, 'person14', { response_mode });
    expect(done.location.href.startsWith(`${WEB.redirectUri}${sign}`)).toBe(true);
    expect(done.location.href).toContain('code=');
  });

  it('gets its answer posted: response_mode=form_post', async () => {
    const page = await person().login(WEB, 'person15', { response_mode: 'form_post' });
    expect(page.status).toBe(200);
    expect(page.page.form.action).toBe(WEB.redirectUri);
    expect(page.page.form.hidden).toMatchObject({ state: 'st-1', iss: server.issuer('oidc') });
    expect(page.page.form.hidden['code']).toBeTruthy();
  });

  it('with login_hint fills in the name', async () => {
    const page = await person().authorize(WEB, { login_hint: 'person16' });
    expect(page.page.field('username')).toHaveProperty('value', 'person16');
  });
});
