import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BrowserSession, passwordGrant } from '../../support/browser-session.js';
import { RunningServer } from '../../support/running-server.js';
import { FREE, limitedRealm, ROLLING, SINGLE, STRICT, STRICT_TOO } from './limited-realm.js';

let server: RunningServer;

beforeAll(async () => {
  server = await RunningServer.start({ realms: [limitedRealm()] });
});

afterAll(() => server.close());

const browser = (): BrowserSession => new BrowserSession(server);
const sessionsOf = (name: string) => server.sessions('limited', name);
const endSessions = (name: string) => server.endSessions('limited', name);

describe('signing in again', () => {
  it.each([
    ['prompt=login', { prompt: 'login' }],
    ['max_age', { max_age: '5' }],
  ])('never costs a slot: %s', async (_how, request) => {
    await endSessions('person1');
    const person = browser();
    const first = await person.login(STRICT, 'person1');
    for (let round = 0; round < 3; round++) {
      server.clock.advance(10_000);
      const page = await person.authorize(STRICT, request);
      expect(page.page.text).toContain('person1');
      const again = await person.submit(page, { password: 'person1-pw' });
      expect(again.answer.get('session_state')).toBe(first.answer.get('session_state'));
    }
    expect(await sessionsOf('person1')).toHaveLength(1);
  });

  it('renews the proof: auth_time is new, and the old cookie is worth nothing', async () => {
    const person = browser();
    await person.login(STRICT, 'person2');
    const before = person.copy();
    server.clock.advance(10_000);
    await person.submit(await person.authorize(STRICT, { prompt: 'login' }), { password: 'person2-pw' });
    const [session] = await sessionsOf('person2');
    expect(session?.session.authTime).toBe(server.clock.seconds());
    expect((await before.authorize(STRICT)).page.form.names).toContain('password');
    expect((await person.authorize(STRICT)).answer.get('code')).toBeTruthy();
  });

  it('in two tabs at once never costs a slot', async () => {
    const person = browser();
    await person.login(STRICT, 'person3');
    server.clock.advance(10_000);
    const [one, two] = [
      await person.authorize(STRICT, { prompt: 'login' }),
      await person.authorize(STRICT, { prompt: 'login' }),
    ];
    await person.submit(one, { password: 'person3-pw' });
    await person.submit(two, { password: 'person3-pw' });
    expect(await sessionsOf('person3')).toHaveLength(1);
    expect((await server.history('limited', 'person3')).length).toBe(1);
  });

  it('takes a new slot when the session ended meanwhile', async () => {
    const person = browser();
    const first = await person.login(ROLLING, 'person4');
    const page = await person.authorize(ROLLING, { prompt: 'login' });
    server.clock.advance(1000);
    await browser().login(ROLLING, 'person4');
    server.clock.advance(1000);
    await browser().login(ROLLING, 'person4'); // the first session is the oldest of two and ends
    const again = await person.submit(page, { username: 'person4', password: 'person4-pw' });
    const login =
      again.status === 200 ? await person.submit(again, { username: 'person4', password: 'person4-pw' }) : again;
    expect(login.answer.get('session_state')).not.toBe(first.answer.get('session_state'));
    expect(await sessionsOf('person4')).toHaveLength(2);
  });
});

describe('single sign-on', () => {
  it('to a second application costs no slot of the realm', async () => {
    const person = browser();
    const first = await person.login(STRICT, 'person5');
    const second = await person.authorize(STRICT_TOO);
    expect(second.answer.get('session_state')).toBe(first.answer.get('session_state'));
    const [session] = await sessionsOf('person5');
    expect(session?.clients).toHaveLength(2);
  });

  it('with prompt=login at a second application costs no slot of the realm', async () => {
    const person = browser();
    const first = await person.login(STRICT, 'person6');
    const page = await person.authorize(STRICT_TOO, { prompt: 'login' });
    const second = await person.submit(page, { password: 'person6-pw' });
    expect(second.answer.get('session_state')).toBe(first.answer.get('session_state'));
    expect(await sessionsOf('person6')).toHaveLength(1);
  });

  it("with prompt=login at a second application is held to that client's cap", async () => {
    await browser().login(SINGLE, 'person7');
    const person = browser();
    await person.login(FREE, 'person7');
    const page = await person.authorize(SINGLE, { prompt: 'login' });
    const denied = await person.submit(page, { password: 'person7-pw' });
    expect(denied.status).toBe(403);
    expect((await sessionsOf('person7')).map(({ clients }) => clients.length)).toEqual([1, 1]);
  });
});

