import { readFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DeliveryRunner } from '../../../src/deliveries/delivery-runner.js';
import { passwordGrant, type App } from '../../support/browser-session.js';
import { Receiver, type Received } from '../../support/receiver.js';
import { RunningServer } from '../../support/running-server.js';
import { testRealm } from '../../support/test-realm.js';
import { AdminApi, type AdminReply } from '../security/admin-api.js';
import { documentedCheck, secretOf, type WebhookBody } from './webhook-realm.js';

const APP: App = { realm: 'hooked', clientId: 'app', redirectUri: 'http://app.test/cb' };
const SECRET = secretOf(1);
const NEXT_SECRET = secretOf(2);
const MASK = '**********';
const HOUR = 3_600_000;
/** Seconds: no session ends by itself here. */
const MONTH = 2_592_000;

let server: RunningServer;
let receiver: Receiver;
let other: Receiver;
let verify: Awaited<ReturnType<typeof documentedCheck>>;

beforeAll(async () => {
  verify = await documentedCheck();
  receiver = await Receiver.start();
  other = await Receiver.start();
  server = await RunningServer.start({
    realms: [
      testRealm({
        realm: 'hooked',
        people: ['ann', 'ben', 'viewer'],
        users: { viewer: { clientRoles: { 'realm-management': ['view-users'] } } },
        apps: [APP],
        settings: {
          eventsListeners: ['jboss-logging', 'sluice-webhook'],
          adminEventsEnabled: true,
          ssoSessionIdleTimeout: MONTH,
          ssoSessionMaxLifespan: MONTH,
          attributes: { 'sluice.webhook.urls': `${receiver.url}/hook?key=k`, 'sluice.webhook.secret': SECRET },
        },
      }),
    ],
  });
});

afterAll(async () => {
  await server.close();
  await receiver.close();
  await other.close();
});

const deliver = (): Promise<void> => server.part(DeliveryRunner).runDue();
const chief = (): Promise<AdminApi> => AdminApi.chief(server, 'hooked');
const accepts: Receiver['answer'] = (response) => response.writeHead(204).end();

/** Sets the webhook, and forgets what that made known. */
async function hook(attributes: Readonly<Record<string, string>>): Promise<AdminReply> {
  const set = { 'sluice.webhook.urls': `${receiver.url}/hook?key=k`, 'sluice.webhook.secret': MASK, ...attributes };
  const reply = await (await chief()).put('', { attributes: set });
  await deliver();
  receiver.received.length = 0;
  other.received.length = 0;
  return reply;
}

const read = ({ headers, body }: Received, secrets = [SECRET]): WebhookBody =>
  verify(headers, body, secrets, server.clock.seconds());
const types = (from = receiver): readonly string[] =>
  from.received.map(({ headers, body }) => verify(headers, body, [SECRET], Number(headers['webhook-timestamp'])).type);
const waiting = async (): Promise<readonly Readonly<Record<string, unknown>>[]> =>
  (await (await chief()).get('deliveries')).body as readonly Readonly<Record<string, unknown>>[];

beforeEach(() => hook({}));

afterEach(async () => {
  receiver.answer = accepts;
  other.answer = accepts;
  server.clock.advance(HOUR);
  await deliver();
});

