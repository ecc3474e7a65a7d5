import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { askForTokens, BrowserSession, passwordGrant, type App, type Reply } from '../../support/browser-session.js';
import { RunningServer } from '../../support/running-server.js';
import { AdminApi } from '../security/admin-api.js';
import { endedRealm, PLAIN } from './ended-realm.js';

const FRONT: App = { realm: 'ended', clientId: 'front', redirectUri: 'http://front.test/cb' };
const MUTE: App = { realm: 'ended', clientId: 'mute', redirectUri: 'http://mute.test/cb' };
const SECRET: App = { realm: 'ended', clientId: 'secret', redirectUri: 'http://secret.test/cb', secret: 's3cret' };
const AFTER = 'http://front.test/after';

let server: RunningServer;

beforeAll(async () => {
  server = await RunningServer.start({
    realms: [
      endedRealm(['ann', 'ben', 'cat', 'dan', 'eve'], [FRONT, MUTE, SECRET], {
        [FRONT.clientId]: {
          frontchannelLogout: true,
          attributes: {
            'frontchannel.logout.url': 'http://front.test/bye;now,',
            'post.logout.redirect.uris': `+##${AFTER}`,
          },
        },
        [MUTE.clientId]: {
          frontchannelLogout: true,
          attributes: {
            'frontchannel.logout.url': 'http://mute.test/bye',
            'frontchannel.logout.session.required': 'false',
          },
        },
      }),
    ],
  });
});

afterAll(() => server.close());

interface Person {
  readonly browser: BrowserSession;
  readonly idToken: string;
  readonly sid: string;
}

let person: Person;

async function signedIn(name: string, app: App = FRONT): Promise<Person> {
  const browser = new BrowserSession(server);
  const { id_token: idToken = '', session_state: sid = '' } = await browser.exchange(
    app,
    await browser.login(app, name),
  );
  return { browser, idToken, sid };
}

const logout = (browser: BrowserSession, query: Readonly<Record<string, string>>): Promise<Reply> =>
  browser.get(`${server.issuer('ended')}/protocol/openid-connect/logout?${new URLSearchParams(query).toString()}`);

const framesIn = ({ body }: Reply): readonly string[] =>
  [...body.matchAll(/<iframe[^>]* src="([^"]*)"/g)].map(([, src = '']) => src.replaceAll('&amp;', '&'));

const policyOf = (reply: Reply): string => reply.headers.get('content-security-policy') ?? '';

describe('signing out in the browser', () => {
  beforeEach(async () => {
    person = await signedIn('ann');
  });

  it('loads a frame for each application that asks for one, says who and where, and goes on by script or button', async () => {
    await person.browser.authorize(MUTE);
    await person.browser.authorize(PLAIN);
    const reply = await logout(person.browser, {
      id_token_hint: person.idToken,
      post_logout_redirect_uri: AFTER,
      state: 'a&b',
    });
    expect(reply.status).toBe(200);
    const told = new URLSearchParams({ iss: server.issuer('ended'), sid: person.sid });
    expect([...framesIn(reply)].sort()).toEqual([
      `http://front.test/bye;now,?${told.toString()}`,
      'http://mute.test/bye',
    ]);
    expect(reply.page.link('Continue').replaceAll('&amp;', '&')).toBe(`${AFTER}?state=a%26b`);
    const sources = /frame-src ([^;]*)/.exec(policyOf(reply))?.[1]?.split(' ') ?? [];
    expect(sources.sort()).toEqual(['http://front.test/bye%3Bnow%2C', 'http://mute.test/bye']);
    const [, nonce = ''] = /script-src 'nonce-([^']+)'/.exec(policyOf(reply)) ?? [];
    expect(reply.body).toContain(`<script nonce="${nonce}">`);
    expect(person.browser.jar.get('KEYCLOAK_IDENTITY')).toBeUndefined();
    expect(await server.sessions('ended', 'ann')).toEqual([]);
  });

  it('stays on the page when there is nowhere to go, without a script', async () => {
    const reply = await logout(person.browser, { id_token_hint: person.idToken });
    expect(reply.page.text).toContain('You are signed out');
    expect(framesIn(reply)).toHaveLength(1);
    expect(reply.body).not.toContain('<script');
  });

  it('shows the frames after a confirmation too', async () => {
    const question = await logout(person.browser, { client_id: FRONT.clientId, post_logout_redirect_uri: AFTER });
    expect(question.page.text).toContain('Sign out?');
    expect(framesIn(question)).toEqual([]);
    const reply = await person.browser.submit(question, { confirmLogout: 'on' });
    expect(framesIn(reply)).toHaveLength(1);
    expect(reply.page.link('Continue')).toBe(AFTER);
  });

  it('loads nothing for a session that is over', async () => {
    const admin = await AdminApi.chief(server, 'ended');
    await admin.delete(`sessions/${person.sid}`);
    const reply = await logout(person.browser, { id_token_hint: person.idToken, post_logout_redirect_uri: AFTER });
    expect(reply.location.href).toBe(AFTER);
  });
});

