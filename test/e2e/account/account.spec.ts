import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { BrowserSession, passwordGrant, type App } from '../../support/browser-session.js';
import { RunningServer } from '../../support/running-server.js';
import { testRealm } from '../../support/test-realm.js';
import { AccountApi } from './account-api.js';

const app = (clientId: string, realm = 'home'): App => ({ realm, clientId, redirectUri: `http://${clientId}.test/cb` });
const SHOP = app('shop');
const ASKS = app('asks');
const NARROW = app('narrow');
const ROBOT: App = { ...app('robot'), secret: 'robot-secret' };
const OTHER = app('shop', 'other');
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:121.0) Gecko/20100101 Firefox/121.0';

interface Session {
  readonly id: string;
  readonly current?: boolean;
  readonly started: number;
  readonly lastAccess: number;
  readonly expires: number;
  readonly ipAddress: string;
  readonly browser: string;
  readonly clients: readonly { readonly clientId: string; readonly clientName: string; readonly inUse: boolean }[];
}
interface Device {
  readonly os: string;
  readonly mobile: boolean;
  readonly current?: boolean;
  readonly sessions: readonly Session[];
}

let server: RunningServer;

beforeAll(async () => {
  server = await RunningServer.start({
    realms: [
      testRealm({
        realm: 'home',
        apps: [SHOP, ASKS, NARROW, ROBOT],
        people: ['ann', 'ben', 'cleo', 'dora', 'eve'],
        clients: {
          shop: { name: 'The shop', webOrigins: ['http://shop.test'], rootUrl: 'http://shop.test', baseUrl: '/home' },
          asks: { consentRequired: true, alwaysDisplayInConsole: true },
          narrow: { fullScopeAllowed: false },
          robot: { serviceAccountsEnabled: true },
        },
        users: {
          ...Object.fromEntries(
            ['ann', 'cleo', 'dora', 'eve'].map((name) => [name, { realmRoles: ['default-roles-home'] }]),
          ),
          ben: { realmRoles: ['offline_access'], clientRoles: { account: ['view-groups', 'view-profile'] } },
        },
        settings: { internationalizationEnabled: true, supportedLocales: ['en', 'de'] },
      }),
      testRealm({
        realm: 'other',
        apps: [OTHER],
        people: ['ann'],
        users: { ann: { realmRoles: ['default-roles-other'] } },
      }),
    ],
  });
});

afterAll(() => server.close());

const signedIn = async (name: string, client = SHOP): Promise<AccountApi> =>
  AccountApi.with(server, client.realm, await passwordGrant(server, client, name));

