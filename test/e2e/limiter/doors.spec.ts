import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SessionStore } from '../../../src/sessions/user-session.js';
import { askForTokens, BrowserSession, passwordGrant, type App, type Reply } from '../../support/browser-session.js';
import { RunningServer } from '../../support/running-server.js';
import { linkIn, SmtpCatcher } from '../../support/smtp-catcher.js';
import { crowd, testRealm } from '../../support/test-realm.js';
import { AdminApi } from '../security/admin-api.js';

/** Doors that test/house/session-doors.ts names, each with a cap of one session. */
const REALM = 'doors';
const app = (clientId: string): App => ({ realm: REALM, clientId, redirectUri: `http://${clientId}.test/cb` });
const [APP, ASKS, FRONT] = [app('app'), app('asks'), app('front')];
const PEOPLE = crowd('person', 12);
const DENIED = { status: 403, error: 'session_limit_exceeded' };

let server: RunningServer;
let smtp: SmtpCatcher;

beforeAll(async () => {
  smtp = await SmtpCatcher.start();
  server = await RunningServer.start({
    realms: [
      testRealm({
        realm: REALM,
        flows: new URL('flows.json', import.meta.url),
        people: PEOPLE,
        users: Object.fromEntries(PEOPLE.map((name) => [name, { realmRoles: ['offline_access'] }])),
        apps: [APP, ASKS, FRONT],
        clients: { asks: { consentRequired: true }, front: { implicitFlowEnabled: true } },
        settings: {
          browserFlow: 'one session',
          directGrantFlow: 'one session grant',
          smtpServer: smtp.settings(),
          accessCodeLifespanLogin: 300,
        },
      }),
    ],
  });
});
afterAll(async () => {
  await server.close();
  await smtp.close();
});

/** An administrator with a token of this moment. */
const chief = (): Promise<AdminApi> => AdminApi.chief(server, REALM);
const browser = (): BrowserSession => new BrowserSession(server);
const sessionsOf = async (name: string): Promise<readonly string[]> =>
  (await server.sessions(REALM, name)).map(({ session }) => session.id);
const offlineOf = async (name: string): Promise<readonly string[]> => {
  const { realmId, id } = await server.user(REALM, name);
  return (await server.part(SessionStore).openOfUser(realmId, id, true)).map(({ session }) => session.id);
};

