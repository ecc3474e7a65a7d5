import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BrowserSession, type App } from '../../support/browser-session.js';
import { RunningServer } from '../../support/running-server.js';
import { testRealm } from '../../support/test-realm.js';

const APP: App = { realm: 'actions', clientId: 'app', redirectUri: 'http://app.test/cb' };
const MINUTES = 60_000;

let server: RunningServer;

beforeAll(async () => {
  const action = (alias: string, priority: number, more: object = {}): object => ({
    alias,
    name: alias,
    providerId: alias,
    enabled: true,
    priority,
    ...more,
  });
  const realm = testRealm({
    realm: 'actions',
    people: ['alf', 'bob', 'cyd', 'dia', 'edd'],
    users: { cyd: { requiredActions: ['UPDATE_PROFILE'] } },
    apps: [APP],
    settings: {
      requiredActions: [
        action('UPDATE_PROFILE', 40, { config: { max_auth_age: '0' } }),
        action('CONFIGURE_TOTP', 54),
        action('UPDATE_PASSWORD', 57),
        action('TERMS_AND_CONDITIONS', 20, { enabled: false }),
        action('webauthn-register', 80),
      ],
    },
  });
  server = await RunningServer.start({ realms: [realm] });
});

afterAll(() => server.close());

const browser = (): BrowserSession => new BrowserSession(server);
const asks = (kc_action: string) => ({ kc_action });
const NEW = { 'password-new': 'new-pw', 'password-confirm': 'new-pw' };

describe('an action that an application asks for (kc_action)', () => {
  it('is shown to who is signed in, and its success is told with the code', async () => {
    const person = browser();
    await person.login(APP, 'alf');
    const page = await person.follow(await person.authorize(APP, asks('UPDATE_PASSWORD')));
    expect(page.page.form.names).toContain('password-new');
    const { answer } = await person.submit(page, NEW);
    expect(answer.get('kc_action_status')).toBe('success');
    expect(answer.get('kc_action')).toBe('UPDATE_PASSWORD');
    expect(answer.get('code')).toBeTruthy();
    expect(answer.get('error')).toBeNull();
    expect(await server.sessions('actions', 'alf')).toHaveLength(1);
  });

  it('can be left undone: the login succeeds and says so', async () => {
    const person = browser();
    const page = await person.login(APP, 'bob', asks('UPDATE_PASSWORD'));
    expect(page.page.form.names).toContain('cancel-aia');
    const { answer } = await person.submit(page, { 'cancel-aia': 'true' });
    expect(answer.get('kc_action_status')).toBe('cancelled');
    expect(answer.get('code')).toBeTruthy();
    expect((await browser().login(APP, 'bob')).answer.get('code')).toBeTruthy();
  });

  it('cannot be left undone when the user has to do it anyway', async () => {
    const person = browser();
    const page = await person.login(APP, 'cyd', asks('UPDATE_PROFILE'));
    expect(page.page.form.names).not.toContain('cancel-aia');
    const again = await person.submit(page, { 'cancel-aia': 'true' });
    expect(again.page.form.names).toContain('email');
    const { answer } = await person.submit(again, { email: 'cyd@example.test', firstName: 'Cy', lastName: 'C' });
    expect(answer.get('kc_action_status')).toBe('success');
  });

  it.each(['TERMS_AND_CONDITIONS', 'webauthn-register', 'NO_SUCH_ACTION', 'delete_credential:abc'])(
    'that is off, not built or unknown (%s) is passed over, with the status error',
    async (action) => {
      const person = browser();
      const { answer } = await person.login(APP, 'dia', asks(action));
      expect(answer.get('kc_action_status')).toBe('error');
      expect(answer.get('kc_action')).toBeNull(); // as at the reference, which knows no such action
      expect(answer.get('code')).toBeTruthy();
    },
  );

  it('asks for a new proof when the last one is older than five minutes, or than the action allows', async () => {
    const person = browser();
    await person.login(APP, 'edd');
    server.clock.advance(6 * MINUTES);
    const proof = await person.authorize(APP, asks('UPDATE_PASSWORD'));
    expect(proof.page.form.names).toContain('password');
    expect((await person.authorize(APP, asks('NO_SUCH_ACTION'))).answer.get('kc_action_status')).toBe('error');
    const page = await person.submit(proof, { password: 'edd-pw' });
    expect(page.page.form.names).toContain('password-new');
    await person.submit(page, { 'cancel-aia': 'true' });
    server.clock.advance(2000);
    expect((await person.authorize(APP, asks('UPDATE_PROFILE'))).page.form.names).toContain('password');
    expect(await server.sessions('actions', 'edd')).toHaveLength(1);
  });

  it('does not go with prompt=none', async () => {
    const person = browser();
    await person.login(APP, 'dia');
    const { answer } = await person.authorize(APP, { prompt: 'none', ...asks('UPDATE_PASSWORD') });
    expect(answer.get('error')).toBe('interaction_required');
  });
});

describe('registration, which this server has no page for', () => {
  it.each([
    ['prompt=create', 'auth', { prompt: 'create' }],
    ['the registrations address', 'registrations', {}],
  ])('%s answers as a realm without registration', async (_what, path, more) => {
    const query = new URLSearchParams({
      client_id: APP.clientId,
      redirect_uri: APP.redirectUri,
      response_type: 'code',
      scope: 'openid',
      ...more,
    });
    const address = `${server.issuer('actions')}/protocol/openid-connect/${path}?${query.toString()}`;
    const reply = await browser().get(address);
    expect(reply.status).toBe(400);
    expect(reply.page.text).toContain('Nobody can register here.');
    const [event] = (await server.events('actions')).filter(({ type }) => type === 'REGISTER_ERROR');
    expect(event).toMatchObject({ error: 'registration_disabled', clientId: 'app' });
  });
});