describe('a webhook', () => {
  it('tells of logins, of what administrators do and of sessions that end, signed', async () => {
    const { session_state: sid } = await passwordGrant(server, APP, 'ann');
    const api = await chief();
    await api.delete(`sessions/${String(sid)}`);
    await deliver();
    expect(types()).toEqual(['event.LOGIN', 'event.USER_SESSION_DELETED', 'admin.USER_SESSION.DELETE']);
    const [login, end] = receiver.received.map((each) => read(each));
    const { id: userId, realmId } = await server.user('hooked', 'ann');
    const stored = (await server.events('hooked')).find(({ type, sessionId }) => type === 'LOGIN' && sessionId === sid);
    expect(login).toEqual({
      type: 'event.LOGIN',
      timestamp: new Date(server.clock.now()).toISOString(),
      realm: 'hooked',
      data: { ...stored, userId, realmId },
    });
    expect(end?.data).toMatchObject({ sessionId: sid, details: { reason: 'admin' } });
    expect(receiver.received[0]?.headers['webhook-id']).toBe(stored?.id);
    expect(receiver.received[0]).toMatchObject({ method: 'POST', path: '/hook?key=k' });
    expect(await waiting()).toEqual([]);
  });

  it('does not pass as signed when anything of it was changed, or with another secret', async () => {
    await passwordGrant(server, APP, 'ann');
    await deliver();
    const [message] = receiver.received;
    if (!message) throw new Error('Nothing came');
    expect(read(message).type).toBe('event.LOGIN');
    expect(() => read({ ...message, body: message.body.replace('ann', 'ben') })).toThrow('not signed');
    expect(() => read(message, [NEXT_SECRET])).toThrow('not signed');
    expect(() => read({ ...message, headers: { ...message.headers, 'webhook-id': 'other' } })).toThrow('not signed');
    server.clock.advance(HOUR);
    expect(() => read(message)).toThrow('too old');
  });

  it('tells of what the realm wants, and of frequent events only by name', async () => {
    await hook({ 'sluice.webhook.events': 'session-end REFRESH_TOKEN' });
    const { session_state: sid, refresh_token: token = '' } = await passwordGrant(server, APP, 'ann');
    await fetch(`${server.issuer('hooked')}/protocol/openid-connect/token`, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: token, client_id: 'app' }),
    });
    await (await chief()).delete(`sessions/${String(sid)}`);
    await deliver();
    expect(types()).toEqual(['event.REFRESH_TOKEN', 'event.USER_SESSION_DELETED']);
  });

  it('tells also in a realm that stores nothing, and tells nothing in one that does not name the listener', async () => {
    const api = await chief();
    await api.put('events/config', { eventsEnabled: false });
    await passwordGrant(server, APP, 'ann');
    await api.put('events/config', { eventsEnabled: true, eventsListeners: ['jboss-logging'] });
    await passwordGrant(server, APP, 'ann');
    await api.put('events/config', { eventsListeners: ['jboss-logging', 'sluice-webhook'] });
    await deliver();
    expect(types().filter((type) => type === 'event.LOGIN')).toHaveLength(1);
  });

  it('is tried again after an error, later and later, as the same message', async () => {
    receiver.answer = (response) => response.writeHead(500).end();
    await passwordGrant(server, APP, 'ann');
    await deliver();
    await deliver();
    expect(receiver.received).toHaveLength(1);
    expect(await waiting()).toMatchObject([
      { kind: 'webhook', receiver: `${receiver.url}/hook`, state: 'pending', attempts: 1, lastError: 'answered 500' },
    ]);
    server.clock.advance(5_000);
    await deliver();
    expect(receiver.received).toHaveLength(2);
    receiver.answer = accepts;
    server.clock.advance(10_000);
    await deliver();
    const [first, , last] = receiver.received;
    expect(last?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
    expect(Number(last?.headers['webhook-timestamp'])).toBe(Number(first?.headers['webhook-timestamp']) + 15);
    expect(types()).toEqual(['event.LOGIN', 'event.LOGIN', 'event.LOGIN']);
    expect(await waiting()).toEqual([]);
  });

  it('that is not answered delays nobody else, and survives a restart in the middle', async () => {
    await hook({ 'sluice.webhook.urls': `${receiver.url}/hook ${other.url}/hook` });
    const arrived = new Promise<void>((resolve) => {
      receiver.answer = () => resolve();
    });
    await passwordGrant(server, APP, 'ben');
    const running = deliver();
    await arrived;
    await expect.poll(() => types(other)).toEqual(['event.LOGIN']);
    await server.restart();
    receiver.answer = accepts;
    receiver.hangUp();
    await running.catch(() => undefined);
    server.clock.advance(HOUR);
    await deliver();
    expect(types()).toEqual(['event.LOGIN', 'event.LOGIN']);
    expect(types(other)).toEqual(['event.LOGIN']);
  });

  it('does not follow a redirect', async () => {
    receiver.answer = (response) => response.writeHead(307, { location: `${other.url}/elsewhere` }).end();
    await passwordGrant(server, APP, 'ann');
    await deliver();
    expect(other.received).toEqual([]);
    const [row] = await waiting();
    expect(row?.['lastError']).toContain('redirect');
  });

  it('never calls a metadata address: it is given up and can be seen', async () => {
    await hook({ 'sluice.webhook.urls': 'http://169.254.169.254/latest' });
    await passwordGrant(server, APP, 'ann');
    await deliver();
    const rows = await waiting();
    expect(rows.length).toBeGreaterThan(0);
    expect(rows[0]).toMatchObject({ state: 'failed', lastError: 'the network is never called' });
  });

  it('that waits for an address which the realm no longer names is dropped', async () => {
    receiver.answer = (response) => response.writeHead(503).end();
    await passwordGrant(server, APP, 'ann');
    await deliver();
    receiver.answer = accepts;
    await hook({ 'sluice.webhook.urls': `${other.url}/hook` });
    server.clock.advance(HOUR);
    await deliver();
    expect(receiver.received).toEqual([]);
    expect((await waiting()).filter(({ state }) => state === 'pending')).toEqual([]);
  });

  it('is listed for those alone who may view events', async () => {
    const viewer = await AdminApi.member(server, 'hooked', 'viewer');
    expect((await viewer.get('deliveries')).status).toBe(403);
  });
});

