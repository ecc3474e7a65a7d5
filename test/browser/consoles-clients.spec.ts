import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildConsolesIfStale } from '../../scripts/build.mjs';
import { AdminRest } from '../support/admin-rest.js';
import { launchChromium } from '../support/chromium.js';
import { ADMIN, RunningServer } from '../support/running-server.js';
import { testRealm } from '../support/test-realm.js';
import { expectAccessible } from './accessible.js';
import { openConsole, type ConsoleTab } from './console-tab.js';
import { screenshot } from './screenshot.js';

const REALM = 'shops';
const CLIENTS = `/admin/master/console/${REALM}/clients`;

interface Client {
  readonly id: string;
  readonly authenticationFlowBindingOverrides: Readonly<Record<string, string>>;
  readonly attributes: Readonly<Record<string, string>>;
  readonly redirectUris: readonly string[];
  readonly enabled: boolean;
  readonly notBefore: number;
}

let browser: Browser;
let server: RunningServer;
let tab: ConsoleTab;
let page: Page;
let rest: AdminRest;

beforeAll(async () => {
  buildConsolesIfStale();
  browser = await launchChromium();
  server = await RunningServer.start({
    realms: [
      testRealm({ realm: REALM, people: ['jo', 'ann'], users: { ann: { realmRoles: [`default-roles-${REALM}`] } } }),
    ],
  });
  rest = await AdminRest.of(server, REALM);
  await rest.call('POST', 'authentication/flows/browser/copy', { newName: 'Browser - Limited Sessions' });
  tab = await openConsole({ browser, server, path: CLIENTS, credentials: ADMIN });
  ({ page } = tab);
});

afterAll(async () => {
  await tab.close();
  await browser.close();
  await server.close();
});

const button = (name: string) => page.getByRole('button', { name, exact: true });
const part = async (name: string): Promise<void> => {
  await page.getByRole('navigation', { name: 'Parts of the client' }).getByRole('link', { name, exact: true }).click();
};
/** Says that it was done; what was told before stays for a while: what is saved is asked for until it is there. */
const told = (text: string) => page.getByRole('status').getByText(text).last().waitFor();

async function client(clientId: string): Promise<Client> {
  const { body } = await rest.call<readonly Client[]>('GET', `clients?clientId=${clientId}`);
  return body[0]!;
}

