import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { MailQueue } from '../../../src/mail/mail-queue.js';
import { UserStore } from '../../../src/realm/user.js';
import { BrowserSession, passwordGrant, type App, type Reply } from '../../support/browser-session.js';
import { RunningServer } from '../../support/running-server.js';
import { linkIn, SmtpCatcher, type CaughtMail } from '../../support/smtp-catcher.js';
import { crowd, testRealm } from '../../support/test-realm.js';
import { phoneCode } from '../flows/flow-realm.js';
import { AdminApi } from '../security/admin-api.js';

const SHOP: App = { realm: 'resets', clientId: 'shop', redirectUri: 'http://shop.test/cb' };
const DENYING: App = { ...SHOP, realm: 'denying' };
const EVICTING: App = { ...SHOP, realm: 'evicting' };
const SENT = 'You should receive an email shortly with further instructions.';
const NEW = { 'password-new': 'new-pw', 'password-confirm': 'new-pw' };

const PASSWORD = { type: 'password', value: 'person21-pw' };
const PHONE = {
  type: 'otp',
  userLabel: 'phone',
  secretData: JSON.stringify({ value: 'KeyOfATestPhone12345' }),
  credentialData: JSON.stringify({ subType: 'totp', digits: 6, counter: 0, period: 30, algorithm: 'HmacSHA1' }),
};

let server: RunningServer;
let smtp: SmtpCatcher;

const realm = (name: string, settings: object = {}): object =>
  testRealm({
    realm: name,
    people: [...crowd('person', 30), 'gone', 'mute'],
    apps: [SHOP],
    users: { gone: { enabled: false }, mute: { email: null }, person21: { credentials: [PASSWORD, PHONE] } },
    settings: { resetPasswordAllowed: true, smtpServer: smtp.settings(), ...settings },
  });

/** A reset flow after which one signs in again, and which removes a device that is lost. */
const STRICT_RESET: object = {
  authenticationFlows: [
    {
      id: 'strict-reset',
      alias: 'strict reset',
      providerId: 'basic-flow',
      topLevel: true,
      builtIn: false,
      authenticationExecutions: [
        { authenticator: 'reset-credentials-choose-user', requirement: 'REQUIRED', priority: 10 },
        {
          authenticator: 'reset-credential-email',
          requirement: 'REQUIRED',
          priority: 20,
          authenticatorConfig: 'forced',
        },
        { authenticator: 'reset-password', requirement: 'REQUIRED', priority: 30 },
        { authenticator: 'reset-otp', requirement: 'REQUIRED', priority: 40, authenticatorConfig: 'lost phone' },
      ],
    },
  ],
  authenticatorConfig: [
    { alias: 'forced', config: { 'force-login': 'true' } },
    { alias: 'lost phone', config: { action_on_otp_reset_flag: 'Remove one' } },
  ],
  resetCredentialsFlow: 'strict reset',
};

/** A reset flow whose last step counts sessions: at most one with a client. */
const limitedReset = (behavior: string): object => ({
  authenticationFlows: [
    {
      id: 'limited-reset',
      alias: 'limited reset',
      providerId: 'basic-flow',
      topLevel: true,
      builtIn: false,
      authenticationExecutions: [
        ...['reset-credentials-choose-user', 'reset-credential-email', 'reset-password'].map((authenticator, at) => ({
          authenticator,
          requirement: 'REQUIRED',
          priority: 10 + at,
        })),
        { authenticator: 'user-session-limits', requirement: 'REQUIRED', priority: 30, authenticatorConfig: 'one' },
      ],
    },
  ],
  authenticatorConfig: [{ alias: 'one', config: { userRealmLimit: '0', userClientLimit: '1', behavior } }],
  resetCredentialsFlow: 'limited reset',
});

