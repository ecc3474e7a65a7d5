import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PendingLoginStore } from '../../../src/login/pending-login.js';
import { hashSecret } from '../../../src/shared/secrets.js';
import { UnitOfWork } from '../../../src/shared/unit-of-work.js';
import { askForTokens, BrowserSession, passwordGrant, type App } from '../../support/browser-session.js';
import { RunningServer } from '../../support/running-server.js';
import { crowd, testRealm } from '../../support/test-realm.js';
import { AdminApi } from '../security/admin-api.js';

const REALM = 'caps';
const app = (clientId: string): App => ({ realm: REALM, clientId, redirectUri: `http://${clientId}.test/cb` });
const [FIRST, SECOND] = [app('first'), app('second')];
const PEOPLE = crowd('person', 12);
const KEYS = ['userRealmLimit', 'userClientLimit', 'behavior', 'errorMessage'];
const OWN = ['ssoLogins', 'groupLimits', 'idleAfter', 'countOffline', 'clientSeats'];

const step = (authenticator: string, requirement = 'REQUIRED', config?: string): object => ({
  authenticator,
  requirement,
  ...(config !== undefined && { authenticatorConfig: config }),
});
const sub = (flowAlias: string, requirement: string): object => ({ authenticatorFlow: true, flowAlias, requirement });
const flow = (alias: string, topLevel: boolean, ...executions: object[]): object => ({
  alias,
  providerId: 'basic-flow',
  topLevel,
  builtIn: false,
  authenticationExecutions: executions.map((execution, at) => ({ ...execution, priority: at })),
});

let server: RunningServer;

beforeAll(async () => {
  server = await RunningServer.start({
    realms: [
      testRealm({
        realm: REALM,
        people: PEOPLE,
        users: {
          ...Object.fromEntries(PEOPLE.map((name) => [name, { realmRoles: ['offline_access', 'capped'] }])),
          person2: { realmRoles: ['offline_access'] },
          person3: { realmRoles: ['offline_access', 'capped'], groups: ['/staff/night'] },
        },
        apps: [FIRST, SECOND],
        settings: {
          roles: { realm: [{ name: 'capped' }, { name: 'offline_access' }] },
          groups: [{ name: 'staff', subGroups: [{ name: 'night' }] }],
          browserFlow: 'capped browser',
          directGrantFlow: 'capped grant',
          authenticationFlows: [
            flow('capped browser', true, step('auth-cookie', 'ALTERNATIVE'), sub('capped forms', 'ALTERNATIVE')),
            flow('capped forms', false, step('auth-username-password-form'), sub('capped if', 'CONDITIONAL')),
            flow(
              'capped if',
              false,
              step('conditional-user-role', 'REQUIRED', 'the capped'),
              step('user-session-limits', 'REQUIRED', 'browser caps'),
            ),
            flow(
              'capped grant',
              true,
              step('direct-grant-validate-username'),
              step('direct-grant-validate-password'),
              step('user-session-limits', 'REQUIRED', 'grant caps'),
            ),
          ],
          authenticatorConfig: [
            { alias: 'the capped', config: { condUserRole: 'capped' } },
            { alias: 'browser caps', config: { userClientLimit: '1', behavior: 'Deny new session' } },
            { alias: 'grant caps', config: { userRealmLimit: '0', behavior: 'Deny new session' } },
          ],
        },
      }),
    ],
  });
});
afterAll(() => server.close());

const chief = (): Promise<AdminApi> => AdminApi.chief(server, REALM);
const browser = (): BrowserSession => new BrowserSession(server);

/** Sets the caps of a door. @returns the status of the save, and what was said */
async function setCaps(door: 'browser' | 'grant', config: object): Promise<{ status: number; body: unknown }> {
  const api = await chief();
  const alias = door === 'browser' ? 'capped%20browser' : 'capped%20grant';
  const executions = (await api.get(`authentication/flows/${alias}/executions`)).body as {
    providerId?: string;
    authenticationConfig?: string;
  }[];
  const id = executions.find(({ providerId }) => providerId === 'user-session-limits')?.authenticationConfig ?? '';
  return api.put(`authentication/config/${id}`, { id, alias: `${door} caps`, config });
}
async function explain(name: string, query = ''): Promise<Readonly<Record<string, unknown>>> {
  const api = await chief();
  const { id } = await server.user(REALM, name);
  const [client] = (await api.get(`clients?clientId=${SECOND.clientId}`)).body as { id: string }[];
  const reply = await api.get(`limits/explain?user=${id}&client=${client?.id ?? ''}${query}`);
  expect(reply.status).toBe(200);
  return reply.body as Readonly<Record<string, unknown>>;
}

