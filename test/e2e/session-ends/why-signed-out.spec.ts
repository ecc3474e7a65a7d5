import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BrowserSession, type App, type Reply } from '../../support/browser-session.js';
import { RunningServer } from '../../support/running-server.js';
import { AdminApi } from '../security/admin-api.js';
import { endedRealm, PLAIN, ROLLING } from './ended-realm.js';

const PEOPLE = ['ann', 'ben', 'cat', 'dan', 'eve', 'fay', 'gus', 'hal'] as const;
const CHROME = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36';

let server: RunningServer;

beforeAll(async () => {
  server = await RunningServer.start({ realms: [endedRealm(PEOPLE)] });
});

afterAll(() => server.close());

async function signedIn(name: string, app: App = PLAIN, language = 'en'): Promise<BrowserSession> {
  const browser = new BrowserSession(server, undefined, language);
  expect((await browser.login(app, name)).answer.get('code')).not.toBeNull();
  return browser;
}

const nextPage = async (browser: BrowserSession, app: App = PLAIN): Promise<string> => {
  const reply: Reply = await browser.authorize(app);
  expect(reply.status).toBe(200);
  return reply.page.text;
};

const lastEnd = async (name: string) => (await server.history('ended', name)).flatMap(({ end }) => end ?? []).at(-1);
const endEvents = async (name: string) => {
  const { id } = await server.user('ended', name);
  const events = await server.events('ended');
  return events.filter(({ type, userId }) => userId === id && ['LOGOUT', 'USER_SESSION_DELETED'].includes(type));
};

async function evicted(name: string, language = 'en'): Promise<BrowserSession> {
  const first = await signedIn(name, ROLLING, language);
  server.clock.advance(1000);
  await signedIn(name, ROLLING);
  const last = new BrowserSession(server);
  const page = await last.get((await last.authorize(ROLLING)).url, { headers: { 'user-agent': CHROME } });
  const { action, hidden } = page.page.form;
  const fields = { ...hidden, username: name, password: `${name}-pw` };
  const answer = await last.post(new URL(action, page.url), fields, { headers: { 'user-agent': CHROME } });
  expect(answer.answer.get('code')).not.toBeNull();
  return first;
}

describe('the next page of a browser whose session has ended', () => {
  it('tells of an eviction: when, by which device, and the limit, once', async () => {
    const browser = await evicted('ann');
    const page = await nextPage(browser);
    expect(page).toMatch(
      /You were signed out because you signed in on another device \(Chrome on Linux\) at \d{1,2}:\d\d.*; the limit is 2\./,
    );
    expect(page).not.toContain('127.0.0.1');
    expect(await nextPage(browser)).not.toContain('signed out');
    const { id } = await server.user('ended', 'ann');
    expect(await endEvents('ann')).toMatchObject([
      { type: 'LOGOUT', userId: id, details: { reason: 'evicted', cap: 'realm', limit: '2' } },
    ]);
  });

  it.each([
    ['de', 'Sie wurden abgemeldet, weil Sie sich um'],
    ['es', 'Se ha cerrado su sesión porque ha iniciado otra en otro dispositivo (Chrome en Linux)'],
  ])('tells it in the language of the page: %s', async (language, words) => {
    const name = language === 'de' ? 'ben' : 'cat';
    await AdminApi.chief(server, 'ended').then((admin) =>
      admin.put('', { internationalizationEnabled: true, supportedLocales: ['en', 'de', 'es'], defaultLocale: 'en' }),
    );
    expect(await nextPage(await evicted(name, language), ROLLING)).toContain(words);
  });

  it('tells nothing to who does not have the secret of the session', async () => {
    const browser = await evicted('dan');
    const stranger = new BrowserSession(server);
    expect(await nextPage(stranger)).not.toContain('signed out');
    expect(await nextPage(browser)).toContain('the limit is 2');
  });

  it('is still told after a silent single sign-on that shows no page', async () => {
    const browser = await evicted('dan');
    expect((await browser.authorize(ROLLING, { prompt: 'none' })).answer.get('error')).toBe('login_required');
    expect(await nextPage(browser)).toContain('the limit is 2');
  });

  it('tells of an administrator', async () => {
    const browser = await signedIn('eve');
    const admin = await AdminApi.chief(server, 'ended');
    const { id } = await server.user('ended', 'eve');
    expect((await admin.post(`users/${id}/logout`, {})).status).toBe(204);
    expect(await nextPage(browser)).toContain('by an administrator at');
    expect(await endEvents('eve')).toMatchObject([{ type: 'USER_SESSION_DELETED', details: { reason: 'admin' } }]);
  });

  it('tells of a not-before', async () => {
    const browser = await signedIn('fay');
    server.clock.advance(2000);
    const admin = await AdminApi.chief(server, 'ended');
    await admin.put('', { notBefore: Math.floor(server.clock.now() / 1000) });
    expect(await nextPage(browser)).toContain('access was withdrawn');
    expect(await lastEnd('fay')).toMatchObject({ reason: 'revoked' });
    await admin.put('', { notBefore: 0 });
  });

  it('tells of an account that was switched off', async () => {
    const browser = await signedIn('gus');
    const admin = await AdminApi.chief(server, 'ended');
    const { id } = await server.user('ended', 'gus');
    await admin.put(`users/${id}`, { enabled: false });
    expect(await nextPage(browser)).toContain('your account was switched off');
    expect(await lastEnd('gus')).toMatchObject({ reason: 'user_disabled' });
  });

  it('is not all: administrators find the session and its reason among those that ended, and others may not look', async () => {
    const admin = await AdminApi.chief(server, 'ended');
    const { id } = await server.user('ended', 'ann');
    const [found] = (await admin.get('sessions/ended?user=ann&client=rolling')).body as readonly object[];
    expect(found).toMatchObject({ userId: id, username: 'ann', reason: 'evicted', cap: 'realm', limit: 2 });
    expect(found).toHaveProperty('device.browser');
    expect(found).toHaveProperty('evictedBy');
    expect((await admin.get('sessions/ended?user=nobody')).body).toEqual([]);
    expect((await admin.get('sessions/ended?max=1')).body).toHaveLength(1);
    expect((await (await AdminApi.member(server, 'ended', 'ann')).get('sessions/ended')).status).toBe(403);
  });

  it('tells of a time without use', async () => {
    const browser = await signedIn('hal');
    server.clock.advance(601_000);
    expect(await nextPage(browser)).toContain('not been here for a while');
    expect(await lastEnd('hal')).toMatchObject({ reason: 'idle' });
  });

  it('tells of the longest duration', async () => {
    const browser = await signedIn('hal');
    for (let passed = 0; passed < 5500; passed += 500) {
      server.clock.advance(500_000);
      expect((await browser.authorize(PLAIN)).answer.get('code')).not.toBeNull();
    }
    server.clock.advance(500_000);
    expect(await nextPage(browser)).toContain('longest duration');
    expect(await lastEnd('hal')).toMatchObject({ reason: 'max' });
  });
});