beforeAll(async () => {
  smtp = await SmtpCatcher.start();
  server = await RunningServer.start({
    realms: [
      realm('resets'),
      realm('closed', { resetPasswordAllowed: false }),
      realm('strict', STRICT_RESET),
      realm('denying', limitedReset('Deny new session')),
      realm('evicting', limitedReset('Terminate oldest session')),
    ],
  });
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
const form = (reply: Reply): readonly string[] => reply.page.form.names;
const forgotten = (reply: Reply): URL => {
  const href = /href="([^"]*reset-credentials[^"]*)"/.exec(reply.body)?.[1]?.replaceAll('&amp;', '&');
  if (href === undefined) throw new Error('No way on for who forgot the password');
  return new URL(href, reply.url);
};
const sent = async (): Promise<readonly CaughtMail[]> => {
  await server.part(MailQueue).idle();
  return smtp.mails;
};
/** Asks for a reset in a browser: the page that follows. */
async function ask(person: BrowserSession, name: string, app = SHOP): Promise<Reply> {
  const first = await person.authorize(app);
  return person.submit(await person.get(forgotten(first)), { username: name });
}
async function linkFor(person: BrowserSession, name: string, app = SHOP): Promise<URL> {
  await ask(person, name, app);
  await sent();
  return linkIn(smtp.take());
}
const open = async (person: BrowserSession, link: URL): Promise<Reply> => person.follow(await person.get(link));
const errors = async (realmName: string, name: string) => {
  const { id } = await server.user(realmName, name);
  return (await server.events(realmName))
    .filter(({ userId, error }) => userId === id && error)
    .map(({ type, error }) => [type, error]);
};

describe('a forgotten password', () => {
  it('is replaced by the link of a mail, and the login goes on in the same browser', async () => {
    const person = browser();
    const page = await ask(person, 'person1@example.test');
    expect(page.page.text).toContain(SENT);
    expect(form(page)).toContain('password');
    await sent();
    const caught = smtp.take();
    expect(caught.to).toEqual(['person1@example.test']);
    const update = await open(person, linkIn(caught));
    expect(form(update)).toContain('password-new');
    const done = await person.submit(update, NEW);
    expect(done.answer.get('state')).toBe('st-1');
    expect((await person.exchange(SHOP, done)).status).toBe(200);
    expect((await passwordGrant(server, SHOP, 'person1', { password: 'new-pw' })).status).toBe(200);
    const { id } = await server.user('resets', 'person1');
    const types = (await server.events('resets')).filter(({ userId }) => userId === id).map(({ type }) => type);
    expect(types).toEqual(expect.arrayContaining(['SEND_RESET_PASSWORD', 'UPDATE_PASSWORD', 'LOGIN']));
  });

  it('looks the same for names that nobody has, that are switched off or that have no address', async () => {
    const pages = [];
    for (const name of ['person2', 'nobody', 'nobody@example.test', 'gone', 'mute']) {
      const page = await ask(browser(), name);
      pages.push([page.status, page.page.text, form(page)]);
    }
    for (const page of pages) expect(page).toEqual(pages[0]);
    expect((await sent()).map(({ to }) => to)).toEqual([['person2@example.test']]);
    const events = await server.events('resets');
    const refused = events.filter(({ type }) => type === 'RESET_PASSWORD_ERROR');
    expect(refused.map(({ error, details }) => `${details['username'] ?? ''}: ${error ?? ''}`).sort()).toEqual([
      'gone: user_disabled',
      'nobody: user_not_found',
      'nobody@example.test: user_not_found',
    ]);
    expect(await errors('resets', 'mute')).toEqual([['SEND_RESET_PASSWORD_ERROR', 'invalid_email']]);
  });

  it('asks for a name, and goes back to the login', async () => {
    const person = browser();
    const page = await person.get(forgotten(await person.authorize(SHOP)));
    const again = await person.submit(page, { username: ' ' });
    expect(again.page.field('username')).toHaveProperty('aria-invalid', 'true');
    const back = /href="([^"]*restart[^"]*)"/.exec(again.body)?.[1]?.replaceAll('&amp;', '&') ?? '';
    expect(form(await person.get(new URL(back, again.url)))).toContain('password');
  });

  it('also begins after a wrong password, and at an application without a login', async () => {
    const person = browser();
    const wrong = await person.submit(await person.authorize(SHOP), { username: 'person3', password: 'no' });
    expect(form(await person.get(forgotten(wrong)))).toEqual(['username']);
    const query = new URLSearchParams({ client_id: 'shop', redirect_uri: SHOP.redirectUri });
    const address = `${server.issuer('resets')}/login-actions/reset-credentials`;
    expect(form(await browser().get(`${address}?${query.toString()}`))).toEqual(['username']);
    expect(form(await browser().get(address))).toEqual(['username']);
    query.set('redirect_uri', 'http://evil.test/');
    expect((await browser().get(`${address}?${query.toString()}`)).status).toBe(400);
  });

  it('is nowhere where the realm does not allow it', async () => {
    const person = browser();
    const first = await person.authorize({ ...SHOP, realm: 'closed' });
    expect(first.body).not.toContain('reset-credentials');
    expect((await person.get(`${server.issuer('closed')}/login-actions/reset-credentials`)).status).toBe(400);
  });

  it('is told to operators when the mail does not go out', async () => {
    smtp.refuse('Not today');
    expect((await ask(browser(), 'person4')).page.text).toContain(SENT);
    await sent();
    smtp.refuse(undefined);
    expect(await errors('resets', 'person4')).toEqual([['SEND_RESET_PASSWORD_ERROR', 'email_send_failed']]);
  });

  it('does not flood a mailbox', async () => {
    for (let round = 0; round < 3; round++) await ask(browser(), 'person5');
    expect(await sent()).toHaveLength(1);
    server.clock.advance(30_000);
    await ask(browser(), 'person5');
    expect(await sent()).toHaveLength(2);
  });
});

describe('a second factor', () => {
  it('is set up anew by who had one', async () => {
    const person = browser();
    const setup = await open(person, await linkFor(person, 'person21'));
    expect(form(setup)).toContain('totpSecret');
  });

  it('is removed where the flow says so, and one signs in again where it says so', async () => {
    const app = { ...SHOP, realm: 'strict' };
    const person = browser();
    const choice = await open(person, await linkFor(person, 'person21', app));
    expect(choice.page.text).toContain('phone');
    const nonsense = await person.submit(choice, { selectedCredentialId: 'another' });
    const device = /value="([^"]+)" checked/.exec(nonsense.body)?.[1] ?? '';
    const setup = await person.submit(nonsense, { selectedCredentialId: device });
    expect(form(setup)).toContain('totpSecret');
    const { id } = await server.user('strict', 'person21');
    const chief = await AdminApi.chief(server, 'strict');
    expect((await chief.get(`users/${id}/credentials`)).body).toHaveLength(1);
    const secret = setup.page.form.hidden['totpSecret'] ?? '';
    const totp = phoneCode(server.clock.now(), secret);
    const password = await person.submit(setup, { totp, userLabel: 'new phone' });
    const done = await person.submit(password, NEW);
    expect(done.page.text).toContain('Your account has been updated');
    expect(await server.sessions('strict', 'person21')).toHaveLength(0);
  });
});

