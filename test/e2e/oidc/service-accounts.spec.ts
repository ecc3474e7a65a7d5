import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askForTokens, type App, type Fields, type TokenReply } from '../../support/browser-session.js';
import { RunningServer } from '../../support/running-server.js';
import { flowId, testRealm } from '../../support/test-realm.js';
import { claimsOf } from '../lifetimes/timed-realm.js';
import { AdminApi } from '../security/admin-api.js';

const app = (clientId: string): App => ({
  realm: 'services',
  clientId,
  redirectUri: `http://${clientId}.test/cb`,
  secret: `${clientId}-secret`,
});
/** Transient; with refresh tokens; those whose direct grant flow has a limiter. */
const [PLAIN, JOB, ONE, TWO, BROKEN] = [app('plain'), app('job'), app('one'), app('two'), app('broken')];
const APPS = [PLAIN, JOB, ONE, TWO, BROKEN];

const KEEPS = { 'client_credentials.use_refresh_token': 'true' };
const SEEN = {
  name: 'client host',
  protocol: 'openid-connect',
  protocolMapper: 'oidc-usersessionmodel-note-mapper',
  config: { 'user.session.note': 'clientHost', 'claim.name': 'host', 'access.token.claim': 'true' },
};
const OWN_AUDIENCE = {
  name: 'own audience',
  protocol: 'openid-connect',
  protocolMapper: 'oidc-audience-mapper',
  config: { 'included.custom.audience': 'job', 'access.token.claim': 'true' },
};

let server: RunningServer;
let api: AdminApi;

beforeAll(async () => {
  const own = (attributes: Fields, flow?: string): object => ({
    serviceAccountsEnabled: true,
    attributes,
    protocolMappers: [SEEN, OWN_AUDIENCE],
    ...(flow === undefined ? {} : { authenticationFlowBindingOverrides: { direct_grant: flowId(flow) } }),
  });
  server = await RunningServer.start({
    realms: [
      testRealm({
        realm: 'services',
        flows: new URL('grant-flows.json', import.meta.url),
        apps: APPS,
        clients: {
          plain: own({}),
          job: { ...own(KEEPS), consentRequired: true },
          one: own(KEEPS, 'one session'),
          two: own(KEEPS, 'newest sessions'),
          broken: own(KEEPS, 'no config'),
        },
      }),
    ],
    // Row 74: it is taken, and there is nothing to preload.
    settings: { SLUICE_PRELOAD_OFFLINE_SESSIONS: 'true' },
  });
  api = await AdminApi.chief(server, 'services');
});
afterAll(() => server.close());

const accountOf = ({ clientId }: App): string => `service-account-${clientId}`;
const enter = (client: App, more: Fields = {}): Promise<TokenReply> =>
  askForTokens(server, client, { grant_type: 'client_credentials', ...more });
const refresh = (client: App, { refresh_token = '' }: TokenReply): Promise<TokenReply> =>
  askForTokens(server, client, { grant_type: 'refresh_token', refresh_token });

