import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AdminRest } from '../../support/admin-rest.js';
import { BrowserSession, passwordGrant, type App } from '../../support/browser-session.js';
import { RunningServer } from '../../support/running-server.js';
import { SmtpCatcher } from '../../support/smtp-catcher.js';
import { tableContents } from '../../support/table-contents.js';
import { testRealm } from '../../support/test-realm.js';

const APP: App = { realm: 'played', clientId: 'app', redirectUri: 'http://app.test/cb' };
const OTHER: App = { ...APP, clientId: 'other' };
const LIMITED = 'newest session';
const FORM = 'auth-username-password-form';

interface Simulated {
  readonly flow: string;
  readonly path: readonly { authenticator: string; what: string; answer?: string; code?: string }[];
  readonly pages: readonly { page: string; waits: boolean; options: readonly { authenticator: string }[] }[];
  readonly end: { kind: string; code?: string; message?: string; waits?: boolean };
  readonly credentials: readonly string[];
  readonly setUp: readonly string[];
  readonly requiredActions: readonly string[];
  readonly sessions?: {
    readonly opens: string;
    readonly counts: { realm: number; client: number };
    readonly decision: { kind: string; cap?: string };
    readonly ended: readonly { id: string; cap: string; limit: number }[];
  };
}

let server: RunningServer;
let admin: AdminRest;
let smtp: SmtpCatcher;
const ids = new Map<string, string>();

beforeAll(async () => {
  smtp = await SmtpCatcher.start();
  server = await RunningServer.start({
    realms: [
      testRealm({
        realm: APP.realm,
        flows: new URL('../limiter/flows.json', import.meta.url),
        people: ['ada', 'bob', 'cut'],
        users: { cut: { enabled: false }, bob: { credentials: [] } },
        apps: [APP, OTHER],
        settings: {
          adminEventsEnabled: true,
          smtpServer: smtp.settings(),
        },
      }),
    ],
  });
  admin = await AdminRest.of(server, APP.realm);
  for (const name of ['ada', 'bob', 'cut']) ids.set(name, (await server.user(APP.realm, name)).id);
  for (const name of ['app', 'other']) ids.set(name, await admin.clientUuid(name));
});

afterAll(async () => {
  await server.close();
  await smtp.close();
});

const simulate = (alias: string, body: object) =>
  admin.call<Simulated>('POST', `authentication/flows/${encodeURIComponent(alias)}/simulate`, {
    user: ids.get('ada'),
    client: ids.get('app'),
    ...body,
  });

/** What was asked and what came of it, in short. */
const way = ({ path }: Simulated): readonly string[] =>
  path.map(({ authenticator, what, answer }) => [authenticator, answer, what].filter(Boolean).join(' '));