describe('a logout request of an application', () => {
  it('may bring an ID token that is over, but none that is altered', async () => {
    const { browser, idToken } = await signedIn('ben', PLAIN);
    server.clock.advance(400_000);
    const [head = '', , signature = ''] = idToken.split('.');
    const forged = Buffer.from(JSON.stringify({ sub: 'x', azp: 'plain' })).toString('base64url');
    const wrong = await logout(browser, { id_token_hint: `${head}.${forged}.${signature}` });
    expect(wrong.status).toBe(400);
    expect(await server.sessions('ended', 'ben')).toHaveLength(1);
    const gone = await logout(browser, { id_token_hint: idToken });
    expect(gone.page.text).toContain('You are signed out');
    expect(await server.sessions('ended', 'ben')).toEqual([]);
  });

  it('asks first when the hint is of another session than that of the browser', async () => {
    const other = await signedIn('cat', PLAIN);
    const { browser } = await signedIn('dan', PLAIN);
    const question = await logout(browser, { id_token_hint: other.idToken });
    expect(question.page.text).toContain('Sign out?');
    expect(await server.sessions('ended', 'cat')).toHaveLength(1);
    await browser.submit(question, { confirmLogout: 'on' });
    expect(
      [await server.sessions('ended', 'cat'), await server.sessions('ended', 'dan')].map(({ length }) => length),
    ).toEqual([1, 0]);
  });

  it('is an event with the application, the address and the reason', async () => {
    const { browser, idToken, sid } = await signedIn('eve');
    await logout(browser, { id_token_hint: idToken, post_logout_redirect_uri: AFTER });
    const events = (await server.events('ended')).filter(
      ({ sessionId, type }) => sessionId === sid && type === 'LOGOUT',
    );
    expect(events).toMatchObject([{ clientId: 'front', details: { reason: 'user', redirect_uri: AFTER } }]);
  });

  it.each([
    ['another client', { client_id: 'mute' }, 'client_id'],
    ['an address of another client', { post_logout_redirect_uri: MUTE.redirectUri }, 'post_logout_redirect_uri'],
    ['a longer address', { post_logout_redirect_uri: `${AFTER}/x` }, 'post_logout_redirect_uri'],
    ['a script', { post_logout_redirect_uri: 'javascript:alert(1)' }, 'post_logout_redirect_uri'],
  ])('with %s is refused and ends nothing', async (_what, more, named) => {
    const { browser, idToken, sid } = await signedIn('eve');
    const reply = await logout(browser, { id_token_hint: idToken, ...more });
    expect(reply.status).toBe(400);
    expect(reply.page.text).toContain(named);
    expect((await server.sessions('ended', 'eve')).map(({ session }) => session.id)).toContain(sid);
  });

  it('may name the language of the page', async () => {
    const admin = await AdminApi.chief(server, 'ended');
    await admin.put('', { internationalizationEnabled: true, supportedLocales: ['en', 'de'], defaultLocale: 'en' });
    const { browser } = await signedIn('eve');
    const question = await logout(browser, { ui_locales: 'fr de' });
    expect(question.page.language).toBe('de');
  });

  it.each([
    ['public', PLAIN],
    ['confidential', SECRET],
  ])('with a refresh token ends the session of a %s client, twice without complaint', async (_kind, app) => {
    const tokens = await passwordGrant(server, app, 'dan');
    const post = (more: Readonly<Record<string, string>>): Promise<Response> =>
      fetch(`${server.issuer('ended')}/protocol/openid-connect/logout`, {
        method: 'POST',
        body: new URLSearchParams({ client_id: app.clientId, refresh_token: tokens.refresh_token ?? '', ...more }),
      });
    const secret = app.secret === undefined ? {} : { client_secret: app.secret };
    if (app.secret !== undefined) expect((await post({})).status).toBe(401);
    expect((await post({ ...secret, client_id: 'front', client_secret: '' })).status).toBe(400);
    expect((await post(secret)).status).toBe(204);
    expect((await post(secret)).status).toBe(204);
    const form = { grant_type: 'refresh_token', refresh_token: tokens.refresh_token ?? '' };
    expect(await askForTokens(server, app, form)).toMatchObject({ status: 400, error: 'invalid_grant' });
  });
});
