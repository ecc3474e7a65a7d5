import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { UserStore } from '../../../src/realm/user.js';
import { BrowserSession, passwordGrant, type App } from '../../support/browser-session.js';
import { RunningServer } from '../../support/running-server.js';
import { ACME_FILE, BACK_OFFICE, BACK_OFFICE_DENIAL, erinsCode, MOBILE, SHOP_API, SHOP_WEB } from './acme.js';

let server: RunningServer;

const startServer = async (): Promise<void> => {
  server = await RunningServer.start({ realms: ACME_FILE });
};

/** One server for a group of tests that leave the realm as it is; sessions end with each test. */
function sharedServer(): void {
  beforeAll(startServer);
  afterEach(async () => {
    for (const name of ['alice', 'bob']) await server.endSessions('acme', name);
  });
  afterAll(() => server.close());
}

const browser = (): BrowserSession => new BrowserSession(server);
const sessionIds = async (username: string): Promise<readonly string[]> =>
  (await server.sessions('acme', username)).map(({ session }) => session.id);

/** Logs in with a fresh browser, a second after whatever came before; gives the session's id. */
async function loginLater(app: App, username: string): Promise<string> {
  server.clock.advance(1000);
  const reply = await browser().login(app, username);
  expect(reply.answer.get('code')).toBeTruthy();
  return reply.answer.get('session_state') ?? '';
}

async function grantLater(app: App, username: string): Promise<string> {
  server.clock.advance(1000);
  const reply = await passwordGrant(server, app, username);
  expect(reply).toMatchObject({ status: 200 });
  return reply.session_state ?? '';
}

describe('the realm of a real Keycloak', () => {
  sharedServer();

  it('lets alice in with a browser, and gives her tokens', async () => {
    const person = browser();
    const tokens = await person.exchange(SHOP_WEB, await person.login(SHOP_WEB, 'alice'));
    expect(tokens).toMatchObject({ status: 200, token_type: 'Bearer' });
    const userinfo = await fetch(`${server.issuer('acme')}/protocol/openid-connect/userinfo`, {
      headers: { authorization: `Bearer ${tokens.access_token}` },
    });
    expect(await userinfo.json()).toMatchObject({ preferred_username: 'alice', email: 'alice@acme.test' });
  });

  it('lets alice in by direct grant', async () => {
    expect(await passwordGrant(server, SHOP_API, 'alice')).toMatchObject({ status: 200, token_type: 'Bearer' });
  });

  it('lets a fourth session of the realm end the least recently used one', async () => {
    const first = await loginLater(SHOP_WEB, 'alice');
    const second = await loginLater(MOBILE, 'alice');
    const third = await grantLater(SHOP_API, 'alice');
    expect(await sessionIds('alice')).toEqual([first, second, third]);

    const fourth = await loginLater(MOBILE, 'alice');
    expect(await sessionIds('alice')).toEqual([second, third, fourth]);
    const evicted = (await server.history('acme', 'alice')).find(({ id }) => id === first);
    expect(evicted?.end).toMatchObject({ reason: 'evicted', evictedBy: fourth, cap: 'realm', limit: 3 });
  });

  it('orders by the last use, not by the start', async () => {
    const person = browser();
    server.clock.advance(1000);
    const loggedIn = await person.login(SHOP_WEB, 'alice');
    const first = loggedIn.answer.get('session_state') ?? '';
    const second = await loginLater(MOBILE, 'alice');
    const third = await grantLater(SHOP_API, 'alice');
    server.clock.advance(1000);
    await person.authorize(SHOP_WEB); // single sign-on uses the first session

    const fourth = await loginLater(MOBILE, 'alice');
    expect(await sessionIds('alice')).toEqual([third, first, fourth]);
    expect((await server.history('acme', 'alice')).find(({ id }) => id === second)?.end?.reason).toBe('evicted');
  });

  it('lets a third session of one client end its oldest one, with room left in the realm', async () => {
    const first = await loginLater(SHOP_WEB, 'alice');
    const second = await loginLater(SHOP_WEB, 'alice');
    const third = await loginLater(SHOP_WEB, 'alice');
    expect(await sessionIds('alice')).toEqual([second, third]);
    const evicted = (await server.history('acme', 'alice')).find(({ id }) => id === first);
    expect(evicted?.end).toMatchObject({ reason: 'evicted', evictedBy: third, cap: 'client', limit: 2 });
  });

  it('takes the tokens of an evicted session away', async () => {
    const person = browser();
    const tokens = await person.exchange(SHOP_WEB, await person.login(SHOP_WEB, 'alice'));
    await loginLater(SHOP_WEB, 'alice');
    await loginLater(SHOP_WEB, 'alice');
    const userinfo = await fetch(`${server.issuer('acme')}/protocol/openid-connect/userinfo`, {
      headers: { authorization: `Bearer ${tokens.access_token}` },
    });
    expect(userinfo.status).toBe(401);
    const back = await person.authorize(SHOP_WEB);
    expect(back.status).toBe(200);
    expect(back.page.form.names).toContain('password');
  });
});

