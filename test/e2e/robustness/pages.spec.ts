import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BrowserSession, type App, type Reply } from '../../support/browser-session.js';
import { RunningServer } from '../../support/running-server.js';
import { ONE_PAGE, robustRealm, TWO_PAGES } from './robust-realm.js';

let server: RunningServer;

beforeAll(async () => {
  server = await RunningServer.start({ realms: [robustRealm()] });
});

afterAll(() => server.close());

const browser = (): BrowserSession => new BrowserSession(server);
const credentials = (name: string) => ({ username: name, password: `${name}-pw` });
const sessionsOf = (name: string) => server.sessions('robust', name);

/** A browser at the second page of a login. */
async function atPassword(name: string): Promise<{ person: BrowserSession; first: Reply; second: Reply }> {
  const person = browser();
  const first = await person.authorize(TWO_PAGES);
  const second = await person.submit(first, { username: name });
  expect(second.page.form.names).toContain('password');
  return { person, first, second };
}

/** The answer that an application gets for a page that was sent after the person had signed in. */
function expectSentBack(reply: Reply, app: App): void {
  expect(reply.location.href.startsWith(app.redirectUri)).toBe(true);
  expect(Object.fromEntries(reply.answer)).toEqual({
    error: 'temporarily_unavailable',
    error_description: 'authentication_expired',
    state: 'st-1',
    iss: server.issuer(app.realm),
  });
}

/** A page that tells the person what to do next. */
function expectWayOn(reply: Reply, says: string, status = 200): void {
  expect(reply.status).toBe(status);
  expect(reply.page.text).toContain(says);
}

describe('the same form sent twice', () => {
  it('one after the other, with the only page: back to the application, signed in once', async () => {
    const person = browser();
    const page = await person.authorize(ONE_PAGE);
    await person.submit(page, credentials('person1'));
    expectSentBack(await person.submit(page, credentials('person1')), ONE_PAGE);
    expect(await sessionsOf('person1')).toHaveLength(1);
  });

  it('at once, with the only page: one session, and a page for the other', async () => {
    const person = browser();
    const page = await person.authorize(ONE_PAGE);
    const replies = await Promise.all(
      Array.from({ length: 6 }, () => person.copy().submitOnly(page, credentials('person2'))),
    );
    expect(replies.filter(({ status }) => status === 302)).toHaveLength(1);
    for (const reply of replies.filter(({ status }) => status !== 302)) expect(reply.status).toBe(200);
    expect(await server.history('robust', 'person2')).toHaveLength(1);
  });

  it('one after the other, in the middle of a login: the page on screen', async () => {
    const { person, first } = await atPassword('person3');
    const again = await person.submit(first, { username: 'person3' });
    expectWayOn(again, 'This page is out of date');
    const on = await person.get(again.page.link('Continue signing in'));
    expect(on.page.form.names).toContain('password');
    expect((await person.submit(on, { password: 'person3-pw' })).answer.get('code')).toBeTruthy();
  });

  it('at once, in the middle of a login: one goes on, and all can', async () => {
    const person = browser();
    const page = await person.authorize(TWO_PAGES);
    const replies = await Promise.all(
      Array.from({ length: 5 }, () => person.copy().submitOnly(page, { username: 'person4' })),
    );
    expect(replies.filter(({ status }) => status === 303)).toHaveLength(1);
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(4);
    const on = await person.get(replies.find(({ status }) => status === 303)!.location);
    expect((await person.submit(on, { password: 'person4-pw' })).answer.get('code')).toBeTruthy();
  });

  it('at once, at the end of a login: one session', async () => {
    const { person, second } = await atPassword('person5');
    const replies = await Promise.all(
      Array.from({ length: 6 }, () => person.copy().submitOnly(second, { password: 'person5-pw' })),
    );
    expect(replies.filter(({ status }) => status === 302)).toHaveLength(1);
    expect(Math.max(...replies.map(({ status }) => status))).toBeLessThan(500);
    expect(await server.history('robust', 'person5')).toHaveLength(1);
  });

  it('at a required action: the page on screen, or back to the application', async () => {
    const person = browser();
    const action = await person.login(ONE_PAGE, 'person20');
    const profile = { email: 'person20@example.test', firstName: 'Some', lastName: 'One' };
    const wrong = await person.submit(action, { ...profile, email: 'not an address' });
    expect(wrong.page.field('email')).toHaveProperty('aria-invalid', 'true');
    const [one, two] = await Promise.all([person.copy(), person.copy()].map((copy) => copy.submitOnly(wrong, profile)));
    const statuses = [one!.status, two!.status];
    expect(statuses).toContain(302);
    expect(Math.max(...statuses)).toBeLessThan(500);
    expect(await server.history('robust', 'person20')).toHaveLength(1);
  });
});

