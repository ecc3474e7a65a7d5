import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { PendingBindings } from '../../../src/flows/pending-bindings.js';
import { AdminRest } from '../../support/admin-rest.js';
import { BrowserSession, passwordGrant, type App } from '../../support/browser-session.js';
import { RunningServer } from '../../support/running-server.js';
import { testRealm } from '../../support/test-realm.js';

const APP: App = { realm: 'trials', clientId: 'app', redirectUri: 'http://app.test/cb' };

interface Pending {
  readonly id: string;
  readonly field: string;
  readonly client?: string;
  readonly from?: string;
  readonly to?: string;
  readonly dueAt: number;
  readonly editor: { readonly username: string };
}

let server: RunningServer;
let admin: AdminRest;

beforeAll(async () => {
  server = await RunningServer.start({
    realms: [
      testRealm({
        realm: APP.realm,
        people: ['ada'],
        apps: [APP],
        settings: { adminEventsEnabled: true, adminEventsDetailsEnabled: true },
      }),
    ],
  });
  admin = await AdminRest.of(server, APP.realm);
  await admin.makeFlow('closed', 'deny-access-authenticator');
  await admin.client.authenticationManagement.copyFlow({ flow: 'browser', newName: 'mine' });
});

afterAll(() => server.close());

beforeEach(async () => {
  await bind('browser');
  expect(await pending()).toEqual([]);
});

const bind = async (browserFlow: string, within?: number | string): Promise<number> =>
  (await admin.call('PUT', within === undefined ? '' : `?confirmWithin=${String(within)}`, { browserFlow })).status;
const pending = async (): Promise<readonly Pending[]> =>
  (await admin.call<readonly Pending[]>('GET', 'authentication/pending-bindings')).body;
const bound = async (): Promise<unknown> => (await server.realm(APP.realm)).bindings.browserFlow;
const sweep = (): Promise<number> => server.part(PendingBindings).returnDue();
const settle = async (method: string, tail = ''): Promise<number> =>
  (await admin.call(method, `authentication/pending-bindings/${(await pending())[0]?.id ?? 'none'}${tail}`)).status;
const login = async (): Promise<number> => (await new BrowserSession(server).authorize(APP)).status;