describe('a dry run of a flow', () => {
  it('shows the way a login takes and its pages, without a password', async () => {
    const { status, body } = await simulate('browser', {});
    expect(status).toBe(200);
    expect(way(body)).toEqual([
      'auth-cookie attempted',
      'identity-provider-redirector attempted',
      'conditional-user-configured does-not-hold',
      `${FORM} challenge`,
      `${FORM} right success`,
      'conditional-user-configured does-not-hold',
    ]);
    expect(body.pages.map(({ page }) => page)).toEqual(['login']);
    expect(body).toMatchObject({ flow: 'browser', end: { kind: 'passed' }, credentials: ['password'] });
    expect(body.sessions).toMatchObject({ opens: 'new', decision: { kind: 'admit' }, ended: [] });
  });

  it('plays wrong answers, giving up, and stopping at a page', async () => {
    const wrong = (await simulate('browser', { answers: [{ step: FORM, answer: 'wrong' }] })).body;
    expect(wrong.pages.map(({ page }) => page)).toEqual(['login', 'login']);
    expect(wrong.path.find(({ answer }) => answer === 'wrong')).toMatchObject({
      what: 'challenge',
      code: 'invalid_credentials',
    });
    expect(wrong.end.kind).toBe('passed');
    const cancelled = (await simulate('browser', { answers: [{ answer: 'cancel' }] })).body;
    expect(cancelled.end).toMatchObject({ kind: 'refused', code: 'cancelled' });
    const stopped = (await simulate('browser', { answers: [{ answer: 'stop' }] })).body;
    expect(stopped.end.kind).toBe('page');
    expect(stopped.sessions).toBeUndefined();
  });

  it('knows what the user lacks, and who may not log in at all', async () => {
    const bob = (
      await simulate('browser', { user: ids.get('bob'), answers: [{ answer: 'right' }, { answer: 'stop' }] })
    ).body;
    expect(bob.path.at(-1)).toMatchObject({ answer: 'right', what: 'challenge', code: 'invalid_credentials' });
    const cut = (await simulate('direct grant', { user: ids.get('cut') })).body;
    expect(cut.end).toMatchObject({ kind: 'refused', code: 'user_disabled' });
    const direct = (
      await simulate('direct grant', { answers: [{ step: 'direct-grant-validate-password', answer: 'wrong' }] })
    ).body;
    expect(direct.end).toMatchObject({ kind: 'refused', code: 'invalid_credentials' });
    expect((await simulate('browser', { channel: 'direct' })).body.end.kind).toBe('page');
  });

  it('stays where a right answer was tried in vain', async () => {
    const { body } = await simulate('browser', { user: ids.get('bob') });
    expect(body.end).toMatchObject({ kind: 'page' });
    expect(body.pages.map(({ page }) => page)).toEqual(['login', 'login']);
    // A wrong answer leads to the same page, and there is still a right one to try.
    const wrong = await simulate('browser', { user: ids.get('bob'), answers: [{ answer: 'wrong' }] });
    expect(wrong.body.pages.map(({ page }) => page)).toEqual(['login', 'login', 'login']);
  });

  it('says which sessions would end and why, of those there are and of any number', async () => {
    await server.endSessions(APP.realm, 'ada');
    const first = await passwordGrant(server, APP, 'ada');
    server.clock.advance(1_000);
    await passwordGrant(server, OTHER, 'ada');
    const own = (await simulate(LIMITED, {})).body;
    expect(own.sessions).toMatchObject({
      opens: 'new',
      counts: { realm: 2, client: 1 },
      decision: { kind: 'evict' },
      ended: [{ id: first.session_state, reason: 'evicted', cap: 'realm', limit: 2, username: 'ada' }],
    });
    const given = (await simulate(LIMITED, { sessions: { realm: 4, client: 0 } })).body;
    expect(given.sessions?.ended.map(({ id }) => id)).toEqual(['imagined-1', 'imagined-2', 'imagined-3']);
    const none = (await simulate(LIMITED, { sessions: {} })).body;
    expect(none.sessions).toMatchObject({ counts: { realm: 0 }, decision: { kind: 'admit' } });
    const denied = (await simulate('one session', { sessions: { realm: 1 } })).body;
    expect(denied.end).toMatchObject({
      kind: 'refused',
      code: 'session_limit_exceeded',
      message: 'One session is enough',
    });
    expect(await server.sessions(APP.realm, 'ada')).toHaveLength(2);
  });

  it('plays single sign-on and a new proof', async () => {
    const joins = (await simulate('one session', { sessions: { realm: 1, client: 1 }, signedIn: true })).body;
    expect(joins).toMatchObject({ pages: [], end: { kind: 'passed' }, sessions: { opens: 'joins' } });
    const again = (
      await simulate('one session', { sessions: { realm: 1, client: 1 }, signedIn: true, prompt: 'login' })
    ).body;
    expect(again.pages.map(({ page }) => page)).toEqual(['login-password']);
    expect(again).toMatchObject({ end: { kind: 'passed' }, sessions: { opens: 'renews', ended: [] } });
  });

  it('agrees with the login that it is a dry run of', async () => {
    await server.endSessions(APP.realm, 'ada');
    await passwordGrant(server, APP, 'ada');
    server.clock.advance(1_000);
    await admin.client.realms.update({ realm: APP.realm }, { browserFlow: 'one session' });
    const played = (await simulate('one session', {})).body;
    expect(played.end).toMatchObject({ kind: 'refused', code: 'session_limit_exceeded' });
    expect((await new BrowserSession(server).login(APP, 'ada')).status).toBe(403);
    await admin.client.realms.update({ realm: APP.realm }, { browserFlow: 'browser' });
  });

  it('writes nothing, sends nothing and counts nothing', async () => {
    const before = await tableContents(server.database);
    for (const body of [
      {},
      { answers: [{ answer: 'wrong' }, { answer: 'wrong' }, { answer: 'wrong' }] },
      { sessions: { realm: 9 } },
      { user: ids.get('cut') },
      { signedIn: true, prompt: 'login' },
      { channel: 'direct' },
    ]) {
      for (const flow of ['browser', 'direct grant', 'reset credentials', LIMITED, 'one session', 'misconfigured'])
        expect((await simulate(flow, body)).status).toBe(200);
    }
    expect(await tableContents(server.database)).toEqual(before);
    expect(smtp.mails).toEqual([]);
    const reset = (await simulate('reset credentials', {})).body;
    expect(reset.pages.map(({ page, waits }) => [page, waits])).toContainEqual(['info', true]);
    expect(reset.requiredActions).toContain('UPDATE_PASSWORD');
  });

  it('refuses what it cannot play, naming the field', async () => {
    expect((await simulate('nothing', {})).status).toBe(404);
    expect(await simulate('browser', { user: 'nobody' })).toMatchObject({ status: 404 });
    expect(await simulate('browser', { client: undefined })).toMatchObject({
      status: 400,
      body: { error: 'client is missing' },
    });
    expect((await simulate('browser', { sessions: { realm: -1 } })).status).toBe(400);
    expect((await simulate('browser', { answers: [{ answer: 'perhaps' }] })).status).toBe(400);
    expect((await simulate('browser', { answers: [{ choose: 'nothing' }] })).status).toBe(400);
    expect((await simulate('browser', { answers: Array.from({ length: 101 }, () => ({})) })).status).toBe(400);
  });

  it('needs the rights to look at the realm and at its users', async () => {
    const tokens = await passwordGrant(server, APP, 'ada');
    const response = await fetch(`${server.url}/admin/realms/${APP.realm}/authentication/flows/browser/simulate`, {
      method: 'POST',
      headers: { authorization: `Bearer ${tokens.access_token ?? ''}`, 'content-type': 'application/json' },
      body: '{}',
    });
    expect(response.status).toBe(403);
  });
});