describe('a page that is looked at again', () => {
  it('by a reload of the second page: the same page, as often as wanted', async () => {
    const { person, second } = await atPassword('person6');
    const reloaded = await person.get(second.url);
    expect(reloaded.page.form.names).toContain('password');
    expect((await person.submit(reloaded, { password: 'person6-pw' })).answer.get('code')).toBeTruthy();
  });

  it('by the back button after the login: back to the application', async () => {
    const { person, second } = await atPassword('person7');
    await person.submit(second, { password: 'person7-pw' });
    expectSentBack(await person.get(second.url), TWO_PAGES);
    expectSentBack(await person.submit(second, { password: 'person7-pw' }), TWO_PAGES);
  });

  it('after the person signed out: a page that says what to do', async () => {
    const { person, second } = await atPassword('person8');
    await person.submit(second, { password: 'person8-pw' });
    person.jar.forget('KEYCLOAK_IDENTITY');
    const reply = await person.submit(second, { password: 'person8-pw' });
    expectWayOn(reply, 'We did not find this login in your browser', 400);
  });

  it('with an older form of a page that was shown again because of a typing error', async () => {
    const { person, second } = await atPassword('person9');
    const wrong = await person.submit(second, { password: 'wrong' });
    expect(wrong.page.text).toContain('not right');
    const stale = await person.submit(second, { password: 'person9-pw' });
    expect(stale.page.text).toContain('This step is out of date');
    expect((await person.submit(stale, { password: 'person9-pw' })).answer.get('code')).toBeTruthy();
  });

  it('by the link that starts again', async () => {
    const { person, second } = await atPassword('person10');
    const fresh = await person.get(second.page.link('Not you? Start over'));
    expect(fresh.page.form.names).toContain('username');
    const on = await person.submit(fresh, { username: 'person11' });
    expect((await person.submit(on, { password: 'person11-pw' })).answer.get('code')).toBeTruthy();
    expect(await sessionsOf('person10')).toHaveLength(0);
  });
});

describe('two tabs of one browser', () => {
  it('log in side by side', async () => {
    const person = browser();
    const one = await person.authorize(TWO_PAGES);
    const two = await person.authorize(TWO_PAGES);
    const oneOn = await person.submit(one, { username: 'person12' });
    const twoOn = await person.submit(two, { username: 'person13' });
    expect(oneOn.page.text).toContain('person12');
    expect(twoOn.page.text).toContain('person13');
    expect((await person.submit(twoOn, { password: 'person13-pw' })).answer.get('code')).toBeTruthy();
    expectSentBack(await person.submit(oneOn, { password: 'person12-pw' }), TWO_PAGES);
    expect(await sessionsOf('person12')).toHaveLength(0);
  });

  it('send a page that was opened before the other tab signed in back to its application', async () => {
    const person = browser();
    const one = await person.authorize(ONE_PAGE);
    const two = await person.authorize(ONE_PAGE);
    await person.submit(two, credentials('person14'));
    expectSentBack(await person.submit(one, credentials('person14')), ONE_PAGE);
  });
});

describe('a login that took too long', () => {
  it('begins again with the same request: at its first page', async () => {
    const person = browser();
    const page = await person.authorize(ONE_PAGE);
    server.clock.advance(31 * 60_000);
    const again = await person.submit(page, credentials('person15'));
    expect(again.page.text).toContain('Signing in took too long, so we started again');
    const done = await person.submit(again, credentials('person15'));
    expect(done.answer.get('state')).toBe('st-1');
    expect(await person.exchange(ONE_PAGE, done)).toMatchObject({ status: 200 });
  });

  it('begins again with the same request: at its second page', async () => {
    const { person, second } = await atPassword('person16');
    server.clock.advance(31 * 60_000);
    const again = await person.submit(second, { password: 'person16-pw' });
    expect(again.page.text).toContain('Signing in took too long, so we started again');
    const on = await person.submit(again, { username: 'person16' });
    expect((await person.submit(on, { password: 'person16-pw' })).answer.get('code')).toBeTruthy();
  });

  it('does not open a session by itself in the end', async () => {
    const { person, second } = await atPassword('person17');
    server.clock.advance(31 * 60_000);
    await person.submit(second, { password: 'person17-pw' });
    expect(await sessionsOf('person17')).toHaveLength(0);
  });

  it('begins again when the page is only reloaded', async () => {
    const { person, second } = await atPassword('person17');
    server.clock.advance(31 * 60_000);
    const again = await person.get(second.url);
    expect(again.page.text).toContain('Signing in took too long');
    expect(again.page.form.names).toContain('username');
  });
});