describe('clients', () => {
  it('are found by the server, a page at a time', async () => {
    await page.getByRole('link', { name: 'account-console' }).waitFor();
    await expectAccessible(page);
    await screenshot(page, 'admin-clients');
    await page.getByRole('searchbox', { name: 'Search by client ID' }).fill('broker');
    await page.getByRole('link', { name: 'account-console' }).waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'broker' }).waitFor();
  });

  it('are made by the wizard, which keeps what was typed', async () => {
    await page.getByRole('link', { name: 'Create client' }).click();
    await button('Next').click();
    await page.getByText('This is needed.').waitFor();
    await page.getByLabel('Kind of application').selectOption('browser');
    await page.getByLabel('Client ID').fill('shop');
    await expectAccessible(page);
    await screenshot(page, 'admin-client-create');
    await button('Next').click();
    await page.getByLabel('Direct access grants').check();
    expect(await page.getByLabel('Keeps a secret').isChecked()).toBe(false);
    await button('Next').click();
    await page.getByLabel('Redirect URIs').fill('https://shop.example.test/*\n\nhttps://shop.example.test/*');
    await button('Back').click();
    await button('Next').click();
    await button('Create client').click();
    await page.getByRole('heading', { name: 'shop', level: 1 }).waitFor();
    expect(await client('shop')).toMatchObject({ redirectUris: ['https://shop.example.test/*'] });
    await page.getByLabel('Description').fill('Where people buy');
    await button('Save').click();
    await told('Saved');
    expect(await client('shop')).toMatchObject({ description: 'Where people buy' });
    await expectAccessible(page);
    await screenshot(page, 'admin-client-settings');
  });

  it('have flows of their own, and lifetimes that the realm says unless they do', async () => {
    await part('Advanced');
    const flow = page.getByLabel('Browser flow');
    await flow.waitFor();
    await page.getByRole('option', { name: 'Inherited from realm: browser' }).waitFor({ state: 'attached' });
    await flow.selectOption({ label: 'Browser - Limited Sessions' });
    await button('Save overrides').click();
    await told('Saved');
    const { body: flows } = await rest.call<readonly { id: string; alias: string }[]>('GET', 'authentication/flows');
    const own = flows.find(({ alias }) => alias === 'Browser - Limited Sessions');
    await expect
      .poll(async () => (await client('shop')).authenticationFlowBindingOverrides)
      .toEqual({ browser: own?.id });

    const idle = page.getByLabel('Client session idle', { exact: true });
    expect(await idle.locator('option:checked').textContent()).toBe('Inherited from realm: 30 min');
    await idle.selectOption('own');
    await page.getByLabel('Client session idle: own value', { exact: true }).fill('10');
    await button('Save timeouts').click();
    await told('Saved');
    await expect.poll(async () => (await client('shop')).attributes['client.session.idle.timeout']).toBe('600');
    await expectAccessible(page);
    await screenshot(page, 'admin-client-advanced');

    await idle.selectOption('');
    await button('Save timeouts').click();
    await expect.poll(async () => (await client('shop')).attributes['client.session.idle.timeout']).toBeUndefined();
    await flow.selectOption('');
    await button('Save overrides').click();
    await expect.poll(async () => (await client('shop')).authenticationFlowBindingOverrides).toEqual({});
  });

  it('show their sessions and offline access, and end them', async () => {
    await signIn('jo', 'openid');
    await signIn('ann', 'openid offline_access');
    await part('Sessions');
    await page.getByRole('rowheader', { name: 'jo' }).waitFor();
    await expectAccessible(page);
    await screenshot(page, 'admin-client-sessions');
    await page.getByRole('row', { name: 'jo' }).getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('rowheader', { name: 'jo' }).waitFor({ state: 'detached' });
    expect(await server.sessions(REALM, 'jo')).toHaveLength(0);
    await part('Offline access');
    await page.getByRole('rowheader', { name: 'ann' }).waitFor();
    await page.getByRole('searchbox', { name: 'Search by user name or address' }).fill('jo');
    await page.getByText('There is no session of that user or address.').waitFor();
  });

  it('with a secret have credentials and a service account; every part is accessible', async () => {
    await rest.call('POST', 'clients', { clientId: 'robot', serviceAccountsEnabled: true, secret: 'first' });
    const { id } = await client('robot');
    await page.evaluate(
      `history.pushState({ idx: history.state.idx + 1 }, '', '${CLIENTS}/${id}/credentials'); dispatchEvent(new PopStateEvent('popstate'))`,
    );
    await button('Show').click();
    const secret = page.getByRole('textbox', { name: 'Client secret' });
    await expect.poll(() => secret.inputValue()).toBe('first');
    await expectAccessible(page);
    await button('Hide').click();
    await screenshot(page, 'admin-client-credentials');
    await button('Regenerate').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Regenerate' }).click();
    await expect.poll(() => secret.inputValue()).not.toBe('first');
    await page.getByLabel('How the client shows who it is').selectOption('client-jwt');
    await page.getByText('The client has no key yet').waitFor();

    await part('Roles');
    await button('Create role').click();
    await page.getByRole('dialog').getByLabel('Name').fill('buyer');
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await page.getByRole('rowheader', { name: 'buyer' }).waitFor();
    await expectAccessible(page);
    await screenshot(page, 'admin-client-roles');

    await part('Service account roles');
    await button('Assign roles').click();
    await page.getByRole('dialog').getByLabel('Roles of').selectOption('clients');
    await page.getByRole('dialog').getByRole('searchbox').fill('buyer');
    await button('Assign buyer').click();
    await button('Done').click();
    await page.getByRole('rowheader', { name: 'buyer' }).waitFor();
    await expectAccessible(page);
    await screenshot(page, 'admin-client-service-account');

    await part('Mappers');
    await button('Add mapper').click();
    await page.getByRole('dialog').getByLabel('Name', { exact: true }).fill('aud');
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await button('aud').waitFor();
    await expectAccessible(page);
    await screenshot(page, 'admin-client-mappers');

    await part('Client scopes');
    await page.getByLabel('When phone is given').selectOption('default');
    await expect
      .poll(async () => (await client('robot')) as object)
      .toMatchObject({
        defaultClientScopes: expect.arrayContaining(['phone']) as unknown,
      });
    await page.getByLabel('User', { exact: true }).fill('jo');
    await button('Evaluate').click();
    await expect.poll(() => page.getByLabel('Access token as it would be').inputValue()).toContain('"azp": "robot"');
    await expectAccessible(page);
    await screenshot(page, 'admin-client-scopes');
  });

  it('are revoked, exported, switched off and deleted', async () => {
    await part('Advanced');
    await button('Set to now').click();
    await expect.poll(async () => (await client('robot')).notBefore).toBeGreaterThan(0);
    await button('Clear').click();
    await expect.poll(async () => (await client('robot')).notBefore).toBe(0);

    await button('Actions').click();
    const download = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: 'Export as JSON' }).click();
    expect((await download).suggestedFilename()).toBe('robot.json');

    await button('Actions').click();
    await page.getByRole('menuitem', { name: 'Disable' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Disable' }).click();
    await expect.poll(async () => (await client('robot')).enabled).toBe(false);
    await button('Actions').click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('heading', { name: 'Clients', level: 1 }).waitFor();
    expect(await client('robot')).toBeUndefined();
    expect(tab.complaints).toEqual([]);
  });
});

