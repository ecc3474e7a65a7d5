import type { Server } from 'node:http';
import { HttpAdapterHost } from '@nestjs/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BrowserSession, passwordGrant } from '../../support/browser-session.js';
import { RunningServer } from '../../support/running-server.js';
import { testRealm } from '../../support/test-realm.js';
import { AdminApi } from './admin-api.js';

const REALM = '企業';
const APP = { realm: REALM, clientId: 'app', redirectUri: 'https://app.test/*' };
const WEB = { realm: REALM, clientId: 'web', redirectUri: 'https://web.test/cb' };

let server: RunningServer;

beforeAll(async () => {
  server = await RunningServer.start({ realms: [testRealm({ realm: REALM, people: ['ann'], apps: [APP, WEB] })] });
});

afterAll(() => server.close());

const endpoint = (path: string): string =>
  `${server.url}/realms/${encodeURIComponent(REALM)}/protocol/openid-connect/${path}`;

describe('events of strangers', () => {
  it('keep no more of a client’s name than a client could have', async () => {
    const body = new URLSearchParams({ client_id: 'x'.repeat(200_000), response_type: 'code' });
    expect((await fetch(endpoint('auth'), { method: 'POST', body })).status).toBe(400);
    const [event] = (await server.events(REALM)).toReversed();
    expect(event).toMatchObject({ type: 'LOGIN_ERROR', error: 'client_not_found', clientId: 'x'.repeat(255) });
  });
});

describe('a name that nobody has', () => {
  it('is not kept with the login at any length', async () => {
    const person = new BrowserSession(server);
    const again = await person.submit(await person.authorize(WEB), { username: 'x'.repeat(200_000), password: 'x' });
    expect(again.page.form.names).toContain('password');
    expect(again.body).toContain(`value="${'x'.repeat(255)}"`);
    expect(again.body.length).toBeLessThan(20_000);
  });
});

describe('characters that no header can carry', () => {
  it('are encoded in the address of an answer', async () => {
    const redirectUri = 'https://app.test/日本';
    const query = new URLSearchParams({ client_id: 'app', redirect_uri: redirectUri, response_type: 'bogus' });
    const reply = await fetch(`${endpoint('auth')}?${query.toString()}`, { redirect: 'manual' });
    expect(reply.status).toBe(302);
    expect(reply.headers.get('location')).toMatch(/^https:\/\/app\.test\/%E6%97%A5%E6%9C%AC\?error=/);
  });

  it('are encoded in a challenge', async () => {
    const reply = await fetch(endpoint('userinfo'));
    expect(reply.status).toBe(401);
    expect(reply.headers.get('www-authenticate')).toBe('Bearer realm="%E4%BC%81%E6%A5%AD"');
  });
});

describe('a password hash that an administrator of users writes', () => {
  it.each([
    [
      'all memory',
      'rich',
      { algorithm: 'argon2', hashIterations: 5, additionalParameters: { memory: ['4294967295'] } },
    ],
    ['hours of work', 'slow', { algorithm: 'pbkdf2-sha256', hashIterations: 2_147_483_647 }],
  ])('does not make a login cost %s', async (_what, username, data) => {
    const chief = await AdminApi.chief(server, encodeURIComponent(REALM));
    const secret = { value: Buffer.alloc(32, 1).toString('base64'), salt: Buffer.alloc(16, 2).toString('base64') };
    const credential = {
      type: 'password',
      credentialData: JSON.stringify({ additionalParameters: {}, ...data }),
      secretData: JSON.stringify({ ...secret, additionalParameters: {} }),
    };
    const made = await chief.post('users', { username, enabled: true, credentials: [credential] });
    expect(made.status).toBe(201);
    expect(await passwordGrant(server, APP, username)).toMatchObject({
      status: 400,
      error_description: 'Invalid user credentials',
    });
  });
});

describe('a request that comes byte by byte', () => {
  it('is given up after a minute', () => {
    const http = server.part(HttpAdapterHost).httpAdapter.getHttpServer() as Server;
    expect(http.requestTimeout).toBe(60_000);
    expect(http.headersTimeout).toBe(60_000);
  });
});