describe('back-office', () => {
  sharedServer();

  it('denies a second session in the browser with its own message', async () => {
    await loginLater(BACK_OFFICE, 'bob');
    const denied = await browser().login(BACK_OFFICE, 'bob');
    expect(denied.status).toBe(403);
    expect(denied.page.text).toContain(BACK_OFFICE_DENIAL);
    expect(await sessionIds('bob')).toHaveLength(1);
  });

  it('denies a second session at the token endpoint with its own message, whatever the client accepts', async () => {
    expect(await grantLater(BACK_OFFICE, 'bob')).toBeTruthy();
    for (const accept of ['application/json', 'text/html', '*/*']) {
      const response = await fetch(`${server.issuer('acme')}/protocol/openid-connect/token`, {
        method: 'POST',
        headers: { accept },
        body: new URLSearchParams({
          client_id: BACK_OFFICE.clientId,
          client_secret: BACK_OFFICE.secret ?? '',
          grant_type: 'password',
          username: 'bob',
          password: 'bob-pw',
        }),
      });
      expect(response.status).toBe(403);
      expect(response.headers.get('content-type')).toMatch(/^application\/json/);
      expect(await response.json()).toEqual({ error: 'session_limit_exceeded', error_description: BACK_OFFICE_DENIAL });
    }
    expect(await sessionIds('bob')).toHaveLength(1);
  });

  it('counts sessions of both bindings together', async () => {
    await loginLater(BACK_OFFICE, 'bob');
    expect(await passwordGrant(server, BACK_OFFICE, 'bob')).toMatchObject({
      status: 403,
      error: 'session_limit_exceeded',
    });
  });

  it('lets bob, who works at the shop too, in there', async () => {
    await loginLater(BACK_OFFICE, 'bob');
    await loginLater(SHOP_WEB, 'bob');
    expect(await sessionIds('bob')).toHaveLength(2);
  });
});

