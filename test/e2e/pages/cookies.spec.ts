import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BrowserSession } from '../../support/browser-session.js';
import type { Cookie } from '../../../src/proof/cookie-jar.js';
import { RunningServer } from '../../support/running-server.js';
import { pageRealms, POLYGLOT } from './page-realm.js';

const DAY = 86_400;
/** What a browser sends when it goes to a page. */
const PAGE = { headers: { accept: 'text/html,application/xhtml+xml' } };

let server: RunningServer;

beforeAll(async () => {
  server = await RunningServer.start({ realms: pageRealms() });
});

afterAll(() => server.close());

const browser = (): BrowserSession => new BrowserSession(server);

function expectClosed(cookie: Cookie | undefined, { readable }: { readable: boolean }): void {
  expect(cookie).toBeDefined();
  expect(cookie!.path).toBe('/realms/polyglot/');
  expect(cookie!.attributes).toMatchObject({ secure: true, samesite: 'None' });
  expect(cookie!.attributes).not.toHaveProperty('domain');
  expect('httponly' in cookie!.attributes).toBe(!readable);
}

describe('cookies', () => {
  it('of the first page bind the login to the browser, until it is closed', async () => {
    const { cookies } = await browser().authorize(POLYGLOT);
    expect(Object.keys(cookies).sort()).toEqual(['AUTH_SESSION_ID', 'KC_AUTH_SESSION_HASH', 'KC_RESTART']);
    expectClosed(cookies['AUTH_SESSION_ID'], { readable: false });
    expectClosed(cookies['KC_RESTART'], { readable: false });
    expectClosed(cookies['KC_AUTH_SESSION_HASH'], { readable: true });
    expect(cookies['AUTH_SESSION_ID']!.attributes).not.toHaveProperty('max-age');
  });

  it('of a login are new, closed and end with the browser', async () => {
    const person = browser();
    const page = await person.authorize(POLYGLOT);
    const before = person.jar.get('AUTH_SESSION_ID')!.value;
    const done = await person.submit(page, { username: 'ida', password: 'ida-pw' });
    const { cookies } = done;
    expectClosed(cookies['KEYCLOAK_IDENTITY'], { readable: false });
    expectClosed(cookies['KEYCLOAK_SESSION'], { readable: true });
    expect(cookies['KEYCLOAK_IDENTITY']!.attributes).not.toHaveProperty('max-age');
    expect(cookies['AUTH_SESSION_ID']!.value).not.toBe(before);
    expect(cookies['KC_RESTART']!.attributes['max-age']).toBe('0');
    const session = done.answer.get('session_state')!;
    for (const { value } of Object.values(cookies)) expect(value).not.toContain(session);
  });

  it('never grant anything to who guesses: a session id, or the readable cookie, is no identity', async () => {
    const person = browser();
    const done = await person.login(POLYGLOT, 'ida');
    for (const guess of [
      done.answer.get('session_state')!,
      person.jar.get('KEYCLOAK_SESSION')!.value,
      'x'.repeat(4000),
      '%00',
    ]) {
      const stranger = browser();
      stranger.jar.put('KEYCLOAK_IDENTITY', guess, '/realms/polyglot/');
      const page = await stranger.authorize(POLYGLOT);
      expect(page.page.form.names).toContain('password');
      expect(stranger.jar.get('KEYCLOAK_IDENTITY')).toBeUndefined();
    }
  });

  it('of one realm are not sent to another', async () => {
    const person = browser();
    await person.login(POLYGLOT, 'ida');
    expect(person.jar.header('/realms/monoglot/protocol/openid-connect/auth')).toBeUndefined();
    expect(person.jar.header('/realms/polyglot-too/')).toBeUndefined();
  });
});

describe('remember me', () => {
  it('keeps the person signed in over days, and the cookie with them', async () => {
    const person = browser();
    const done = await person.submit(await person.authorize(POLYGLOT), {
      username: 'kim',
      password: 'kim-pw',
      rememberMe: 'on',
    });
    expect(Number(done.cookies['KEYCLOAK_IDENTITY']!.attributes['max-age'])).toBeGreaterThan(DAY);
    server.clock.advance(5 * DAY * 1000);
    expect((await person.authorize(POLYGLOT)).answer.get('code')).toBeTruthy();
    server.clock.advance(8 * DAY * 1000);
    const page = await person.authorize(POLYGLOT);
    expect(page.page.form.names).toContain('password');
    expect(page.page.field('username')).toHaveProperty('value', 'kim');
    expect(page.page.field('rememberMe')).toHaveProperty('checked');
  });

  it('is forgotten by a login without it', async () => {
    const person = browser();
    await person.submit(await person.authorize(POLYGLOT), { username: 'kim', password: 'kim-pw', rememberMe: 'on' });
    expect(person.jar.get('KEYCLOAK_REMEMBER_ME')?.value).toBe('username:kim');
    await person.submit(await person.authorize(POLYGLOT, { prompt: 'login' }), { password: 'kim-pw' });
    person.jar.forget('KEYCLOAK_IDENTITY');
    await person.login(POLYGLOT, 'kim');
    expect(person.jar.get('KEYCLOAK_REMEMBER_ME')).toBeUndefined();
  });

  it('is not what happens without it: half an hour of silence ends the session', async () => {
    const person = browser();
    await person.login(POLYGLOT, 'kim');
    server.clock.advance(29 * 60_000);
    expect((await person.authorize(POLYGLOT)).answer.get('code')).toBeTruthy();
    server.clock.advance(34 * 60_000);
    expect((await person.authorize(POLYGLOT)).page.form.names).toContain('password');
    const [newest] = await server
      .history('polyglot', 'kim')
      .then((all) => all.filter(({ end }) => end?.reason === 'idle'));
    expect(newest).toBeDefined();
  });
});

describe('headers', () => {
  it.each<[string, (person: BrowserSession) => Promise<{ headers: Headers }>]>([
    ['the login page', (person) => person.authorize(POLYGLOT)],
    ['an error page', (person) => person.authorize({ ...POLYGLOT, clientId: 'nobody' })],
    ['a page that does not exist', (person) => person.get('/realms/polyglot/nothing-here', PAGE)],
    ['a realm that does not exist', (person) => person.get('/realms/nowhere/protocol/openid-connect/auth', PAGE)],
    ['a redirect to the application', (person) => person.login(POLYGLOT, 'ida')],
    ['a lost login', (person) => person.post('/realms/polyglot/login-actions/authenticate?tab_id=x', {})],
  ])('of %s let nothing run, frame, store or leak', async (_what, get) => {
    const { headers } = await get(browser());
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("base-uri 'none'");
    expect(policy).not.toContain('unsafe');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('same-origin');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('server')).toBeNull();
  });

  it('of the stylesheet let it be kept', async () => {
    const person = browser();
    const page = await person.authorize(POLYGLOT);
    const path = /<link rel="stylesheet" href="([^"]+)"/.exec(page.body)?.[1];
    const style = await person.get(path!);
    expect(style.status).toBe(200);
    expect(style.headers.get('cache-control')).toContain('immutable');
    expect((await person.get(`${path!}x`)).status).toBe(404);
  });
});
