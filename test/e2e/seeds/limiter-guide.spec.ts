import KcAdminClient from '@keycloak/keycloak-admin-client';
import type AuthenticationExecutionInfo from '@keycloak/keycloak-admin-client/lib/defs/authenticationExecutionInfoRepresentation.js';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { askForTokens, BrowserSession, passwordGrant, type App } from '../../support/browser-session.js';
import { ADMIN, RunningServer } from '../../support/running-server.js';
import { testRealm } from '../../support/test-realm.js';

const app = (clientId: string): App => ({ realm: 'guide', clientId, redirectUri: `http://${clientId}.test/cb` });
const SHOP = app('shop');
const WIKI = app('wiki');
/** Has flows of its own. */
const DESK = app('desk');

const BROWSER = 'Browser - Limited Sessions';
const GRANT = 'Direct Grant - Limited Sessions';
const DESK_BROWSER = 'Desk browser';
const DESK_GRANT = 'Desk grant';
const MESSAGE = 'Please sign out on another device first.';
const DENY = 'Deny new session';
const EVICT = 'Terminate oldest session';
const LIMITER = 'user-session-limits';

let server: RunningServer;
let admin: KcAdminClient;

beforeAll(async () => {
  server = await RunningServer.start({
    realms: [testRealm({ realm: SHOP.realm, people: ['ada'], apps: [SHOP, WIKI, DESK] })],
  });
  admin = new KcAdminClient({ baseUrl: server.url, realmName: 'master' });
  await admin.auth({ ...ADMIN, grantType: 'password', clientId: 'admin-cli' });
  admin.setConfig({ realmName: SHOP.realm });
});

afterAll(() => server.close());
beforeEach(() => server.endSessions(SHOP.realm, 'ada'));

const steps = (flow: string): Promise<AuthenticationExecutionInfo[]> =>
  admin.authenticationManagement.getExecutions({ flow });

/** The one limiter of a flow. */
async function limiterOf(flow: string): Promise<AuthenticationExecutionInfo & { id: string }> {
  const found = (await steps(flow)).filter(({ providerId }) => providerId === LIMITER);
  expect(found).toHaveLength(1);
  return { ...found[0], id: found[0]?.id ?? '' };
}

/** Duplicates a flow, adds a limiter to it (or to a sub-flow of the copy), configures and requires it, as the guide does. */
async function limitedCopy(from: string, name: string, limits: Record<string, string>, under?: string): Promise<void> {
  const { authenticationManagement: flows } = admin;
  await flows.copyFlow({ flow: from, newName: name });
  await flows.addExecutionToFlow({ flow: under ?? name, provider: LIMITER });
  const limiter = await limiterOf(name);
  expect(limiter.requirement).toBe('DISABLED');
  await flows.createConfig({ id: limiter.id, alias: `limits of ${name}`, config: limits });
  await flows.updateExecution({ flow: name }, { ...(await limiterOf(name)), requirement: 'REQUIRED' });
}

/** Changes the limiter of a flow that is in use. */
async function setLimits(flow: string, limits: Record<string, string>): Promise<void> {
  const { authenticationConfig: id = '' } = await limiterOf(flow);
  await admin.authenticationManagement.updateConfig({ id, alias: `limits of ${flow}`, config: limits });
}

const sessions = async (): Promise<number> => (await server.sessions(SHOP.realm, 'ada')).length;
const clientId = async ({ clientId: name }: App): Promise<string> =>
  (await admin.clients.find({ clientId: name }))[0]?.id ?? '';
const flowId = async (alias: string): Promise<string> =>
  (await admin.authenticationManagement.getFlows()).find((flow) => flow.alias === alias)?.id ?? '';
const browser = (): BrowserSession => new BrowserSession(server);