describe('the people of the realm', () => {
  beforeEach(startServer);
  afterEach(() => server.close());

  it('asks erin for her code, in the browser', async () => {
    const person = browser();
    const codePage = await person.login(SHOP_WEB, 'erin');
    expect(codePage.page.form.names).toContain('otp');

    const wrong = await person.submit(codePage, { otp: '000000' });
    expect(wrong.page.text).toContain('Invalid authenticator code.');
    const done = await person.submit(wrong, { otp: erinsCode(server.clock.now()) });
    expect(await person.exchange(SHOP_WEB, done)).toMatchObject({ status: 200 });
  });

  it('asks erin for her code, at the token endpoint', async () => {
    expect(await passwordGrant(server, SHOP_API, 'erin')).toMatchObject({ status: 400, error: 'invalid_grant' });
    const otp = erinsCode(server.clock.now());
    expect(await passwordGrant(server, SHOP_API, 'erin', { otp })).toMatchObject({ status: 200 });
    expect(await passwordGrant(server, SHOP_API, 'erin', { otp })).toMatchObject({
      status: 400,
      error: 'invalid_grant',
    });
    server.clock.advance(30_000);
    const totp = erinsCode(server.clock.now());
    expect(await passwordGrant(server, SHOP_API, 'erin', { totp })).toMatchObject({ status: 200 });
  });

  it('makes dave choose a password in the browser', async () => {
    const person = browser();
    const update = await person.login(SHOP_WEB, 'dave');
    expect(update.page.form.names).toContain('password-new');
    const short = await person.submit(update, { 'password-new': 'abc', 'password-confirm': 'abc' });
    expect(short.page.field('password-new')).toHaveProperty('aria-invalid', 'true');
    const unlike = await person.submit(short, { 'password-new': 'long enough', 'password-confirm': 'long enouhg' });
    expect(unlike.page.field('password-confirm')).toHaveProperty('aria-invalid', 'true');
    const done = await person.submit(unlike, { 'password-new': 'long enough', 'password-confirm': 'long enough' });
    expect(await person.exchange(SHOP_WEB, done)).toMatchObject({ status: 200 });

    expect(await passwordGrant(server, SHOP_API, 'dave', { password: 'long enough' })).toMatchObject({ status: 200 });
    expect(await passwordGrant(server, SHOP_API, 'dave')).toMatchObject({ status: 400 });
  });

  it('refuses dave at the token endpoint', async () => {
    expect(await passwordGrant(server, SHOP_API, 'dave')).toEqual({
      status: 400,
      error: 'invalid_grant',
      error_description: 'Account is not fully set up',
    });
    expect(await sessionIds('dave')).toEqual([]);
  });

  it.each([
    ['the browser', (name: string) => browser().login(SHOP_WEB, name)],
    ['the token endpoint', (name: string) => passwordGrant(server, SHOP_API, name)],
  ])("takes grace's PBKDF2 hash at %s, and replaces it", async (_door, login) => {
    const { id, realmId } = await server.user('acme', 'grace');
    const algorithm = async (): Promise<unknown> => {
      const [credential] = await server.part(UserStore).credentials(realmId, id);
      return JSON.parse(credential?.data ?? '{}') as unknown;
    };
    expect(await algorithm()).toMatchObject({ algorithm: 'pbkdf2-sha256', hashIterations: 27_500 });
    await login('grace');
    expect(await sessionIds('grace')).toHaveLength(1);
    expect(await algorithm()).toMatchObject({ algorithm: 'argon2', hashIterations: 5 });
    expect(await passwordGrant(server, SHOP_API, 'grace')).toMatchObject({ status: 200 });
  });

  it('leaves a hash that follows the policy as it is', async () => {
    const { id, realmId } = await server.user('acme', 'frank');
    const secrets = async (): Promise<readonly string[]> =>
      (await server.part(UserStore).credentials(realmId, id)).map(({ sealedSecret }) => sealedSecret);
    const before = await secrets();
    await grantLater(SHOP_API, 'frank');
    expect(await secrets()).toEqual(before);
  });

  it('tells carol that her account is disabled, only after the right password', async () => {
    const person = browser();
    const guess = await person.submit(await person.authorize(SHOP_WEB), { username: 'carol', password: 'wrong' });
    expect(guess.page.text).toContain('The username or the password is not right');
    const denied = await person.submit(guess, { username: 'carol', password: 'carol-pw' });
    expect(denied.page.text).toContain('This account is switched off');
    expect(await passwordGrant(server, SHOP_API, 'carol')).toMatchObject({
      status: 400,
      error: 'invalid_grant',
      error_description: 'Account disabled',
    });
  });
});
