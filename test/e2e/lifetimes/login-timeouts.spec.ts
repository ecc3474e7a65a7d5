import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { BrowserSession } from '../../support/browser-session.js';
import { APP, TimedRealm } from './timed-realm.js';

let realm: TimedRealm;

beforeAll(async () => {
  realm = await TimedRealm.start(['ann', 'ben', 'cleo']);
});
beforeEach(() =>
  realm.set({ accessCodeLifespan: 60, accessCodeLifespanLogin: 1800, accessCodeLifespanUserAction: 300 }),
);
afterAll(() => realm.server.close());

describe('client login timeout (row 52)', () => {
  it('is how long an application has to exchange a code', async () => {
    const [fast, slow] = [new BrowserSession(realm.server), new BrowserSession(realm.server)];
    const [good, late] = [await fast.login(APP, 'ann'), await slow.login(APP, 'ann')];
    realm.wait(59);
    expect((await fast.exchange(APP, good)).status).toBe(200);
    realm.wait(1);
    expect(await slow.exchange(APP, late)).toMatchObject({ status: 400, error: 'invalid_grant' });
    await realm.set({ accessCodeLifespan: 300 });
    const longer = await fast.authorize(APP);
    realm.wait(299);
    expect((await fast.exchange(APP, longer)).status).toBe(200);
  });
});

describe('login timeout (row 53)', () => {
  it('is how long a person has for the login: after it the login begins again, with a page that says so', async () => {
    const browser = new BrowserSession(realm.server);
    const page = await browser.authorize(APP);
    realm.wait(1801);
    const again = await browser.submit(page, { username: 'ben', password: 'ben-pw' });
    expect(again.page.text).toContain('Signing in took too long');
    const done = await browser.submit(again, { username: 'ben', password: 'ben-pw' });
    expect(done.answer.has('code')).toBe(true);
  });

  it('is a setting of the realm', async () => {
    await realm.set({ accessCodeLifespanLogin: 100 });
    const [inTime, late] = [new BrowserSession(realm.server), new BrowserSession(realm.server)];
    const pages = [await inTime.authorize(APP), await late.authorize(APP)] as const;
    realm.wait(99);
    expect((await inTime.submit(pages[0], { username: 'ben', password: 'ben-pw' })).answer.has('code')).toBe(true);
    realm.wait(2);
    expect((await late.submit(pages[1], { username: 'ben', password: 'ben-pw' })).page.text).toContain('took too long');
  });
});

describe('login action timeout (row 54)', () => {
  it('is how long a person has for what the server asks of them after the login', async () => {
    await realm.requireAction('cleo', 'UPDATE_PASSWORD');
    const browser = new BrowserSession(realm.server);
    const passwords = { 'password-new': 'cleo-pw', 'password-confirm': 'cleo-pw' };
    const first = await browser.login(APP, 'cleo');
    expect(first.page.form.names).toContain('password-new');
    realm.wait(301);
    const late = await browser.submit(first, passwords);
    expect(late.page.text).toContain('took too long');
    const again = await browser.submit(late, { username: 'cleo', password: 'cleo-pw' });
    realm.wait(299);
    expect((await browser.submit(again, passwords)).answer.has('code')).toBe(true);
  });
});
