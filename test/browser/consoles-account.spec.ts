import { Secret, TOTP } from 'otpauth';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { askForTokens, BrowserSession, passwordGrant, type App, type TokenReply } from '../support/browser-session.js';
import { launchChromium } from '../support/chromium.js';
import { RunningServer } from '../support/running-server.js';
import { ACCOUNT_REALM, accountRealm, PHOTOS, SHOP } from './account-realm.js';
import { expectAccessible } from './accessible.js';
import { openConsole, type ConsoleTab } from './console-tab.js';
import { screenshot } from './screenshot.js';

const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_2 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.2 Mobile/15E148 Safari/604.1';

let browser: Browser;
let server: RunningServer;
let tabs: ConsoleTab[] = [];

beforeAll(async () => {
  browser = await launchChromium();
  server = await RunningServer.start({ realms: [accountRealm()] });
});

afterEach(async () => {
  await Promise.all(tabs.map((tab) => tab.close()));
  tabs = [];
});

afterAll(async () => {
  await browser.close();
  await server.close();
});

async function open(username: string, page = '', password = `${username}-pw`): Promise<ConsoleTab> {
  const path = `/realms/${ACCOUNT_REALM}/account/${page}`;
  const tab = await openConsole({ browser, server, path, credentials: { username, password } });
  tabs.push(tab);
  return tab;
}

/** A login on a telephone, without its screen: the tokens that an application there has. */
async function phoneLogin(app: App, username: string, scope: string): Promise<TokenReply> {
  const phone = new BrowserSession(server);
  const login = await phone.authorize(app, { scope });
  const { action, hidden } = login.page.form;
  const fields = { ...hidden, username, password: `${username}-pw` };
  let reply = await phone.post(new URL(action, login.url), fields, { headers: { 'user-agent': IPHONE } });
  reply = await phone.follow(reply);
  if (reply.status === 200) reply = await phone.submit(reply, { accept: 'on' });
  return phone.exchange(app, reply);
}

const refresh = (app: App, { refresh_token = '' }: TokenReply): Promise<TokenReply> =>
  askForTokens(server, app, { grant_type: 'refresh_token', refresh_token });

/** Sessions that are listed, in a browser or in any. */
const sessionsOn = (page: Page, name = ''): Locator => page.getByRole('main').getByRole('listitem', { name });

const confirm = (page: Page, name: string): Promise<void> =>
  page.getByRole('dialog').getByRole('button', { name, exact: true }).click();

describe('personal info', () => {
  it('asks for what the profile of the realm says, and tells beside the fields what cannot be taken', async () => {
    const { page, complaints } = await open('kim');
    await page.getByLabel('First name').waitFor();
    expect(await page.getByLabel('Username').getAttribute('readonly')).not.toBeNull();
    expect(await page.getByRole('heading', { level: 2 }).allTextContents()).toEqual(['At work']);
    await expectAccessible(page);
    await screenshot(page, 'account-personal-info');

    await page.getByLabel('Email').fill('nowhere@');
    await page.getByLabel('First name').fill('x'.repeat(21));
    await page.getByLabel('City of the office').selectOption('Vigo');
    await page.getByLabel('Skills').fill('sewing\nwelding');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('alert').waitFor();
    expect(await page.getByLabel('Email').getAttribute('aria-invalid')).toBe('true');
    await page.getByText('This is not an email address. Please check it.').waitFor();
    await page.getByText(/^Please use .*20 characters\.$/).waitFor();
    expect(await page.getByLabel('Skills').inputValue()).toBe('sewing\nwelding');
    expect((await server.user(ACCOUNT_REALM, 'kim')).attributes['skills']).toBeUndefined();
    await expectAccessible(page);
    await screenshot(page, 'account-personal-info-refused');

    await page.getByLabel('Email').fill('kim@new.example.test');
    await page.getByLabel('First name').fill('Kim');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Your profile is saved.').waitFor();
    const saved = await server.user(ACCOUNT_REALM, 'kim');
    expect([saved.email, saved.firstName]).toEqual(['kim@new.example.test', 'Kim']);
    expect(saved.attributes).toMatchObject({ 'office.city': ['Vigo'], skills: ['sewing', 'welding'] });
    await page.getByText('This address has not been verified yet.').waitFor();
    expect(complaints.filter((text) => !text.includes('400'))).toEqual([]);
  });

  it('keeps what was typed when the server is gone, and tells who may not look', async () => {
    const { page } = await open('kim');
    await page.getByLabel('Last name').fill('Typed');
    await page.route('**/account', (route) => route.abort());
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('alert').getByText('The server does not answer').waitFor();
    expect(await page.getByLabel('Last name').inputValue()).toBe('Typed');
    await page.unroute('**/account');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Your profile is saved.').waitFor();

    const stranger = await open('min');
    await stranger.page.getByRole('alert').getByText('You are not allowed').waitFor();
    await expectAccessible(stranger.page);
  });
});

