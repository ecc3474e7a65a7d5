import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { MailQueue } from '../../../src/mail/mail-queue.js';
import { BrowserSession, passwordGrant, type App, type Reply } from '../../support/browser-session.js';
import { RunningServer } from '../../support/running-server.js';
import { linkIn, SmtpCatcher } from '../../support/smtp-catcher.js';
import { crowd, testRealm } from '../../support/test-realm.js';
import { AdminApi } from '../security/admin-api.js';

const SHOP: App = { realm: 'links', clientId: 'shop', redirectUri: 'http://shop.test/cb' };
const NEW = { 'password-new': 'new-pw', 'password-confirm': 'new-pw' };
const PEOPLE = crowd('person', 20);

let server: RunningServer;
let smtp: SmtpCatcher;
let chief: AdminApi;

beforeAll(async () => {
  smtp = await SmtpCatcher.start();
  server = await RunningServer.start({
    realms: [
      testRealm({
        realm: 'links',
        people: [...PEOPLE, 'mute'],
        apps: [SHOP],
        users: {
          ...Object.fromEntries(PEOPLE.map((name) => [name, { emailVerified: false }])),
          person1: { emailVerified: true },
          mute: { email: null, emailVerified: false },
        },
        settings: { verifyEmail: true, smtpServer: smtp.settings() },
      }),
    ],
  });
  chief = await AdminApi.chief(server, 'links');
});
beforeEach(async () => {
  await server.part(MailQueue).idle();
  smtp.mails.splice(0);
});
afterAll(async () => {
  await server.close();
  await smtp.close();
});

const browser = (): BrowserSession => new BrowserSession(server);
const open = async (person: BrowserSession, link: URL): Promise<Reply> => person.follow(await person.get(link));
/** The link of a page that asks for a confirmation. */
const proceed = (reply: Reply): URL => {
  const href = /href="([^"]*action-token[^"]*)"/.exec(reply.body)?.[1]?.replaceAll('&amp;', '&');
  if (href === undefined) throw new Error(`Nothing to confirm on: ${reply.page.text}`);
  return new URL(href, reply.url);
};
const mailed = async (): Promise<URL> => {
  await server.part(MailQueue).idle();
  return linkIn(smtp.take());
};
const events = async (name: string) => {
  const { id } = await server.user('links', name);
  return (await server.events('links'))
    .filter(({ userId, type }) => userId === id && /MAIL|ACTION|PASSWORD/.test(type))
    .map(({ type, error }) => (error === undefined ? type : `${type}: ${error}`));
};
async function linkFor(name: string, actions: readonly string[], query = ''): Promise<URL> {
  const { id } = await server.user('links', name);
  const reply = await chief.put(`users/${id}/execute-actions-email${query}`, actions);
  expect(reply.status).toBe(204);
  return linkIn(smtp.take());
}

describe('a realm that wants addresses confirmed', () => {
  it('sends a mail, and its link goes on with the login', async () => {
    const person = browser();
    const page = await person.login(SHOP, 'person2');
    expect(page.page.text).toContain('person2@example.test');
    const done = await person.get(await mailed());
    expect((await person.follow(done)).answer.get('code')).toBeTruthy();
    expect(await server.user('links', 'person2')).toMatchObject({ emailVerified: true, requiredActions: [] });
    expect((await events('person2')).toSorted()).toEqual(['SEND_VERIFY_EMAIL', 'VERIFY_EMAIL']);
    const again = await browser().login(SHOP, 'person2');
    expect(again.answer.get('code')).toBeTruthy();
  });

  it('lets nobody by who has not, in a browser or without one', async () => {
    expect((await passwordGrant(server, SHOP, 'person3')).error_description).toBe('Account is not fully set up');
    const person = browser();
    const page = await person.login(SHOP, 'person3');
    const pressed = await person.submit(page, {});
    expect(pressed.page.text).toContain('person3@example.test');
    expect(await server.sessions('links', 'person3')).toHaveLength(0);
  });

  it('sends the mail again when asked, but does not flood the mailbox', async () => {
    const person = browser();
    let page = await person.login(SHOP, 'person4');
    page = await person.submit(page, {});
    await mailed();
    server.clock.advance(30_000);
    await person.submit(page, {});
    await mailed();
    expect(await events('person4')).toEqual(['SEND_VERIFY_EMAIL', 'SEND_VERIFY_EMAIL']);
  });

  it('asks in another browser, confirms there, and lets the login go on where it began', async () => {
    const person = browser();
    const page = await person.login(SHOP, 'person5');
    const link = await mailed();
    const phone = browser();
    const question = await phone.get(link);
    expect(question.page.text).toContain('Is person5@example.test your address?');
    expect((await server.user('links', 'person5')).emailVerified).toBe(false);
    const done = await phone.get(proceed(question));
    expect(done.page.text).toContain('Your email address is confirmed');
    expect(done.cookies['KEYCLOAK_IDENTITY']).toBeUndefined();
    expect((await server.user('links', 'person5')).emailVerified).toBe(true);
    expect((await person.submit(page, {})).answer.get('code')).toBeTruthy();
    expect((await phone.get(link)).page.text).toContain('is confirmed already');
  });

  it('does not take the question of one browser for the answer of another', async () => {
    await browser().login(SHOP, 'person6');
    const question = await browser().get(await mailed());
    const stranger = await browser().get(proceed(question));
    expect(stranger.page.text).toContain('Is person6@example.test your address?');
    expect((await server.user('links', 'person6')).emailVerified).toBe(false);
  });

  it('waits for who has no address: the profile is completed first', async () => {
    const person = browser();
    const page = await person.login(SHOP, 'mute');
    expect(page.page.form.names).toContain('email');
    const asked = await person.submit(page, { email: 'mute@example.test', firstName: 'Mu', lastName: 'Te' });
    expect(asked.page.text).toContain('mute@example.test');
    expect((await browser().get(await mailed())).status).toBe(200);
  });

  it('says that a link is stale once the address is another', async () => {
    await browser().login(SHOP, 'person7');
    const link = await mailed();
    const { id } = await server.user('links', 'person7');
    await chief.put(`users/${id}`, { email: 'other@example.test' });
    const stale = await browser().get(link);
    expect([stale.status, stale.page.text]).toEqual([400, expect.stringContaining('no longer valid')]);
    expect((await server.user('links', 'person7')).emailVerified).toBe(false);
    expect(await events('person7')).toContain('VERIFY_EMAIL_ERROR: invalid_email');
  });
});

