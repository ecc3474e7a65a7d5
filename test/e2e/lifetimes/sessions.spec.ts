import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Housekeeping } from '../../../src/background/housekeeping.js';
import { BrowserSession, type Fields } from '../../support/browser-session.js';
import { APP, OTHER, TimedRealm } from './timed-realm.js';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const GONE = { status: 400, error: 'invalid_grant', error_description: 'Session not active' };
const EXPIRED = { status: 400, error: 'invalid_grant', error_description: 'Token is not active' };

let realm: TimedRealm;

beforeAll(async () => {
  realm = await TimedRealm.start([
    'ann',
    'ben',
    'cleo',
    'dan',
    'eve',
    'finn',
    'gus',
    'hal',
    'ida',
    'jon',
    'kim',
    'lea',
  ]);
});
beforeEach(() => realm.reset());
afterAll(() => realm.server.close());

describe('SSO session idle (row 39)', () => {
  it('ends a session that is not used, and a refresh begins the time anew', async () => {
    const first = await realm.login('ann');
    expect(first).toMatchObject({ refresh_expires_in: 1800 });
    realm.wait(29 * MINUTE);
    const second = await realm.refresh(first);
    expect(second.status).toBe(200);
    realm.wait(29 * MINUTE);
    expect((await realm.refresh(second)).status).toBe(200);
    realm.wait(31 * MINUTE);
    expect(await realm.refresh(second)).toMatchObject(EXPIRED);
    expect(await realm.ask(`users/${(await realm.server.user('timed', 'ann')).id}/sessions`)).toEqual([]);
  });

  it('is begun anew by single sign-on, and over for it after the time', async () => {
    const browser = new BrowserSession(realm.server);
    const login = await browser.login(APP, 'ann');
    realm.wait(29 * MINUTE);
    const again = await browser.authorize(OTHER);
    expect(again.answer.get('session_state')).toBe(login.answer.get('session_state'));
    realm.wait(29 * MINUTE);
    expect((await browser.authorize(APP)).answer.has('code')).toBe(true);
    realm.wait(30 * MINUTE);
    expect((await browser.authorize(APP)).page.form.names).toContain('password');
  });
});

describe('SSO session max (row 40)', () => {
  it('ends a session however often it is used', async () => {
    await realm.set({ ssoSessionMaxLifespan: HOUR });
    let tokens = await realm.login('ben');
    realm.wait(25 * MINUTE);
    tokens = await realm.refresh(tokens);
    realm.wait(25 * MINUTE);
    tokens = await realm.refresh(tokens);
    expect(tokens).toMatchObject({ status: 200, refresh_expires_in: 10 * MINUTE });
    realm.wait(10 * MINUTE);
    expect(await realm.refresh(tokens)).toMatchObject(EXPIRED);
    await realm.server.part(Housekeeping).sweep();
    expect(await realm.ends('ben')).toEqual(['max']);
  });
});

describe('SSO session idle and max with "remember me" (rows 41 and 42)', () => {
  const signIn = async (name: string, more: Fields = { rememberMe: 'on' }): Promise<BrowserSession> => {
    const browser = new BrowserSession(realm.server);
    await browser.submit(await browser.authorize(APP), { username: name, password: `${name}-pw`, ...more });
    return browser;
  };
  const isSignedIn = async (browser: BrowserSession): Promise<boolean> =>
    (await browser.authorize(APP)).headers.get('location')?.includes('code=') ?? false;

  it('hold for who wanted to be remembered, and for nobody else', async () => {
    await realm.set({ ssoSessionIdleTimeoutRememberMe: 3 * HOUR, ssoSessionMaxLifespanRememberMe: 20 * HOUR });
    const [yes, no] = [await signIn('cleo'), await signIn('cleo', {})];
    realm.wait(2 * HOUR);
    expect([await isSignedIn(yes), await isSignedIn(no)]).toEqual([true, false]);
    for (let hours = 2; hours < 18; hours += 2) {
      realm.wait(2 * HOUR);
      expect(await isSignedIn(yes)).toBe(true);
    }
    realm.wait(2 * HOUR);
    expect(await isSignedIn(yes)).toBe(false);
  });

  it('fall back to the usual ones when they are 0', async () => {
    const browser = await signIn('dan');
    realm.wait(29 * MINUTE);
    expect(await isSignedIn(browser)).toBe(true);
    realm.wait(31 * MINUTE);
    expect(await isSignedIn(browser)).toBe(false);
  });

  it('count for nothing once the realm remembers nobody, also when it does so again', async () => {
    const browser = await signIn('eve');
    await realm.set({ rememberMe: false });
    await realm.set({ rememberMe: true });
    expect(await isSignedIn(browser)).toBe(false);
    expect(await realm.ends('eve')).toEqual(['realm_policy']);
  });
});

