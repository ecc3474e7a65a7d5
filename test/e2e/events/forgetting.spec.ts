import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DeliveryRunner } from '../../../src/deliveries/delivery-runner.js';
import { AdminEventStore } from '../../../src/events/admin-events.js';
import { Housekeeping } from '../../../src/background/housekeeping.js';
import { LoginFailureStore } from '../../../src/realm/login-failures.js';
import { UserConsentStore } from '../../../src/realm/user-consent.js';
import { UnitOfWork } from '../../../src/shared/unit-of-work.js';
import { allRows, tablesWith } from '../../support/all-rows.js';
import { BrowserSession, passwordGrant, type App } from '../../support/browser-session.js';
import { Receiver } from '../../support/receiver.js';
import { RunningServer } from '../../support/running-server.js';
import { testRealm } from '../../support/test-realm.js';
import { AdminApi } from '../security/admin-api.js';
import { secretOf } from './webhook-realm.js';

const DAYS = 24 * 3_600_000;
const app = (realm: string): App => ({ realm, clientId: 'app', redirectUri: 'http://app.test/cb' });
const APP = app('forgetful');

let server: RunningServer;
let receiver: Receiver;

beforeAll(async () => {
  receiver = await Receiver.start();
  receiver.answer = (response) => response.writeHead(503).end();
  const settings = {
    bruteForceProtected: true,
    failureFactor: 2,
    adminEventsEnabled: true,
    adminEventsDetailsEnabled: true,
    eventsListeners: ['sluice-webhook'],
    attributes: { 'sluice.webhook.urls': receiver.url, 'sluice.webhook.secret': secretOf(1) },
  };
  const realm = (name: string, people: readonly string[]): object =>
    testRealm({
      realm: name,
      people,
      users: Object.fromEntries(people.map((person) => [person, { realmRoles: ['offline_access'] }])),
      apps: [app(name)],
      clients: { app: { attributes: { 'backchannel.logout.url': `${receiver.url}/logout` } } },
      settings,
    });
  server = await RunningServer.start({
    realms: [realm('forgetful', ['zoltan', 'keeper']), realm('gone', ['yorick'])],
    settings: { SLUICE_RETENTION_DAYS: '10' },
  });
});

afterAll(async () => {
  await server.close();
  await receiver.close();
});

const deliver = (): Promise<void> => server.part(DeliveryRunner).runDue();

/** Leaves something of the person in every table that may hold it. */
async function live(realm: string, name: string): Promise<string> {
  const { id, realmId } = await server.user(realm, name);
  const api = await AdminApi.chief(server, realm);
  await api.put(`users/${id}`, { email: `${name}@private.test`, attributes: { nick: [`${name}-nick`] } });
  const browser = new BrowserSession(server);
  await browser.login(app(realm), name);
  await passwordGrant(server, app(realm), name, { scope: 'openid offline_access' });
  const ended = await passwordGrant(server, app(realm), name);
  await api.delete(`sessions/${String(ended.session_state)}`);
  const [session] = await server.sessions(realm, name);
  const clientId = session?.clients[0]?.clientId ?? '';
  const now = server.clock.now();
  await server
    .part(UnitOfWork)
    .run(() =>
      server
        .part(UserConsentStore)
        .put({ realmId, userId: id, clientId, scopes: ['email'], createdAt: now, updatedAt: now }),
    );
  for (let guess = 0; guess < 2; guess++) await passwordGrant(server, app(realm), name, { password: 'wrong' });
  await deliver();
  return id;
}

const HOLD = ['admin_event', 'auth_event', 'client_session', 'credential', 'delivery', 'login_failure'];
const HOLD_TOO = ['session_owner', 'user_account', 'user_consent', 'user_role', 'user_session'];

