import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { App } from '../support/browser-session.js';
import { launchChromium } from '../support/chromium.js';
import { Receiver } from '../support/receiver.js';
import { RunningServer } from '../support/running-server.js';
import { testRealm } from '../support/test-realm.js';

const REALM = 'front';

let browser: Browser;
let application: Receiver;
let slow: Receiver;
let server: RunningServer;

beforeAll(async () => {
  [browser, application, slow] = await Promise.all([launchChromium(), Receiver.start(), Receiver.start()]);
  application.answer = (response) =>
    response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Application</h1>');
  slow.answer = () => undefined; // never answers
  const apps: readonly App[] = [application, slow].map(({ url }, index) => {
    return { realm: REALM, clientId: `app${index}`, redirectUri: `${url}/cb` };
  });
  const front = (url: string): object => ({
    frontchannelLogout: true,
    attributes: { 'frontchannel.logout.url': `${url}/bye`, 'post.logout.redirect.uris': `${url}/after` },
  });
  const clients = { app0: front(application.url), app1: front(slow.url) };
  server = await RunningServer.start({ realms: [testRealm({ realm: REALM, people: ['jo'], apps, clients })] });
});

afterAll(async () => {
  await browser.close();
  await Promise.all([server.close(), application.close(), slow.close()]);
});

/** Signs in at the first application, maybe at the second one too, and begins to sign out. */
async function signOut(javaScriptEnabled: boolean, both = false) {
  const context = await browser.newContext({ javaScriptEnabled });
  const page = await context.newPage();
  const endpoint = `${server.issuer(REALM)}/protocol/openid-connect`;
  const query = (clientId: string, url: string): string =>
    new URLSearchParams({
      client_id: clientId,
      redirect_uri: `${url}/cb`,
      response_type: 'code',
      scope: 'openid',
    }).toString();
  await page.goto(`${endpoint}/auth?${query('app0', application.url)}`);
  await page.fill('[name=username]', 'jo');
  await page.fill('[name=password]', 'jo-pw');
  await page.click('button[type=submit]');
  await page.waitForURL(`${application.url}/cb?*`);
  // an application that hangs never shows its page; its part of the session is there once the redirect is
  if (both) await context.request.get(`${endpoint}/auth?${query('app1', slow.url)}`, { maxRedirects: 0 });
  application.received.length = 0;
  const after = new URLSearchParams({
    client_id: 'app0',
    post_logout_redirect_uri: `${application.url}/after`,
    state: 's',
  });
  await page.goto(`${endpoint}/logout?${after.toString()}`);
  await page.click('[name=confirmLogout]');
  return page;
}

const paths = (): readonly string[] => application.received.map(({ path }) => path.replace(/sid=[^&]+/, 'sid=x'));
const told = (): string => `/bye?${new URLSearchParams({ iss: server.issuer(REALM), sid: 'x' }).toString()}`;

describe('signing out in Chromium', () => {
  it('loads the frame of the application before it goes on by itself', async () => {
    const page = await signOut(true);
    await page.waitForURL(`${application.url}/after?state=s`);
    expect(paths().filter((path) => path !== '/favicon.ico')).toEqual([told(), '/after?state=s']);
    await page.context().close();
  });

  it('does not wait for an application that hangs', async () => {
    const page = await signOut(true, true);
    await page.waitForURL(`${application.url}/after?state=s`, { timeout: 15_000, waitUntil: 'commit' });
    expect(slow.received.map(({ path }) => path.split('?')[0])).toContain('/bye');
    await page.context().close();
  });

  it('needs a press of the button where scripts are off', async () => {
    const page = await signOut(false);
    await expect.poll(paths).toContain(told());
    await page.click('a:has-text("Continue")');
    await page.waitForURL(`${application.url}/after?state=s`);
    await page.context().close();
  });
});
