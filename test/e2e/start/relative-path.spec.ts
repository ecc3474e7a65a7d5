import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BrowserSession, type App } from '../../support/browser-session.js';
import { ADMIN, RunningServer } from '../../support/running-server.js';
import { testRealm } from '../../support/test-realm.js';

const SHOP: App = { realm: 'below', clientId: 'shop', redirectUri: 'http://shop.test/cb' };

let server: RunningServer;
let below: { readonly url: string; issuer(realm: string): string };

beforeAll(async () => {
  server = await RunningServer.start({
    realms: [testRealm({ realm: 'below', apps: [SHOP], people: ['ann'] })],
    settings: { SLUICE_HTTP_RELATIVE_PATH: '/auth' },
  });
  const url = `${server.url}/auth`;
  below = { url, issuer: (realm) => `${url}/realms/${realm}` };
});

afterAll(() => server.close());

describe('a server with SLUICE_HTTP_RELATIVE_PATH=/auth (seed row 25)', () => {
  it('answers below the path and nowhere else', async () => {
    const statusOf = async (path: string): Promise<number> => (await fetch(`${server.url}${path}`)).status;
    expect(await statusOf('/auth/realms/below/.well-known/openid-configuration')).toBe(200);
    expect(await statusOf('/auth/health/live')).toBe(200);
    for (const outside of [
      '/realms/below/.well-known/openid-configuration',
      '/health/live',
      '/authrealms/below',
      '/',
    ]) {
      expect(await statusOf(outside)).toBe(404);
    }
  });

  it('names addresses below the path in its metadata', async () => {
    const answer = await fetch(`${below.issuer('below')}/.well-known/openid-configuration`);
    const metadata = (await answer.json()) as Record<string, unknown>;
    expect(metadata['issuer']).toBe(below.issuer('below'));
    const endpoints = Object.entries(metadata).filter(([name]) => /_endpoint$|_uri$/.test(name));
    expect(endpoints.length).toBeGreaterThan(5);
    for (const [, address] of endpoints) expect(address).toMatch(new RegExp(`^${below.issuer('below')}/`));
  });

  it('keeps a login below the path: pages, links, cookies, issuer of the response and single sign-on', async () => {
    const browser = new BrowserSession(below);
    const page = await browser.authorize(SHOP);
    expect(new URL(page.page.form.action).pathname).toMatch(/^\/auth\/realms\/below\/login-actions\//);
    const stylesheet = /href="([^"]+\.css)"/.exec(page.body)?.[1] ?? '';
    expect((await fetch(new URL(stylesheet, page.url))).status).toBe(200);
    expect(stylesheet).toMatch(/^\/auth\//);
    const done = await browser.submit(page, { username: 'ann', password: 'ann-pw' });
    expect(done.answer.get('iss')).toBe(below.issuer('below'));
    expect(done.cookies['KEYCLOAK_IDENTITY']?.path).toBe('/auth/realms/below/');
    expect((await browser.authorize(SHOP, { prompt: 'none' })).answer.get('code')).toBeTruthy();
  });

  it('serves the Admin API below the path, and says so where it makes things', async () => {
    const grant = await fetch(`${below.issuer('master')}/protocol/openid-connect/token`, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'password', client_id: 'admin-cli', ...ADMIN }),
    });
    const { access_token: token } = (await grant.json()) as { access_token: string };
    const made = await fetch(`${below.url}/admin/realms/below/users`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ username: 'made-below' }),
    });
    expect(made.status).toBe(201);
    expect(made.headers.get('location')).toMatch(new RegExp(`^${below.url}/admin/realms/below/users/`));
  });
});
