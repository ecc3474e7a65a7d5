import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RoleStore } from '../../../src/realm/role.js';
import { UnitOfWork } from '../../../src/shared/unit-of-work.js';
import { BrowserSession, passwordGrant, type App, type Reply } from '../../support/browser-session.js';
import { RunningServer } from '../../support/running-server.js';
import { ANY_FACTOR, CODES, flowRealm, LATER, ONLY_LATER, phoneCode, PLAIN, STAFF } from './flow-realm.js';

let server: RunningServer;

beforeAll(async () => {
  server = await RunningServer.start({ realms: [flowRealm()] });
});

afterAll(() => server.close());

/** A browser that has typed the name. */
async function named(app: App, name: string): Promise<{ person: BrowserSession; page: Reply }> {
  const person = new BrowserSession(server);
  return { person, page: await person.submit(await person.authorize(app), { username: name }) };
}

/** Presses "Try another way". */
const tryAnotherWay = async (person: BrowserSession, page: Reply): Promise<Reply> =>
  person.follow(await person.post(new URL(page.page.form.action, page.url), { tryAnotherWay: 'on' }));

const code = (): string => phoneCode(server.clock.now());

describe('try another way', () => {
  it('begins with the credential that the person put first', async () => {
    expect((await named(ANY_FACTOR, 'paula')).page.page.form.names).toContain('password');
    expect((await named(ANY_FACTOR, 'otto')).page.page.form.names).toContain('otp');
  });

  it('offers the others in the order of the person, and takes the choice', async () => {
    const { person, page } = await named(ANY_FACTOR, 'otto');
    const chooser = await tryAnotherWay(person, page);
    const options = chooser.page.buttons('authenticationExecution');
    expect(Object.keys(options)).toEqual(['Authenticator app', 'Password']);
    const form = await person.submit(chooser, { authenticationExecution: options['Password'] ?? '' });
    expect(form.page.form.names).toContain('password');
    expect((await person.submit(form, { password: 'otto-pw' })).answer.get('code')).toBeTruthy();
  });

  it('survives a reload and a restart of the server', async () => {
    const { person, page } = await named(ANY_FACTOR, 'paula');
    const chooser = await tryAnotherWay(person, page);
    await server.restart();
    const reloaded = await person.get(chooser.url);
    const options = reloaded.page.buttons('authenticationExecution');
    expect(Object.keys(options)).toEqual(['Password', 'Authenticator app']);
    const form = await person.submit(reloaded, { authenticationExecution: options['Authenticator app'] ?? '' });
    expect((await person.submit(form, { otp: code() })).answer.get('code')).toBeTruthy();
  });

  it('is not offered to who has one credential only, and cannot be forced', async () => {
    const { person, page } = await named(ANY_FACTOR, 'rita');
    expect(page.page.text).not.toContain('Try another way');
    const forced = await tryAnotherWay(person, page);
    expect(forced.status).toBeLessThan(500);
    expect(forced.headers.get('location')).toBeNull();
  });

  it('takes no step that is not offered', async () => {
    const { person, page } = await named(ANY_FACTOR, 'paula');
    const chooser = await tryAnotherWay(person, page);
    for (const choice of ['', 'nothing', 'auth-otp-form', '00000000-0000-4000-8000-000000000000']) {
      const reply = await person.submit(chooser, { authenticationExecution: choice });
      expect(reply.status).toBeLessThan(500);
      expect(reply.headers.get('location')).toBeNull();
    }
    expect(await server.sessions('flows', 'paula')).toHaveLength(1); // that of the test before
  });
});