describe('what is personal', () => {
  it('goes with the user', async () => {
    const id = await live('forgetful', 'zoltan');
    await live('forgetful', 'keeper');
    const mine = [id, 'zoltan'];
    expect(tablesWith(await allRows(server.database), mine)).toEqual(expect.arrayContaining([...HOLD, ...HOLD_TOO]));
    const api = await AdminApi.chief(server, 'forgetful');
    expect((await api.delete(`users/${id}`)).status).toBe(204);
    server.clock.advance(2 * 3_600_000); // logins in progress and codes
    await server.part(Housekeeping).sweep();
    receiver.answer = (response) => response.writeHead(204).end();
    receiver.received.length = 0;
    for (let round = 0; round < 3; round++) {
      await deliver();
      server.clock.advance(3_600_000);
    }
    const rows = await allRows(server.database);
    expect(tablesWith(rows, ['zoltan'])).toEqual([]);
    expect(tablesWith(rows, [id])).toEqual(['admin_event', 'auth_event']);
    const left = (await server.events('forgetful')).filter(({ userId }) => userId === id);
    expect(left.map(({ details }) => details)).toEqual(left.map(() => ({ reason: 'user_deleted' })));
    expect(tablesWith(rows, ['keeper'])).toEqual(
      expect.arrayContaining(['auth_event', 'user_account', 'user_session']),
    );
  });

  it('goes with the user only after those who have to know were told', () => {
    const told = receiver.received.map(({ path, body }) => (path === '/logout' ? 'logout' : body));
    expect(told).toContain('logout');
    expect(told.some((body) => body.includes('admin.USER.DELETE'))).toBe(true);
    expect(told.some((body) => body.includes('user_deleted'))).toBe(true);
    expect(told.some((body) => body.includes('zoltan') && body.includes('event.LOGIN'))).toBe(false);
  });

  it('goes with the realm', async () => {
    await live('gone', 'yorick');
    const { id } = await server.realm('gone');
    const api = await AdminApi.chief(server, 'gone');
    expect((await api.delete('')).status).toBe(204);
    expect(tablesWith(await allRows(server.database), [id, 'yorick'])).toEqual([]);
  });

  it('is kept as long as the operator says, and events without it longer', async () => {
    await passwordGrant(server, APP, 'keeper', { password: 'wrong' });
    const { id, realmId } = await server.user('forgetful', 'keeper');
    const sweepAfter = async (days: number): Promise<void> => {
      server.clock.advance(days * DAYS);
      await server.part(Housekeeping).sweep();
    };
    const held = async (): Promise<object> => ({
      sessions: (await server.history('forgetful', 'keeper')).some(({ ipAddress }) => ipAddress !== ''),
      events: (await server.events('forgetful')).some(({ ipAddress }) => ipAddress !== undefined),
      adminEvents: (await server.part(AdminEventStore).list(realmId, { first: 0, max: 1000, direction: 'asc' })).some(
        ({ ipAddress }) => ipAddress !== '',
      ),
      failures: (await server.part(LoginFailureStore).find(realmId, id))?.lastIpFailure !== undefined,
    });
    await (await AdminApi.chief(server, 'forgetful')).post(`users/${id}/logout`, {});
    await sweepAfter(9);
    expect(await held()).toEqual({ sessions: true, events: true, adminEvents: true, failures: true });
    const events = (await server.events('forgetful')).length;
    await sweepAfter(1.1);
    expect(await held()).toMatchObject({ adminEvents: false, failures: false });
    expect((await server.events('forgetful')).length).toBeGreaterThanOrEqual(events);
    await sweepAfter(61);
    await sweepAfter(11);
    expect(await held()).toEqual({ sessions: false, events: false, adminEvents: false, failures: false });
    expect((await server.events('forgetful')).some(({ type }) => type === 'LOGIN')).toBe(true);
  });

  it('and deliveries that were given up are shown as long', async () => {
    receiver.answer = (response) => response.writeHead(503).end();
    await passwordGrant(server, APP, 'keeper', { password: 'wrong' });
    await deliver();
    const failed = async (): Promise<number> => {
      const { body } = await (await AdminApi.chief(server, 'forgetful')).get('deliveries');
      return (body as readonly { readonly state: string }[]).filter(({ state }) => state === 'failed').length;
    };
    server.clock.advance(1.1 * DAYS);
    await server.part(Housekeeping).sweep();
    expect(await failed()).toBeGreaterThan(0);
    server.clock.advance(10.1 * DAYS);
    await server.part(Housekeeping).sweep();
    expect(await failed()).toBe(0);
  });
});