describe('a binding on trial', () => {
  it('returns by itself when nobody confirms it, once, and not a second before', async () => {
    const before = await bound();
    expect(await bind('closed', 300)).toBe(204);
    expect(await login()).toBe(401);
    expect(await pending()).toMatchObject([
      {
        field: 'browserFlow',
        from: 'browser',
        to: 'closed',
        dueAt: server.clock.now() + 300_000,
        editor: { username: 'admin' },
      },
    ]);
    server.clock.advance(299_999);
    expect(await sweep()).toBe(0);
    server.clock.advance(1);
    expect((await Promise.all([sweep(), sweep(), sweep()])).toSorted()).toEqual([0, 0, 1]);
    expect(await bound()).toBe(before);
    expect(await login()).toBe(200);
    expect(await pending()).toEqual([]);
  });

  it('stays once it is confirmed', async () => {
    await bind('mine', 300);
    expect(await settle('POST', '/confirm')).toBe(204);
    server.clock.advance(400_000);
    expect(await sweep()).toBe(0);
    expect(await bound()).toBe(await admin.flowId('mine'));
  });

  it('is remembered over a restart', async () => {
    const before = await bound();
    await bind('closed', 60);
    await server.restart();
    server.clock.advance(60_000);
    expect(await sweep()).toBe(1);
    expect(await bound()).toBe(before);
  });

  it('does not return over a binding that somebody has set since', async () => {
    await bind('closed', 60);
    await bind('mine');
    expect(await pending()).toEqual([]);
    server.clock.advance(60_000);
    expect(await sweep()).toBe(0);
    expect(await bound()).toBe(await admin.flowId('mine'));
  });

  it('after another trial returns to what was bound before both', async () => {
    const before = await bound();
    await bind('closed', 60);
    await bind('mine', 120);
    expect(await pending()).toMatchObject([{ from: 'browser', to: 'mine' }]);
    server.clock.advance(120_000);
    expect(await sweep()).toBe(1);
    expect(await bound()).toBe(before);
    await bind('closed', 60);
    await bind('browser', 60);
    expect(await pending()).toEqual([]);
  });

  it('is not touched by an edit that leaves the binding as it is', async () => {
    await bind('mine', 60);
    await admin.call('PUT', '', { browserFlow: 'mine', displayName: 'Trials' });
    expect(await pending()).toHaveLength(1);
    expect(await settle('DELETE')).toBe(204);
    expect(await bound()).toBe(await admin.flowId('browser'));
  });

  it('cannot be confirmed when its time is over, or by nobody', async () => {
    await bind('mine', 60);
    server.clock.advance(60_000);
    expect(await settle('POST', '/confirm')).toBe(404);
    await sweep();
    const [waiting] = [await bind('mine', 60), ...(await pending())].slice(1) as Pending[];
    const tokens = await passwordGrant(server, APP, 'ada');
    const refused = await fetch(
      `${server.url}/admin/realms/${APP.realm}/authentication/pending-bindings/${waiting?.id ?? ''}/confirm`,
      { method: 'POST', headers: { authorization: `Bearer ${tokens.access_token ?? ''}` } },
    );
    expect(refused.status).toBe(403);
    expect(await settle('DELETE')).toBe(204);
  });

  it('keeps the flow that may return: it cannot be deleted, and runs as it could', async () => {
    await bind('mine');
    await bind('browser', 60);
    const { authenticationManagement: flows } = await admin.signedIn();
    const deleted = await admin.call('DELETE', `authentication/flows/${await admin.flowId('mine')}`);
    expect(deleted.status).toBe(409);
    const form = (await flows.getExecutions({ flow: 'mine' })).filter(({ level }) => level === 0);
    for (const row of form) await flows.updateExecution({ flow: 'mine' }, { ...row, requirement: 'DISABLED' });
    server.clock.advance(60_000);
    expect(await sweep()).toBe(1);
    expect(await login()).toBe(200);
    await admin.signedIn();
    for (const row of form) await flows.updateExecution({ flow: 'mine' }, row);
  });

  it('is an override of a client as well', async () => {
    const id = await admin.clientUuid(APP.clientId);
    const closed = { browser: await admin.flowId('closed') };
    const overrides = { clientId: APP.clientId, authenticationFlowBindingOverrides: closed };
    expect((await admin.call('PUT', `clients/${id}?confirmWithin=60`, overrides)).status).toBe(204);
    expect(await login()).toBe(401);
    const [waiting] = await pending();
    expect(waiting).toMatchObject({ field: 'browser', client: APP.clientId, to: 'closed' });
    expect(waiting).not.toHaveProperty('from');
    server.clock.advance(60_000);
    expect(await sweep()).toBe(1);
    expect(await login()).toBe(200);
  });

  it.each(['0', '-1', 'soon', '86401', '1.5'])('is refused for confirmWithin=%s', async (within) => {
    const before = await bound();
    expect(await bind('mine', within)).toBe(400);
    expect(await bound()).toBe(before);
  });

  it('is in the admin events: begun, confirmed, returned', async () => {
    await (await admin.signedIn()).realms.clearAdminEvents({ realm: APP.realm });
    await bind('mine', 60);
    await settle('POST', '/confirm');
    await bind('browser', 60);
    server.clock.advance(60_000);
    await sweep();
    const events = await (
      await admin.signedIn()
    ).realms.findAdminEvents({ realm: APP.realm, resourceTypes: 'AUTH_FLOW' });
    const trials = events.filter(({ resourcePath = '' }) =>
      resourcePath.startsWith('authentication/pending-bindings/'),
    );
    expect(trials.map(({ operationType }) => operationType).toSorted()).toEqual([
      'ACTION',
      'CREATE',
      'CREATE',
      'UPDATE',
    ]);
    const returned = trials.find(({ operationType }) => operationType === 'UPDATE');
    expect(returned?.representation).toContain('not confirmed in time');
  });
});
