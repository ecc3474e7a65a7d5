import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildConsolesIfStale } from '../../scripts/build.mjs';
import { passwordGrant, type App } from '../support/browser-session.js';
import { launchChromium } from '../support/chromium.js';
import { ADMIN, RunningServer } from '../support/running-server.js';
import { testRealm } from '../support/test-realm.js';
import { expectAccessible } from './accessible.js';
import { startCallbackServer, type CallbackServer } from './callback-server.js';
import { openConsole, type ConsoleTab } from './console-tab.js';
import { logIn } from './person.js';
import { screenshot } from './screenshot.js';

const REALM = 'guide';
const COPY = 'Browser - Limited Sessions';
const MESSAGE = 'Please sign out on another device first.';
/** What is polled here waits for the server, as locators do: the second that polls have is too short on a busy machine. */
const PATIENT = { timeout: 30_000 };

let browser: Browser;
let application: CallbackServer;
let server: RunningServer;
let shop: App;
let tab: ConsoleTab;
let page: Page;

beforeAll(async () => {
  buildConsolesIfStale();
  [browser, application] = await Promise.all([launchChromium(), startCallbackServer()]);
  shop = { realm: REALM, clientId: 'shop', redirectUri: application.callback };
  const desk = { ...shop, clientId: 'desk' };
  server = await RunningServer.start({ realms: [testRealm({ realm: REALM, people: ['ada'], apps: [shop, desk] })] });
  tab = await openConsole({
    browser,
    server,
    path: `/admin/master/console/${REALM}/authentication`,
    credentials: ADMIN,
  });
  ({ page } = tab);
});

afterAll(async () => {
  await browser.close();
  await Promise.all([server.close(), application.close()]);
});

const row = (name: string): Locator => page.locator('tbody tr', { hasText: name }).first();
const dialog = (): Locator => page.getByRole('dialog');
const button = (name: string, within: Page | Locator = page): Locator =>
  within.getByRole('button', { name, exact: true });
const sessions = async (): Promise<number> => (await server.sessions(REALM, 'ada')).length;

describe('the guide to limited sessions, scenario 1, with a mouse', () => {
  it('duplicates the browser flow from the list, which says what uses it', async () => {
    await page
      .getByRole('cell', { name: /browser flow/ })
      .first()
      .waitFor();
    await expectAccessible(page);
    await screenshot(page, 'admin-flows');
    await button('Actions for browser').click();
    await page.getByRole('menuitem', { name: 'Duplicate' }).click();
    await dialog().getByLabel('Name').fill(COPY);
    await button('Duplicate', dialog()).click();
    await page.getByRole('heading', { level: 1, name: COPY }).waitFor();
  });

  it('adds the limiter to the forms, configures it, and the proof turns green', async () => {
    await button(`Actions for ${COPY} forms`).click();
    await page.getByRole('menuitem', { name: 'Add step' }).click();
    await dialog().getByRole('searchbox').fill('limiter');
    await dialog()
      .getByRole('radio', { name: /User session count limiter/i })
      .check();
    await expectAccessible(page);
    await screenshot(page, 'admin-flow-add-step');
    await button('Add', dialog()).click();
    await dialog().waitFor({ state: 'detached' });
    expect(await row('User session count limiter').getByRole('combobox').inputValue()).toBe('REQUIRED');
    await button('Configure User session count limiter').click();
    await dialog().getByLabel('Maximum concurrent sessions for each user within this realm.').fill('many');
    await button('Save', dialog()).click();
    await dialog()
      .getByText(/must be a whole number/)
      .waitFor();
    await dialog().getByLabel('Maximum concurrent sessions for each user within this realm.').fill('1');
    await dialog().getByLabel('Behavior when user session limit is exceeded').selectOption('Deny new session');
    await dialog().getByLabel('Optional custom error message').fill(MESSAGE);
    await expectAccessible(page);
    await screenshot(page, 'admin-flow-step-settings');
    await button('Save', dialog()).click();
    await dialog().waitFor({ state: 'detached' });
    await page.getByText('Every login that opens a session passes the session limiter.').first().waitFor();
    await page.getByText('Green', { exact: true }).waitFor();
    await expectAccessible(page);
    await page.locator('.react-flow__node').nth(3).waitFor();
    // The picture has grown by the step, and shows all of it.
    const edge = async (of: string): Promise<number> => {
      const box = await page.locator(of).boundingBox();
      return (box?.y ?? NaN) + (box?.height ?? NaN);
    };
    await expect
      .poll(async () => (await edge('.react-flow__node[data-id=passed]')) - (await edge('.react-flow')), PATIENT)
      .toBeLessThan(0);
    await screenshot(page, 'admin-flow');
  });

  it('binds it on trial, keeps it, and a second login is denied with the words', async () => {
    await button('Bind').click();
    await dialog().getByRole('switch', { name: 'On trial' }).check();
    await expectAccessible(page);
    await screenshot(page, 'admin-flow-bind');
    await button('Bind', dialog()).click();
    await page.getByText(`On trial: ${COPY} as browser flow`).waitFor();
    await screenshot(page, 'admin-flow-on-trial');
    await button('Keep the new one').click();
    await page.getByText(`On trial: ${COPY} as browser flow`).waitFor({ state: 'detached' });
    expect((await logIn(browser, server, shop, 'ada')).signedIn).toBe(true);
    const denied = await logIn(browser, server, shop, 'ada');
    expect(denied).toMatchObject({ signedIn: false });
    expect(denied.text).toContain(MESSAGE);
    expect(await sessions()).toBe(1);
  });

  it('ends the oldest session instead, once it is told to', async () => {
    const [before] = await server.sessions(REALM, 'ada');
    await button('Configure User session count limiter').click();
    await dialog().getByLabel('Behavior when user session limit is exceeded').selectOption('Terminate oldest session');
    await button('Save', dialog()).click();
    await dialog().waitFor({ state: 'detached' });
    server.clock.advance(1_000);
    expect((await logIn(browser, server, shop, 'ada')).signedIn).toBe(true);
    const [after, ...others] = await server.sessions(REALM, 'ada');
    expect(others).toEqual([]);
    expect(after!.session.id).not.toBe(before!.session.id);
  });
});

