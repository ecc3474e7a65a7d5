import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import { Secret, TOTP } from 'otpauth';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { passwordGrant, type App } from '../support/browser-session.js';
import { launchChromium } from '../support/chromium.js';
import { RunningServer } from '../support/running-server.js';
import { startCallbackServer, type CallbackServer } from './callback-server.js';
import { loginRealm } from './login-realm.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let browser: Browser;
let application: CallbackServer;
let server: RunningServer;
let web: App;
let native: App;
let strict: App;
let contexts: BrowserContext[] = [];

beforeAll(async () => {
  [browser, application] = await Promise.all([launchChromium(), startCallbackServer()]);
  const { realm, ...apps } = loginRealm(application.callback);
  ({ web, native, strict } = apps);
  server = await RunningServer.start({ realms: [realm] });
});

afterEach(async () => {
  await Promise.all(contexts.map((context) => context.close()));
  contexts = [];
});

afterAll(async () => {
  await browser.close();
  await Promise.all([server.close(), application.close()]);
});

/** A person's fresh browser, and everything it complained about. */
async function person(
  options: { locale?: string; scripts?: boolean } = {},
): Promise<{ page: Page; complaints: string[] }> {
  const context = await browser.newContext({
    locale: options.locale ?? 'en-GB',
    javaScriptEnabled: options.scripts ?? true,
  });
  contexts.push(context);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    // Chromium writes a line for every answer that is an error; those are meant.
    if (!message.text().startsWith('Failed to load resource')) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  return { page, complaints };
}

function loginAddress(app: App, more: Readonly<Record<string, string>> = {}): string {
  const query = new URLSearchParams({
    client_id: app.clientId,
    redirect_uri: app.redirectUri,
    response_type: 'code',
    scope: 'openid',
    state: 'st-1',
    ...more,
  });
  return `${server.issuer(app.realm)}/protocol/openid-connect/auth?${query.toString()}`;
}