describe('the secret of a webhook', () => {
  it('is masked, kept by its mask, and sealed at rest', async () => {
    const api = await chief();
    const shown = JSON.stringify((await api.get('')).body);
    expect(shown).toContain(`"sluice.webhook.secret":"${MASK}"`);
    expect(shown).not.toContain(SECRET);
    await hook({ 'sluice.webhook.secret': MASK });
    await passwordGrant(server, APP, 'ann');
    await deliver();
    expect(types()).toEqual(['event.LOGIN']);
    const files = await Promise.all(['', '-wal'].map((end) => readFile(`${server.database}${end}`).catch(() => '')));
    expect(files.some((file) => file.includes('sluice.webhook.urls'))).toBe(true);
    expect(files.some((file) => file.includes(SECRET.slice('whsec_'.length)))).toBe(false);
  });

  it('is changed while receivers still check with the old one', async () => {
    await hook({ 'sluice.webhook.secret': `${NEXT_SECRET} ${MASK}` });
    await passwordGrant(server, APP, 'ann');
    await deliver();
    const [message] = receiver.received;
    if (!message) throw new Error('Nothing came');
    expect(String(message.headers['webhook-signature']).split(' ')).toHaveLength(2);
    expect(read(message, [SECRET]).type).toBe('event.LOGIN');
    expect(read(message, [NEXT_SECRET]).type).toBe('event.LOGIN');
    await hook({ 'sluice.webhook.secret': NEXT_SECRET });
    await passwordGrant(server, APP, 'ann');
    await deliver();
    expect(() => read(receiver.received[0] ?? message, [SECRET])).toThrow('not signed');
    await hook({ 'sluice.webhook.secret': SECRET });
  });

  it.each([
    ['sluice.webhook.secret', 'whsec_c2hvcnQ='],
    ['sluice.webhook.secret', 'plain'],
    ['sluice.webhook.secret', ''],
    ['sluice.webhook.urls', 'ftp://files.test/'],
    ['sluice.webhook.urls', 'javascript:alert(1)'],
    ['sluice.webhook.urls', '/relative'],
    ['sluice.webhook.urls', 'https://user:pw@app.test/'],
    ['sluice.webhook.urls', 'http://a.test http://b.test http://c.test http://d.test http://e.test http://f.test'],
    ['sluice.webhook.events', 'login NO_SUCH_TYPE'],
  ])('and the other settings are checked: %s cannot be "%s"', async (attribute, text) => {
    const { status, body } = await hook({ [attribute]: text });
    expect([status, JSON.stringify(body)]).toEqual([400, expect.stringContaining(attribute)]);
    await passwordGrant(server, APP, 'ann');
    await deliver();
    expect(types()).toEqual(['event.LOGIN']);
  });
});
