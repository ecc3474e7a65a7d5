import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { settingsWarnings } from '../../../src/config/network-settings.js';
import { readSettings } from '../../../src/config/settings.js';
import { encryptionKey } from '../../../src/infrastructure/encryption-key.js';
import { ADMIN, RunningServer } from '../../support/running-server.js';
import { testRealm } from '../../support/test-realm.js';

const INSIDE = '10.1.2.3';
const OUTSIDE = '203.0.113.9';
const AUTH =
  '/realms/strict/protocol/openid-connect/auth?client_id=app&response_type=code&redirect_uri=http://app.test/cb';

/** Every door of a realm: method, address, and whether it is asked with a token. */
const DOORS = [
  ['GET', AUTH],
  ['POST', '/realms/strict/protocol/openid-connect/token'],
  ['GET', '/realms/strict/protocol/openid-connect/userinfo'],
  ['POST', '/realms/strict/protocol/openid-connect/token/introspect'],
  ['POST', '/realms/strict/protocol/openid-connect/revoke'],
  ['GET', '/realms/strict/protocol/openid-connect/logout'],
  ['GET', '/realms/strict/login-actions/authenticate'],
  ['POST', '/realms/strict/login-actions/authenticate'],
  ['GET', '/realms/strict/login-actions/action-token?key=x'],
  ['GET', '/realms/strict/protocol/openid-connect/login-status-iframe.html/init'],
  ['GET', '/realms/strict/account'],
  ['GET', '/t/strict/api/users/v1/me/sessions'],
] as const;

let server: RunningServer;

beforeAll(async () => {
  server = await RunningServer.start({
    realms: [
      testRealm({
        realm: 'strict',
        people: ['ann'],
        apps: [{ realm: 'strict', clientId: 'app', redirectUri: 'http://app.test/cb' }],
        users: { ann: { clientRoles: { 'realm-management': ['realm-admin'] } } },
        settings: { sslRequired: 'external' },
      }),
    ],
    settings: { SLUICE_TRUST_PROXY: '127.0.0.1', SLUICE_PUBLIC_URL: 'http://sso.test' },
  });
});

afterAll(() => server.close());

function call(
  method: string,
  path: string,
  address: string,
  protocol: 'http' | 'https',
  more: { readonly token?: string; readonly body?: string } = {},
): Promise<Response> {
  const { token, body } = more;
  return fetch(`${server.url}${path}`, {
    method,
    redirect: 'manual',
    headers: {
      accept: 'application/json',
      'x-forwarded-for': address,
      'x-forwarded-proto': protocol,
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(method === 'POST' ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
    },
    ...(body === undefined ? {} : { body }),
  });
}

async function tokenOf(realm: string, username: string, password: string): Promise<string> {
  const fields = { grant_type: 'password', client_id: 'admin-cli', username, password };
  const body = new URLSearchParams(fields).toString();
  const path = `/realms/${realm}/protocol/openid-connect/token`;
  const reply = await call('POST', path, INSIDE, 'https', { body });
  return ((await reply.json()) as { readonly access_token: string }).access_token;
}

async function sslRequired(value: string): Promise<void> {
  const token = await tokenOf('master', ADMIN.username, ADMIN.password);
  const { status } = await fetch(`${server.url}/admin/realms/strict`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'x-forwarded-proto': 'https' },
    body: JSON.stringify({ sslRequired: value }),
  });
  expect(status).toBe(204);
}

describe('sslRequired', () => {
  it.each(DOORS)('external: %s %s refuses plain http from outside, and nobody else', async (method, path) => {
    await sslRequired('external');
    const refused = await call(method, path, OUTSIDE, 'http');
    expect([refused.status, (await refused.text()).toLowerCase()]).toEqual([403, expect.stringContaining('https')]);
    for (const [address, protocol] of [
      [OUTSIDE, 'https'],
      [INSIDE, 'http'],
    ] as const) {
      const answer = await call(method, path, address, protocol);
      expect((await answer.text()).toLowerCase()).not.toContain('https required');
    }
  });

  it.each(DOORS)('all: %s %s refuses plain http from inside too', async (method, path) => {
    await sslRequired('all');
    expect((await call(method, path, INSIDE, 'http')).status).toBe(403);
  });

  it.each(DOORS)('none: %s %s takes plain http', async (method, path) => {
    await sslRequired('none');
    expect((await (await call(method, path, OUTSIDE, 'http')).text()).toLowerCase()).not.toContain('https required');
  });

  it('holds at the Admin API, and at the session API of administrators', async () => {
    await sslRequired('external');
    const token = await tokenOf('strict', 'ann', 'ann-pw');
    const { id } = await server.user('strict', 'ann');
    for (const path of [
      '/admin/realms/strict',
      '/admin/realms/strict/users',
      `/t/strict/api/users/v1/${id}/sessions`,
    ]) {
      expect((await call('GET', path, OUTSIDE, 'https', { token })).status).toBe(200);
      expect((await call('GET', path, INSIDE, 'http', { token })).status).toBe(200);
      expect([401, 403]).toContain((await call('GET', path, OUTSIDE, 'http', { token })).status);
    }
  });
});

describe('a server that is reached by plain http', () => {
  it('sets cookies that browsers take there: Lax, not Secure', async () => {
    await sslRequired('none');
    const { headers } = await call('GET', AUTH, OUTSIDE, 'http');
    const cookies = headers.getSetCookie();
    expect(cookies.length).toBeGreaterThan(1);
    for (const cookie of cookies) expect(cookie).toMatch(/SameSite=Lax/);
    for (const cookie of cookies) expect(cookie).not.toMatch(/Secure|SameSite=None/);
  });

  it.each([
    ['http://sso.example.org', 1],
    ['https://sso.example.org', 0],
    ['http://localhost:8080', 0],
    ['http://[::1]:8080', 0],
    [undefined, 0],
  ])('is warned of at start: %s', (publicUrl, warnings) => {
    expect(settingsWarnings({ ...(publicUrl !== undefined && { publicUrl }) })).toHaveLength(warnings);
  });

  it('calls itself what the setting says, whatever the Host header says', async () => {
    const { body } = await fetch(`${server.url}/realms/strict/.well-known/openid-configuration`, {
      headers: { 'x-forwarded-host': 'evil.test' },
    }).then(async (reply) => ({ body: (await reply.json()) as { readonly issuer: string } }));
    expect(body.issuer).toBe('http://sso.test/realms/strict');
  });
});

describe('the key that seals secrets', () => {
  it('is in a file that only the owner reads, made once', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sluice-key-'));
    try {
      const path = join(folder, 'data.sqlite');
      const key = encryptionKey(undefined, path);
      expect((await stat(`${path}.key`)).mode & 0o777).toBe(0o600);
      expect(encryptionKey(undefined, path)).toBe(key);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  it('must be set on PostgreSQL: there is no start without it', () => {
    expect(() => readSettings({ SLUICE_DATABASE_URL: 'postgres://u:p@db.test/sluice' })).toThrow(
      'SLUICE_ENCRYPTION_KEY',
    );
  });

  it('and an address must be set where the server listens to others', () => {
    expect(() => readSettings({ SLUICE_HOST: '0.0.0.0' })).toThrow('SLUICE_PUBLIC_URL');
  });
});
