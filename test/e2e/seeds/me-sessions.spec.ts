import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AdminEventStore } from '../../../src/events/admin-events.js';
import { passwordGrant, type App } from '../../support/browser-session.js';
import { ADMIN, RunningServer } from '../../support/running-server.js';
import { testRealm } from '../../support/test-realm.js';

const app = (clientId: string, realm = 'tenant'): App => ({
  realm,
  clientId,
  redirectUri: `http://${clientId}.test/cb`,
});
const SHOP = app('shop');
const CLOSED = app('shop', 'closed');
const ROLES = { realmRoles: ['default-roles-tenant'] };
const VIEWER = { clientRoles: { 'realm-management': ['view-users'] } };
const MANAGER = { clientRoles: { 'realm-management': ['manage-users', 'view-users'] } };

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}
interface Listed {
  readonly userId: string;
  readonly sessions: readonly { readonly id: string; readonly loginTime: string; readonly lastAccessTime: string }[];
}

let server: RunningServer;

beforeAll(async () => {
  server = await RunningServer.start({
    realms: [
      testRealm({
        realm: 'tenant',
        apps: [SHOP],
        flows: new URL('seed-flows.json', import.meta.url),
        people: ['alex', 'ben', 'dis', 'must', 'otto', 'viewer', 'manager', 'nobody'],
        clients: { shop: { webOrigins: ['http://shop.test'] } },
        users: {
          alex: ROLES,
          ben: { clientRoles: { account: ['view-profile'] } },
          dis: { ...ROLES, enabled: false },
          must: { ...ROLES, requiredActions: ['UPDATE_PASSWORD'] },
          otto: ROLES,
          viewer: VIEWER,
          manager: MANAGER,
        },
        settings: {
          directGrantFlow: 'capped grant',
          bruteForceProtected: true,
          failureFactor: 3,
          adminEventsEnabled: true,
          attributes: { 'sluice.basic.auth.enabled': 'true' },
        },
      }),
      testRealm({
        realm: 'closed',
        apps: [CLOSED],
        people: ['alex'],
        users: { alex: { realmRoles: ['default-roles-closed'] } },
      }),
    ],
  });
});

afterAll(() => server.close());
beforeEach(() => server.endSessions('tenant', 'alex'));

const basic = (name: string, password = `${name}-pw`): string =>
  `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`;
const bearer = async (name: string, client = SHOP): Promise<string> =>
  `Bearer ${(await passwordGrant(server, client, name)).access_token ?? ''}`;