describe('the guide to limited sessions, step by step', () => {
  it('duplicates the browser flow, and puts the limiter next to its forms (rows 1, 3, 4, 6, 7, 8, 12)', async () => {
    await limitedCopy(
      'browser',
      BROWSER,
      { userRealmLimit: '1', userClientLimit: '0', behavior: EVICT },
      `${BROWSER} forms`,
    );
    const copy = (await steps(BROWSER)).filter(({ level }) => level === 1).map(({ providerId }) => providerId);
    expect(copy).toContain('auth-username-password-form');
    expect(copy).toContain(LIMITER);
    const original = await steps('browser');
    expect(original.some(({ providerId }) => providerId === LIMITER)).toBe(false);
    await expect(
      admin.authenticationManagement.addExecutionToFlow({ flow: 'browser', provider: LIMITER }),
    ).rejects.toThrow(/built in flow/);
  });

  it('binds the copy as the browser flow, and the oldest session makes room (rows 10, 13, 18)', async () => {
    await admin.realms.update({ realm: SHOP.realm }, { browserFlow: BROWSER });
    const phone = browser();
    const first = await phone.exchange(SHOP, await phone.login(SHOP, 'ada'));
    server.clock.advance(1_000);
    const laptop = browser();
    expect((await laptop.login(SHOP, 'ada')).answer.get('code')).toBeTruthy();
    expect(await sessions()).toBe(1);
    const refreshed = await askForTokens(server, SHOP, {
      grant_type: 'refresh_token',
      refresh_token: first.refresh_token ?? '',
    });
    expect(refreshed).toMatchObject({ status: 400, error: 'invalid_grant' });
    const again = await phone.authorize(SHOP);
    expect(again.status).toBe(200);
    expect(again.body).toContain('name="password"');
  });

  it('denies with the words of the administrator when told to (rows 9, 11)', async () => {
    await setLimits(BROWSER, { userRealmLimit: '1', behavior: DENY, errorMessage: MESSAGE });
    await browser().login(SHOP, 'ada');
    const denied = await browser().login(SHOP, 'ada');
    expect(denied.page.text).toContain(MESSAGE);
    expect(await sessions()).toBe(1);
  });

  it('limits the direct grant at the top of a copy of its own (rows 2, 5, 14)', async () => {
    await limitedCopy('direct grant', GRANT, { userRealmLimit: '2', behavior: DENY, errorMessage: MESSAGE });
    await admin.realms.update({ realm: SHOP.realm }, { directGrantFlow: GRANT });
    expect(await passwordGrant(server, SHOP, 'ada')).toMatchObject({ status: 200 });
    expect(await passwordGrant(server, WIKI, 'ada')).toMatchObject({ status: 200 });
    expect(await passwordGrant(server, SHOP, 'ada')).toMatchObject({ status: 403, error_description: MESSAGE });
  });

  it('gives one client flows and limits of its own (rows 15, 16, 17)', async () => {
    await limitedCopy('browser', DESK_BROWSER, { userClientLimit: '2', behavior: DENY }, `${DESK_BROWSER} forms`);
    await limitedCopy('direct grant', DESK_GRANT, { userClientLimit: '3', behavior: DENY });
    await admin.clients.update(
      { id: await clientId(DESK) },
      {
        clientId: DESK.clientId,
        authenticationFlowBindingOverrides: {
          browser: await flowId(DESK_BROWSER),
          direct_grant: await flowId(DESK_GRANT),
        },
      },
    );
    expect((await browser().login(DESK, 'ada')).answer.has('code')).toBe(true);
    expect((await browser().login(DESK, 'ada')).answer.has('code')).toBe(true);
    expect((await browser().login(DESK, 'ada')).status).not.toBe(302);
    expect(await passwordGrant(server, DESK, 'ada')).toMatchObject({ status: 200 });
    expect(await passwordGrant(server, DESK, 'ada')).toMatchObject({ status: 403 });
    expect(await sessions()).toBe(3);
    expect((await browser().login(SHOP, 'ada')).page.text).toContain(MESSAGE);
  });

  it('holds with several browsers and devices that log in at once (row 19)', async () => {
    const devices = Array.from({ length: 12 }, () => browser());
    const pages = await Promise.all(devices.map((device) => device.authorize(SHOP)));
    const answers = await Promise.all(
      devices.map((device, index) => device.submit(pages[index]!, { username: 'ada', password: 'ada-pw' })),
    );
    expect(answers.filter(({ headers }) => headers.has('location'))).toHaveLength(1);
    expect(await sessions()).toBe(1);
  });
});
