import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askForTokens, BrowserSession, passwordGrant, type App } from '../../support/browser-session.js';
import { RunningServer } from '../../support/running-server.js';
import { testRealm } from '../../support/test-realm.js';

const app = (clientId: string): App => ({ realm: 'wire', clientId, redirectUri: `http://${clientId}.test/cb` });
const SHOP = app('shop');
const ASKS = app('asks');
const ROBOT: App = { ...app('robot'), secret: 'robot-secret' };

const WIRE = testRealm({
  realm: 'wire',
  apps: [SHOP, ASKS, ROBOT],
  clients: { asks: { consentRequired: true }, robot: { serviceAccountsEnabled: true } },
  people: ['ann', 'ben', 'cleo', 'gone'],
  users: { gone: { enabled: false } },
});

let server: RunningServer;

beforeAll(async () => {
  server = await RunningServer.start({ realms: [WIRE] });
});

afterAll(() => server.close());

const browser = (): BrowserSession => new BrowserSession(server);

/** Type, error and client of the newest event. */
async function newestEvent(): Promise<object> {
  const [newest] = (await server.events('wire')).toSorted((a, b) => b.time - a.time || (a.id < b.id ? 1 : -1));
  return { type: newest?.type, error: newest?.error, client: newest?.clientId, known: newest?.userId !== undefined };
}

describe('consent', () => {
  it('is asked once; more scopes and prompt=consent ask again', async () => {
    const ann = browser();
    const page = await ann.login(ASKS, 'ann');
    const refused = await ann.submit(page, { cancel: 'no' });
    expect(refused.answer.get('error')).toBe('access_denied');
    const asked = await ann.login(ASKS, 'ann');
    expect((await ann.submit(asked, { accept: 'yes' })).answer.get('code')).toBeTruthy();
    expect((await ann.authorize(ASKS)).answer.get('code')).toBeTruthy();
    expect((await ann.authorize(ASKS, { prompt: 'none' })).answer.get('code')).toBeTruthy();
    const more = await ann.authorize(ASKS, { prompt: 'none', scope: 'openid phone' });
    expect(more.answer.get('error')).toBe('interaction_required');
    const again = await ann.authorize(ASKS, { prompt: 'none consent' });
    expect(again.answer.get('error')).toBe('login_required');
    const prompted = await ann.follow(await ann.authorize(ASKS, { prompt: 'consent' }));
    expect((await ann.submit(prompted, { accept: 'yes' })).answer.get('code')).toBeTruthy();
  });
});

describe('a login form', () => {
  it('that is cancelled sends the person back to the application', async () => {
    server.clock.advance(1000);
    const ben = browser();
    const reply = await ben.submit(await ben.authorize(SHOP), { cancel: 'yes' });
    expect(Object.fromEntries(reply.answer)).toMatchObject({ error: 'access_denied', state: 'st-1' });
    expect(await newestEvent()).toMatchObject({ type: 'LOGIN_ERROR', error: 'rejected_by_user', client: 'shop' });
  });
});

describe('an authorization request that is refused', () => {
  it.each([
    [{ client_id: 'nobody' }, 400, 'client_not_found', 'nobody'],
    [{ redirect_uri: 'http://evil.test/' }, 400, 'invalid_redirect_uri', 'shop'],
    [{ response_type: 'magic' }, 302, 'invalid_request', 'shop'],
  ])('is in the audit trail: %j', async (more, status, error, client) => {
    server.clock.advance(1000);
    expect((await browser().authorize(SHOP, more)).status).toBe(status);
    expect(await newestEvent()).toEqual({ type: 'LOGIN_ERROR', error, client, known: false });
  });
});

describe('a password grant', () => {
  const WRONG = { status: 400, error: 'invalid_grant', error_description: 'Invalid user credentials' };

  it.each([
    ['a wrong password of a disabled account', 'gone', 'x', 'user_disabled', true],
    ['a service account', 'service-account-robot', 'x', 'invalid_user', false],
    ['a name with a space around it', ' cleo', 'cleo-pw', 'user_not_found', false],
    ['an empty name', '', 'x', 'user_not_found', false],
  ])('tells nobody but the audit trail of %s', async (_what, username, password, error, known) => {
    server.clock.advance(1000);
    expect(await passwordGrant(server, SHOP, username, { password })).toEqual(WRONG);
    expect(await newestEvent()).toEqual({ type: 'LOGIN_ERROR', error, client: 'shop', known });
  });

  it('takes scope names parted by single spaces', async () => {
    const ask = (scope: string) => passwordGrant(server, SHOP, 'cleo', { scope });
    expect((await ask('openid  phone')).error).toBe('invalid_scope');
    expect((await ask('openid phone')).status).toBe(200);
  });

  it('is refused without a name', async () => {
    const reply = await askForTokens(server, SHOP, { grant_type: 'password', password: 'x' });
    expect(reply).toEqual({
      status: 401,
      error: 'invalid_request',
      error_description: 'Missing parameter: username',
    });
  });
});
