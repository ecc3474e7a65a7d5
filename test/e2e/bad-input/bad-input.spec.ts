import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BrowserSession, passwordGrant, type App } from '../../support/browser-session.js';
import { freshPostgres, type FreshDatabase } from '../../support/databases.js';
import { RunningServer } from '../../support/running-server.js';
import { testRealm } from '../../support/test-realm.js';

const APP: App = { realm: 'robust', clientId: 'app', redirectUri: 'http://app.test/cb' };
const FORM = 'application/x-www-form-urlencoded';
const NUL = '%00';
const LONE_SURROGATE = '%ED%A0%80';

const DATABASES = { SQLite: undefined, PostgreSQL: freshPostgres } as const;

let server: RunningServer;

const oidc = (path: string): string => `${server.issuer('robust')}/protocol/openid-connect/${path}`;

interface Sent {
  readonly method?: string;
  readonly type?: string;
  readonly body?: string;
}

async function send(url: string, { method = 'POST', type = FORM, body = '' }: Sent = {}) {
  const response = await fetch(url, {
    method,
    redirect: 'manual',
    headers: type === '' ? {} : { 'content-type': type },
    ...(['GET', 'HEAD', 'OPTIONS'].includes(method) ? {} : { body }),
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

const BODIES: readonly (readonly [string, Sent])[] = [
  ['nothing', {}],
  ['nothing, as JSON', { type: 'application/json' }],
  ['JSON', { type: 'application/json', body: '{"grant_type":"password"}' }],
  ['broken JSON', { type: 'application/json', body: '{"grant' }],
  ['no type', { type: '', body: 'grant_type=password' }],
  ['text', { type: 'text/plain', body: 'grant_type=password' }],
  ['an unknown type', { type: 'application/x-nothing', body: 'x' }],
  ['a type that is none', { type: '///', body: 'x' }],
  ['a broken escape', { body: 'grant_type=%E0%A4%A&x=%' }],
  ['a NUL byte', { body: `grant_type=password&client_id=app&username=a${NUL}nn&password=x${NUL}` }],
  ['half a character', { body: `grant_type=password&client_id=app&username=${LONE_SURROGATE}&password=x` }],
  [
    'parameters twice',
    { body: 'grant_type=password&grant_type=password&client_id=app&client_id=app&username=ann&username=bob' },
  ],
  ['names that objects have', { body: '__proto__=1&constructor=2&toString=3&grant_type=hasOwnProperty' }],
  ['brackets', { body: 'grant_type[]=password&client_id[a]=app' }],
  [
    'a name of 100,000 letters',
    { body: `grant_type=password&client_id=app&password=x&username=${'a'.repeat(100_000)}` },
  ],
  [
    'a password of a mebibyte',
    { body: `grant_type=password&client_id=app&username=ann&password=${'p'.repeat(1_048_576)}` },
  ],
  ['10,000 parameters', { body: Array.from({ length: 10_000 }, (_, index) => `p${index}=1`).join('&') }],
  ['8 mebibytes', { body: `username=${'a'.repeat(8 * 1_048_576)}` }],
];

const ENDPOINTS = ['token', 'token/introspect', 'revoke', 'userinfo', 'logout', 'auth'];

// What one database takes for a text the other one refuses (a NUL byte), so both are asked.
describe.each(Object.keys(DATABASES) as (keyof typeof DATABASES)[])('on %s', (kind) => {
  let database: FreshDatabase | undefined;

  beforeAll(async () => {
    database = await DATABASES[kind]?.();
    server = await RunningServer.start({
      realms: [testRealm({ realm: 'robust', people: ['ann'], apps: [APP], settings: { rememberMe: true } })],
      ...(database ? { settings: { SLUICE_DATABASE_URL: database.url, SLUICE_ENCRYPTION_KEY: '11'.repeat(32) } } : {}),
    });
  });

  afterAll(async () => {
    await server.close();
    await database?.drop();
  });

  describe.each(ENDPOINTS)('the endpoint %s', (path) => {
    it.each(BODIES)('answers %s with what is wrong', async (_what, sent) => {
      const { status, text } = await send(oidc(path), sent);
      expect(status).toBeLessThan(500);
      expect(status === 200 && path === 'token').toBe(false);
      expect(text).not.toMatch(/at .*\.(ts|js):\d+|node_modules|SQLITE/);
    });

    it.each(['HEAD', 'OPTIONS', 'GET', 'PUT', 'PATCH', 'DELETE'])('answers %s', async (method) => {
      expect((await send(oidc(path), { method, type: '' })).status).toBeLessThan(500);
    });

    it('takes a slash at its end', async () => {
      const [with_, without] = [await send(`${oidc(path)}/`), await send(oidc(path))];
      expect(with_.status).toBe(without.status);
    });
  });

  describe('login actions', () => {
    const address = (path: string, query: string): string =>
      `${server.issuer('robust')}/login-actions/${path}?${query}`;

    it.each(['authenticate', 'required-action', 'consent'])('%s answers any form', async (path) => {
      for (const [, sent] of BODIES) {
        for (const query of [
          '',
          'tab_id=x&execution=y&session_code=z&client_id=app',
          `tab_id=${NUL}&session_code=${NUL}&client_data=${NUL}`,
        ]) {
          expect((await send(address(path, query), sent)).status).toBeLessThan(500);
        }
      }
    });

    it('answer any form of a login in progress', async () => {
      const bodies = [
        ...BODIES.map(([, { body = '' }]) => body),
        `username=a${NUL}nn&password=${NUL}`,
        'username=ann&password=x&otp=%00',
      ];
      for (const body of bodies) {
        const person = new BrowserSession(server);
        const page = await person.authorize(APP);
        const reply = await person.post(page.page.form.action, body);
        expect(reply.status).toBeLessThan(500);
      }
    });

    it.each(['HEAD', 'OPTIONS', 'GET', 'PUT', 'DELETE'])('answer %s', async (method) => {
      for (const path of ['authenticate', 'required-action', 'consent', 'restart', 'nothing']) {
        expect((await send(address(path, ''), { method, type: '' })).status).toBeLessThan(500);
      }
    });
  });

  describe('the authorization endpoint', () => {
    it.each([
      `client_id=app${NUL}`,
      `client_id=${'x'.repeat(10_000)}`,
      'client_id=app&client_id=app',
      `client_id=app&redirect_uri=${NUL}`,
      'client_id=app&redirect_uri=%ZZ',
      'client_id=app&redirect_uri=http://[',
      `client_id=app&redirect_uri=http://app.test/cb&response_type=code&scope=openid&state=${'s'.repeat(5000)}`,
      `client_id=app&redirect_uri=http://app.test/cb&response_type=code&scope=openid&state=${NUL}&nonce=${NUL}`,
      'client_id=app&redirect_uri=http://app.test/cb&response_type=code&scope=openid&state=a&state=b',
      'client_id=app&redirect_uri=http://app.test/cb&response_type=code&scope=openid&max_age=-1',
      'client_id=app&redirect_uri=http://app.test/cb&response_type=code&scope=openid&max_age=9999999999999999999',
      'client_id=app&redirect_uri=http://app.test/cb&response_type=code&scope=openid&prompt=none%20login',
      'client_id=app&redirect_uri=http://app.test/cb&response_type=code&scope=openid&response_mode=nothing',
      'client_id=app&redirect_uri=http://app.test/cb&response_type=token',
      'client_id=app&redirect_uri=http://app.test/cb&response_type=code&scope=openid%20nothing',
      'client_id=app&redirect_uri=http://app.test/cb&response_type=code&scope=openid&kc_locale=%00&ui_locales=%00',
      `client_id=app&redirect_uri=http://app.test/cb&response_type=code&scope=openid&login_hint=${NUL}%3Cscript%3E`,
    ])('answers %s', async (query) => {
      const { status, headers, text } = await send(`${oidc('auth')}?${query}`, { method: 'GET', type: '' });
      expect(status).toBeLessThan(500);
      expect(text).not.toContain('<script>');
      const location = headers.get('location');
      if (location !== null) expect(location).toMatch(/^http:\/\/app\.test\/cb[?#]/);
    });
  });

  describe('addresses that nobody has', () => {
    it.each([
      '/',
      '/nothing',
      '/realms',
      '/realms/',
      '/realms/nowhere',
      '/realms/nowhere/protocol/openid-connect/token',
      '/realms/%00/protocol/openid-connect/auth',
      '/realms/%E0%A4%A/protocol/openid-connect/auth',
      `/realms/${'r'.repeat(5000)}/protocol/openid-connect/auth`,
      '/realms/robust/..%2f..%2fetc/passwd',
      '/realms/robust/protocol/saml',
      '/resources/x/../../package.json',
      '/resources/%2e%2e/package.json',
      '//evil.test/%2f..',
      '/health/nothing',
    ])('%s', async (path) => {
      for (const method of ['GET', 'POST', 'HEAD', 'OPTIONS', 'DELETE']) {
        const { status, text } = await send(server.url + path, { method, type: '' });
        expect(status).toBeLessThan(500);
        expect(text).not.toContain('"dependencies"');
      }
    });
  });

  describe('requests that are no HTTP, or no honest one', () => {
    /** Sends text as it is; gives the first line of the answer, or nothing when the connection is closed. */
    const raw = (text: string): Promise<string> =>
      new Promise((resolve, reject) => {
        const { hostname, port } = new URL(server.url);
        const socket = connect(Number(port), hostname, () => socket.write(text));
        let answer = '';
        socket.on('data', (part) => {
          answer += part.toString('latin1');
          if (answer.includes('\r\n')) socket.end();
        });
        socket.on('close', () => resolve(answer.split('\r\n')[0] ?? ''));
        socket.on('error', reject);
      });

    const target =
      '/realms/robust/protocol/openid-connect/auth?client_id=app&response_type=code&scope=openid&redirect_uri=http%3A%2F%2Fapp.test%2Fcb';

    it.each([
      ['a Host with a path', `GET ${target} HTTP/1.1\r\nHost: evil.test/x?\r\nConnection: close\r\n\r\n`],
      ['a Host with a user', `GET ${target} HTTP/1.1\r\nHost: a@evil.test\r\nConnection: close\r\n\r\n`],
      ['no Host', `GET ${target} HTTP/1.1\r\nConnection: close\r\n\r\n`],
      ['two Hosts', `GET ${target} HTTP/1.1\r\nHost: a.test\r\nHost: b.test\r\nConnection: close\r\n\r\n`],
      ['an empty Host', `GET ${target} HTTP/1.1\r\nHost: \r\nConnection: close\r\n\r\n`],
      [
        'a cookie of rubbish',
        `GET ${target} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: =;;; KEYCLOAK_IDENTITY=%E0%A4%A; AUTH_SESSION_ID="; KEYCLOAK_REMEMBER_ME=%\r\nConnection: close\r\n\r\n`,
      ],
      ['garbage', 'nonsense\r\n\r\n'],
    ])('%s', async (_what, text) => {
      expect(await raw(text)).not.toMatch(/^HTTP\/1\.1 5/);
    });
  });

  it('logs people in after all of this', async () => {
    expect(await passwordGrant(server, APP, 'ann')).toMatchObject({ status: 200 });
    expect((await new BrowserSession(server).login(APP, 'ann')).answer.get('code')).toBeTruthy();
  });
});
