import { decodeJwt } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { askForTokens, BrowserSession, passwordGrant, type App } from '../../support/browser-session.js';
import { ADMIN, RunningServer } from '../../support/running-server.js';
import { testRealm } from '../../support/test-realm.js';
import { AdminApi } from '../security/admin-api.js';

const REALM = 'watched';
const SHOP: App = { realm: REALM, clientId: 'shop', redirectUri: 'http://shop.test/cb' };
const DESK: App = { realm: REALM, clientId: 'desk', redirectUri: 'http://desk.test/cb' };
const PEOPLE = ['ada', 'bob'] as const;
/** Who may do what at the Admin API of the realm. */
const STAFF = {
  watcher: ['view-users', 'view-realm'],
  keeper: ['manage-users', 'view-realm'],
  nobody: [],
} as const;

interface SessionRow {
  readonly id: string;
  readonly username: string;
  readonly userId: string;
  readonly ipAddress: string;
  readonly start: number;
  readonly lastAccess: number;
  readonly clients: Readonly<Record<string, string>>;
}

describe('an administrator of sessions', () => {
  let server: RunningServer;
  let chief: AdminApi;
  /** Internal ids of the clients. */
  const ids = new Map<string, string>();

  beforeAll(async () => {
    server = await RunningServer.start({ realms: [watchedRealm()] });
    chief = await AdminApi.chief(server, REALM);
    const clients = (await chief.get('clients')).body as readonly { id: string; clientId: string }[];
    for (const { id, clientId } of clients) ids.set(clientId, id);
  });
  afterAll(() => server.close());
  beforeEach(async () => {
    chief = await AdminApi.chief(server, REALM);
    for (const name of PEOPLE) await server.endSessions(REALM, name);
  });

  const idOf = (app: App): string => ids.get(app.clientId) ?? '';
  const login = (app: App, name: string) => passwordGrant(server, app, name);
  const refresh = (app: App, { refresh_token: token = '' }: { readonly refresh_token?: string }) =>
    askForTokens(server, app, { grant_type: 'refresh_token', refresh_token: token });
  const sessionsOf = async (path: string): Promise<readonly SessionRow[]> =>
    (await chief.get(path)).body as readonly SessionRow[];
  const stats = async () =>
    ((await chief.get('client-session-stats')).body as readonly Readonly<Record<'clientId', string>>[])
      .filter(({ clientId }) => clientId !== 'admin-cli')
      .toSorted((a, b) => a.clientId.localeCompare(b.clientId));

  it('gets a token with a name and a password from admin-cli (row 20)', async () => {
    const cli: App = { realm: 'master', clientId: 'admin-cli', redirectUri: '' };
    const { status, access_token: token = '' } = await askForTokens(server, cli, { grant_type: 'password', ...ADMIN });
    expect(status).toBe(200);
    const answer = await fetch(`${server.url}/admin/realms/${REALM}/client-session-stats`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(answer.status).toBe(200);
  });

  it('sees how many sessions each client has, online and offline, as texts (rows 21, 26)', async () => {
    await login(SHOP, 'ada');
    await login(SHOP, 'bob');
    await login(DESK, 'bob');
    await passwordGrant(server, DESK, 'ada', { scope: 'openid offline_access' });
    expect(await stats()).toEqual([
      { id: idOf(DESK), clientId: 'desk', active: '1', offline: '1' },
      { id: idOf(SHOP), clientId: 'shop', active: '2', offline: '0' },
    ]);
  });

  it('pages through the sessions of a client: who, from where, since when, and where else (rows 22, 27, 31)', async () => {
    const at = server.clock.now();
    await login(SHOP, 'ada');
    server.clock.advance(1000);
    await login(SHOP, 'bob');
    server.clock.advance(1000);
    await login(DESK, 'ada');
    const path = `clients/${idOf(SHOP)}/user-sessions`;
    const [first, ...others] = await sessionsOf(`${path}?first=0&max=1`);
    expect(others).toEqual([]);
    expect(first).toMatchObject({ username: 'ada', ipAddress: '127.0.0.1', clients: { [idOf(SHOP)]: 'shop' } });
    expect(first?.userId).toBe((await server.user(REALM, 'ada')).id);
    expect(first?.start).toBe(Math.floor(at / 1000) * 1000);
    expect(first?.lastAccess).toBe(first?.start);
    expect((await sessionsOf(`${path}?first=1&max=5`)).map(({ username }) => username)).toEqual(['bob']);
    expect((await chief.get(`clients/${idOf(SHOP)}/session-count`)).body).toEqual({ count: 2 });
  });

  it('sees the sessions of the realm and of a user, with every client of each (rows 27, 28, 32)', async () => {
    const browser = new BrowserSession(server);
    const page = await browser.authorize(SHOP);
    await browser.submit(page, { username: 'ada', password: 'ada-pw' });
    await browser.authorize(DESK);
    await login(SHOP, 'bob');
    const ada = await server.user(REALM, 'ada');
    const [own, ...others] = await sessionsOf(`users/${ada.id}/sessions`);
    expect(others).toEqual([]);
    expect(own?.clients).toEqual({ [idOf(SHOP)]: 'shop', [idOf(DESK)]: 'desk' });
    const all = await sessionsOf('sessions');
    expect(all.map(({ username }) => username).sort()).toEqual(['ada', 'bob']);
  });

  it('ends one session, and the others live on (rows 23, 33)', async () => {
    const [one, two] = [await login(SHOP, 'ada'), await login(SHOP, 'ada')];
    const { sid = '' } = decodeJwt<{ sid?: string }>(one.access_token ?? '');
    expect((await chief.delete(`sessions/${sid}`)).status).toBe(204);
    expect((await refresh(SHOP, one)).status).toBe(400);
    expect((await refresh(SHOP, two)).status).toBe(200);
    expect((await chief.delete(`sessions/${sid}`)).status).toBe(404);
  });

  it('may look or end as the realm-management roles say (rows 24, 87)', async () => {
    const { access_token: token = '' } = await login(SHOP, 'ada');
    const { sid = '' } = decodeJwt<{ sid?: string }>(token);
    const ada = await server.user(REALM, 'ada');
    const answers = async (name: keyof typeof STAFF) => {
      const api = await AdminApi.member(server, REALM, name);
      const { status: stats } = await api.get('client-session-stats');
      const { status: list } = await api.get(`users/${ada.id}/sessions`);
      const { status: end } = await api.delete(`sessions/${sid}`);
      return { stats, list, end };
    };
    expect(await answers('nobody')).toEqual({ stats: 403, list: 403, end: 403 });
    expect(await answers('watcher')).toEqual({ stats: 200, list: 200, end: 403 });
    expect(await answers('keeper')).toEqual({ stats: 200, list: 200, end: 204 });
  });

  it('signs everybody out: cookies are worth nothing, access tokens live until they end by themselves (row 29)', async () => {
    const browser = new BrowserSession(server);
    const page = await browser.authorize(SHOP);
    await browser.submit(page, { username: 'ada', password: 'ada-pw' });
    const bob = await login(SHOP, 'bob');
    expect((await browser.authorize(SHOP)).answer.has('code')).toBe(true);
    // A not-before of this second would hold for a token of this second.
    server.clock.advance(1000);
    expect((await chief.post('logout-all', {})).status).toBe(200);
    expect((await browser.authorize(SHOP)).status).toBe(200);
    expect((await refresh(SHOP, bob)).status).toBe(400);
    expect(decodeJwt(bob.access_token ?? '').exp).toBeGreaterThan(server.clock.seconds());
  });

  it('revokes what was issued before a time, or before now (rows 34, 35)', async () => {
    const old = await login(SHOP, 'ada');
    server.clock.advance(60_000);
    const young = await login(SHOP, 'ada');
    const between = server.clock.seconds() - 30;
    chief = await AdminApi.chief(server, REALM);
    expect((await chief.put('', { realm: REALM, notBefore: between })).status).toBe(204);
    expect((await refresh(SHOP, old)).status).toBe(400);
    const refreshed = await refresh(SHOP, young);
    expect(refreshed.status).toBe(200);
    server.clock.advance(1000);
    expect((await chief.put('', { realm: REALM, notBefore: server.clock.seconds() })).status).toBe(204);
    expect((await refresh(SHOP, refreshed)).status).toBe(400);
    expect((await chief.get('')).body).toMatchObject({ notBefore: server.clock.seconds() });
    expect((await chief.put('', { realm: REALM, notBefore: 0 })).status).toBe(204);
  });

  it('lists the offline sessions of a client, and a not-before revokes them (rows 68, 69)', async () => {
    const offline = await passwordGrant(server, DESK, 'bob', { scope: 'openid offline_access' });
    const path = `clients/${idOf(DESK)}/offline-sessions`;
    expect((await sessionsOf(path)).filter(({ username }) => username === 'bob')).toHaveLength(1);
    server.clock.advance(1000);
    await chief.put('', { realm: REALM, notBefore: server.clock.seconds() });
    expect((await refresh(DESK, offline)).status).toBe(400);
    await chief.put('', { realm: REALM, notBefore: 0 });
  });
});

function watchedRealm(): object {
  const staff = Object.fromEntries(
    Object.entries(STAFF).map(([name, roles]) => [name, { clientRoles: { 'realm-management': roles } }]),
  );
  return testRealm({
    realm: REALM,
    people: [...PEOPLE, ...Object.keys(STAFF)],
    apps: [SHOP, DESK],
    users: { ...Object.fromEntries(PEOPLE.map((name) => [name, { realmRoles: ['offline_access'] }])), ...staff },
    settings: { accessTokenLifespan: 300 },
  });
}