describe('what clients share', () => {
  const visit = (path: string): Promise<unknown> =>
    page.evaluate(
      `history.pushState({ idx: history.state.idx + 1 }, '', '/admin/master/console/${REALM}/${path}'); dispatchEvent(new PopStateEvent('popstate'))`,
    );

  it('are realm roles, which bring others with them', async () => {
    await visit('roles');
    await button('Create role').click();
    await page.getByRole('dialog').getByLabel('Name', { exact: true }).fill('manager');
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await page.getByRole('link', { name: 'manager' }).waitFor();
    await expectAccessible(page);
    await screenshot(page, 'admin-roles');
    await page.getByRole('link', { name: 'manager' }).click();
    await button('Assign roles').click();
    await page.getByRole('dialog').getByLabel('Roles of').selectOption('clients');
    await page.getByRole('dialog').getByRole('searchbox').fill('view-profile');
    await button('Assign view-profile').click();
    await button('Done').click();
    await page.getByRole('rowheader', { name: 'account view-profile' }).waitFor();
    await expectAccessible(page);
    await screenshot(page, 'admin-role');
  });

  it('are groups, with members and roles, as a tree', async () => {
    await visit('groups');
    await button('Create group').click();
    await page.getByRole('dialog').getByLabel('Name').fill('Shops');
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await page.getByRole('link', { name: 'Shops' }).waitFor();
    await screenshot(page, 'admin-groups');
    await page.getByRole('link', { name: 'Shops' }).click();
    await button('Add members').click();
    await button('Add jo').click();
    await button('Done').click();
    await page.getByRole('rowheader', { name: 'jo' }).waitFor();
    await button('Assign roles').click();
    await button('Assign manager').click();
    await button('Done').click();
    await page.getByRole('rowheader', { name: 'manager' }).waitFor();
    await button('Actions').click();
    await page.getByRole('menuitem', { name: 'Create a group below' }).click();
    await page.getByRole('dialog').getByLabel('Name').fill('Online');
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await page.getByRole('link', { name: 'Online' }).waitFor();
    await expectAccessible(page);
    await screenshot(page, 'admin-group');
    await page.getByRole('link', { name: 'Online' }).click();
    await page.getByRole('heading', { name: 'Online', level: 1 }).waitFor();
    await page.getByText('Nobody is in this group').waitFor();
    await page.getByRole('navigation', { name: 'Way to this page' }).getByRole('link', { name: 'Shops' }).click();
    await page.getByRole('rowheader', { name: 'jo' }).waitFor();
  });

  it('are client scopes, which new clients may get', async () => {
    await visit('client-scopes');
    await page.getByLabel('When new clients get phone').selectOption('none');
    await told('Saved');
    await expectAccessible(page);
    await screenshot(page, 'admin-client-scopes-of-realm');
    await button('Create client scope').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name', { exact: true }).fill('shop-data');
    await dialog.getByRole('button', { name: 'Create client scope' }).click();
    await page.getByRole('heading', { name: 'shop-data', level: 1 }).waitFor();
    await page.getByLabel('In the scope of tokens').uncheck();
    await button('Save').click();
    await told('Saved');
    await expectAccessible(page);
    await screenshot(page, 'admin-client-scope');
    const attributes = async (): Promise<object | undefined> => {
      const { body } = await rest.call<readonly { name: string; attributes: object }[]>('GET', 'client-scopes');
      return body.find(({ name }) => name === 'shop-data')?.attributes;
    };
    await expect.poll(attributes).toMatchObject({ 'include.in.token.scope': 'false' });
    expect(tab.complaints).toEqual([]);
  });
});

/** Signs somebody in to the shop with a password, as an application would. */
async function signIn(username: string, scope: string): Promise<void> {
  const answer = await fetch(`${server.url}/realms/${REALM}/protocol/openid-connect/token`, {
    method: 'POST',
    body: new URLSearchParams({
      ...{ grant_type: 'password', client_id: 'shop', scope, username },
      password: `${username}-pw`,
    }),
  });
  expect(answer.status).toBe(200);
}
