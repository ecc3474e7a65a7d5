import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildConsolesIfStale } from '../../scripts/build.mjs';
import { BruteForceGuard } from '../../src/realm/brute-force-guard.js';
import { UserStore } from '../../src/realm/user.js';
import { UnitOfWork } from '../../src/shared/unit-of-work.js';
import { askForTokens, type App } from '../support/browser-session.js';
import { launchChromium } from '../support/chromium.js';
import { Receiver } from '../support/receiver.js';
import { ADMIN, RunningServer } from '../support/running-server.js';
import { testRealm } from '../support/test-realm.js';
import { expectAccessible } from './accessible.js';
import { openConsole, type ConsoleTab } from './console-tab.js';
import { screenshot } from './screenshot.js';

const REALM = 'watched';
const SHOP: App = { realm: REALM, clientId: 'shop', redirectUri: 'http://shop.test/cb' };
const DESK: App = { realm: REALM, clientId: 'desk', redirectUri: 'http://desk.test/cb' };
const CHROME = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36';
const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1';

let browser: Browser;
let server: RunningServer;
let receiver: Receiver;
let tab: ConsoleTab;
let page: Page;

beforeAll(async () => {
  buildConsolesIfStale();
  receiver = await Receiver.start();
  browser = await launchChromium();
  server = await RunningServer.start({
    realms: [
      testRealm({
        realm: REALM,
        flows: new URL('../e2e/oidc/grant-flows.json', import.meta.url),
        people: ['ada', 'adam', 'bob'],
        apps: [SHOP, DESK],
        clients: { [SHOP.clientId]: { adminUrl: receiver.url } },
        users: { bob: { realmRoles: [`default-roles-${REALM}`] } },
        settings: {
          directGrantFlow: 'newest sessions',
          bruteForceProtected: true,
          failureFactor: 3,
          groups: [{ name: 'staff', subGroups: [{ name: 'night shift' }] }],
        },
      }),
    ],
  });
  tab = await openConsole({ browser, server, path: `/admin/master/console/${REALM}`, credentials: ADMIN });
  ({ page } = tab);
});

afterAll(async () => {
  await tab.close();
  await browser.close();
  await server.close();
  await receiver.close();
});

/** Goes to a page by the address, as a link of the console would: without a new login. */
async function visit(path: string): Promise<void> {
  await page.evaluate(
    `history.pushState({ idx: history.state.idx + 1 }, '', '/admin/master/console/${REALM}/${path}'); dispatchEvent(new PopStateEvent('popstate'))`,
  );
}

interface Tokens {
  readonly access_token: string;
  readonly refresh_token: string;
}

/** A login at the token endpoint with a browser's name. */
async function login(app: App, name: string, userAgent: string, scope = 'openid'): Promise<Tokens> {
  const answer = await fetch(`${server.issuer(REALM)}/protocol/openid-connect/token`, {
    method: 'POST',
    headers: { 'user-agent': userAgent },
    body: new URLSearchParams({
      client_id: app.clientId,
      grant_type: 'password',
      username: name,
      password: `${name}-pw`,
      scope,
    }),
  });
  expect(answer.status).toBe(200);
  server.clock.advance(1000);
  return (await answer.json()) as Tokens;
}

/** A login with a wrong password. */
async function guess(name: string): Promise<void> {
  const answer = await askForTokens(server, SHOP, { grant_type: 'password', username: name, password: 'wrong' });
  expect(answer.status).not.toBe(200);
  // Two within a second would count as those of a machine.
  server.clock.advance(2000);
}

const refresh = (app: App, { refresh_token }: Tokens) =>
  askForTokens(server, app, { grant_type: 'refresh_token', refresh_token });

const rows = (table: string) => page.getByRole('table', { name: table, exact: true }).locator('tbody tr');
const button = (name: string) => page.getByRole('button', { name, exact: true });
const inDialog = (name: string) => page.getByRole('dialog').getByRole('button', { name, exact: true });