/** Fills in the form with the labels a person reads, and presses the button. */
async function signIn(page: Page, name: string, password = `${name}-pw`): Promise<void> {
  await page.getByLabel('Username or email').fill(name);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

const atHome = (page: Page): Promise<void> =>
  page.getByRole('heading', { name: 'Welcome to the application' }).waitFor();

/** Runs axe in the page; through the debugger, which the page's own policy does not bind. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const options: RunOptions = {
    resultTypes: ['violations'],
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  };
  const results = await page.evaluate<AxeResults>(`axe.run(document, ${JSON.stringify(options)})`);
  return results.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`);
}

const focused = (page: Page): Promise<string> =>
  page.evaluate('document.activeElement.id || document.activeElement.localName');

describe('a login in a real browser', () => {
  it.each(['query', 'fragment', 'form_post'])(
    'ends at an application that redirects to another origin at once: response_mode=%s',
    async (response_mode) => {
      const { page, complaints } = await person();
      const before = application.answers.length;
      await page.goto(loginAddress(web, { response_mode }));
      await signIn(page, 'ann');
      await atHome(page);
      const [answer] = application.answers.slice(before);
      if (response_mode !== 'fragment') expect(answer?.get('code')).toBeTruthy();
      expect(complaints).toEqual([]);
      await server.endSessions('browser', 'ann');
    },
  );

  it('needs no script', async () => {
    const { page } = await person({ scripts: false });
    await page.goto(loginAddress(web));
    await signIn(page, 'ann');
    await atHome(page);
  });

  it('is posted with a button where scripts are off: response_mode=form_post', async () => {
    const { page } = await person({ scripts: false });
    const before = application.answers.length;
    await page.goto(loginAddress(web, { response_mode: 'form_post' }));
    await signIn(page, 'ann');
    await page.getByRole('button', { name: 'Continue' }).click();
    await atHome(page);
    expect(application.answers[before]?.get('code')).toBeTruthy();
  });

  it('ends at an application of its own scheme', async () => {
    const { page, complaints } = await person();
    await page.goto(loginAddress(native));
    const left = page.waitForRequest((request) => request.url().startsWith(native.redirectUri)).catch(() => undefined);
    const answered = page.waitForResponse((response) => response.status() === 302);
    await signIn(page, 'ann');
    const location = await (await answered).headerValue('location');
    expect(location).toMatch(/^com\.example\.app:\/cb\?.*code=/);
    expect(complaints.filter((text) => text.includes('Content Security Policy'))).toEqual([]);
    void left;
  });

  it('can be done with the keyboard alone', async () => {
    const { page } = await person();
    await page.goto(loginAddress(web));
    expect(await focused(page)).toBe('username');
    await page.keyboard.type('ann');
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('password');
    await page.keyboard.type('ann-pw');
    await page.keyboard.press('Enter');
    await atHome(page);
  });

  it('remembers who is signed in: the second application asks nothing', async () => {
    const { page } = await person();
    await page.goto(loginAddress(web));
    await signIn(page, 'ann');
    await atHome(page);
    const before = application.answers.length;
    await page.goto(loginAddress(strict));
    await atHome(page);
    expect(application.answers[before]?.get('code')).toBeTruthy();
    await server.endSessions('browser', 'ann');
  });
});

describe('a page with an error', () => {
  it('says what is wrong, takes the focus there, keeps the name, and has nothing against axe', async () => {
    const { page, complaints } = await person();
    await page.goto(loginAddress(web));
    expect(await violations(page)).toEqual([]);
    await signIn(page, 'cleo', 'wrong');
    const alert = page.getByRole('alert');
    await alert.waitFor();
    expect(await alert.textContent()).toContain('The username or the password is not right');
    expect(await page.title()).toMatch(/^Error: /);
    expect(await page.getByLabel('Username or email').inputValue()).toBe('cleo');
    expect(await page.getByLabel('Password').inputValue()).toBe('');
    expect(await focused(page)).toMatch(/^(username|password)$/);
    expect(await page.getByLabel('Password').getAttribute('aria-invalid')).toBe('true');
    expect(await violations(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await signIn(page, 'cleo');
    await atHome(page);
  });

  it('is the denial of the cap: the message of the admin, and a way back to the application', async () => {
    await passwordGrant(server, web, 'eve');
    const { page } = await person();
    await page.goto(loginAddress(strict));
    await signIn(page, 'eve');
    await page.getByText('You are signed in elsewhere already').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('link', { name: 'Back to Strict App' }).click();
    await atHome(page);
    expect(await server.sessions('browser', 'eve')).toHaveLength(1);
  });

  it('is not what the back button leads to: the login begins again, and ends', async () => {
    const { page } = await person();
    await page.goto(loginAddress(web));
    await signIn(page, 'dan');
    await page.getByLabel('New password', { exact: true }).waitFor();
    await page.goBack();
    await signIn(page, 'dan');
    await page.getByLabel('New password', { exact: true }).fill('dan-new');
    await page.getByLabel('New password, once more').fill('dan-new');
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Save password' }).click();
    await atHome(page);
  });
});

describe('the set-up of an authenticator app', () => {
  it('works with the key as text', async () => {
    const { page, complaints } = await person();
    await page.goto(loginAddress(web));
    await signIn(page, 'ben');
    await page.getByRole('img', { name: /QR code/ }).waitFor();
    await page.getByText('I cannot scan the code').click();
    expect(await violations(page)).toEqual([]);
    const key = ((await page.locator('code.key').textContent()) ?? '').replaceAll(/\s/g, '');
    const totp = new TOTP({ secret: Secret.fromBase32(key) });
    await page.getByLabel('One-time code').fill(totp.generate({ timestamp: server.clock.now() }));
    await page.getByLabel('Device name').fill('my phone');
    await page.getByRole('button', { name: 'Save' }).click();
    await atHome(page);
    expect(complaints).toEqual([]);
    await server.endSessions('browser', 'ben');

    server.clock.advance(30_000);
    const next = await person();
    await next.page.goto(loginAddress(web));
    await signIn(next.page, 'ben');
    expect(await violations(next.page)).toEqual([]);
    await next.page.getByLabel('One-time code').fill(totp.generate({ timestamp: server.clock.now() }));
    await next.page.getByRole('button', { name: 'Sign in' }).click();
    await atHome(next.page);
  });
});

describe('a German browser', () => {
  it('gets German pages, and English ones on a click', async () => {
    const { page } = await person({ locale: 'de-AT' });
    await page.goto(loginAddress(web));
    expect(await page.title()).toBe('Anmelden · Browser Realm');
    expect(await page.locator('html').getAttribute('lang')).toBe('de');
    expect(await violations(page)).toEqual([]);
    await page.getByRole('link', { name: 'English' }).click();
    expect(await page.title()).toBe('Sign in · Browser Realm');
    await signIn(page, 'ann');
    await atHome(page);
  });
});