describe('settings of our own', () => {
  it('are described only to who asks for them', async () => {
    const api = await chief();
    const names = async (query: string): Promise<readonly string[]> => {
      const { body } = await api.get(`authentication/config-description/user-session-limits${query}`);
      return (body as { properties: readonly { name: string }[] }).properties.map(({ name }) => name);
    };
    expect(await names('')).toEqual(KEYS);
    expect(await names('?extended=true')).toEqual([...KEYS, ...OWN]);
  });

  it.each([
    ['ssoLogins', 'yes'],
    ['countOffline', '1'],
    ['idleAfter', '10m'],
    ['clientSeats', '-1'],
    ['groupLimits', 'staff=5'],
    ['groupLimits', 'group:/staff'],
  ])('are refused with a sentence that names the key: %s = %s', async (key, value) => {
    const refused = await setCaps('grant', { [key]: value });
    expect(refused.status).toBe(400);
    expect(JSON.stringify(refused.body)).toContain(`${key} must be `);
  });

  it('are kept, and shown as they were written', async () => {
    const config = { userRealmLimit: '2', ssoLogins: 'true', groupLimits: 'group:/staff=5##role:capped=,1' };
    expect((await setCaps('grant', config)).status).toBe(204);
    const api = await chief();
    const executions = (await api.get('authentication/flows/capped%20grant/executions')).body as object[];
    const { authenticationConfig: id } = executions.at(-1) as { authenticationConfig: string };
    expect((await api.get(`authentication/config/${id}`)).body).toMatchObject({ config });
  });
});

describe('ssoLogins', () => {
  const cap = { userClientLimit: '1', behavior: 'Deny new session', errorMessage: 'One desk each' };

  async function secondJoin(name: string): Promise<number> {
    await server.endSessions(REALM, name);
    const [one, two] = [browser(), browser()];
    for (const person of [one, two]) await person.login(FIRST, name);
    // The second browser cannot sign in to the first application again: its cap is one.
    const free = (await server.sessions(REALM, name)).length;
    expect(free).toBe(name === 'person2' ? 2 : 1);
    await passwordGrant(server, SECOND, name);
    return (await one.authorize(SECOND)).status;
  }

  it('off: a second application is joined past its cap, as at the reference', async () => {
    await setCaps('grant', { userRealmLimit: '0' });
    await setCaps('browser', cap);
    expect(await secondJoin('person1')).toBe(302);
  });

  it('on: it is denied, and silently so for an application that asks silently', async () => {
    await setCaps('browser', { ...cap, ssoLogins: 'true' });
    expect(await secondJoin('person1')).toBe(403);
    const person = browser();
    await server.endSessions(REALM, 'person1');
    await person.login(FIRST, 'person1');
    await passwordGrant(server, SECOND, 'person1');
    expect((await person.authorize(SECOND)).page.text).toContain('One desk each');
    expect((await person.authorize(SECOND, { prompt: 'none' })).answer.get('error')).toBe('login_required');
    server.clock.advance(1000);
    await person.authorize(FIRST); // it is the session used last that somebody would join
    expect(await explain('person1', '&door=single_sign_on')).toMatchObject({
      verdict: 'dodged',
      decision: { kind: 'deny', cap: 'client', limit: 1 },
    });
  });

  it('on: it is denied at the end of a login, too, whose version of the flow is no longer kept', async () => {
    await server.endSessions(REALM, 'person1');
    const person = browser();
    await person.login(FIRST, 'person1');
    await passwordGrant(server, SECOND, 'person1');
    const api = await chief();
    const { id } = await server.user(REALM, 'person1');
    const requireActions = (requiredActions: readonly string[]) => api.put(`users/${id}`, { requiredActions });
    await requireActions(['UPDATE_PROFILE']);
    const page = await person.follow(await person.authorize(SECOND));
    const tab = new URL(page.page.form.action, page.url).searchParams.get('tab_id')!;
    const root = /AUTH_SESSION_ID=([^;]+)/.exec(person.jar.header(`/realms/${REALM}/`)!)![1]!;
    const logins = server.part(PendingLoginStore);
    const row = (await logins.find((await server.realm(REALM)).id, hashSecret(root), tab))!;
    await server
      .part(UnitOfWork)
      .run(() => logins.update({ ...row, state: { ...row.state!, hash: 'of a version that is gone' } }));
    const profile = { username: 'person1', email: 'p1@caps.test', firstName: 'Per', lastName: 'Son' };
    const end = await person.submit(await person.get(page.url), profile);
    await requireActions([]);
    expect([end.status, end.page.text]).toEqual([403, expect.stringContaining('One desk each')]);
  });

  it('on: who does not meet the conditions around the limiter is let in', async () => {
    expect(await secondJoin('person2')).toBe(302);
    expect(await explain('person2', '&door=single_sign_on')).toMatchObject({ limits: [], decision: { kind: 'admit' } });
  });
});

