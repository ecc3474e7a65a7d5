import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BrowserSession, type App, type Reply } from '../../support/browser-session.js';
import { RunningServer } from '../../support/running-server.js';
import { testRealm } from '../../support/test-realm.js';

const PLAIN: App = { realm: 'planted', clientId: 'plain', redirectUri: 'http://plain.test/cb' };
const CONSENT: App = { realm: 'planted', clientId: 'consent', redirectUri: 'http://consent.test/cb' };

let server: RunningServer;

beforeAll(async () => {
  const realm = testRealm({
    realm: 'planted',
    people: ['vic', 'val', 'vera'],
    users: { vic: { requiredActions: ['UPDATE_PASSWORD'] }, vera: { requiredActions: ['UPDATE_PASSWORD'] } },
    apps: [PLAIN, CONSENT],
    clients: { [CONSENT.clientId]: { consentRequired: true } },
  });
  server = await RunningServer.start({ realms: [realm] });
});

afterAll(() => server.close());

/** The victim's login in a browser whose cookie the attacker planted, up to the page after the flow; and the attacker's browser. */
async function victimLogsIn(
  app: App,
  name: string,
): Promise<{ victim: BrowserSession; thief: BrowserSession; page: Reply }> {
  const thief = new BrowserSession(server);
  await thief.authorize(app);
  const victim = new BrowserSession(server);
  victim.jar.put('AUTH_SESSION_ID', thief.jar.get('AUTH_SESSION_ID')!.value, '/realms/planted/');
  return { victim, thief, page: await victim.login(app, name) };
}

describe('an AUTH_SESSION_ID that somebody planted', () => {
  it('does not show the page of a required action to who planted it', async () => {
    const { victim, thief, page } = await victimLogsIn(PLAIN, 'vic');
    expect(page.page.form.names).toContain('password-new');
    const seen = await thief.get(page.url);
    expect(seen.page.text).toContain('out of date');
    expect(seen.body).not.toContain('password-new');
    const action = new URL(page.page.form.action, page.url);
    await thief.post(action, { 'password-new': 'stolen-pw', 'password-confirm': 'stolen-pw' });
    const done = await victim.submit(page, { 'password-new': 'vic-pw2', 'password-confirm': 'vic-pw2' });
    expect(done.answer.get('code')).toBeTruthy();
  });

  it('does not show the consent page to who planted it, nor lets it consent', async () => {
    const { victim, thief, page } = await victimLogsIn(CONSENT, 'val');
    expect(page.page.form.names).toContain('accept');
    expect((await thief.get(page.url)).body).not.toContain('name="accept"');
    const reply = await thief.post(new URL(page.page.form.action, page.url), { accept: 'on' });
    expect(reply.headers.get('location')).toBeNull();
    expect((await victim.submit(page, { accept: 'on' })).answer.get('code')).toBeTruthy();
  });

  it('leaves a form that was sent twice a way on to the page that follows', async () => {
    const person = new BrowserSession(server);
    const first = await person.authorize(PLAIN);
    const twin = person.copy();
    const fields = { username: 'vera', password: 'vera-pw' };
    await person.submit(first, fields);
    const second = await twin.submitOnly(first, fields);
    expect(second.status).toBe(200);
    const link = /href="([^"]*login-actions\/authenticate[^"]*)"/.exec(second.body)?.[1]?.replaceAll('&amp;', '&');
    expect((await person.get(link!)).page.form.names).toContain('password-new');
  });
});