describe('scenario 2, by keyboard only', () => {
  const GRANT = 'Direct Grant - Limited Sessions';
  const press = async (...keys: readonly string[]): Promise<void> => {
    for (const key of keys) await page.keyboard.press(key);
  };
  /** Goes on with Tab until the element of that role and name has the focus. */
  async function tabTo(name: string, role: string): Promise<void> {
    const target = page.getByRole(role as 'button', { name, exact: true });
    for (let presses = 0; presses < 120; presses++) {
      if ((await page.locator(':focus').and(target).count()) > 0) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`Tab never came to ${role} ${name}`);
  }

  it('duplicates, limits, moves and binds the direct grant flow', async () => {
    await tabTo('Authentication', 'link');
    await press('Enter');
    await page.getByRole('table', { name: 'Flows' }).waitFor();
    await tabTo('Actions for direct grant', 'button');
    await press('Enter');
    await page.getByRole('menuitem', { name: 'Duplicate' }).waitFor();
    await press('Enter');
    await dialog().waitFor();
    await page.keyboard.type(GRANT);
    await press('Enter');
    await page.getByRole('heading', { level: 1, name: GRANT }).waitFor();
    await tabTo('Add step', 'button');
    await press('Enter');
    await tabTo('Search by name or what it does', 'searchbox');
    await page.keyboard.type('count limiter');
    const option = dialog().getByRole('radio', { name: /User session count limiter/i });
    await option.waitFor();
    await dialog().getByRole('radio').nth(1).waitFor({ state: 'detached' });
    await press('Tab', 'Space');
    expect(await option.isChecked()).toBe(true);
    await tabTo('Add', 'button');
    await press('Enter');
    await dialog().waitFor({ state: 'detached' });
    await tabTo('Configure User session count limiter', 'button');
    await press('Enter');
    await tabTo('Maximum concurrent sessions for each user within this realm.', 'textbox');
    await press('Control+A');
    await page.keyboard.type('1');
    await press('Enter');
    await dialog().waitFor({ state: 'detached' });

    // A step moved by keys, and back by the key for that.
    const order = async (): Promise<readonly string[]> =>
      page.locator('tbody tr[aria-level="1"] strong').allTextContents();
    const before = await order();
    await page.locator('tbody tr[tabindex="0"]').first().waitFor();
    for (let presses = 0; presses < 120; presses++) {
      if (await page.evaluate('document.activeElement?.dataset.row !== undefined')) break;
      await press('Shift+Tab');
    }
    await press('End', 'Alt+ArrowUp');
    await expect.poll(order, PATIENT).not.toEqual(before);
    await press('Control+Z');
    await expect.poll(order, PATIENT).toEqual(before);

    await tabTo('Bind', 'button');
    await press('Enter');
    await tabTo('Use it as', 'combobox');
    await page.keyboard.type('direct');
    await tabTo('Bind', 'button');
    await press('Enter');
    await dialog().waitFor({ state: 'detached' });
    await server.endSessions(REALM, 'ada');
    expect(await passwordGrant(server, shop, 'ada')).toMatchObject({ status: 200 });
    expect(await passwordGrant(server, shop, 'ada')).toMatchObject({ status: 403 });
  });
});