describe('a link to required actions', () => {
  it('asks first, then leads through them to a page, and signs nobody in', async () => {
    const redirect = `?client_id=shop&redirect_uri=${encodeURIComponent(SHOP.redirectUri)}`;
    const link = await linkFor('person8', ['UPDATE_PASSWORD', 'UPDATE_PROFILE'], redirect);
    const person = browser();
    const question = await person.get(link);
    expect(question.page.text).toContain('Update Password');
    const profile = await open(person, proceed(question));
    const names = { email: 'person8@example.test', firstName: 'Per', lastName: 'Son' };
    const password = await person.submit(profile, names);
    const done = await person.submit(password, NEW);
    expect(done.page.text).toContain('Your account has been updated');
    expect(done.body).toContain(`href="${SHOP.redirectUri}"`);
    expect(done.cookies['KEYCLOAK_IDENTITY']).toBeUndefined();
    expect(await server.sessions('links', 'person8')).toHaveLength(0);
    expect((await server.user('links', 'person8')).emailVerified).toBe(true);
    expect((await passwordGrant(server, SHOP, 'person8', { password: 'new-pw' })).status).toBe(200);
    expect((await browser().get(link)).status).toBe(400);
    expect(await events('person8')).toEqual(
      expect.arrayContaining(['EXECUTE_ACTIONS', 'UPDATE_PASSWORD', 'EXECUTE_ACTIONS_ERROR: expired_code']),
    );
  });

  it('counts again where its actions may be done twice', async () => {
    const link = await linkFor('person9', ['UPDATE_PROFILE']);
    for (const round of ['once', 'twice']) {
      const person = browser();
      const profile = await open(person, proceed(await person.get(link)));
      const done = await person.submit(profile, { email: 'person9@example.test', firstName: round, lastName: 'P' });
      expect(done.page.text).toContain('Your account has been updated');
    }
    expect((await server.user('links', 'person9')).firstName).toBe('twice');
  });

  it('changes nothing for who was switched off while doing them', async () => {
    const person = browser();
    const link = await linkFor('person10', ['UPDATE_PASSWORD']);
    const password = await open(person, proceed(await person.get(link)));
    const { id } = await server.user('links', 'person10');
    await chief.put(`users/${id}`, { enabled: false });
    expect((await person.submit(password, NEW)).status).toBe(400);
    await chief.put(`users/${id}`, { enabled: true });
    expect((await passwordGrant(server, SHOP, 'person10', { password: 'new-pw' })).error).toBe('invalid_grant');
    expect((await passwordGrant(server, SHOP, 'person10')).status).toBe(200);
  });

  it('leaves the session of another user in the browser alone', async () => {
    const person = browser();
    await person.login(SHOP, 'person1');
    const link = await linkFor('person11', ['UPDATE_PASSWORD']);
    const done = await person.submit(await open(person, proceed(await person.get(link))), NEW);
    expect(done.page.text).toContain('Your account has been updated');
    expect((await person.authorize(SHOP)).answer.get('code')).toBeTruthy();
    expect(await server.sessions('links', 'person1')).toHaveLength(1);
    await server.endSessions('links', 'person1');
  });
});

describe('rows 56, 57, 58 and 60: links work for as long as the realm says', () => {
  const worksFor = async (link: URL, seconds: number): Promise<void> => {
    server.clock.advance((seconds - 1) * 1000);
    expect((await browser().get(link)).status).toBe(200);
    server.clock.advance(1000);
    expect((await browser().get(link)).page.text).toContain('This link is no longer valid');
  };

  it('row 56: the time of links that administrators send, or the one that is sent along', async () => {
    await chief.put('', { actionTokenGeneratedByAdminLifespan: 7200 });
    await worksFor(await linkFor('person12', ['UPDATE_PROFILE']), 7200);
    chief = await AdminApi.chief(server, 'links');
    await worksFor(await linkFor('person12', ['UPDATE_PROFILE'], '?lifespan=60'), 60);
  });

  it('row 57: the time of links that confirm an address', async () => {
    chief = await AdminApi.chief(server, 'links');
    await chief.put('', { attributes: { 'actionTokenGeneratedByUserLifespan.verify-email': '900' } });
    await browser().login(SHOP, 'person13');
    await worksFor(await mailed(), 900);
  });

  it('row 58: the time of links that confirm the address of an identity provider is kept and given back', async () => {
    chief = await AdminApi.chief(server, 'links');
    const attribute = 'actionTokenGeneratedByUserLifespan.idp-verify-account-via-email';
    await chief.put('', { attributes: { [attribute]: '600' } });
    expect((await chief.get('')).body).toMatchObject({ attributes: { [attribute]: '600' } });
  });

  it('row 60: the time of links to required actions', async () => {
    chief = await AdminApi.chief(server, 'links');
    await chief.put('', { attributes: { 'actionTokenGeneratedByUserLifespan.execute-actions': '600' } });
    await worksFor(await linkFor('person14', ['UPDATE_PROFILE']), 600);
  });
});
