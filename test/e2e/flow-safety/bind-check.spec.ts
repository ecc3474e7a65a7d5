import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AdminRest } from '../../support/admin-rest.js';
import { BrowserSession, passwordGrant, type App } from '../../support/browser-session.js';
import { RunningServer } from '../../support/running-server.js';
import { testRealm } from '../../support/test-realm.js';

const APP: App = { realm: 'guarded', clientId: 'app', redirectUri: 'http://app.test/cb' };
const STRICT = { SLUICE_FLOW_GUARD: 'strict' };

/** The people of the realm, and what those who administer it can prove. */
const REALM = testRealm({
  realm: APP.realm,
  people: ['ada', 'chief'],
  apps: [APP],
  settings: { adminEventsEnabled: true, adminEventsDetailsEnabled: true, browserFlow: 'browser' },
  users: { chief: { clientRoles: { 'realm-management': ['realm-admin'] } } },
});

let server: RunningServer;
let admin: AdminRest;

beforeAll(async () => {
  server = await RunningServer.start({ realms: [REALM] });
  admin = await AdminRest.of(server, APP.realm);
  await admin.makeFlow('closed', 'deny-access-authenticator');
  await admin.makeFlow('name only', 'auth-username-form');
  await admin.makeFlow('two factors', 'auth-username-password-form', 'auth-otp-form');
  await admin.makeFlow('later', 'auth-username-form', 'webauthn-authenticator');
  await admin.makeFlow('empty');
  await admin.makeFlow('unconfigured', 'auth-username-password-form', 'user-session-limits');
});

afterAll(() => server.close());

const bind = (browserFlow: string) => admin.call<{ error: string }>('PUT', '', { browserFlow });
const override = async (clientId: string, overrides: object) =>
  admin.call<{ error: string }>('PUT', `clients/${await admin.clientUuid(clientId)}`, {
    clientId,
    authenticationFlowBindingOverrides: overrides,
  });
const createRealm = async ({ url }: RunningServer, rest: AdminRest, realm: object): Promise<Response> =>
  fetch(`${url}/admin/realms`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${(await rest.signedIn()).accessToken ?? ''}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify(realm),
  });
const bound = async (): Promise<unknown> => (await admin.client.realms.findOne({ realm: APP.realm }))?.browserFlow;