describe('a dialog', () => {
  it('has the focus on its first field, and gives it back to what it was opened with, be it a menu', async () => {
    await page.getByRole('link', { name: 'Authentication', exact: true }).first().click();
    const menu = button('Actions for browser');
    for (const leave of ['Escape', 'Cancel']) {
      await menu.press('Enter');
      await page.getByRole('menuitem', { name: 'Bind' }).press('Enter');
      await dialog().getByRole('combobox', { name: 'Use it as' }).and(page.locator(':focus')).waitFor();
      await (leave === 'Escape' ? page.keyboard.press('Escape') : button(leave, dialog()).press('Enter'));
      await dialog().waitFor({ state: 'detached' });
      await menu.and(page.locator(':focus')).waitFor();
    }
    await page.getByRole('link', { name: COPY }).click();
    await button('Add step').press('Enter');
    await dialog().getByRole('searchbox').and(page.locator(':focus')).waitFor();
    await page.keyboard.press('Escape');
    await button('Add step').and(page.locator(':focus')).waitFor();
  });
});

describe('the guided page', () => {
  it('is left without a question while nothing is set in it', async () => {
    await page.goto(`${server.url}/admin/master/console/${REALM}/limits/new`);
    const most = page.getByLabel('Sessions per person', { exact: true });
    const asksAtReload = (): Promise<boolean> =>
      page.evaluate(`!dispatchEvent(new Event('beforeunload', { cancelable: true }))`);
    await page.getByText('- limited sessions').first().waitFor();
    expect(await asksAtReload()).toBe(false);
    await most.fill('7');
    expect(await asksAtReload()).toBe(true);
    await most.fill('');
    await page.getByRole('link', { name: 'Session limits' }).first().click();
    await dialog().getByRole('button', { name: 'Leave' }).click();
    await page.getByRole('table', { name: 'Session limits' }).waitFor();
  });

  it('gives one application flows and caps of its own in six interactions, proved before they count', async () => {
    await page.goto(`${server.url}/admin/master/console/${REALM}/limits/new`);
    await page.getByRole('combobox', { name: 'For which application' }).waitFor();
    await expectAccessible(page);
    let interactions = 0;
    const interact = async (deed: Promise<unknown>): Promise<void> => {
      interactions++;
      await deed;
    };
    await interact(page.getByRole('combobox', { name: 'For which application' }).fill('desk'));
    await interact(page.getByRole('option', { name: 'desk' }).click());
    await interact(page.getByLabel('Sessions per person', { exact: true }).fill('2'));
    // What holds at present is what one begins with.
    expect(await page.getByLabel('What a person reads who is denied').inputValue()).toBe(MESSAGE);
    expect(await page.getByLabel('When the limit is reached').inputValue()).toBe('Terminate oldest session');
    await interact(page.getByLabel('When the limit is reached').selectOption('Deny the new login'));
    await page.getByText('- desk; its limiter gets').first().waitFor();
    await interact(button('Prepare and prove').click());
    await page.getByText('Proved: every login that opens a session passes the limiter').waitFor();
    await expectAccessible(page);
    await screenshot(page, 'admin-limit-sessions');
    const desk = { ...shop, clientId: 'desk' };
    await server.endSessions(REALM, 'ada');
    expect(await passwordGrant(server, desk, 'ada')).toMatchObject({ status: 200 });
    await interact(button('Put into force').click());
    await page.getByText('The limit is in force').waitFor();
    expect(interactions).toBeLessThanOrEqual(6);
    expect(await passwordGrant(server, desk, 'ada')).toMatchObject({ status: 200 });
    expect(await passwordGrant(server, desk, 'ada')).toMatchObject({ status: 403 });
    const denied = await logIn(browser, server, desk, 'ada');
    expect(denied.text).toContain(MESSAGE);
  });

  it('is followed by the page of limits: doors, what would happen, and who was denied', async () => {
    await page.evaluate('scrollTo(0, document.body.scrollHeight)');
    await page.getByRole('link', { name: 'Show the limits' }).click();
    await page.getByRole('table', { name: 'Session limits' }).waitFor();
    expect(await page.evaluate('scrollY'), 'a new page is read from its top').toBe(0);
    await page.getByText('desk only').first().waitFor();
    await page.getByRole('combobox', { name: 'User' }).fill('ada');
    await page.getByRole('option', { name: 'ada' }).click();
    await page.getByRole('combobox', { name: 'Client' }).fill('desk');
    await page.getByRole('option', { name: 'desk' }).click();
    await page.getByText('The login would be denied: the cap is full').waitFor();
    await page.getByRole('table', { name: 'Recent denials' }).getByRole('row').nth(1).waitFor();
    await expectAccessible(page);
    await screenshot(page, 'admin-limits');
  });

  it('changes limits on trial, and all of what was before returns, where there was a limiter too', async () => {
    await page.goto(`${server.url}/admin/master/console/${REALM}/limits/new`);
    await page.getByRole('switch', { name: 'On trial for 5 minutes' }).check();
    await page.getByLabel('Sessions per person', { exact: true }).fill('3');
    await page.getByText('its limiter gets these settings, and the copy is bound').first().waitFor();
    await page.getByText('desk (Browser, Token endpoint)').waitFor();
    await button('Prepare and prove').click();
    await button('Put into force').click();
    await page.getByText('Browser: on trial until').waitFor();
    expect(await page.getByText('The limit is in force').count()).toBe(0);
    await button('Bring the old one back').nth(1).waitFor();
    // Beside what is told of it.
    await button('Keep the new one').first().click({ trial: true });
    await expectAccessible(page);
    await server.endSessions(REALM, 'ada');
    for (let logins = 0; logins < 4; logins++)
      expect(await passwordGrant(server, shop, 'ada')).toMatchObject({ status: 200 });
    expect(await sessions()).toBe(3);
    await button('Bring the old one back').nth(1).click();
    await page.getByText('what was bound before is back').waitFor();
    await button('Bring the old one back').click();
    await page.getByText('The limit is not in force: what was bound before is back').waitFor();
    await server.endSessions(REALM, 'ada');
    // The limiter of before ends the oldest, and holds one.
    expect((await logIn(browser, server, shop, 'ada')).signedIn).toBe(true);
    expect((await logIn(browser, server, shop, 'ada')).signedIn).toBe(true);
    expect(await sessions()).toBe(1);
  });

  it('says that nobody knows who was denied where the realm keeps no events, and leads to the setting', async () => {
    const headers = { authorization: `Bearer ${await adminToken()}`, 'content-type': 'application/json' };
    const events = `${server.url}/admin/realms/${REALM}/events`;
    await fetch(`${events}/config`, { method: 'PUT', headers, body: JSON.stringify({ eventsEnabled: false }) });
    await fetch(events, { method: 'DELETE', headers: { authorization: headers.authorization } });
    await page.goto(`${server.url}/admin/master/console/${REALM}/limits`);
    await page.getByText('This realm keeps no events of failed logins').waitFor();
    await expectAccessible(page);
    await page.getByRole('link', { name: 'Event settings' }).click();
    await page.getByRole('switch', { name: 'Keep user events' }).waitFor();
  });
});