describe("another person's cookie in the same browser", () => {
  it('never frees a slot', async () => {
    await passwordGrant(server, STRICT, 'person8'); // person8 has the one session there may be
    const shared = browser();
    const other = await shared.login(STRICT, 'person9');
    const page = await shared.authorize(STRICT, { prompt: 'login' });
    // The page asks person9 for the password; person8 forges the name.
    const reply = await shared.submit(page, { username: 'person8', password: 'person8-pw' });
    expect(reply.headers.get('location')).toBeNull();
    expect((await sessionsOf('person8')).map(({ session }) => session.authMethod)).toHaveLength(1);
    expect((await sessionsOf('person9')).map(({ session }) => session.id)).toEqual([other.answer.get('session_state')]);
  });

  it('does not help the login whose first page was open before', async () => {
    await passwordGrant(server, STRICT, 'person10');
    const shared = browser();
    const begun = await shared.authorize(STRICT); // person10 opens the page ...
    await shared.login(STRICT, 'person11'); // ... and somebody else signs in in another tab
    const reply = await shared.submit(begun, { username: 'person10', password: 'person10-pw' });
    expect(Object.fromEntries(reply.answer)).toMatchObject({
      error: 'temporarily_unavailable',
      error_description: 'authentication_expired',
    });
    expect(await sessionsOf('person10')).toHaveLength(1);
    expect(await sessionsOf('person11')).toHaveLength(1);
  });

  it('does not help the login that was under way before', async () => {
    await endSessions('person10');
    const shared = browser();
    const begun = await shared.submit(await shared.authorize(FREE), { username: 'person10', password: 'wrong' });
    await shared.login(FREE, 'person11');
    const before = await sessionsOf('person11');
    const reply = await shared.submit(begun, { username: 'person10', password: 'person10-pw' });
    expect(reply.answer.get('error_description')).toBe('authentication_expired');
    expect(await sessionsOf('person10')).toHaveLength(0);
    expect(await sessionsOf('person11')).toEqual(before);
  });
});

describe('thirty parallel logins', () => {
  it('of one person leave as many sessions as the cap allows, and admit only those: deny', async () => {
    const logins = Array.from({ length: 30 }, (_, index) =>
      index % 2 === 0
        ? passwordGrant(server, STRICT, 'person12').then(({ status }) => status === 200)
        : browser()
            .login(STRICT, 'person12')
            .then(({ status }) => status === 302),
    );
    const admitted = (await Promise.all(logins)).filter(Boolean);
    expect(admitted).toHaveLength(1);
    expect(await sessionsOf('person12')).toHaveLength(1);
    expect(await server.history('limited', 'person12')).toHaveLength(1);
  });

  it('of one person leave as many sessions as the cap allows: the oldest end', async () => {
    const pages = await Promise.all(
      Array.from({ length: 30 }, async () => {
        const person = browser();
        return { person, page: await person.authorize(ROLLING) };
      }),
    );
    const replies = await Promise.all(
      pages.map(({ person, page }) => person.submit(page, { username: 'person13', password: 'person13-pw' })),
    );
    expect(replies.every((reply) => reply.answer.has('code'))).toBe(true);
    expect(await sessionsOf('person13')).toHaveLength(2);
    const history = await server.history('limited', 'person13');
    expect(history).toHaveLength(30);
    expect(history.filter(({ end }) => end?.reason === 'evicted')).toHaveLength(28);
  });

  it('of thirty people are all admitted', async () => {
    const replies = await Promise.all(
      Array.from({ length: 27 }, (_, index) => browser().login(STRICT, `person${index + 14}`)),
    );
    expect(replies.every((reply) => reply.answer.has('code'))).toBe(true);
  });
});
