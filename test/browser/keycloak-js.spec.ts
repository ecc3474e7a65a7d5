import type Keycloak from 'keycloak-js';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../support/chromium.js';
import { RunningServer } from '../support/running-server.js';
import { testRealm } from '../support/test-realm.js';
import { startKeycloakJsApplication, type KeycloakJsApplication } from './keycloak-js-application.js';

/** What the application's page leaves for the test. */
interface PageOfApplication {
  readonly keycloak: Keycloak;
  readonly started: Promise<boolean>;
  readonly heard: readonly string[];
}
declare const window: PageOfApplication;

const CLIENTS = ['web', 'other', 'implicit', 'hybrid'] as const;
const REALM = 'keycloak-js';

let browser: Browser;
let application: KeycloakJsApplication;
let server: RunningServer;
let context: BrowserContext | undefined;

beforeAll(async () => {
  [browser, application] = await Promise.all([launchChromium(), startKeycloakJsApplication()]);
  const apps = CLIENTS.map((clientId) => ({ realm: REALM, clientId, redirectUri: `${application.origin}/*` }));
  const webOrigins = { webOrigins: ['+'], attributes: { 'post.logout.redirect.uris': '+' } };
  const realm = testRealm({
    realm: REALM,
    people: ['jo'],
    apps,
    clients: {
      web: webOrigins,
      other: webOrigins,
      implicit: { ...webOrigins, implicitFlowEnabled: true, standardFlowEnabled: false },
      hybrid: { ...webOrigins, implicitFlowEnabled: true },
    },
  });
  server = await RunningServer.start({ realms: [realm] });
});

afterEach(() => context?.close());

afterAll(async () => {
  await browser.close();
  await Promise.all([server.close(), application.close()]);
});

/** Opens the application in a new tab of the person's browser. */
async function open(clientId: (typeof CLIENTS)[number], flow = 'standard'): Promise<Page> {
  context ??= await browser.newContext();
  const page = await context.newPage();
  const query = new URLSearchParams({ url: server.url, realm: REALM, clientId, flow });
  await page.goto(`${application.origin}/?${query.toString()}`);
  return page;
}

const isSignedIn = (page: Page): Promise<boolean> => page.evaluate(() => window.started);

/** Signs in through keycloak-js, back to a page of the application that is ready. */
async function signIn(page: Page): Promise<void> {
  await page.evaluate(() => void window.keycloak.login());
  await page.getByLabel('Username or email').fill('jo');
  await page.getByLabel('Password').fill('jo-pw');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(`${application.origin}/**`);
}

describe('keycloak-js, unmodified, on another site', () => {
  afterEach(() => {
    context = undefined;
  });

  it('checks silently, signs in, refreshes, and finds the session in a second application without a page', async () => {
    const page = await open('web');
    expect(await isSignedIn(page)).toBe(false);
    await signIn(page);
    expect(await isSignedIn(page)).toBe(true);
    const [before, after] = await page.evaluate(async () => {
      const first = window.keycloak.refreshToken;
      await window.keycloak.updateToken(-1);
      return [first, window.keycloak.refreshToken];
    });
    expect(after).toBeTruthy();
    expect(after).not.toBe(before);
    const profile = await page.evaluate(() => window.keycloak.loadUserInfo());
    expect(profile).toMatchObject({ preferred_username: 'jo' });
    expect(await isSignedIn(await open('other'))).toBe(true);
  });

  it('hears from the status frame that the person signed out in another tab', async () => {
    await server.endSessions(REALM, 'jo');
    const here = await open('web');
    await isSignedIn(here);
    await signIn(here);
    expect(await isSignedIn(here)).toBe(true);
    const elsewhere = await open('other');
    expect(await isSignedIn(elsewhere)).toBe(true);
    const home = `${application.origin}/`;
    await elsewhere.evaluate((redirectUri) => void window.keycloak.logout({ redirectUri }), home);
    await here.waitForFunction(() => window.heard.includes('logout'));
    expect(await here.evaluate(() => window.keycloak.authenticated)).toBe(false);
    await elsewhere.waitForURL(home);
    expect(await isSignedIn(elsewhere)).toBe(false);
    expect(await server.sessions(REALM, 'jo')).toHaveLength(0);
  });

  it.each(['implicit', 'hybrid'] as const)('signs in with the %s flow', async (flow) => {
    const page = await open(flow, flow);
    await isSignedIn(page);
    await signIn(page);
    expect(await isSignedIn(page)).toBe(true);
    expect(await page.evaluate(() => typeof window.keycloak.refreshToken)).toBe(
      flow === 'implicit' ? 'undefined' : 'string',
    );
  });
});

describe('the status frame', () => {
  const init = (query: Record<string, string>): Promise<Response> =>
    fetch(
      `${server.issuer(REALM)}/protocol/openid-connect/login-status-iframe.html/init?${new URLSearchParams(query).toString()}`,
    );

  it('answers only pages of origins that the client names, and of the server itself', async () => {
    expect((await init({ client_id: 'web', origin: application.origin })).status).toBe(204);
    expect((await init({ client_id: 'web', origin: server.url })).status).toBe(204);
    expect((await init({ client_id: 'web', origin: 'http://evil.test' })).status).toBe(403);
    expect((await init({ client_id: 'nobody', origin: application.origin })).status).toBe(403);
    expect((await init({ client_id: 'web' })).status).toBe(403);
    expect((await init({ origin: application.origin })).status).toBe(403);
  });

  it.each(['login-status-iframe.html', '3p-cookies/step1.html', '3p-cookies/step2.html'])(
    '%s may be framed, and runs its own script only',
    async (path) => {
      const { status, headers } = await fetch(`${server.issuer(REALM)}/protocol/openid-connect/${path}`);
      expect(status).toBe(200);
      expect(headers.get('x-frame-options')).toBeNull();
      const policy = headers.get('content-security-policy')!;
      expect(policy).not.toContain('frame-ancestors');
      expect(policy).toMatch(/script-src 'nonce-[\w-]{22}'/);
      expect(policy).toContain("default-src 'none'");
    },
  );
});