describe('the link', () => {
  it('opened in another browser changes the password and signs nobody in', async () => {
    const link = await linkFor(browser(), 'person6');
    const other = browser();
    const done = await other.submit(await open(other, link), NEW);
    expect([done.status, done.page.text]).toEqual([200, expect.stringContaining('Your account has been updated')]);
    expect(done.cookies['KEYCLOAK_IDENTITY']).toBeUndefined();
    expect(await server.sessions('resets', 'person6')).toHaveLength(0);
    expect((await passwordGrant(server, SHOP, 'person6', { password: 'new-pw' })).status).toBe(200);
  });

  it('counts once, and being looked at does not use it up', async () => {
    const person = browser();
    const link = await linkFor(person, 'person7');
    expect((await fetch(link, { method: 'HEAD' })).status).toBe(200);
    expect(form(await open(browser(), link))).toContain('password-new');
    const done = await person.submit(await open(person, link), NEW);
    expect(done.answer.get('code')).toBeTruthy();
    expect((await open(browser(), link)).status).toBe(400);
    expect(await errors('resets', 'person7')).toEqual([['RESET_PASSWORD_ERROR', 'expired_code']]);
  });

  it('opened twice at once changes the password once', async () => {
    const link = await linkFor(browser(), 'person8');
    const [one, two] = [browser(), browser()];
    const pages = [await open(one, link), await open(two, link)] as const;
    expect((await one.submit(pages[0], NEW)).page.text).toContain('Your account has been updated');
    const late = await two.submit(pages[1], { 'password-new': 'late-pw', 'password-confirm': 'late-pw' });
    expect(late.status).toBe(400);
    expect((await passwordGrant(server, SHOP, 'person8', { password: 'late-pw' })).status).not.toBe(200);
  });

  it.each<[string, (name: string) => Promise<void>, string]>([
    ['the address was changed', (name) => change(name, { email: `${name}2@example.test` }), 'invalid_email'],
    ['the user was switched off', (name) => change(name, { enabled: false }), 'user_disabled'],
  ])('is worth nothing once %s', async (_what, meanwhile, error) => {
    const name = error === 'invalid_email' ? 'person9' : 'person10';
    const person = browser();
    const link = await linkFor(person, name);
    await meanwhile(name);
    expect((await open(person, link)).status).toBe(400);
    expect(await errors('resets', name)).toEqual([['RESET_PASSWORD_ERROR', error]]);
  });

  it('does not undo a password that was set after the mail went out', async () => {
    const person = browser();
    const link = await linkFor(person, 'person11');
    server.clock.advance(1000);
    const chief = await AdminApi.chief(server, 'resets');
    const { id } = await server.user('resets', 'person11');
    await chief.put(`users/${id}/reset-password`, { type: 'password', value: 'admins-pw' });
    expect((await person.submit(await open(person, link), NEW)).status).toBe(400);
    expect((await passwordGrant(server, SHOP, 'person11', { password: 'admins-pw' })).status).toBe(200);
  });

  it('is of one realm, and cannot be altered', async () => {
    const link = await linkFor(browser(), 'person12');
    const elsewhere = new URL(link.href.replace('/realms/resets/', '/realms/denying/'));
    expect((await browser().get(elsewhere)).status).toBe(400);
    const [head = '', body = '', signature = ''] = (link.searchParams.get('key') ?? '').split('.');
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as object;
    const forged = Buffer.from(JSON.stringify({ ...claims, sub: (await server.user('resets', 'person13')).id }));
    for (const key of [`${head}.${forged.toString('base64url')}.${signature}`, 'nonsense', '']) {
      link.searchParams.set('key', key);
      expect((await browser().get(link)).status).toBe(400);
    }
  });

  it('cannot be stood in for by the form of the login that waits for it', async () => {
    const person = browser();
    const first = await person.authorize(SHOP);
    const page = await person.get(forgotten(first));
    const posted = new URL(page.page.form.action, page.url);
    await person.submit(page, { username: 'person14' });
    await sent();
    const seen = await person.get(
      `${posted.pathname}?${new URLSearchParams([...posted.searchParams].filter(([name]) => name !== 'session_code' && name !== 'execution')).toString()}`,
    );
    expect(form(seen)).toContain('password');
    const answer = await person.follow(await person.post(posted, { username: 'person14' }));
    expect(answer.body).not.toContain('password-new');
    expect((await person.follow(await person.get(posted))).body).not.toContain('password-new');
  });

  it('does not carry the Host header of a request', async () => {
    const person = browser();
    const page = await person.get(forgotten(await person.authorize(SHOP)));
    const action = new URL(page.page.form.action, page.url);
    const cookie = person.jar.header(action.pathname) ?? '';
    const { request } = await import('node:http');
    await new Promise<void>((resolve, reject) => {
      const call = request(
        {
          host: '127.0.0.1',
          port: action.port,
          path: action.pathname + action.search,
          method: 'POST',
          headers: { host: 'evil.test', cookie, 'content-type': 'application/x-www-form-urlencoded' },
        },
        (answer) => answer.resume().on('end', resolve),
      ).on('error', reject);
      call.end('username=person15');
    });
    expect(await sent()).toEqual([]);
  });
});

