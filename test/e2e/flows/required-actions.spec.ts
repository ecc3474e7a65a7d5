import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UserService } from '../../../src/realm/user-service.js';
import { BrowserSession, passwordGrant } from '../../support/browser-session.js';
import { RunningServer } from '../../support/running-server.js';
import { CONSENT, flowRealm, LATER, phoneCode } from './flow-realm.js';

let server: RunningServer;

beforeAll(async () => {
  server = await RunningServer.start({ realms: [flowRealm()] });
});

afterAll(() => server.close());

const browser = (): BrowserSession => new BrowserSession(server);
const pendingOf = async (name: string) => (await server.user('flows', name)).requiredActions;

describe('required actions', () => {
  it('complete the profile, and say what is missing or wrong', async () => {
    const person = browser();
    const page = await person.login(LATER, 'pete');
    expect(page.page.form.names).toEqual(['email', 'firstName', 'lastName']);
    const blank = await person.submit(page, { email: 'pete@example.test', firstName: '', lastName: 'P' });
    expect(blank.page.field('firstName')).toHaveProperty('aria-invalid', 'true');
    const taken = await person.submit(blank, { email: 'rita@example.test', firstName: 'Pete', lastName: 'P' });
    expect(taken.page.field('email')).toHaveProperty('aria-invalid', 'true');
    const long = await person.submit(taken, { email: 'pete@example.test', firstName: 'P'.repeat(300), lastName: 'P' });
    expect(long.page.field('firstName')).toHaveProperty('aria-invalid', 'true');
    const marked = await person.submit(long, { email: 'pete2@example.test', firstName: 'Pete', lastName: '<i>P</i>' });
    expect(marked.page.field('lastName')).toHaveProperty('aria-invalid', 'true');
    const done = await person.submit(marked, { email: 'pete2@example.test', firstName: 'Pete', lastName: 'Pé' });
    expect(done.answer.get('code')).toBeTruthy();
    expect(await server.user('flows', 'pete')).toMatchObject({
      email: 'pete2@example.test',
      emailVerified: false,
      firstName: 'Pete',
      lastName: 'Pé',
      requiredActions: [],
    });
  });

  it('take an acceptance of the terms, and note when', async () => {
    const person = browser();
    const page = await person.login(LATER, 'terry');
    expect(page.page.text).toContain('Terms and conditions');
    const done = await person.submit(page, { accept: 'on' });
    expect(done.answer.get('code')).toBeTruthy();
    expect((await server.user('flows', 'terry')).attributes['terms_and_conditions']).toEqual([
      String(server.clock.seconds()),
    ]);
  });

  it('send a person who declines the terms back to the application, not signed in', async () => {
    const person = browser();
    const declined = await person.submit(await person.login(LATER, 'tina'), { cancel: 'on' });
    expect(declined.answer.get('error')).toBe('access_denied');
    expect(await server.sessions('flows', 'tina')).toHaveLength(0);
    expect(await pendingOf('tina')).toContain('TERMS_AND_CONDITIONS');
    expect((await person.authorize(LATER)).page.form.names).toContain('password');
  });

  it('come in the order of the realm; what is disabled or not built is passed over', async () => {
    const person = browser();
    const terms = await person.login(LATER, 'max');
    expect(terms.page.form.names).toContain('accept');
    const profile = await person.submit(terms, { accept: 'on' });
    expect(profile.page.form.names).toContain('email');
    const password = await person.submit(profile, { email: 'max@example.test', firstName: 'Max', lastName: 'M' });
    expect(password.page.form.names).toContain('password-new');
    const done = await person.submit(password, { 'password-new': 'max-pw2', 'password-confirm': 'max-pw2' });
    expect(done.answer.get('code')).toBeTruthy();
    expect(await pendingOf('max')).toEqual(['VERIFY_EMAIL', 'UPDATE_EMAIL']);
  });

  it('cannot be answered out of their turn', async () => {
    const person = browser();
    const page = await person.login(LATER, 'ted');
    const address = new URL(page.page.form.action, page.url);
    address.searchParams.set('execution', 'UPDATE_PASSWORD');
    const reply = await person.post(address, { 'password-new': 'other-pw', 'password-confirm': 'other-pw' });
    expect(reply.status).toBe(200);
    const key = page.page.form.hidden['totpSecret'];
    expect((await person.submit(page, { totp: phoneCode(server.clock.now(), key) })).answer.get('code')).toBeTruthy();
  });

  it('take no key for codes that this server could not have made', async () => {
    const person = browser();
    await addAction('nele', 'CONFIGURE_TOTP');
    const page = await person.login(LATER, 'nele');
    const weak = await person.submit(page, { totpSecret: 'short', totp: phoneCode(server.clock.now(), 'short') });
    expect(weak.page.form.hidden['totpSecret']).not.toBe('short');
    expect(await server.sessions('flows', 'nele')).toHaveLength(0);
  });

  it('ask for what is missing in a profile, and let nobody in before', async () => {
    const refused = await passwordGrant(server, LATER, 'hugo');
    expect(refused).toMatchObject({ status: 400, error_description: 'Account is not fully set up' });
    const person = browser();
    const page = await person.login(LATER, 'hugo');
    expect(page.page.field('lastName')).toHaveProperty('aria-invalid', 'true');
    expect(page.page.field('email')).not.toHaveProperty('aria-invalid', 'true');
    const still = await person.submit(page, { email: 'hugo@example.test', firstName: 'Hugo', lastName: ' ' });
    expect(still.page.field('lastName')).toHaveProperty('aria-invalid', 'true');
    const done = await person.submit(still, { email: 'hugo@example.test', firstName: 'Hugo', lastName: 'H' });
    expect(done.answer.get('code')).toBeTruthy();
    expect(await passwordGrant(server, LATER, 'hugo')).toMatchObject({ status: 200 });
  });

  it('refuse a direct grant', async () => {
    expect(await passwordGrant(server, LATER, 'nele')).toMatchObject({
      status: 400,
      error: 'invalid_grant',
      error_description: 'Account is not fully set up',
    });
  });

  it('end other sessions when the person asks for it with the new password', async () => {
    const elsewhere = browser();
    await elsewhere.login(LATER, 'uwe');
    await addAction('uwe', 'UPDATE_PASSWORD');
    const person = browser();
    const page = await person.login(LATER, 'uwe');
    const done = await person.submit(page, {
      'password-new': 'uwe-pw2',
      'password-confirm': 'uwe-pw2',
      'logout-sessions': 'on',
    });
    const sessions = await server.sessions('flows', 'uwe');
    expect(sessions.map(({ session }) => session.id)).toEqual([done.answer.get('session_state')]);
    expect((await elsewhere.authorize(LATER)).page.form.names).toContain('password');
  });
});

describe('consent', () => {
  it('is asked for, and let the person in on a yes', async () => {
    const person = browser();
    const page = await person.login(CONSENT, 'cora');
    expect(page.page.text).toContain('Allow access to Consent App?');
    expect(await server.sessions('flows', 'cora')).toHaveLength(0);
    expect((await person.submit(page, { accept: 'on' })).answer.get('code')).toBeTruthy();
  });

  it('sends the person back on a no', async () => {
    const person = browser();
    const page = await person.login(CONSENT, 'rita');
    const declined = await person.submit(page, { cancel: 'on' });
    expect(declined.answer.get('error')).toBe('access_denied');
    expect(await server.sessions('flows', 'rita')).toHaveLength(0);
  });
});

/** Makes an action pending for a person. */
async function addAction(name: string, alias: string): Promise<void> {
  await server
    .part(UserService)
    .addRequiredAction(await server.realm('flows'), await server.user('flows', name), alias);
}
