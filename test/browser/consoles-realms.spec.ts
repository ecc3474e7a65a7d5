import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildConsolesIfStale } from '../../scripts/build.mjs';
import { RealmKeyStore } from '../../src/tokens/signing-key.js';
import { AdminRest } from '../support/admin-rest.js';
import { launchChromium } from '../support/chromium.js';
import { ADMIN, RunningServer } from '../support/running-server.js';
import { testRealm } from '../support/test-realm.js';
import { expectAccessible } from './accessible.js';
import { openConsole, type ConsoleTab } from './console-tab.js';
import { screenshot } from './screenshot.js';

const REALM = 'acme';

let browser: Browser;
let server: RunningServer;
let tab: ConsoleTab;
let page: Page;

beforeAll(async () => {
  buildConsolesIfStale();
  browser = await launchChromium();
  server = await RunningServer.start({
    realms: [
      testRealm({
        realm: REALM,
        people: ['jo'],
        settings: { adminEventsEnabled: true, adminEventsDetailsEnabled: true },
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
});

/** What was saved is saved for the console, too: the server is asked sooner than its answer is there. */
const saved = (): Promise<void> => page.locator('main button[aria-busy="true"]').waitFor({ state: 'detached' });

/** Goes to a page by the address, as a link of the console would: without a new login. */
async function visit(path: string): Promise<void> {
  await saved();
  await page.evaluate(
    `history.pushState({ idx: history.state.idx + 1 }, '', '/admin/master/console/${path}'); dispatchEvent(new PopStateEvent('popstate'))`,
  );
}

const settings = async (realm: string) => (await server.realm(realm)).settings;

describe('realm settings', () => {
  it('of sessions are durations, are checked against each other, and only what was changed is written', async () => {
    await visit(`${REALM}/realm-settings/sessions`);
    const idle = page.getByLabel('SSO session idle', { exact: true });
    expect(await idle.inputValue()).toBe('30');
    expect(await page.getByLabel('Unit of SSO session idle', { exact: true }).inputValue()).toBe('minute');
    await expectAccessible(page);
    await page.getByText('Now 30 min, from “SSO session idle”.').first().waitFor();
    await screenshot(page, 'admin-realm-sessions');

    await page.getByLabel('Unit of SSO session idle', { exact: true }).selectOption('day');
    await page.getByText('Longer than the longest life').first().waitFor();
    expect(await page.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);

    await page.getByLabel('Unit of SSO session idle', { exact: true }).selectOption('minute');
    await idle.fill('45');
    await page.getByLabel('Client session idle', { exact: true }).fill('10');
    const sent = page.waitForRequest((request) => request.method() === 'PUT');
    await page.getByRole('button', { name: 'Save' }).click();
    expect((await sent).postDataJSON()).toEqual({ ssoSessionIdleTimeout: 2700, clientSessionIdleTimeout: 600 });
    await page.getByText('Saved', { exact: true }).waitFor();
    expect(await settings(REALM)).toMatchObject({
      ssoSessionIdleTimeout: 2700,
      clientSessionIdleTimeout: 600,
      ssoSessionMaxLifespan: 36_000,
    });
  });

  it('that are typed and not saved are lost only to somebody who says so', async () => {
    await visit(`${REALM}/realm-settings/sessions`);
    const idle = page.getByLabel('SSO session idle', { exact: true });
    const asksAtReload = (): Promise<boolean> =>
      page.evaluate(`!dispatchEvent(new Event('beforeunload', { cancelable: true }))`);
    await idle.waitFor();
    const before = await idle.inputValue();
    expect(await asksAtReload()).toBe(false);
    await idle.fill('50');
    expect(await asksAtReload()).toBe(true);
    for (const answer of ['Stay', 'Leave']) {
      await page.getByRole('link', { name: 'Tokens' }).click();
      const question = page.getByRole('dialog', { name: 'Leave without saving?' });
      await question.waitFor();
      await expectAccessible(page);
      expect(await idle.inputValue()).toBe('50');
      await question.getByRole('button', { name: answer }).click();
      await question.waitFor({ state: 'detached' });
    }
    await idle.waitFor({ state: 'detached' });
    expect(await asksAtReload()).toBe(false);
    await page.getByRole('link', { name: 'Sessions', exact: true }).last().click();
    await expect.poll(() => idle.inputValue()).toBe(before);
  });

  it.each(['general', 'login', 'tokens', 'keys', 'events', 'email', 'bruteForce'])('%s is accessible', async (part) => {
    await visit(`${REALM}/realm-settings/${part}`);
    await page.locator('main section').first().waitFor();
    await expectAccessible(page);
    await screenshot(page, `admin-realm-${part}`);
  });

  it('of password guessing show what matters once it is on', async () => {
    // Events are told apart by their time.
    server.clock.advance(1_000);
    await visit(`${REALM}/realm-settings/bruteForce`);
    await page.getByRole('switch', { name: 'Protect against guessing' }).check();
    await page.getByLabel('Failures before a wait').fill('5');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect.poll(async () => (await settings(REALM)).failureFactor).toBe(5);
    expect((await settings(REALM)).bruteForceProtected).toBe(true);
  });
});

describe('languages', () => {
  it('are offered, one of them by default', async () => {
    await visit(`${REALM}/realm-settings/localization`);
    await page.getByRole('switch', { name: 'Several languages' }).check();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Offer at least one language.').waitFor();
    await page.getByRole('checkbox', { name: 'German' }).check();
    await page.getByRole('checkbox', { name: 'Spanish' }).check();
    await page.getByLabel('Default language').selectOption('de');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Save' }).click();
    await expect
      .poll(() => settings(REALM))
      .toMatchObject({ internationalizationEnabled: true, supportedLocales: ['de', 'es'], defaultLocale: 'de' });
    await screenshot(page, 'admin-realm-languages');
  });

  it('stay chosen when something else of the realm has changed meanwhile', async () => {
    // The console has read what was saved before: what is held back below is a second reading.
    await visit(`${REALM}/realm-settings/localization`);
    await page.getByRole('checkbox', { name: 'English' }).waitFor();
    await visit(`${REALM}/realm-settings/email`);
    await page.getByLabel('Host').waitFor();
    let chosen = (): void => undefined;
    const isChosen = new Promise<void>((resolve) => (chosen = resolve));
    const address = `**/admin/realms/${REALM}`;
    await page.route(address, async (route) => {
      const response = await route.fetch();
      await isChosen;
      await route.fulfill({ response, json: { ...((await response.json()) as object), displayName: 'Another' } });
    });
    await visit(`${REALM}/realm-settings/localization`);
    await page.getByRole('checkbox', { name: 'English' }).check();
    const answer = page.waitForResponse((response) => response.url().endsWith(`/admin/realms/${REALM}`));
    chosen();
    await answer;
    await page.evaluate('new Promise((drawn) => setTimeout(() => requestAnimationFrame(drawn), 100))');
    expect(await page.getByRole('checkbox', { name: 'English' }).isChecked()).toBe(true);
    await page.unroute(address);
    await page.getByRole('button', { name: 'Undo changes' }).click();
  });
});

describe('keys', () => {
  const row = (name: string) => page.getByRole('row', { name: new RegExp(`^${name} `) });
  const ask = async (name: string, what: string): Promise<void> => {
    await page.getByRole('button', { name: `Actions for ${name}`, exact: true }).click();
    await page.getByRole('menuitem', { name: what, exact: true }).click();
  };
  const dialog = () => page.getByRole('dialog');
  const algorithms = async (): Promise<readonly string[]> =>
    (await server.part(RealmKeyStore).list((await server.realm(REALM)).id)).map(({ algorithm }) => algorithm);

  it('are added with what the server asks for, and shown', async () => {
    await visit(`${REALM}/realm-settings/keys`);
    await page.getByRole('button', { name: 'Add key' }).click();
    await dialog().getByLabel('Kind').selectOption('rsa');
    await dialog().getByLabel('Priority').fill('high');
    await dialog().getByRole('button', { name: 'Add key' }).click();
    await dialog().getByText('Enter a whole number.').waitFor();
    await dialog().getByLabel('Priority').fill('5');
    await dialog().getByRole('button', { name: 'Add key' }).click();
    await dialog().getByRole('alert').getByText("'Private RSA Key' is required").waitFor();
    await dialog().getByLabel('Private key').fill('not a key');
    await dialog().getByRole('button', { name: 'Add key' }).click();
    await dialog().getByRole('alert').getByText('Failed to decode private key').waitFor();
    await expectAccessible(page);
    await dialog().getByLabel('Kind').selectOption('ecdsa-generated');
    await dialog().getByLabel('Name').fill('curves');
    await dialog().getByLabel('Curve').selectOption('P-384');
    await dialog().getByLabel('With a certificate').check();
    await screenshot(page, 'admin-key-add');
    await dialog().getByRole('button', { name: 'Add key' }).click();
    await row('curves').getByText('ES384').waitFor();
    await row('curves').getByText('active').waitFor();
    expect(await algorithms()).toContain('ES384');
    await ask('curves', 'Certificate');
    expect(await dialog().getByLabel('Certificate').inputValue()).toMatch(/^-----BEGIN CERTIFICATE-----\n/);
    await expectAccessible(page);
    await page.keyboard.press('Escape');
  });

  it('are taken out of use, and deleted after a warning', async () => {
    await ask('curves', 'Delete');
    await dialog().getByText('This is the only active key for ES384').waitFor();
    await dialog().getByRole('button', { name: 'Cancel' }).click();
    await ask('curves', 'Edit');
    await dialog().getByLabel('Active').uncheck();
    await dialog().getByLabel('Priority').fill('7');
    await dialog().getByRole('button', { name: 'Save' }).click();
    await row('curves').getByText('passive').waitFor();
    await row('curves').getByText('7', { exact: true }).waitFor();
    await ask('curves', 'Delete');
    await dialog().getByText('refused at once').waitFor();
    await expectAccessible(page);
    expect(await dialog().getByText('the only active key').count()).toBe(0);
    await dialog().getByRole('button', { name: 'Delete' }).click();
    await row('curves').waitFor({ state: 'detached' });
    expect(await algorithms()).not.toContain('ES384');
  });
});

describe('policies', () => {
  it('of passwords are rules with values, checked before they are written', async () => {
    await visit(`${REALM}/authentication/policies`);
    expect(await page.getByLabel('Hash iterations', { exact: true }).inputValue()).toBe('1');
    await page.getByRole('button', { name: 'Remove Hash iterations' }).click();
    await page.getByRole('button', { name: 'Remove Hash algorithm' }).click();
    await page.getByRole('heading', { name: 'Any password will do' }).waitFor();
    for (const rule of ['Minimum length', 'Is not the username', 'Pattern']) {
      await page.getByRole('button', { name: 'Add a rule' }).click();
      await page.getByRole('menuitem', { name: rule, exact: true }).click();
    }
    await page.getByLabel('Minimum length', { exact: true }).fill('');
    await page.getByLabel('Pattern', { exact: true }).fill('^[a-z');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Enter a whole number.').waitFor();
    await page.getByText('This is not a regular expression.').waitFor();
    await expectAccessible(page);
    await page.getByLabel('Minimum length', { exact: true }).fill('12');
    await page.getByLabel('Pattern', { exact: true }).fill('^(salt and pepper|[!-~]+)$');
    const sent = page.waitForRequest((request) => request.method() === 'PUT');
    await page.getByRole('button', { name: 'Save' }).click();
    const passwordPolicy = 'length(12) and notUsername and regexPattern(^(salt and pepper|[!-~]+)$)';
    expect((await sent).postDataJSON()).toEqual({ passwordPolicy });
    await page.getByText('The policies are saved').first().waitFor();
    expect((await settings(REALM)).passwordPolicy).toBe(passwordPolicy);
    await screenshot(page, 'admin-policies');
    await page.getByRole('button', { name: 'Remove Pattern' }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await expect.poll(async () => (await settings(REALM)).passwordPolicy).toBe('length(12) and notUsername');
    await saved();
  });

  it('keep what is typed while they are saved, to be saved next', async () => {
    const address = `**/admin/realms/${REALM}`;
    let typed = (): void => undefined;
    const isTyped = new Promise<void>((resolve) => (typed = resolve));
    await page.route(address, async (route) => {
      if (route.request().method() === 'PUT') await isTyped;
      await route.continue();
    });
    await page.getByLabel('Look ahead').fill('3');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByLabel('Period').fill('45');
    typed();
    await expect.poll(() => settings(REALM)).toMatchObject({ otpPolicyLookAheadWindow: 3, otpPolicyPeriod: 30 });
    await saved();
    await page.unroute(address);
    expect(await page.getByLabel('Period').inputValue()).toBe('45');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect.poll(() => settings(REALM)).toMatchObject({ otpPolicyLookAheadWindow: 3, otpPolicyPeriod: 45 });
    await saved();
    await expect.poll(() => page.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
  });

  it('are not taken back to what was saved before somebody else changed them', async () => {
    const rest = await AdminRest.of(server, REALM);
    expect(await rest.call('PUT', '', { otpPolicyLookAheadWindow: 5 })).toMatchObject({ status: 204 });
    for (const period of [60, 30]) {
      const sent = page.waitForRequest((request) => request.method() === 'PUT');
      await page.getByLabel('Period').fill(String(period));
      await page.getByRole('button', { name: 'Save' }).click();
      expect((await sent).postDataJSON()).toEqual({ otpPolicyPeriod: period });
      await saved();
      await expect.poll(() => page.getByLabel('Look ahead').inputValue()).toBe('5');
    }
  });

  it('of one-time codes ask for what belongs to their kind', async () => {
    await page.getByLabel('Look ahead').fill('2');
    await page.getByText('A code is taken for 2 min 30 sec').waitFor();
    await page.getByLabel('Period').fill('0');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Enter a whole number, 1 or more.').waitFor();
    await page.getByRole('button', { name: 'Undo changes' }).click();
    await page.getByLabel('Kind').selectOption('hotp');
    await page.getByLabel('First counter').fill('7');
    // Events are told apart by their time.
    server.clock.advance(1_000);
    await page.getByRole('combobox', { name: 'Digits' }).selectOption('8');
    const sent = page.waitForRequest((request) => request.method() === 'PUT');
    await page.getByRole('button', { name: 'Save' }).click();
    const changed = { otpPolicyType: 'hotp', otpPolicyInitialCounter: 7, otpPolicyDigits: 8 };
    expect((await sent).postDataJSON()).toEqual(changed);
    await expect
      .poll(() => settings(REALM))
      .toMatchObject({ ...changed, passwordPolicy: 'length(12) and notUsername' });
  });
});

describe('events', () => {
  it('of administrators are listed, narrowed and shown', async () => {
    await visit(`${REALM}/events/admin`);
    await page.getByRole('button', { name: 'Details' }).first().waitFor();
    await screenshot(page, 'admin-admin-events');
    await page.getByRole('button', { name: 'Details' }).first().click();
    await page.getByRole('dialog').getByText('otpPolicyInitialCounter').waitFor();
    await expectAccessible(page);
    await screenshot(page, 'admin-admin-event');
    await page.keyboard.press('Escape');
    await page.getByLabel('Type').selectOption('ACTION');
    await page.getByRole('heading', { name: 'No events' }).waitFor();
    expect(new URL(page.url()).searchParams.get('type')).toBe('ACTION');
  });

  it('of people are accessible', async () => {
    await visit(`${REALM}/events`);
    await page.getByRole('heading', { name: 'No events' }).waitFor();
    await expectAccessible(page);
  });
});

describe('realms', () => {
  it('are made', async () => {
    await visit(`${REALM}/realms`);
    await page.getByRole('link', { name: 'Create realm' }).waitFor();
    await page.getByRole('table').getByText(REALM).first().waitFor();
    await screenshot(page, 'admin-realms');
    await page.getByRole('link', { name: 'Create realm' }).click();
    await page.getByRole('button', { name: 'Create realm' }).click();
    await page.getByText('This is needed.').waitFor();
    await expectAccessible(page);
    await page.getByLabel('Name', { exact: true }).fill('fresh');
    await screenshot(page, 'admin-realm-create');
    await page.getByRole('button', { name: 'Create realm' }).click();
    await page.getByRole('heading', { name: 'Realm fresh' }).waitFor();
    await screenshot(page, 'admin-first-page');
    expect((await settings('fresh')).enabled).toBe(true);
  });

  it('are imported from a file, after a look at what it would do', async () => {
    await visit(`${REALM}/realms/import`);
    await page.getByRole('button', { name: 'Choose a file' }).waitFor();
    await expectAccessible(page);
    const file = { ...testRealm({ realm: 'from-file', people: ['ann', 'bob'] }) };
    const choose = (body: object): Promise<void> =>
      page
        .locator('input[type=file]')
        .setInputFiles({ name: 'realm.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(body)) });
    await choose({ ...file, realm: REALM });
    await page
      .getByRole('alert')
      .getByText(/already exists/)
      .waitFor();
    await choose(file);
    await page.getByRole('heading', { name: 'What realm.json would do' }).waitFor();
    await page.getByText('from-file').waitFor();
    await expectAccessible(page);
    await screenshot(page, 'admin-realm-import');
    await expect(server.realm('from-file')).rejects.toThrow();
    await page.getByRole('button', { name: 'Import' }).click();
    await page.getByRole('heading', { name: 'Realm from-file' }).waitFor();
    expect((await server.user('from-file', 'bob')).email).toBe('bob@example.test');
  });

  it('are exported and deleted from the list', async () => {
    await visit(`${REALM}/realms`);
    await page.getByRole('button', { name: 'fresh' }).click();
    await page.getByRole('menuitem', { name: 'Export' }).click();
    await screenshot(page, 'admin-realm-export');
    const download = page.waitForEvent('download');
    await page.getByRole('dialog').getByRole('button', { name: 'Export' }).click();
    expect((await download).suggestedFilename()).toBe('fresh-realm.json');
    await page.getByRole('button', { name: 'fresh' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await page.getByText('Realm fresh was deleted').waitFor();
    await expect(server.realm('fresh')).rejects.toThrow();
    await expectAccessible(page);
  });

  it('did all of this without a complaint of the browser but for the refused file and key', () => {
    expect(tab.complaints.filter((text) => !/409 \(Conflict\)|400 \(Bad Request\)/.test(text))).toEqual([]);
  });
});