describe('at a door to sessions', () => {
  it('implicit and hybrid logins are held to the cap', async () => {
    const answers: Reply[] = [];
    for (const type of ['id_token token', 'code id_token'])
      answers.push(await browser().login(FRONT, 'person1', { response_type: type, nonce: 'n' }));
    expect(answers.map(({ status }) => status)).toEqual([302, 403]);
    expect(await sessionsOf('person1')).toHaveLength(1);
  });

  it('of two logins that wait for consent one is denied', async () => {
    const [one, two] = [browser(), browser()];
    const [mine, theirs] = [await one.login(ASKS, 'person2'), await two.login(ASKS, 'person2')];
    expect((await one.submit(mine, { accept: '' })).answer.get('code')).toBeTruthy();
    expect((await two.submit(theirs, { accept: '' })).status).toBe(403);
    expect(await sessionsOf('person2')).toHaveLength(1);
  });

  it('a link to required actions opens no session beside the one there may be', async () => {
    const { session_state: session } = await passwordGrant(server, APP, 'person3');
    const { id } = await server.user(REALM, 'person3');
    expect((await (await chief()).put(`users/${id}/execute-actions-email`, ['UPDATE_PASSWORD'])).status).toBe(204);
    const person = browser();
    const question = await person.get(linkIn(smtp.take()));
    const on = /href="([^"]*action-token[^"]*)"/.exec(question.body)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const page = await person.follow(await person.get(new URL(on, question.url)));
    const done = await person.submit(page, { 'password-new': 'new-pw', 'password-confirm': 'new-pw' });
    expect(done.page.text).toContain('Your account has been updated');
    expect(await sessionsOf('person3')).toEqual([session]);
  });

  it('a login that begins anew beside a session costs no slot', async () => {
    const person = browser();
    const begun = await person.submit(await person.authorize(APP), { username: 'person4', password: 'wrong' });
    const address = new URL(begun.page.form.action, begun.url);
    await person.login(APP, 'person4');
    const [session] = await sessionsOf('person4');
    const again = await person.get(new URL(`restart${address.search}`, address));
    expect(again.status).toBeLessThan(500);
    server.clock.advance(400_000);
    const late = await person.get(address);
    expect(late.status).toBeLessThan(500);
    expect(await sessionsOf('person4')).toEqual([session]);
    expect(await server.history(REALM, 'person4')).toHaveLength(1);
  });

  it('the password grant asks the limiter for offline access too', async () => {
    expect((await passwordGrant(server, APP, 'person5', { scope: 'openid offline_access' })).status).toBe(200);
    expect((await passwordGrant(server, APP, 'person5')).status).toBe(200);
    expect(await passwordGrant(server, APP, 'person5', { scope: 'openid offline_access' })).toMatchObject(DENIED);
    expect([(await sessionsOf('person5')).length, (await offlineOf('person5')).length]).toEqual([1, 1]);
  });

  it('offline access with a code adds nothing that a cap of the reference counts', async () => {
    const person = browser();
    const login = await person.login(APP, 'person6', { scope: 'openid offline_access' });
    expect((await person.exchange(APP, login)).status).toBe(200);
    expect(await offlineOf('person6')).toEqual(await sessionsOf('person6'));
    expect(await passwordGrant(server, APP, 'person6')).toMatchObject(DENIED);
    await server.endSessions(REALM, 'person6');
    expect((await passwordGrant(server, APP, 'person6')).status).toBe(200);
  });

  it('an import opens no session, and its caps hold from the first login', async () => {
    const credentials = [{ type: 'password', value: 'came-pw' }];
    const came = { username: 'came', enabled: true, email: 'came@example.test', firstName: 'C', lastName: 'T' };
    const users = [{ ...came, credentials }];
    expect((await (await chief()).post('partialImport', { ifResourceExists: 'FAIL', users })).status).toBe(200);
    expect(await server.history(REALM, 'came')).toEqual([]);
    expect((await passwordGrant(server, APP, 'came')).status).toBe(200);
    expect(await passwordGrant(server, APP, 'came')).toMatchObject(DENIED);
  });
});

describe('a door of the reference', () => {
  it.each([
    ['device flow', 'urn:ietf:params:oauth:grant-type:device_code', 'invalid_grant', ['auth/device']],
    ['CIBA', 'urn:openid:params:grant-type:ciba', 'invalid_grant', ['ext/ciba/auth']],
    ['token exchange', 'urn:ietf:params:oauth:grant-type:token-exchange', 'invalid_request', []],
  ])('is not there: %s', async (_what, grantType, error, endpoints: readonly string[]) => {
    const form = { grant_type: grantType, subject_token: 't', device_code: 'd', auth_req_id: 'a' };
    expect(await askForTokens(server, APP, form)).toMatchObject({ status: 400, error });
    for (const endpoint of endpoints) {
      const body = new URLSearchParams({ client_id: APP.clientId, scope: 'openid', login_hint: 'person7' });
      const url = `${server.issuer(REALM)}/protocol/openid-connect/${endpoint}`;
      expect((await fetch(url, { method: 'POST', body })).status).toBe(404);
    }
    const discovery = await fetch(`${server.issuer(REALM)}/.well-known/openid-configuration`);
    expect(await discovery.text()).not.toContain(grantType);
  });

  it('impersonation is refused, and opens nothing', async () => {
    const { id } = await server.user(REALM, 'person7');
    expect(await (await chief()).post(`users/${id}/impersonation`, {})).toMatchObject({
      status: 501,
      body: { error: 'Impersonation is not part of this server' },
    });
    expect(await server.history(REALM, 'person7')).toEqual([]);
  });
});