describe('my login sessions', () => {
  it('shows where one is signed in, and ends the session on a lost phone', async () => {
    const phone = await phoneLogin(SHOP, 'jo', 'openid');
    const { page, complaints } = await open('jo', 'sessions');
    const lost = sessionsOn(page, 'Mobile Safari');
    await lost.waitFor();
    expect(await sessionsOn(page).count()).toBe(2);
    const facts = await lost.locator('dl').allTextContents();
    expect(facts.join(' ')).toMatch(/iPhone.*iOS 17.*127\.0\.0\.1.*Corner Shop/);
    const own = sessionsOn(page).first();
    await own.getByText('This device').waitFor();
    expect(await own.getByRole('button', { name: /^End/ }).count()).toBe(0);
    await expectAccessible(page);
    await screenshot(page, 'account-sessions');

    expect((await refresh(SHOP, phone)).status).toBe(200);
    await lost.getByRole('button', { name: /^End session/ }).click();
    await expectAccessible(page);
    await screenshot(page, 'account-sessions-end');
    await confirm(page, 'End session');
    await page.getByText('The session has ended.').waitFor();
    await lost.waitFor({ state: 'detached' });
    expect(await refresh(SHOP, phone)).toMatchObject({ status: 400, error: 'invalid_grant' });
    expect(await server.sessions(ACCOUNT_REALM, 'jo')).toHaveLength(1);
    expect(complaints).toEqual([]);
  });

  it('are given a page at a time to somebody who has many', async () => {
    await server.endSessions(ACCOUNT_REALM, 'kim');
    const many = Array.from({ length: 43 }, () => passwordGrant(server, SHOP, 'kim'));
    await Promise.all(many);
    const { page, complaints, loaded } = await open('kim', 'sessions');
    await page.getByText('1–20 of 44').waitFor();
    expect(await sessionsOn(page).count()).toBe(20);
    await sessionsOn(page).first().getByText('This device').waitFor();
    await expectAccessible(page);
    const next = page.getByRole('button', { name: 'Next' });
    await next.click();
    await page.getByText('21–40 of 44').waitFor();
    expect(await page.evaluate('scrollY')).toBe(0);
    await page.getByText('This device').waitFor({ state: 'detached' });
    await next.click();
    await page.getByText('41–44 of 44').waitFor();
    expect(await next.isDisabled()).toBe(true);
    const asked = [...loaded.keys()].filter((url) => url.includes('/account/sessions/devices'));
    expect(asked.map((url) => new URL(url).searchParams.get('max'))).toEqual(['20', '20', '20']);

    // The last ones of the last page: the one before is shown.
    for (const left of [43, 42, 41]) {
      await sessionsOn(page).last().getByRole('button').click();
      await confirm(page, 'End session');
      await page.getByText(`41–${String(left)} of ${String(left)}`).waitFor();
    }
    await sessionsOn(page).last().getByRole('button').click();
    await confirm(page, 'End session');
    await page.getByText('21–40 of 40').waitFor();
    await page.getByRole('button', { name: 'End all others' }).click();
    await page.getByRole('dialog').getByText('39 sessions are ended at once').waitFor();
    await confirm(page, 'End all others');
    await page.getByText('All other sessions have ended.').waitFor();
    await page.getByText('This device').waitFor();
    expect(await page.getByRole('navigation', { name: 'Pages' }).count()).toBe(0);
    expect(await server.sessions(ACCOUNT_REALM, 'kim')).toHaveLength(1);
    expect(complaints).toEqual([]);
  });

  it('asks for a new proof before it ends the others when the login is old', async () => {
    const phone = await phoneLogin(SHOP, 'jo', 'openid');
    const { page, context } = await open('jo', 'sessions');
    // Long enough for the token to be renewed, and not for a new proof.
    server.clock.advance(120_000);
    await page.getByRole('button', { name: 'Load again' }).click();
    await page.getByRole('button', { name: 'End all others' }).click();
    expect(await page.getByRole('dialog').textContent()).not.toContain('You signed in a while ago');
    await confirm(page, 'Cancel');
    server.clock.advance(280_000);
    await page.getByRole('button', { name: 'Load again' }).click();
    await page.getByRole('button', { name: 'End all others' }).click();
    await confirm(page, 'Cancel');
    expect((await refresh(SHOP, phone)).status).toBe(200);

    await page.getByRole('button', { name: 'End all others' }).click();
    await page.getByRole('dialog').getByText('asks you to prove that it is you').waitFor();
    await screenshot(page, 'account-sessions-prove');
    const popup = context.waitForEvent('page');
    await confirm(page, 'End all others');
    const proof = await popup;
    await proof.locator('#password').fill('jo-pw');
    expect(await server.sessions(ACCOUNT_REALM, 'jo')).not.toHaveLength(1);
    await proof.locator('#password').press('Enter');
    await page.getByText('All other sessions have ended.').waitFor();
    expect(await refresh(SHOP, phone)).toMatchObject({ status: 400 });
    expect(await server.sessions(ACCOUNT_REALM, 'jo')).toHaveLength(1);
  });
});