describe('a binding that changes', () => {
  it.each([
    ['empty', /no enabled execution/],
    ['browser forms', /sub-flow|no flow/],
    ['clients', /client-flow where a basic-flow is needed/],
    ['unconfigured', /limiter has no config/],
    ['nothing', /there is no flow/],
  ])('of the realm is refused for the flow "%s", with the reason', async (alias, reason) => {
    const { status, body } = await bind(alias);
    expect(status).toBe(400);
    expect(JSON.stringify(body)).toMatch(reason);
    expect(await bound()).toBe('browser');
  });

  it('is refused where it would lock out every administrator of the realm, with the reason', async () => {
    const { status, body } = await bind('later');
    expect(status).toBe(400);
    expect(JSON.stringify(body)).toMatch(/The administrator of the realm could not finish it/);
    const closed = await bind('closed');
    expect(closed.status).toBe(400);
    expect(await bound()).toBe('browser');
  });

  it('of the clients of administrators is looked at in the same way, of others it is not', async () => {
    const closed = { browser: await admin.flowId('closed') };
    for (const clientId of ['security-admin-console', 'admin-cli'])
      expect((await override(clientId, closed)).status).toBe(400);
    const direct = { direct_grant: await admin.flowId('two factors') };
    expect((await override('admin-cli', direct)).status).toBe(400); // a page cannot be shown
    const { status, headers } = await override('app', closed);
    expect(status).toBe(204);
    expect(headers.get('warning')).toMatch(/^299 - "browser: flow 'closed' is bound\. Nobody can finish this flow/);
    await override('app', { browser: '' });
  });

  it('to a flow for token requests is refused for the browser of administrators, and warned of elsewhere', async () => {
    const { status, body } = await bind('direct grant');
    expect([status, JSON.stringify(body)]).toEqual([400, expect.stringMatching(/could not finish it/)]);
    const other = await override('app', { browser: await admin.flowId('direct grant') });
    expect(other.headers.get('warning')).toMatch(/flow 'direct grant' is bound\. Nobody can finish this flow/);
    await override('app', { browser: '' });
  });

  it('counts a set-up that the flow allows', async () => {
    const { status, headers } = await bind('two factors');
    expect([status, headers.get('warning')]).toEqual([204, null]);
    expect((await bind('browser')).status).toBe(204);
  });

  it('is checked when a client is made', async () => {
    const made = await admin.call('POST', 'clients', {
      clientId: 'made',
      authenticationFlowBindingOverrides: { browser: await admin.flowId('empty') },
    });
    expect(made.status).toBe(400);
    expect(await admin.client.clients.find({ clientId: 'made' })).toEqual([]);
  });

  it('to a flow that asks for no credential is taken with a warning, a red proof and an admin event', async () => {
    const { status, headers } = await bind('name only');
    expect(status).toBe(204);
    expect(headers.get('warning')).toMatch(
      /flow 'name only' is bound\. Somebody can finish without proving who they are/,
    );
    const proof = await admin.call<{ verdict: string }>('GET', 'authentication/flows/name%20only/proof');
    expect(proof.body.verdict).toBe('red');
    const events = await admin.client.realms.findAdminEvents({ realm: APP.realm, resourceTypes: 'AUTH_FLOW' });
    const path = 'authentication/flows/name%20only';
    expect(events.find(({ resourcePath }) => resourcePath === path)).toMatchObject({
      operationType: 'ACTION',
      representation: expect.stringContaining('"boundTo":"browserFlow"') as string,
    });
    const unchanged = await bind('name only');
    expect([unchanged.status, unchanged.headers.get('warning')]).toEqual([204, null]);
    await bind('browser');
  });

  it('to a flow that is closed on purpose is taken where nobody administers the realm by it', async () => {
    const { id } = await server.user(APP.realm, 'chief');
    await admin.client.users.update({ id }, { enabled: false });
    expect((await bind('closed')).headers.get('warning')).toMatch(/Nobody can finish this flow/);
    expect((await new BrowserSession(server).authorize(APP)).status).toBe(401);
    await bind('browser');
    await admin.client.users.update({ id }, { enabled: true });
  });
});

describe('a realm that is made with its bindings', () => {
  it('keeps them, with a warning about those that would be refused', async () => {
    const flows = new URL('../limiter/flows.json', import.meta.url);
    const imported = testRealm({ realm: 'brought', flows, settings: { browserFlow: 'without config' } });
    const { status, headers } = await createRealm(server, admin, imported);
    expect(status).toBe(201);
    expect(headers.get('warning')).toMatch(
      /^299 - "browserFlow: flow 'without config' is bound\. .*limiter has no config/,
    );
  });
});

describe('an edit of a bound flow', () => {
  const executions = 'authentication/flows/mine/executions';

  it('runs once it could be bound: until then the last version that could does', async () => {
    const { authenticationManagement: flows } = admin.client;
    await flows.copyFlow({ flow: 'browser', newName: 'mine' });
    expect((await bind('mine')).status).toBe(204);
    const logsIn = async (): Promise<boolean> =>
      (await new BrowserSession(server).login(APP, 'ada')).answer.has('code');
    const limiter = async () =>
      (await flows.getExecutions({ flow: 'mine' })).find(({ providerId }) => providerId === 'user-session-limits');
    await flows.addExecutionToFlow({ flow: 'mine forms', provider: 'user-session-limits' });
    expect(await logsIn()).toBe(true);
    await flows.updateExecution({ flow: 'mine' }, { ...(await limiter()), requirement: 'REQUIRED' });
    expect(await logsIn()).toBe(true);
    const proof = (await admin.call<{ hash: string; running: object }>('GET', 'authentication/flows/mine/proof')).body;
    expect(proof.running).toMatchObject({
      verdict: expect.any(String) as string,
      difference: [
        { kind: 'changed', name: 'user-session-limits', members: { requirement: ['DISABLED', 'REQUIRED'] } },
      ],
      heldBack: [{ field: 'browserFlow', reason: expect.stringContaining('no config') as string }],
    });
    await flows.createConfig({ id: (await limiter())?.id ?? '', alias: 'cap', config: { userRealmLimit: '100' } });
    const after = (await admin.call<{ running?: object }>('GET', 'authentication/flows/mine/proof')).body;
    expect(after.running).toBeUndefined();
    expect(await logsIn()).toBe(true);
  });

  it('that would lock the administrators out does not run', async () => {
    const { authenticationManagement: flows } = admin.client;
    const form = (await flows.getExecutions({ flow: 'mine' })).find(
      ({ providerId }) => providerId === 'auth-username-password-form',
    );
    await admin.call('PUT', executions, { ...form, requirement: 'DISABLED' });
    expect((await new BrowserSession(server).login(APP, 'ada')).answer.has('code')).toBe(true);
    await admin.call('PUT', executions, { ...form, requirement: 'REQUIRED' });
    await bind('browser');
  });
});

describe('the strict guard', () => {
  it('refuses what is closed on purpose or asks for no credential, at every place that binds', async () => {
    const strict = await RunningServer.start({ realms: [REALM], settings: STRICT });
    try {
      const rest = await AdminRest.of(strict, APP.realm);
      await rest.makeFlow('closed', 'deny-access-authenticator');
      await rest.makeFlow('name only', 'auth-username-form');
      const name = await rest.call('PUT', '', { browserFlow: 'name only' });
      expect([name.status, JSON.stringify(name.body)]).toEqual([400, expect.stringContaining('SLUICE_FLOW_GUARD')]);
      const client = await rest.call('PUT', `clients/${await rest.clientUuid('app')}`, {
        clientId: 'app',
        authenticationFlowBindingOverrides: { browser: await rest.flowId('closed') },
      });
      expect(client.status).toBe(400);
      const flows = new URL('../limiter/flows.json', import.meta.url);
      const imported = testRealm({ realm: 'brought', flows, settings: { browserFlow: 'without config' } });
      const refused = await createRealm(strict, rest, imported);
      expect([refused.status, await refused.text()]).toEqual([400, expect.stringContaining('limiter has no config')]);
      expect((await passwordGrant(strict, APP, 'ada')).access_token).toBeDefined();
    } finally {
      await strict.close();
    }
  });
});
