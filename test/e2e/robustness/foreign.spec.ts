import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BrowserSession, type Reply } from '../../support/browser-session.js';
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

/** Address of a page's form with a parameter changed, or without it. */
function actionWith(reply: Reply, name: string, value?: string): URL {
  const url = new URL(reply.page.form.action, reply.url);
  if (value === undefined) url.searchParams.delete(name);
  else url.searchParams.set(name, value);
  return url;
}

/** `client_data` as the server writes it. */
const clientData = (redirectUri: string): string =>
  Buffer.from(JSON.stringify({ ru: redirectUri, rt: 'code', rm: 'query', st: 'evil' })).toString('base64url');

describe('a form that is not of this browser', () => {
  it('does nothing without the cookie', async () => {
    const page = await browser().authorize(ONE_PAGE);
    const reply = await browser().submitOnly(page, credentials('person1'));
    expect(reply.status).toBe(400);
    expect(reply.page.text).toContain('We did not find this login in your browser');
    expect(await sessionsOf('person1')).toHaveLength(0);
  });

  it('does nothing with the cookie of another login: first page', async () => {
    const victim = browser();
    await victim.authorize(ONE_PAGE);
    const attackers = await browser().authorize(ONE_PAGE);
    const reply = await victim.submit(attackers, credentials('person1'));
    expect(reply.status).toBe(200);
    expect(await sessionsOf('person1')).toHaveLength(0);
  });

  it('does nothing with the cookie of another login: second page', async () => {
    const victim = browser();
    await victim.authorize(TWO_PAGES);
    const attacker = browser();
    const second = await attacker.submit(await attacker.authorize(TWO_PAGES), { username: 'person2' });
    const reply = await victim.submit(second, { password: 'person2-pw' });
    expect(reply.status).toBe(200);
    expect(await sessionsOf('person2')).toHaveLength(0);
  });

  it('cannot put a cookie of its choice into another browser and take the login over', async () => {
    const attacker = browser();
    const page = await attacker.authorize(ONE_PAGE);
    const victim = attacker.copy(); // the attacker planted the cookie
    const done = await victim.submit(page, credentials('person3'));
    expect(done.answer.get('code')).toBeTruthy();
    expect((await attacker.authorize(ONE_PAGE)).page.form.names).toContain('password');
    expect(victim.jar.get('AUTH_SESSION_ID')?.value).not.toBe(attacker.jar.get('AUTH_SESSION_ID')?.value);
  });

  it.each(['https://evil.test', 'http://127.0.0.1:1', 'http://localhost'])(
    'is refused when %s posts it',
    async (origin) => {
      const person = browser();
      const page = await person.authorize(ONE_PAGE);
      const { action } = page.page.form;
      const reply = await person.post(action, credentials('person4'), { headers: { origin } });
      expect(reply.status).toBe(403);
      expect(reply.page.text).toContain('This form was not sent by a page of this server');
      expect(await sessionsOf('person4')).toHaveLength(0);
    },
  );
});

describe('an address of a login that was changed', () => {
  it.each<[string, string | undefined]>([
    ['session_code', undefined],
    ['session_code', ''],
    ['session_code', 'x'.repeat(5000)],
    ['session_code', 'AAAA'],
    ['tab_id', undefined],
    ['tab_id', 'another'],
    ['execution', undefined],
    ['execution', '00000000-0000-4000-8000-000000000000'],
  ])('is not taken for the first page: %s = %s', async (name, value) => {
    const person = browser();
    const page = await person.authorize(ONE_PAGE);
    const reply = await person.post(actionWith(page, name, value), credentials('person5'));
    expect(reply.status).toBe(200);
    expect(await sessionsOf('person5')).toHaveLength(0);
    expect((await person.submit(page, credentials('person5'))).answer.get('code')).toBeTruthy();
    await server.endSessions('robust', 'person5');
  });

  it.each<[string, string | undefined]>([
    ['session_code', undefined],
    ['session_code', 'x'.repeat(5000)],
    ['tab_id', 'another'],
    ['execution', undefined],
    ['execution', '00000000-0000-4000-8000-000000000000'],
  ])('is not taken for the second page: %s = %s', async (name, value) => {
    const person = browser();
    const page = await person.submit(await person.authorize(TWO_PAGES), { username: 'person6' });
    const reply = await person.post(actionWith(page, name, value), { password: 'person6-pw' });
    expect(reply.status).toBeLessThan(500);
    expect(reply.headers.get('location')).toBeNull();
    expect(await sessionsOf('person6')).toHaveLength(0);
    expect((await person.submit(page, { password: 'person6-pw' })).answer.get('code')).toBeTruthy();
    await server.endSessions('robust', 'person6');
  });

  it('cannot jump to the end: a form for the required action of a login that is still in its flow', async () => {
    const person = browser();
    const page = await person.submit(await person.authorize(TWO_PAGES), { username: 'person7' });
    for (const path of ['required-action', 'consent']) {
      const url = actionWith(page, 'execution', path === 'consent' ? 'OAUTH_GRANT' : 'UPDATE_PASSWORD');
      url.pathname = url.pathname.replace('authenticate', path);
      const reply = await person.post(url, {
        accept: 'on',
        'password-new': 'taken over',
        'password-confirm': 'taken over',
      });
      expect(reply.status).toBe(200);
    }
    expect(await sessionsOf('person7')).toHaveLength(0);
  });
});

describe('client_data', () => {
  it('with a foreign redirect URI leads nowhere', async () => {
    const person = browser();
    const page = await person.authorize(ONE_PAGE);
    await person.login(ONE_PAGE, 'person8');
    for (const target of [
      'https://evil.test/cb',
      'javascript:alert(1)',
      `${ONE_PAGE.redirectUri}.evil.test`,
      '//evil.test',
    ]) {
      const reply = await person.post(actionWith(page, 'client_data', clientData(target)), credentials('person8'));
      expect(reply.headers.get('location')).toBeNull();
      expect(reply.status).toBe(200);
      expect(reply.page.text).toContain('You are already signed in');
      expect(reply.body).not.toContain('evil.test');
    }
  });

  it.each([
    '',
    'not base64 !!',
    Buffer.from('[1,2]').toString('base64url'),
    Buffer.from('null').toString('base64url'),
    'A'.repeat(20_000),
  ])('that is no client_data leads nowhere (case %#)', async (data) => {
    const person = browser();
    const page = await person.authorize(ONE_PAGE);
    await person.login(ONE_PAGE, 'person9');
    const reply = await person.post(actionWith(page, 'client_data', data), credentials('person9'));
    expect(reply.headers.get('location')).toBeNull();
    expect(reply.status).toBeLessThan(500);
  });

  it('of one application cannot be used with the name of another', async () => {
    const person = browser();
    const page = await person.authorize(ONE_PAGE);
    await person.login(ONE_PAGE, 'person10');
    const reply = await person.post(actionWith(page, 'client_id', TWO_PAGES.clientId), credentials('person10'));
    expect(reply.headers.get('location')).toBeNull();
  });
});