describe('applications', () => {
  it('shows what was allowed, and takes it back with offline access', async () => {
    const phone = await phoneLogin(PHOTOS, 'jo', 'openid offline_access');
    expect((await refresh(PHOTOS, phone)).status).toBe(200);
    const { page } = await open('jo', 'applications');
    const photos = page.getByRole('region', { name: 'Photo Prints' });
    await photos.getByText('Prints on paper').waitFor();
    await photos.getByText('Offline access').first().waitFor();
    await expectAccessible(page);
    await screenshot(page, 'account-applications');
    await photos.getByRole('button', { name: 'Take back access: Photo Prints' }).click();
    await expectAccessible(page);
    await confirm(page, 'Take back access');
    await page.getByText('Photo Prints no longer has access.').waitFor();
    await photos.waitFor({ state: 'detached' });
    expect(await refresh(PHOTOS, phone)).toMatchObject({ status: 400, error: 'invalid_grant' });
    await page.getByRole('searchbox').fill('no such thing');
    await page.getByText('No application has a name like this.').waitFor();
    await expectAccessible(page);
  });
});

describe('signing in', () => {
  it('sets up an authenticator app, renames and removes it, and changes the password', async () => {
    const { page, complaints } = await open('jo', 'signing-in');
    await page.getByText('No app is set up yet.').waitFor();
    await page.getByRole('button', { name: 'Set up an app' }).click();
    await page.locator('.qr-code').waitFor();
    const secret = await page.locator('input[name=totpSecret]').inputValue();
    const code = new TOTP({ secret: Secret.fromUTF8(secret) }).generate({ timestamp: server.clock.now() });
    await page.locator('#totp').fill(code);
    await page.locator('#userLabel').fill('Phone');
    await page.locator('#userLabel').press('Enter');
    await page.getByText('Your authenticator app is set up.').waitFor();
    await page.getByRole('rowheader', { name: 'Phone' }).waitFor();
    await expectAccessible(page);
    await screenshot(page, 'account-signing-in');

    await page.getByRole('button', { name: 'Rename Phone' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Tablet');
    await expectAccessible(page);
    await confirm(page, 'Save');
    await page.getByRole('rowheader', { name: 'Tablet' }).waitFor();
    await page.getByRole('button', { name: 'Remove Tablet' }).click();
    await expectAccessible(page);
    await confirm(page, 'Remove');
    await page.getByText('No app is set up yet.').waitFor();

    await page.getByRole('button', { name: 'Change password' }).click();
    await page.locator('#password-new').fill('another-pw');
    await page.locator('#password-confirm').fill('another-pw');
    await page.locator('#password-confirm').press('Enter');
    await page.getByText('Your password is changed.').waitFor();
    expect(complaints).toEqual([]);
    const again = await open('jo', '', 'another-pw');
    await again.page.getByLabel('First name').waitFor();
  });
});