describe('the editor', () => {
  it('says who changed the flow meanwhile, keeps the change, and makes it when told to', async () => {
    const token = await adminToken();
    const base = `${server.url}/admin/realms/${REALM}/authentication/flows`;
    const rows = (await (
      await fetch(`${base}/${encodeURIComponent(COPY)}/executions`, { headers: { authorization: `Bearer ${token}` } })
    ).json()) as readonly { readonly providerId?: string }[];
    await page.goto(`${server.url}/admin/master/console/${REALM}/authentication/flows/${encodeURIComponent(COPY)}`);
    await row('Cookie').waitFor();
    const cookie = rows.find(({ providerId }) => providerId === 'auth-cookie');
    await fetch(`${base}/${encodeURIComponent(COPY)}/executions`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ ...cookie, requirement: 'DISABLED' }),
    });
    await row('Identity Provider Redirector').getByRole('combobox').selectOption('DISABLED');
    await page.getByText('Somebody else changed this flow meanwhile').waitFor();
    await page.getByText('Changed by admin').waitFor();
    await screenshot(page, 'admin-flow-changed-meanwhile');
    await button('Make my change all the same').click();
    await expect
      .poll(() => row('Identity Provider Redirector').getByRole('combobox').inputValue(), PATIENT)
      .toBe('DISABLED');
    expect(await row('Cookie').getByRole('combobox').inputValue()).toBe('DISABLED');
  });

  it('draws the machine, says the same in words, and lights the login that refutes a proof', async () => {
    await page.locator('.react-flow__node').nth(3).waitFor();
    await page.getByText('The diagram in words').click();
    await page.getByText(/Login begins.*then:/).waitFor();
    await row('User session count limiter').getByRole('combobox').selectOption('DISABLED');
    await row('Username Password Form').getByRole('combobox').waitFor();
    await button(`Actions for ${COPY} forms`).waitFor();
    await row(`${COPY} forms`).getByRole('combobox').selectOption('DISABLED');
    await page.getByText('Nobody can finish this flow.').waitFor();
    await page.getByText('Not proved').waitFor();
    await expectAccessible(page);
    await screenshot(page, 'admin-flow-not-proved');
    await button('Undo').click();
    await page.getByText('Green', { exact: true }).waitFor();
  });

  it('does not say that a flow is not used before it knows', async () => {
    let answer = (): void => undefined;
    const isAwaited = new Promise<void>((resolve) => (answer = resolve));
    await page.route('**/limits/proof', (route) => isAwaited.then(() => route.continue()));
    await page.goto(`${server.url}/admin/master/console/${REALM}/authentication`);
    await page.getByRole('table', { name: 'Flows' }).waitFor();
    expect(await page.getByText('not used').count()).toBe(0);
    answer();
    await page.getByText('not used').first().waitFor();
    await page.unroute('**/limits/proof');
    await page.getByRole('link', { name: COPY }).first().click();
    await page.locator('.react-flow__node').nth(3).waitFor();
  });

  it('has room for the longest requirement in German', async () => {
    await button('Language').click();
    await page.getByRole('menuitem', { name: 'Deutsch' }).click();
    await button('Sprache').waitFor();
    const spare = await page.evaluate<number>(`(() => {
      const select = document.querySelector('main table select');
      const style = getComputedStyle(select);
      const text = document.createElement('canvas').getContext('2d');
      text.font = style.font;
      const words = [...document.querySelectorAll('main table option')].map(({ label }) => text.measureText(label).width);
      return select.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight) - Math.max(...words);
    })()`);
    expect(spare).toBeGreaterThanOrEqual(0);
    await button('Sprache').click();
    await page.getByRole('menuitem', { name: 'English' }).click();
    await button('Language').waitFor();
  });

  it('plays a login, with other answers and other sessions', async () => {
    await page.getByRole('link', { name: 'Try it' }).click();
    await page.getByRole('combobox', { name: 'User', exact: true }).fill('ada');
    await page.getByRole('option', { name: 'ada' }).click();
    await page.getByRole('combobox', { name: 'Client', exact: true }).fill('shop');
    await page.getByRole('option', { name: 'shop' }).click();
    await button('Play a login').click();
    await page.getByText('The person gets in').waitFor();
    const colours = (): Promise<readonly string[]> =>
      page.evaluate(`['--accent', '--danger'].map((name) => {
        const probe = document.body.appendChild(document.createElement('i'));
        probe.style.color = 'var(' + name + ')';
        const { color } = getComputedStyle(probe);
        probe.remove();
        return color;
      }).concat(getComputedStyle(document.querySelector('.react-flow__node[data-id=passed] > div')).borderColor)`);
    const [accent, danger, lit] = await colours();
    expect(lit).toBe(accent);
    expect(lit).not.toBe(danger);
    await page.getByLabel('At Username Password Form, the person').selectOption('stop');
    await page.getByText('The login stops on a page').waitFor();
    await expectAccessible(page);
    await screenshot(page, 'admin-flow-try');
  });

  it('shows versions and what each changed, and restores one', async () => {
    await page.getByRole('link', { name: 'Versions' }).click();
    await page.getByRole('table', { name: 'Versions' }).getByRole('row').nth(3).waitFor();
    await screenshot(page, 'admin-flow-versions');
    await button('Changes').first().click();
    await dialog().getByRole('listitem').first().waitFor();
    await screenshot(page, 'admin-flow-version-changes');
    await button('Close', dialog()).click();
    await expectAccessible(page);
    await button('Restore').first().click();
    await page.getByText(/The flow is what it was in version/).waitFor();
  });

  it('is beside required actions, which are switched on and put in order', async () => {
    await page.getByRole('link', { name: 'Authentication', exact: true }).first().click();
    await page.getByRole('link', { name: 'Required actions' }).click();
    await page.getByRole('switch', { name: 'Configure OTP enabled' }).waitFor();
    await expectAccessible(page);
    await screenshot(page, 'admin-required-actions');
  });

  it('complains of nothing but the refusals that were meant', () => {
    const meant = /status of (400|412)/;
    expect(tab.complaints.filter((complaint) => !meant.test(complaint))).toEqual([]);
  });
});

async function adminToken(): Promise<string> {
  const answer = await fetch(`${server.issuer('master')}/protocol/openid-connect/token`, {
    method: 'POST',
    body: new URLSearchParams({ ...ADMIN, grant_type: 'password', client_id: 'admin-cli' }),
  });
  return ((await answer.json()) as { readonly access_token: string }).access_token;
}