describe('the account REST API lets in', () => {
  it('nobody without a token, with one of another realm, without the audience, or of an application', async () => {
    const none = await new AccountApi(server, 'home', undefined).send('GET', '/');
    expect([none.status, none.body]).toEqual([401, { error: 'HTTP 401 Unauthorized' }]);
    expect(none.headers.get('www-authenticate')).toMatch(/^Bearer/);
    const foreign = AccountApi.with(server, 'home', await passwordGrant(server, OTHER, 'ann'));
    expect((await foreign.send('GET', '/')).status).toBe(401);
    expect((await (await signedIn('ann', NARROW)).send('GET', '/')).status).toBe(401);
    const robot = await fetch(`${server.issuer('home')}/protocol/openid-connect/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: 'robot',
        client_secret: 'robot-secret',
      }),
    });
    const { access_token: token } = (await robot.json()) as { access_token: string };
    expect((await new AccountApi(server, 'home', token).send('GET', '/')).status).toBe(401);
  });

  it('who has the role only: 403 for the others, the stored roles count', async () => {
    const ben = await signedIn('ben');
    expect((await ben.send('GET', '/')).status).toBe(200);
    expect((await ben.send('GET', '/groups')).status).toBe(200);
    for (const [method, path] of [
      ['POST', '/'],
      ['DELETE', '/sessions'],
      ['DELETE', '/sessions/x'],
      ['GET', '/applications'],
      ['DELETE', '/applications/shop/consent'],
      ['DELETE', '/credentials/x'],
    ] as const) {
      const answer = await ben.send(method, path, method === 'POST' ? {} : undefined);
      expect([path, answer.status, answer.body]).toEqual([path, 403, { error: 'HTTP 403 Forbidden' }]);
    }
  });

  it('scripts of the origins of the application', async () => {
    const ann = await signedIn('ann');
    const allowed = await ann.send('GET', '/', undefined, { origin: 'http://shop.test' });
    expect(allowed.headers.get('access-control-allow-origin')).toBe('http://shop.test');
    const foreign = await ann.send('GET', '/', undefined, { origin: 'http://evil.test' });
    expect(foreign.headers.get('access-control-allow-origin')).toBeNull();
    const asked = await ann.send('OPTIONS', '/sessions/devices', undefined, { origin: 'http://shop.test' });
    expect(asked.headers.get('access-control-allow-methods')).toContain('DELETE');
  });
});

describe('the profile', () => {
  it('is read with what a form needs to know', async () => {
    const ann = await signedIn('ann');
    const profile = await ann.read<Record<string, unknown>>('/');
    expect(profile).toMatchObject({ username: 'ann', email: 'ann@example.test', emailVerified: true, attributes: {} });
    const { attributes } = profile['userProfileMetadata'] as { attributes: { name: string; readOnly: boolean }[] };
    expect(attributes.map(({ name }) => name)).toEqual(['username', 'email', 'firstName', 'lastName', 'locale']);
    expect(await ann.read('/?userProfileMetadata=false')).not.toHaveProperty('userProfileMetadata');
    expect(await ann.read('/supportedLocales')).toEqual(['en', 'de']);
    expect(await ann.read('/linked-accounts')).toEqual([]);
  });

  it('is changed; a new address is no longer verified, and what is not of the profile is not touched', async () => {
    const cleo = await signedIn('cleo');
    const change = {
      firstName: 'Cleopatra',
      lastName: 'VII',
      email: 'Queen@example.test',
      attributes: { locale: ['de'], 'sluice.mtls.thumbprint': ['x'] },
    };
    expect((await cleo.send('POST', '/', change)).status).toBe(204);
    const user = await server.user('home', 'cleo');
    expect(user).toMatchObject({ firstName: 'Cleopatra', email: 'queen@example.test', emailVerified: false });
    expect(user.attributes).toEqual({ locale: ['de'] });
    const event = (await server.events('home')).find(({ type }) => type === 'UPDATE_PROFILE');
    expect(event?.details).toMatchObject({ context: 'ACCOUNT', updated_email: 'queen@example.test' });
  });

  it('is refused with every problem, and nothing is changed', async () => {
    const eve = await signedIn('eve');
    const refused = await eve.send('POST', '/', { username: 'evil', firstName: '<b>', email: 'no address' });
    expect(refused.status).toBe(400);
    expect(refused.body).toEqual({
      errors: [
        { field: 'username', errorMessage: 'readOnlyUsernameMessage', params: ['${username}'] },
        { field: 'lastName', errorMessage: 'error-user-attribute-required', params: ['${lastName}'] },
        { field: 'firstName', errorMessage: 'error-person-name-invalid-character', params: ['${firstName}'] },
        { field: 'email', errorMessage: 'error-invalid-email', params: ['${email}', 'no address'] },
      ],
    });
    const taken = await eve.send('POST', '/', { firstName: 'E', lastName: 'E', email: 'ann@example.test' });
    expect([taken.status, taken.body]).toEqual([
      409,
      { errors: [{ field: 'email', errorMessage: 'emailExistsMessage', params: ['${email}'] }] },
    ]);
    expect((await server.user('home', 'eve')).firstName).toBe('eve');
  });
});

describe('a profile that is too long', () => {
  it('is refused: it would be read at every login, and go into every token', async () => {
    const eve = await signedIn('eve');
    const profile = { firstName: 'Eve', lastName: 'E', email: 'eve@example.test' };
    const refused = await eve.send('POST', '/', { ...profile, attributes: { locale: ['x'.repeat(20_000)] } });
    const params = ['${locale}', null, '16384'];
    expect([refused.status, refused.body]).toEqual([
      400,
      { errors: [{ field: 'locale', errorMessage: 'error-invalid-length-too-long', params }] },
    ]);
    expect((await server.user('home', 'eve')).attributes).toEqual({});
  });
});

describe('sessions of a person in the account REST API', () => {
  beforeEach(() => server.endSessions('home', 'ann'));

  it('are listed by device, with browser, address, times and applications', async () => {
    const browser = new BrowserSession(server);
    const page = await browser.authorize(SHOP);
    const { action, hidden } = page.page.form;
    await browser.post(
      action,
      { ...hidden, username: 'ann', password: 'ann-pw' },
      { headers: { 'user-agent': FIREFOX } },
    );
    const ann = await signedIn('ann');
    const devices = await ann.read<readonly Device[]>('/sessions/devices');
    expect(devices.map(({ os, current }) => [os, current])).toEqual([
      ['Other', true],
      ['Linux', undefined],
    ]);
    const [session] = devices[1]?.sessions ?? [];
    expect(session).toMatchObject({ browser: 'Firefox/121.0', ipAddress: '127.0.0.1' });
    expect(session?.clients).toEqual([
      { clientId: 'shop', clientName: 'The shop', userConsentRequired: false, inUse: true, offlineAccess: false },
    ]);
    expect(session?.expires).toBe((session?.lastAccess ?? 0) + 1800);
    const listed = await ann.read<readonly Session[]>('/sessions');
    expect(listed.filter(({ current }) => current)).toHaveLength(1);
    expect(listed).toHaveLength(2);
  });

  it('are given a page at a time where that is asked for: the own one first, then the last used', async () => {
    const ann = await signedIn('ann');
    const [own] = await ann.read<readonly Session[]>('/sessions');
    for (let at = 0; at < 5; at++) {
      server.clock.advance(1000);
      await signedIn('ann');
    }
    const all = (await ann.read<readonly Session[]>('/sessions')).map(({ id }) => id);
    expect(all.at(-1)).toBe(own?.id);
    const ordered = [own?.id, ...all.slice(0, -1)];
    for (const path of ['/sessions', '/sessions/devices']) {
      const page = async (query: string): Promise<readonly string[]> => {
        const found = await ann.read<readonly (Session | Device)[]>(`${path}?${query}`);
        return found.flatMap((each) => ('sessions' in each ? each.sessions.map(({ id }) => id) : [each.id]));
      };
      expect(await page('max=2')).toEqual(ordered.slice(0, 2));
      expect(await page('first=2&max=2')).toEqual(ordered.slice(2, 4));
      expect(await page('first=4&max=20')).toEqual(ordered.slice(4));
      expect(await page('first=1')).toEqual(ordered.slice(1));
      expect(await page('max=0')).toEqual([]);
      expect(await page('first=6&max=2')).toEqual([]);
      expect((await ann.send('GET', `${path}?first=x`)).status).toBe(404);
    }
    expect(await ann.read('/sessions/count')).toEqual({ count: 6 });
  });

  it('are ended one by one; one of somebody else is not, and nobody learns that it exists', async () => {
    await signedIn('dora');
    const [dora] = await server.sessions('home', 'dora');
    const ann = await signedIn('ann');
    await signedIn('ann');
    const other = (await ann.read<readonly Session[]>('/sessions')).find(({ current }) => !current);
    for (const id of [dora?.session.id, other?.id, 'nobody']) {
      expect((await ann.send('DELETE', `/sessions/${id ?? ''}`)).status).toBe(204);
    }
    expect(await server.sessions('home', 'dora')).toHaveLength(1);
    expect(await server.sessions('home', 'ann')).toHaveLength(1);
    const ended = (await server.history('home', 'ann')).find(({ id }) => id === other?.id);
    expect(ended?.end?.reason).toBe('user');
  });

  it('are ended all but the own one, or with it', async () => {
    const ann = await signedIn('ann');
    await signedIn('ann');
    expect((await ann.send('DELETE', '/sessions')).status).toBe(204);
    expect(await server.sessions('home', 'ann')).toHaveLength(1);
    expect((await ann.send('DELETE', '/sessions?current=true')).status).toBe(204);
    expect(await server.sessions('home', 'ann')).toHaveLength(0);
    expect((await ann.send('GET', '/')).status).toBe(401);
  });
});

describe('applications of a person', () => {
  interface Application {
    readonly clientId: string;
    readonly inUse: boolean;
    readonly offlineAccess: boolean;
    readonly effectiveUrl?: string;
    readonly consent?: { readonly grantedScopes: readonly { readonly id: string; readonly name: string }[] };
  }
  const listed = (api: AccountApi): Promise<readonly Application[]> => api.read('/applications');

  it('are those in use and those that are always shown; found by a part of the name', async () => {
    const ann = await signedIn('ann');
    const all = await listed(ann);
    expect(all.map(({ clientId, inUse }) => [clientId, inUse])).toEqual([
      ['asks', false],
      ['shop', true],
    ]);
    expect(all[1]?.effectiveUrl).toBe('http://shop.test/home');
    expect(
      (await ann.read<readonly Application[]>('/applications?name=THE%20SH')).map((each) => each.clientId),
    ).toEqual(['shop']);
  });

  it('with offline access are seen and lose it (seed row 66)', async () => {
    const offline = await passwordGrant(server, SHOP, 'dora', { scope: 'openid offline_access' });
    expect(offline.refresh_token).toBeTruthy();
    const dora = await signedIn('dora');
    expect((await listed(dora)).find(({ clientId }) => clientId === 'shop')?.offlineAccess).toBe(true);
    expect((await dora.send('DELETE', '/applications/shop/consent')).status).toBe(204);
    const refreshed = await fetch(`${server.issuer('home')}/protocol/openid-connect/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'refresh_token',
        client_id: 'shop',
        refresh_token: offline.refresh_token ?? '',
      }),
    });
    expect(refreshed.status).toBe(400);
    expect((await listed(dora)).find(({ clientId }) => clientId === 'shop')?.offlineAccess).toBe(false);
  });

  it('are allowed things, and that is taken back', async () => {
    const browser = new BrowserSession(server);
    await browser.submit(await browser.login(ASKS, 'ann'), { accept: 'yes' });
    const ann = await signedIn('ann');
    const before = (await listed(ann)).find(({ clientId }) => clientId === 'asks')?.consent?.grantedScopes ?? [];
    expect(before.map(({ name }) => name)).toEqual(expect.arrayContaining(['email', 'profile']));
    const email = before.filter(({ name }) => name === 'email');
    const put = await ann.send('PUT', '/applications/asks/consent', { grantedScopes: email });
    expect([put.status, put.body]).toMatchObject([200, { grantedScopes: [{ name: 'email' }] }]);
    const wrong = await ann.send('POST', '/applications/asks/consent', { grantedScopes: [{ id: 'nope' }] });
    expect([wrong.status, wrong.body]).toEqual([
      400,
      { errorMessage: 'Scope id nope does not exist for client asks.' },
    ]);
    expect((await ann.send('DELETE', '/applications/asks/consent')).status).toBe(204);
    expect((await ann.send('GET', '/applications/asks/consent')).status).toBe(204);
    const unknown = await ann.send('GET', '/applications/nobody/consent');
    expect([unknown.status, unknown.body]).toEqual([404, { errorMessage: 'No client with clientId: nobody found.' }]);
  });
});

