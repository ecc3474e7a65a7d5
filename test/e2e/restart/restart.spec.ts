import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BrowserSession, askForTokens, type App } from '../../support/browser-session.js';
import { RunningServer } from '../../support/running-server.js';
import { testRealm } from '../../support/test-realm.js';

const APP: App = { realm: 'restarted', clientId: 'app', redirectUri: 'http://app.test/cb' };

let server: RunningServer;

beforeAll(async () => {
  const realm = testRealm({
    realm: 'restarted',
    flows: new URL('flows.json', import.meta.url),
    people: ['ann', 'ben', 'cleo', 'dan'],
    users: { ben: { requiredActions: ['UPDATE_PASSWORD', 'CONFIGURE_TOTP'] } },
    apps: [APP],
    settings: { browserFlow: 'two pages' },
  });
  server = await RunningServer.start({ realms: [realm] });
});

afterAll(() => server.close());

/** What the person's authenticator app shows after it was given the key of the page. */
const codeOf = (key = ''): string =>
  new TOTP({ secret: Secret.fromUTF8(key) }).generate({ timestamp: server.clock.now() });

describe('a server that is started again on its database', () => {
  it('goes on with a login of which only the first page was shown', async () => {
    const person = new BrowserSession(server);
    const first = await person.authorize(APP);
    await server.restart();
    const second = await person.submit(first, { username: 'ann' });
    expect(second.page.form.names).toContain('password');
  });

  it('goes on with a login in the middle of its flow', async () => {
    const person = new BrowserSession(server);
    const password = await person.submit(await person.authorize(APP), { username: 'ann' });
    await server.restart();
    const done = await person.submit(password, { password: 'ann-pw' });
    expect(await person.exchange(APP, done)).toMatchObject({ status: 200 });
  });

  it('goes on with a login in the middle of its required actions', async () => {
    const person = new BrowserSession(server);
    const password = await person.submit(await person.authorize(APP), { username: 'ben' });
    const action = await person.submit(password, { password: 'ben-pw' });
    expect(action.page.form.names).toContain('totp');
    await server.restart();
    const next = await person.submit(action, { totp: codeOf(action.page.form.hidden['totpSecret']) });
    expect(next.page.form.names).toContain('password-new');
    await server.restart();
    const done = await person.submit(next, { 'password-new': 'a new one', 'password-confirm': 'a new one' });
    expect(await person.exchange(APP, done)).toMatchObject({ status: 200 });
  });

  it('still takes the code of a login that ended before', async () => {
    const person = new BrowserSession(server);
    const password = await person.submit(await person.authorize(APP), { username: 'cleo' });
    const done = await person.submit(password, { password: 'cleo-pw' });
    await server.restart();
    expect(await person.exchange(APP, done)).toMatchObject({ status: 200 });
  });

  it('still knows who is signed in, and takes their refresh tokens', async () => {
    const person = new BrowserSession(server);
    const password = await person.submit(await person.authorize(APP), { username: 'dan' });
    const tokens = await person.exchange(APP, await person.submit(password, { password: 'dan-pw' }));
    await server.restart();
    expect((await person.authorize(APP)).answer.get('session_state')).toBe(tokens.session_state);
    const refreshed = await askForTokens(server, APP, {
      grant_type: 'refresh_token',
      refresh_token: tokens.refresh_token ?? '',
    });
    expect(refreshed).toMatchObject({ status: 200, session_state: tokens.session_state });
  });
});