describe('client session idle (row 43)', () => {
  it('ends the part of a client that is not used while the session lives on in others', async () => {
    await realm.set({ clientSessionIdleTimeout: 10 * MINUTE });
    await realm.setClient(OTHER, { 'client.session.idle.timeout': String(20 * MINUTE) });
    const browser = new BrowserSession(realm.server);
    const here = await browser.exchange(APP, await browser.login(APP, 'finn'));
    const there = await browser.exchange(OTHER, await browser.authorize(OTHER));
    expect([here, there]).toMatchObject([{ refresh_expires_in: 10 * MINUTE }, { refresh_expires_in: 20 * MINUTE }]);
    realm.wait(11 * MINUTE);
    expect(await realm.refresh(here)).toMatchObject(EXPIRED);
    expect((await realm.refresh(there, OTHER)).status).toBe(200);
    expect(await realm.ends('finn')).toEqual([undefined]);
    expect((await browser.authorize(APP)).answer.has('code')).toBe(true);
  });
});

describe('client session max (row 44)', () => {
  it('ends the part of a client however often it is used, and never touches the session', async () => {
    await realm.set({ clientSessionMaxLifespan: 20 * MINUTE });
    await realm.setClient(OTHER, { 'client.session.max.lifespan': String(40 * MINUTE) });
    const browser = new BrowserSession(realm.server);
    let here = await browser.exchange(APP, await browser.login(APP, 'gus'));
    let there = await browser.exchange(OTHER, await browser.authorize(OTHER));
    realm.wait(15 * MINUTE);
    here = await realm.refresh(here);
    there = await realm.refresh(there, OTHER);
    expect([here, there]).toMatchObject([{ refresh_expires_in: 5 * MINUTE }, { refresh_expires_in: 25 * MINUTE }]);
    realm.wait(6 * MINUTE);
    expect(await realm.refresh(here)).toMatchObject(EXPIRED);
    expect((await realm.refresh(there, OTHER)).status).toBe(200);
    expect(await realm.ends('gus')).toEqual([undefined]);
  });
});

describe('the idle grace window (row 61)', () => {
  it('is a setting of the realm: a session outlives its idle time by it, its tokens do not', async () => {
    await realm.set({ attributes: { 'session.idle.grace': '120' } });
    const browser = new BrowserSession(realm.server);
    const tokens = await browser.exchange(APP, await browser.login(APP, 'hal'));
    expect(tokens).toMatchObject({ refresh_expires_in: 30 * MINUTE });
    realm.wait(31 * MINUTE);
    expect(await realm.refresh(tokens)).toMatchObject(EXPIRED);
    expect((await browser.authorize(APP)).answer.get('session_state')).toBe(tokens.session_state);
    realm.wait(32 * MINUTE);
    expect((await browser.authorize(APP)).page.form.names).toContain('password');
  });

  it.each(['soon', '-1', '3601', '1.5'])('refuses %s and names the attribute', async (value) => {
    await expect(realm.set({ attributes: { 'session.idle.grace': value } })).rejects.toThrow('400');
  });
});

describe('a lifetime that changes', () => {
  it('and is shorter ends sessions that exist: they count nowhere and cannot be refreshed', async () => {
    const tokens = await realm.login('ida');
    const app = await realm.uuidOf(APP);
    const before = (await realm.ask(`clients/${app}/session-count`)) as { count: number };
    realm.wait(11 * MINUTE);
    await realm.set({ ssoSessionIdleTimeout: 10 * MINUTE });
    expect(await realm.ask(`clients/${app}/session-count`)).toMatchObject({ count: before.count - 1 });
    expect(await realm.refresh(tokens)).toMatchObject(GONE);
    expect(await realm.ends('ida')).toEqual(['idle']);
  });

  it('and is longer brings none back, although nobody has touched it in between', async () => {
    await realm.set({ ssoSessionIdleTimeout: 10 * MINUTE });
    const tokens = await realm.login('jon');
    const browser = new BrowserSession(realm.server);
    await browser.login(APP, 'jon');
    realm.wait(11 * MINUTE);
    await realm.set({ ssoSessionIdleTimeout: 10 * HOUR });
    expect((await browser.authorize(APP)).page.form.names).toContain('password');
    expect((await realm.refresh(tokens)).status).toBe(400);
    const { id } = await realm.server.user('timed', 'jon');
    expect(await realm.ask(`users/${id}/sessions`)).toEqual([]);
    await realm.server.part(Housekeeping).sweep();
    expect(await realm.ends('jon')).toEqual(['idle', 'idle']);
  });

  it('and is longer holds for sessions that live', async () => {
    await realm.set({ ssoSessionIdleTimeout: 10 * MINUTE });
    const browser = new BrowserSession(realm.server);
    await browser.login(APP, 'kim');
    realm.wait(9 * MINUTE);
    await realm.set({ ssoSessionIdleTimeout: 2 * HOUR });
    realm.wait(HOUR);
    expect((await browser.authorize(APP)).answer.has('code')).toBe(true);
  });

  it('of one client brings none of its parts back', async () => {
    const short = await realm.login('lea');
    realm.wait(2 * MINUTE);
    await realm.setClient(APP, { 'client.session.idle.timeout': '60' });
    await realm.setClient(APP, {});
    expect(await realm.refresh(short)).toMatchObject({ ...GONE, error_description: 'Client session not active' });
  });
});