describe('credentials of a person', () => {
  it('are listed by kind without a secret; a label is changed, a password is not taken away', async () => {
    const ann = await signedIn('ann');
    const [password, otp] = await ann.read<readonly Record<string, unknown>[]>('/credentials');
    expect(password).toMatchObject({ type: 'password', updateAction: 'UPDATE_PASSWORD', removeable: false });
    expect(otp).toMatchObject({ type: 'otp', category: 'two-factor', createAction: 'CONFIGURE_TOTP' });
    const [own] = password?.['userCredentialMetadatas'] as readonly { readonly credential: { readonly id: string } }[];
    expect(JSON.stringify(own)).not.toMatch(/secretData|salt/);
    const id = own?.credential.id ?? '';
    expect((await ann.send('PUT', `/credentials/${id}/label`, 'my password')).status).toBe(204);
    expect(JSON.stringify(await ann.read('/credentials?type=password'))).toContain('my password');
    expect((await ann.send('DELETE', `/credentials/${id}`)).status).toBe(400);
    const foreign = (await (await signedIn('eve')).read<readonly Record<string, unknown>[]>('/credentials'))[0];
    const [theirs] = foreign?.['userCredentialMetadatas'] as readonly {
      readonly credential: { readonly id: string };
    }[];
    expect((await ann.send('PUT', `/credentials/${theirs?.credential.id ?? ''}/label`, 'x')).status).toBe(404);
  });
});