describe('groupLimits', () => {
  it('the first that fits counts, also for members of a group below', async () => {
    await setCaps('grant', { userRealmLimit: '1', groupLimits: 'role:nobody=9##group:/staff=2##role:capped=3' });
    for (const [name, limit] of [
      ['person2', 1],
      ['person3', 2],
      ['person4', 3],
    ] as const) {
      await server.endSessions(REALM, name);
      const replies = await Promise.all(Array.from({ length: 6 }, () => passwordGrant(server, FIRST, name)));
      expect(replies.filter(({ status }) => status === 200)).toHaveLength(limit);
    }
    expect(await explain('person3', '&door=direct_grant')).toMatchObject({
      limits: [{ realmMax: 2, who: 'group:/staff' }],
      decision: { kind: 'deny', limit: 2 },
    });
  });
});

describe('idleAfter', () => {
  it('an unused session ends with its reason, and makes room', async () => {
    await setCaps('grant', { userRealmLimit: '1', idleAfter: '300' });
    const first = await passwordGrant(server, FIRST, 'person5');
    server.clock.advance(299_000);
    expect(await passwordGrant(server, FIRST, 'person5')).toMatchObject({ status: 403 });
    server.clock.advance(1000);
    expect(await explain('person5', '&door=direct_grant')).toMatchObject({
      decision: { kind: 'admit', unused: [{ id: first.session_state }] },
    });
    expect((await passwordGrant(server, FIRST, 'person5')).status).toBe(200);
    const [ended] = await server.history(REALM, 'person5');
    expect(ended?.end).toMatchObject({ reason: 'idle' });
    const refresh = { grant_type: 'refresh_token', refresh_token: first.refresh_token ?? '' };
    expect(await askForTokens(server, FIRST, refresh)).toMatchObject({ status: 400, error: 'invalid_grant' });
  });
});

describe('countOffline', () => {
  it('an offline session counts when its login is gone, and once with it', async () => {
    await setCaps('grant', { userRealmLimit: '1', countOffline: 'true' });
    await setCaps('browser', { userRealmLimit: '1', countOffline: 'true' });
    const person = browser();
    const login = await person.login(FIRST, 'person6', { scope: 'openid offline_access' });
    expect((await person.exchange(FIRST, login)).status).toBe(200);
    expect((await person.authorize(SECOND)).answer.get('code')).toBeTruthy();
    await server.endSessions(REALM, 'person6');
    expect(await passwordGrant(server, FIRST, 'person6')).toMatchObject({ status: 403 });
    await setCaps('grant', { userRealmLimit: '1', countOffline: 'true', behavior: 'Terminate oldest session' });
    const grants = await Promise.all(
      ['openid', 'openid offline_access'].map((scope) => passwordGrant(server, FIRST, 'person6', { scope })),
    );
    expect(grants.map(({ status }) => status)).toEqual([200, 200]);
    const history = await server.history(REALM, 'person6');
    expect(history.filter(({ end }) => !end)).toHaveLength(1);
    expect(history.filter(({ offline, end }) => offline && end?.reason === 'evicted').length).toBeGreaterThan(0);
  });
});

describe('clientSeats', () => {
  it('hold for everybody at every door that has them, by single sign-on too', async () => {
    await setCaps('grant', { clientSeats: '2', behavior: 'Terminate oldest session' });
    await setCaps('browser', { clientSeats: '2' });
    for (const name of PEOPLE) await server.endSessions(REALM, name);
    const joining = browser();
    await joining.login(FIRST, 'person10');
    const names = ['person7', 'person8', 'person9'];
    const replies = await Promise.all(names.map((name) => passwordGrant(server, SECOND, name)));
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 200, 403]);
    expect(await passwordGrant(server, SECOND, 'person11')).toMatchObject({
      status: 403,
      error: 'session_limit_exceeded',
      error_description: 'All seats of this application are taken',
    });
    expect((await joining.authorize(SECOND)).status).toBe(403);
    expect(await explain('person11', '&door=direct_grant')).toMatchObject({
      counts: { seatsTakenByOthers: 2 },
      decision: { kind: 'deny', cap: 'seats', limit: 2 },
    });
  });

  it('are known to the proof, with what they do not cover', async () => {
    const { body } = await (await chief()).get('limits/proof');
    const { doors, notCovered } = body as { doors: readonly { door: string; verdict: string }[]; notCovered: string[] };
    expect(doors.map(({ door, verdict }) => [door, verdict])).toContainEqual(['single_sign_on', 'dodged']);
    expect(notCovered.join(' ')).toContain('Seats are people, not sessions');
  });
});