async function call(
  method: string,
  path: string,
  authorization?: string,
  more: Readonly<Record<string, string>> = {},
  tenant = 'tenant',
): Promise<Answer> {
  const response = await fetch(`${server.url}/t/${tenant}/api/users/v1${path}`, {
    method,
    headers: { accept: 'application/json', ...(authorization === undefined ? {} : { authorization }), ...more },
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text === '' ? undefined : (JSON.parse(text) as unknown),
  };
}

const UNAUTHORIZED = { code: 'unauthorized', message: 'Unauthorized', description: expect.any(String) as string };

describe('the session API of a tenant (seed rows 77 to 81, 83, 84)', () => {
  it('lists the sessions of the person with the documented members (seed rows 77, 81, 84)', async () => {
    const token = await bearer('alex');
    const [open] = await server.sessions('tenant', 'alex');
    const { id: clientUuid } = (open?.clients ?? []).map(({ clientId }) => ({ id: clientId }))[0] ?? {};
    const { status, headers, body } = await call('GET', '/me/sessions', token);
    expect([status, headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(body).toEqual({
      userId: (await server.user('tenant', 'alex')).id,
      sessions: [
        {
          applications: [{ subject: 'alex', appName: 'shop', appId: clientUuid }],
          userAgent: expect.any(String) as string,
          ip: '127.0.0.1',
          loginTime: String(open?.session.startedAt),
          lastAccessTime: String(open?.session.lastAccess),
          id: open?.session.id,
        },
      ],
    });
  });

  it('ends one session with 204, and not one of somebody else (seed row 78)', async () => {
    const token = await bearer('alex');
    await bearer('alex');
    await bearer('otto');
    const [otto] = await server.sessions('tenant', 'otto');
    const other = (await call('GET', '/me/sessions', token)).body as Listed;
    const mine = (await server.sessions('tenant', 'alex')).map(({ session }) => session.id);
    expect(other.sessions.map(({ id }) => id).sort()).toEqual(mine.toSorted());
    const refused = await call('DELETE', `/me/sessions/${otto?.session.id ?? ''}`, token);
    expect([refused.status, refused.body]).toEqual([
      404,
      { code: 'session_not_found', message: 'Not found', description: 'You have no such session.' },
    ]);
    const ended = await call('DELETE', `/me/sessions/${mine[0] ?? ''}`, token);
    expect([ended.status, ended.body]).toEqual([204, undefined]);
    expect(await server.sessions('tenant', 'alex')).toHaveLength(1);
    expect(await server.sessions('tenant', 'otto')).toHaveLength(1);
    await server.endSessions('tenant', 'otto');
  });

  it('ends all sessions with 204, with and without a slash at the end (seed row 79)', async () => {
    for (const path of ['/me/sessions', '/me/sessions/']) {
      const token = await bearer('alex');
      await bearer('alex');
      expect((await call('DELETE', path, token)).status).toBe(204);
      expect(await server.sessions('tenant', 'alex')).toHaveLength(0);
      expect((await call('GET', '/me/sessions', token)).status).toBe(401);
    }
  });

  it('takes name and password, opens no session for it, and does not ask the limiter (seed row 80)', async () => {
    await bearer('alex');
    await bearer('alex');
    expect((await passwordGrant(server, SHOP, 'alex')).status).toBe(403);
    const { status, body } = await call('GET', '/me/sessions', basic('alex'));
    expect([status, (body as Listed).sessions.length]).toEqual([200, 2]);
    expect((await call('DELETE', '/me/sessions', basic('alex'))).status).toBe(204);
    expect(await server.sessions('tenant', 'alex')).toHaveLength(0);
    const history = await server.history('tenant', 'alex');
    expect(history.filter(({ end }) => end?.reason === 'user').length).toBeGreaterThanOrEqual(2);
  });

  it('takes name and password only where the realm allows it', async () => {
    const refused = await call('GET', '/me/sessions', basic('alex'), {}, 'closed');
    expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="closed"']);
    expect((await call('GET', '/me/sessions', await bearer('alex', CLOSED), {}, 'closed')).status).toBe(200);
  });

  it('answers 401 without any authentication, and says what it takes (seed row 83)', async () => {
    for (const [method, path] of [
      ['GET', '/me/sessions'],
      ['DELETE', '/me/sessions'],
      ['DELETE', '/me/sessions/x'],
      ['GET', '/some-user/sessions'],
    ] as const) {
      const { status, headers, body } = await call(method, path);
      expect([status, body]).toEqual([401, UNAUTHORIZED]);
      expect(headers.get('www-authenticate')).toMatch(/^Bearer/);
    }
    const challenge = (await call('GET', '/me/sessions')).headers.get('www-authenticate');
    expect(challenge).toBe('Bearer realm="tenant", Basic realm="tenant", charset="UTF-8"');
    expect((await call('GET', '/me/sessions', undefined, {}, 'nowhere')).status).toBe(404);
  });

  it.each([
    ['a wrong password', 'otto', 'wrong'],
    ['an unknown name', 'who', 'who-pw'],
    ['a disabled account', 'dis', 'dis-pw'],
    ['a pending required action', 'must', 'must-pw'],
    ['an empty password', 'otto', ''],
  ])('refuses %s with name and password', async (_what, name, password) => {
    const { status, body } = await call('GET', '/me/sessions', basic(name, password));
    expect([status, body]).toEqual([401, UNAUTHORIZED]);
  });

  it('counts wrong passwords: a locked account stays locked for the right one', async () => {
    for (let guess = 0; guess < 3; guess++) {
      await call('GET', '/me/sessions', basic('nobody', 'guess'));
      server.clock.advance(1500);
    }
    expect((await call('GET', '/me/sessions', basic('nobody'))).status).toBe(401);
    expect((await passwordGrant(server, SHOP, 'nobody')).status).toBe(400);
    const failed = (await server.events('tenant')).filter(({ details }) => details['auth_method'] === 'http_basic');
    expect(failed.every(({ type }) => type === 'LOGIN_ERROR')).toBe(true);
    expect(failed.length).toBeGreaterThanOrEqual(3);
  });

  it('asks for the role: who may only look may not end', async () => {
    const token = await bearer('ben');
    expect((await call('GET', '/me/sessions', token)).status).toBe(200);
    const refused = await call('DELETE', '/me/sessions', token);
    expect([refused.status, refused.body]).toEqual([
      403,
      { code: 'forbidden', message: 'Forbidden', description: 'You may not do this.' },
    ]);
    expect((await call('DELETE', '/me/sessions', basic('ben'))).status).toBe(403);
  });

  it('refuses pages of other sites, whose browser adds name and password by itself', async () => {
    const foreign = { origin: 'http://evil.test' };
    expect((await call('DELETE', '/me/sessions', basic('alex'), foreign)).status).toBe(403);
    const shop = await call('GET', '/me/sessions', await bearer('alex'), { origin: 'http://shop.test' });
    expect(shop.headers.get('access-control-allow-origin')).toBe('http://shop.test');
  });
});

describe('the session API of a tenant, for administrators (seed row 86)', () => {
  const path = async (name: string): Promise<string> => `/${(await server.user('tenant', name)).id}/sessions`;

  it('lists the sessions of any user to who may view users, and ends them for who may manage users', async () => {
    await bearer('alex');
    await bearer('alex');
    const [viewer, manager] = [await bearer('viewer'), await bearer('manager')];
    const { sessions } = (await call('GET', await path('alex'), viewer)).body as Listed;
    expect(sessions).toHaveLength(2);
    const one = `${await path('alex')}/${sessions[0]?.id ?? ''}`;
    expect((await call('DELETE', one, viewer)).status).toBe(403);
    expect((await call('DELETE', `${await path('ben')}/${sessions[0]?.id ?? ''}`, manager)).status).toBe(404);
    expect((await call('DELETE', one, manager)).status).toBe(204);
    expect((await call('DELETE', await path('alex'), manager)).status).toBe(204);
    expect(await server.sessions('tenant', 'alex')).toHaveLength(0);
    const reasons = (await server.history('tenant', 'alex')).slice(-2).map(({ end }) => end?.reason);
    expect(reasons).toEqual(['admin', 'admin']);
    expect((await call('GET', '/no-such-user/sessions', viewer)).status).toBe(404);
  });

  it('writes down who ended what, and nothing where nothing ended', async () => {
    await bearer('alex');
    await bearer('alex');
    const manager = await bearer('manager');
    const { id: managerId, realmId } = await server.user('tenant', 'manager');
    const { id: alexId } = await server.user('tenant', 'alex');
    const begin = server.clock.now() + 1;
    server.clock.advance(1);
    const store = server.part(AdminEventStore);
    const [one] = await server.sessions('tenant', 'alex');
    const sessionId = one?.session.id ?? '';
    await call('DELETE', `${await path('alex')}/no-such-session`, manager);
    await call('DELETE', `${await path('alex')}/${sessionId}`, manager);
    server.clock.advance(1);
    await call('DELETE', await path('alex'), manager);
    const kept = await store.list(realmId, { from: begin, first: 0, max: 10, direction: 'asc' });
    expect(kept.map((event) => [event.operationType, event.resourceType, event.resourcePath])).toEqual([
      ['DELETE', 'USER_SESSION', `sessions/${sessionId}`],
      ['ACTION', 'USER', `users/${alexId}/logout`],
    ]);
    expect(kept[0]).toMatchObject({ authUserId: managerId, authRealmId: realmId, ipAddress: '127.0.0.1' });
  });

  it('takes tokens of the realm and of master, and no others', async () => {
    const response = await fetch(`${server.issuer('master')}/protocol/openid-connect/token`, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'password', client_id: 'admin-cli', ...ADMIN }),
    });
    const { access_token: master = '' } = (await response.json()) as { access_token?: string };
    expect((await call('GET', await path('alex'), `Bearer ${master}`)).status).toBe(200);
    expect((await call('GET', await path('alex'), await bearer('alex', CLOSED))).status).toBe(403);
    expect((await call('GET', await path('alex'), basic('viewer'))).status).toBe(401);
  });
});