async function post(path: string, client: App, more: Fields): Promise<{ status: number; body: unknown }> {
  const response = await fetch(`${server.issuer('services')}/protocol/openid-connect/${path}`, {
    method: 'POST',
    body: new URLSearchParams({ client_id: client.clientId, client_secret: client.secret!, ...more }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
}
const introspect = async (token = ''): Promise<unknown> => (await post('token/introspect', JOB, { token })).body;

async function userinfo(token = ''): Promise<{ status: number; body: string }> {
  const url = `${server.issuer('services')}/protocol/openid-connect/userinfo`;
  const response = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
  return { status: response.status, body: await response.text() };
}
const refusals = async (why: string): Promise<readonly object[]> =>
  (await server.events('services')).filter(({ type, error }) => type === 'CLIENT_LOGIN_ERROR' && error === why);
const uuidOf = async ({ clientId }: App): Promise<string> =>
  ((await api.get(`clients?clientId=${clientId}`)).body as readonly { id: string }[])[0]!.id;

describe('a service account (row 76, transient sessions: row 75)', () => {
  it('keeps no session: no refresh token, no sid, nothing in the store, and mappers run', async () => {
    const tokens = await enter(PLAIN, { scope: 'openid profile' });
    expect(tokens).toMatchObject({ status: 200, refresh_expires_in: 0 });
    expect(tokens).not.toHaveProperty('refresh_token');
    expect(tokens).not.toHaveProperty('session_state');
    const claims = claimsOf(tokens.access_token);
    expect(claims).not.toHaveProperty('sid');
    expect(claims).toMatchObject({ host: '127.0.0.1', preferred_username: accountOf(PLAIN) });
    expect(claimsOf(tokens.id_token)).not.toHaveProperty('sid');
    expect(await server.history('services', accountOf(PLAIN))).toEqual([]);
  });

  it('is known to introspection and userinfo without a session, until its token is revoked or its account disabled', async () => {
    const { access_token: token } = await enter(PLAIN, { scope: 'openid profile' });
    expect(await introspect(token)).toMatchObject({ active: true, username: accountOf(PLAIN), client_id: 'plain' });
    expect(await introspect(token)).not.toHaveProperty('sid');
    const { status, body } = await userinfo(token);
    expect([status, JSON.parse(body)]).toMatchObject([200, { preferred_username: accountOf(PLAIN) }]);
    expect((await post('revoke', PLAIN, { token: token! })).status).toBe(200);
    expect(await introspect(token)).toEqual({ active: false });
    expect((await userinfo(token)).status).toBe(401);
  });

  it('asks for offline access in vain while it keeps no session', async () => {
    const tokens = await enter(PLAIN, { scope: 'offline_access' });
    expect(tokens.status).toBe(200);
    expect(tokens).not.toHaveProperty('refresh_token');
  });
});

describe('a service account of a client with refresh tokens for client credentials', () => {
  it('has a session that administrators see', async () => {
    const tokens = await enter(JOB, { scope: 'openid profile' });
    expect(tokens).toMatchObject({ status: 200, session_state: expect.any(String) as string });
    const { sid } = claimsOf(tokens.access_token);
    expect(sid).toBe(tokens.session_state);
    expect(claimsOf(tokens.access_token)).toMatchObject({ host: '127.0.0.1' });
    expect(claimsOf(tokens.refresh_token)).toMatchObject({ typ: 'Refresh', sid });
    const { id } = await server.user('services', accountOf(JOB));
    const listed = [{ id: sid, username: accountOf(JOB), userId: id, ipAddress: '127.0.0.1' }];
    expect((await api.get(`users/${id}/sessions`)).body).toMatchObject(listed);
    expect((await api.get(`clients/${await uuidOf(JOB)}/user-sessions`)).body).toMatchObject(listed);
    expect((await server.events('services')).find(({ sessionId }) => sessionId === sid)).toMatchObject({
      type: 'CLIENT_LOGIN',
      userId: id,
      details: {
        username: accountOf(JOB),
        refresh_token_type: 'Refresh',
        refresh_token_id: expect.any(String) as string,
      },
    });
    await server.endSessions('services', accountOf(JOB));
  });

  it('refreshes it, and nobody asks it for consent', async () => {
    const first = await enter(JOB);
    const second = await refresh(JOB, first);
    expect(second).toMatchObject({ status: 200, session_state: first.session_state });
    expect(await refresh(PLAIN, first)).toMatchObject({ status: 400, error: 'invalid_grant' });
    expect(await introspect(second.access_token)).toMatchObject({ active: true, sid: first.session_state });
    await server.endSessions('services', accountOf(JOB));
  });

  it.each<[string, (tokens: TokenReply) => Promise<unknown>]>([
    ['logout', ({ refresh_token = '' }) => post('logout', JOB, { refresh_token })],
    ['revocation', ({ refresh_token = '' }) => post('revoke', JOB, { token: refresh_token })],
    ['an administrator', ({ session_state }) => api.delete(`sessions/${session_state}`)],
    [
      'its idle time',
      () => {
        server.clock.advance(1801_000);
        return Promise.resolve();
      },
    ],
  ])('loses it by %s', async (_how, end) => {
    const tokens = await enter(JOB, { scope: 'openid' });
    expect((await userinfo(tokens.access_token)).status).toBe(200);
    await end(tokens);
    api = await AdminApi.chief(server, 'services');
    expect(await refresh(JOB, tokens)).toMatchObject({ status: 400, error: 'invalid_grant' });
    expect(await introspect(tokens.access_token)).toEqual({ active: false });
    expect(await server.sessions('services', accountOf(JOB))).toEqual([]);
  });

  it('is refused with a wrong scope, and opens no session then', async () => {
    expect(await enter(JOB, { scope: 'nonsense' })).toMatchObject({ status: 400, error: 'invalid_scope' });
    expect(await server.sessions('services', accountOf(JOB))).toEqual([]);
  });
});

describe('offline access of a service account (row 73)', () => {
  it('needs the role, and gives an offline session and no online one', async () => {
    const { id } = await server.user('services', accountOf(JOB));
    const roles = (await api.get('roles/offline_access')).body;
    const defaults = (await api.get('roles/default-roles-services')).body;
    await api.send('DELETE', `users/${id}/role-mappings/realm`, JSON.stringify([defaults, roles]));
    const refused = { status: 400, error: 'not_allowed' };
    expect(await enter(JOB, { scope: 'offline_access' })).toMatchObject(refused);
    await api.post(`users/${id}/role-mappings/realm`, [roles]);
    const tokens = await enter(JOB, { scope: 'offline_access' });
    expect(tokens).toMatchObject({ status: 200, refresh_expires_in: 0 });
    expect(claimsOf(tokens.refresh_token)).toMatchObject({ typ: 'Offline' });
    expect(claimsOf(tokens.refresh_token)).not.toHaveProperty('exp');
    expect(await server.sessions('services', accountOf(JOB))).toEqual([]);
    expect((await api.get(`users/${id}/offline-sessions/${await uuidOf(JOB)}`)).body).toMatchObject([
      { id: tokens.session_state },
    ]);
    await server.restart();
    server.clock.advance(20 * 86_400_000);
    expect(await refresh(JOB, tokens)).toMatchObject({ status: 200, session_state: tokens.session_state });
  });
});

describe('a cap in the direct grant flow', () => {
  it('denies a service account its second session', async () => {
    const first = await enter(ONE);
    expect(first.status).toBe(200);
    expect(await enter(ONE)).toMatchObject({ status: 403, error: 'session_limit_exceeded' });
    expect(await refusals('session_limit_exceeded')).toMatchObject([
      { clientId: 'one', details: { username: accountOf(ONE), limit: '1' } },
    ]);
    expect(await refresh(ONE, first)).toMatchObject({ status: 200 });
    await post('logout', ONE, { refresh_token: first.refresh_token! });
    expect(await enter(ONE)).toMatchObject({ status: 200 });
  });

  it('is not stepped over by many at once', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => enter(TWO)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(8);
    expect(await server.sessions('services', accountOf(TWO))).toHaveLength(2);
    await server.endSessions('services', accountOf(ONE));
    const tried = await Promise.all(Array.from({ length: 8 }, () => enter(ONE)));
    expect(tried.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  it('denies where it cannot be understood', async () => {
    expect(await enter(BROKEN)).toMatchObject({ status: 400, error: 'invalid_grant' });
    expect(await refusals('generic_authentication_error')).toMatchObject([{ clientId: 'broken' }]);
  });
});