describe('rows 55 and 59: the link works for as long as the realm says', () => {
  it.each([
    ['row 55: the time of all such links', {}, 300],
    ['row 59: the time of its own', { 'actionTokenGeneratedByUserLifespan.reset-credentials': '1200' }, 1200],
  ])('%s', async (_row, attributes, seconds) => {
    const chief = await AdminApi.chief(server, 'resets');
    await chief.put('', { attributes });
    const names = seconds === 300 ? ['person16', 'person17'] : ['person18', 'person19'];
    const person = browser();
    const inTime = await linkFor(person, names[0] ?? '');
    const late = await linkFor(browser(), names[1] ?? '');
    server.clock.advance((seconds - 1) * 1000);
    expect(form(await open(person, inTime))).toContain('password-new');
    server.clock.advance(1000);
    const over = await open(browser(), late);
    expect(over.status).toBe(400);
    expect(over.page.text).toContain('This link is no longer valid');
    expect(await errors('resets', names[1] ?? '')).toEqual([['EXECUTE_ACTION_TOKEN_ERROR', 'expired_code']]);
  });

  it('a link that is over takes its own browser back to the login', async () => {
    const person = browser();
    const link = await linkFor(person, 'person20');
    server.clock.advance(1_200_000);
    const page = await open(person, link);
    expect(form(page)).toContain('password');
    expect(page.page.text).toContain('This link is no longer valid');
  });
});