describe('sessions of a realm', () => {
  let phone: Tokens;

  beforeAll(async () => {
    await login(DESK, 'ada', CHROME);
    phone = await login(SHOP, 'ada', IPHONE);
    await login(SHOP, 'ada', CHROME);
    await login(DESK, 'bob', CHROME, 'openid offline_access');
    await login(SHOP, 'bob', CHROME);
  });

  it('are listed by the server, with device and end, and found by user, client and kind', async () => {
    await visit('sessions');
    await rows('Sessions').nth(2).waitFor();
    const all = await rows('Sessions').count();
    expect(await rows('Sessions').filter({ hasText: 'ada' }).count()).toBe(2);
    await page.getByText('iPhone').first().waitFor();
    await page.getByText('if nobody uses it: SSO session idle').first().waitFor();
    await screenshot(page, 'admin-sessions');
    // Where the table is wider than its frame, the deeds still are in it.
    await page.setViewportSize({ width: 1000, height: 900 });
    const frame = await page.getByRole('table', { name: 'Sessions', exact: true }).locator('..').boundingBox();
    const deed = await rows('Sessions').first().getByRole('button').boundingBox();
    expect(deed!.x + deed!.width).toBeLessThanOrEqual(frame!.x + frame!.width);
    await page.setViewportSize({ width: 1280, height: 900 });
    await expectAccessible(page);

    await page.getByLabel('User', { exact: true }).fill('bob');
    await page.getByLabel('User', { exact: true }).press('Enter');
    await rows('Sessions').filter({ hasText: 'ada' }).first().waitFor({ state: 'detached' });
    expect(await rows('Sessions').count()).toBeLessThan(all);
    await page.getByLabel('Kind').selectOption('offline');
    await page.getByText('if nobody uses it: Offline session idle').waitFor();
    await page.getByLabel('User', { exact: true }).fill('nobody');
    await page.getByLabel('User', { exact: true }).press('Enter');
    await page.getByText('nothing fits the search').waitFor();
    await expectAccessible(page);
  });

  it('are counted by client, and lead to that client’s sessions', async () => {
    await visit('sessions/clients');
    const shop = rows('By client').filter({ hasText: 'shop' });
    await shop.waitFor();
    await screenshot(page, 'admin-sessions-clients');
    await expectAccessible(page);
    await shop.getByRole('link', { name: '3' }).click();
    await rows('Sessions').nth(2).waitFor();
    expect(await rows('Sessions').count()).toBe(3);
  });

  it('of a user are found by part of a name; one is ended, its refresh token is dead, and the row says why it ended (seed 003)', async () => {
    await visit('sessions/users');
    // Before the list is there, bob is not in it either.
    await rows('By user').filter({ hasText: 'bob' }).waitFor();
    await page.getByRole('searchbox').fill('ad');
    await rows('By user').filter({ hasText: 'bob' }).waitFor({ state: 'detached' });
    await expect.poll(() => rows('By user').count()).toBe(2);
    await rows('By user').filter({ hasText: 'ada@' }).getByText('2', { exact: true }).waitFor();
    await screenshot(page, 'admin-sessions-users');
    await expectAccessible(page);
    await page.getByRole('link', { name: 'ada', exact: true }).click();

    await rows('Sessions').nth(1).waitFor();
    await page.getByText('Realm: at most 2').first().waitFor();
    await page.getByText('No offline access').waitFor();
    // The first login was evicted by the third.
    await rows('Sessions that have ended').getByText('the cap of 2 sessions of the realm was full').waitFor();
    await screenshot(page, 'admin-user-sessions');
    await expectAccessible(page);

    expect((await refresh(SHOP, phone)).status).toBe(200);
    const row = rows('Sessions').filter({ hasText: 'iPhone' });
    await row.getByRole('button').click();
    await expectAccessible(page);
    await inDialog('Sign out').click();
    await row.waitFor({ state: 'detached' });
    await rows('Sessions that have ended')
      .filter({ hasText: 'iPhone' })
      .getByText('Ended by an administrator')
      .waitFor();
    expect(await refresh(SHOP, phone)).toMatchObject({ status: 400, error: 'invalid_grant' });

    await visit('sessions/ended?user=ada');
    await rows('Sessions that have ended').filter({ hasText: 'iPhone' }).waitFor();
    await expect.poll(() => rows('Sessions that have ended').count()).toBe(2);
    await screenshot(page, 'admin-sessions-ended');
    await expectAccessible(page);
  });

  it('several are ended at once, then all of a user', async () => {
    await login(SHOP, 'ada', IPHONE);
    await visit(`users/${(await server.user(REALM, 'ada')).id}/sessions`);
    await rows('Sessions').nth(1).waitFor();
    for (const device of ['Mobile Safari 17 on iOS', 'Chrome 131 on Linux'])
      await page.getByRole('checkbox', { name: `Select ada, ${device}` }).check();
    await button('Sign out 2 sessions').click();
    await inDialog('Sign out').click();
    await rows('Sessions').first().waitFor({ state: 'detached' });
    expect(await server.sessions(REALM, 'ada')).toEqual([]);

    await login(SHOP, 'ada', IPHONE);
    await button('Actions').click();
    await page.getByRole('menuitem', { name: 'Sign out everywhere' }).click();
    await inDialog('Sign out everywhere').click();
    await page.getByText('ada is signed out everywhere.').waitFor();
    expect(await server.sessions(REALM, 'ada')).toEqual([]);
  });

  it('are revoked by a not-before, which applications are told of, and all of them are ended (seed 001)', async () => {
    await visit('sessions/revocation');
    await page.getByText('Not set').waitFor();
    await button('Set to now').click();
    await page.getByRole('dialog').getByText('everybody has to sign in again').waitFor();
    expect((await server.realm(REALM)).settings.notBefore).toBe(0);
    await expectAccessible(page);
    await inDialog('Set to now').click();
    await page.getByText('Not set').waitFor({ state: 'detached' });
    expect((await server.realm(REALM)).settings.notBefore).toBeGreaterThan(0);
    await button('Push').click();
    await page.getByText('1 address answered').waitFor();
    expect(receiver.received).toHaveLength(1);
    await screenshot(page, 'admin-revocation');
    await expectAccessible(page);
    await button('Clear').click();
    await page.getByText('Not set').waitFor();
    expect((await server.realm(REALM)).settings.notBefore).toBe(0);

    expect((await server.sessions(REALM, 'bob')).length).toBeGreaterThan(0);
    await button('Sign out all').click();
    await inDialog('Sign out all').click();
    await page.getByText('All sessions have ended.').waitFor();
    expect(await server.sessions(REALM, 'bob')).toEqual([]);
    expect(tab.complaints).toEqual([]);
  });
});