describe('conditions', () => {
  it('ask a member of staff for the code', async () => {
    const { person, page } = await named(STAFF, 'susan');
    const otp = await person.submit(page, { password: 'susan-pw' });
    expect(otp.page.form.names).toContain('otp');
    expect((await person.submit(otp, { otp: code() })).answer.get('code')).toBeTruthy();
  });

  it('let everybody else pass', async () => {
    const { person, page } = await named(STAFF, 'rita');
    expect((await person.submit(page, { password: 'rita-pw' })).answer.get('code')).toBeTruthy();
  });

  it('are asked again at every step: a role that is given during the login counts', async () => {
    const { person, page } = await named(STAFF, 'paula');
    const { realmId, id } = await server.user('flows', 'paula');
    const roles = server.part(RoleStore);
    const staff = await roles.byName(realmId, undefined, 'staff');
    await server.part(UnitOfWork).run(() => roles.mapToUser(realmId, id, [staff!.id]));
    const otp = await person.submit(page, { password: 'paula-pw' });
    expect(otp.page.form.names).toContain('otp');
    await server.part(UnitOfWork).run(() => roles.unmapFromUser(realmId, id, [staff!.id]));
  });

  it('deny whom they are made for, with text that is only text', async () => {
    const { person, page } = await named(STAFF, 'gus');
    const denied = await person.submit(page, { password: 'gus-pw' });
    expect(denied.status).toBe(401);
    expect(denied.body).toContain('Guests &lt;b&gt;stay&lt;/b&gt; out &amp; wait');
    expect(await server.sessions('flows', 'gus')).toHaveLength(0);
  });
});

describe('a step that lacks its credential', () => {
  it('has the person set it up after the flow: QR code, key, and the code of that key', async () => {
    const { person, page } = await named(STAFF, 'sam');
    const setUp = await person.submit(page, { password: 'sam-pw' });
    expect(setUp.page.form.names).toEqual(expect.arrayContaining(['totp', 'totpSecret', 'userLabel']));
    expect(setUp.body).toContain('<svg class="qr-code"');
    const key = setUp.page.form.hidden['totpSecret'] ?? '';

    const wrong = await person.submit(setUp, { totp: '000000' });
    expect(wrong.page.text).toContain('Invalid authenticator code.');
    expect(wrong.page.form.hidden['totpSecret']).toBe(key);
    expect(await server.sessions('flows', 'sam')).toHaveLength(0);

    const done = await person.submit(wrong, { totp: phoneCode(server.clock.now(), key), userLabel: 'my phone' });
    expect(done.answer.get('code')).toBeTruthy();

    const again = await named(STAFF, 'sam');
    const otp = await again.person.submit(again.page, { password: 'sam-pw' });
    const used = await again.person.submit(otp, { otp: phoneCode(server.clock.now(), key) });
    expect(used.page.text).toContain('Invalid authenticator code.');
    server.clock.advance(30_000);
    const next = await again.person.submit(used, { otp: phoneCode(server.clock.now(), key) });
    expect(next.answer.get('code')).toBeTruthy();
  });

  it('cannot be gone around by starting the login again', async () => {
    const { person, page } = await named(STAFF, 'uwe');
    const { realmId, id } = await server.user('flows', 'uwe');
    const staff = await server.part(RoleStore).byName(realmId, undefined, 'staff');
    await server.part(UnitOfWork).run(() => server.part(RoleStore).mapToUser(realmId, id, [staff!.id]));
    const setUp = await person.submit(page, { password: 'uwe-pw' });
    expect(setUp.page.form.names).toContain('totp');
    const restart = new URL(setUp.url);
    restart.pathname = restart.pathname.replace('required-action', 'restart');
    const fresh = await person.get(restart);
    const typed = await person.submit(fresh, { username: 'uwe' });
    const again = await person.submit(typed, { password: 'uwe-pw' });
    expect(again.page.form.names).toContain('totp');
    expect(await server.sessions('flows', 'uwe')).toHaveLength(0);
  });

  it('refuses a direct grant', async () => {
    expect(await passwordGrant(server, CODES, 'rita')).toMatchObject({ status: 400, error: 'invalid_grant' });
    expect(await passwordGrant(server, CODES, 'otto', { totp: '000000' })).toMatchObject({ status: 400 });
    expect(await passwordGrant(server, CODES, 'otto', { totp: code() })).toMatchObject({ status: 200 });
  });
});

describe('a denial in the flow of direct grants', () => {
  it('is 401 JSON with the message of the admin', async () => {
    expect(await passwordGrant(server, PLAIN, 'rita')).toEqual({ status: 401, error: 'Please use the browser' });
  });
});

describe('steps that stand aside until they are built', () => {
  it('let the next alternative run', async () => {
    const person = new BrowserSession(server);
    expect((await person.login(LATER, 'rita')).answer.get('code')).toBeTruthy();
  });

  it('end the login with a page where they are required', async () => {
    const person = new BrowserSession(server);
    const denied = await person.login(ONLY_LATER, 'rita');
    expect(denied.status).toBe(400);
    expect(denied.page.title).toContain('This did not work');
  });
});