describe('a session born from a link passes the limiter', () => {
  it('which denies it', async () => {
    await browser().login(DENYING, 'person1');
    const person = browser();
    const link = await linkFor(person, 'person1', DENYING);
    const denied = await open(person, link);
    expect([denied.status, denied.page.text]).toEqual([403, expect.stringContaining('There are too many sessions')]);
    expect((await errors('denying', 'person1'))[0]).toEqual(['RESET_PASSWORD_ERROR', 'session_limit_exceeded']);
    expect(await server.sessions('denying', 'person1')).toHaveLength(1);
  });

  it('which makes room for it', async () => {
    await browser().login(EVICTING, 'person1');
    const [before] = await server.sessions('evicting', 'person1');
    const person = browser();
    const update = await open(person, await linkFor(person, 'person1', EVICTING));
    const done = await person.submit(update, NEW);
    expect(done.answer.get('code')).toBeTruthy();
    const after = await server.sessions('evicting', 'person1');
    expect(after).toHaveLength(1);
    expect(after[0]?.session.id).not.toBe(before?.session.id);
  });

  it('again at its very end, when the cap was reached meanwhile', async () => {
    const person = browser();
    const update = await open(person, await linkFor(person, 'person2', DENYING));
    await browser().login(DENYING, 'person2');
    expect((await person.submit(update, NEW)).status).toBe(403);
    expect(await server.sessions('denying', 'person2')).toHaveLength(1);
  });
});

async function change(name: string, members: object): Promise<void> {
  const user = await server.user('resets', name);
  expect(await server.part(UserStore).byId(user.realmId, user.id)).toBeDefined();
  const chief = await AdminApi.chief(server, 'resets');
  expect((await chief.put(`users/${user.id}`, members)).status).toBe(204);
}