describe('users', () => {
  const field = (name: string) => page.getByLabel(name, { exact: true });

  it('are made with what the profile asks for; a name that is taken keeps what was typed', async () => {
    await visit('users');
    await rows('Users').nth(2).waitFor();
    await screenshot(page, 'admin-users');
    await expectAccessible(page);
    await page.getByRole('link', { name: 'Create user' }).click();
    await field('Username').fill('ada');
    await field('Email').fill('eve@example.test');
    await field('First name').fill('Eve');
    await field('Last name').fill('Moon');
    await button('Create user').click();
    await page.getByRole('alert').waitFor();
    expect(await field('Last name').inputValue()).toBe('Moon');
    await screenshot(page, 'admin-user-create');
    await expectAccessible(page);
    await field('Username').fill('eve');
    await button('Create user').click();
    await page.getByRole('heading', { name: 'eve', level: 1 }).waitFor();
  });

  it('get a password with which they sign in', async () => {
    await button('Set password').click();
    await field('New password').fill('eve-pw');
    await field('Repeat the password').fill('other');
    await inDialog('Set password').click();
    await page.getByText('The two are not the same').waitFor();
    await field('Repeat the password').fill('eve-pw');
    await page.getByLabel('Temporary').uncheck();
    await inDialog('Set password').click();
    await rows('Credentials').filter({ hasText: 'Password' }).waitFor();
    await screenshot(page, 'admin-user-credentials');
    await expectAccessible(page);
    // The not-before of the sign-out is of the same second.
    server.clock.advance(5000);
    await login(SHOP, 'eve', CHROME);
    await button('Send a mail').click();
    await expectAccessible(page);
    await inDialog('Cancel').click();
  });

  it('get roles and groups, and lose them', async () => {
    const { id } = await server.user(REALM, 'eve');
    await visit(`users/${id}/roles`);
    await button('Assign roles').click();
    await page.getByRole('dialog').getByLabel('Roles of').selectOption('clients');
    await page.getByRole('dialog').getByRole('searchbox').fill('view-users');
    await inDialog('Assign realm-management view-users').click();
    await inDialog('Close').click();
    await button('Unassign realm-management view-users').waitFor();
    await screenshot(page, 'admin-user-roles');
    await expectAccessible(page);
    await button('Unassign realm-management view-users').click();
    await button('Unassign realm-management view-users').waitFor({ state: 'detached' });

    await visit(`users/${id}/groups`);
    await button('Join a group').click();
    await page.getByRole('dialog').getByRole('searchbox').fill('night');
    await inDialog('Join /staff/night shift').click();
    await inDialog('Close').click();
    await button('Leave /staff/night shift').waitFor();
    await screenshot(page, 'admin-user-groups');
    await expectAccessible(page);
    await button('Leave /staff/night shift').click();
    await page.getByText('The user is in no group').waitFor();

    await visit(`users/${id}/consents`);
    await page.getByRole('heading', { name: 'Consents' }).waitFor();
    await screenshot(page, 'admin-user-consents');
    await page.getByText('The user has allowed no application anything').waitFor();
    await expectAccessible(page);
  });

  it('that guessed too often are locked, and let in again', async () => {
    const { id } = await server.user(REALM, 'adam');
    for (let turn = 0; turn < 3; turn++) await guess('adam');
    await visit('events');
    await page.getByRole('table').getByText('LOGIN_ERROR').nth(2).waitFor();
    await screenshot(page, 'admin-events');
    await visit(`users/${id}`);
    await page.getByText('Locked after 3 wrong passwords').waitFor();
    await screenshot(page, 'admin-user-locked');
    await expectAccessible(page);
    const status = async () =>
      server.part(BruteForceGuard).status(await server.realm(REALM), await server.user(REALM, 'adam'));
    expect(await status()).toBe('temporarily_disabled');
    await page.getByRole('button', { name: 'Unlock' }).click();
    await page.getByText('Locked after').waitFor({ state: 'detached' });
    expect(await status()).toBe('open');

    const locked = await server.user(REALM, 'adam');
    const attributes = { ...locked.attributes, disabledReason: ['permanentLockout'] };
    await server
      .part(UnitOfWork)
      .run(() => server.part(UserStore).update({ ...locked, enabled: false, attributes }, true));
    await page.reload();
    await page.getByText('the account was disabled').waitFor();
    await page.getByRole('button', { name: 'Unlock' }).click();
    await page.getByText('adam can sign in again.').waitFor();
    const free = await server.user(REALM, 'adam');
    expect(free).toMatchObject({ enabled: true, firstName: locked.firstName, email: locked.email });
    expect(await status()).toBe('open');
  });

  it('are changed, and deleted', async () => {
    const { id } = await server.user(REALM, 'eve');
    await visit(`users/${id}`);
    await field('Last name').fill('Sun');
    await page.getByLabel('Confirm the email address').check();
    await button('Save').click();
    await page.getByText('Saved.').waitFor();
    expect(await server.user(REALM, 'eve')).toMatchObject({ lastName: 'Sun', requiredActions: ['VERIFY_EMAIL'] });
    await screenshot(page, 'admin-user-details');
    await expectAccessible(page);
    await button('Actions').click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await inDialog('Delete').click();
    await page.getByRole('heading', { name: 'Users', level: 1 }).waitFor();
    await rows('Users').filter({ hasText: 'eve' }).waitFor({ state: 'detached' });
    await page.getByRole('searchbox').fill('nobody-here');
    await page.getByText('Nobody fits the search').waitFor();
    // The browser says of the name that was taken that it was refused.
    expect(tab.complaints.filter((text) => !text.includes('409'))).toEqual([]);
  });
});
