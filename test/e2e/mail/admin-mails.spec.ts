import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { decodeJws } from '../../../src/tokens/jws.js';
import { RealmStore } from '../../../src/realm/realm.js';
import { RunningServer } from '../../support/running-server.js';
import { linkIn, SmtpCatcher } from '../../support/smtp-catcher.js';
import { testRealm } from '../../support/test-realm.js';
import { AdminApi } from '../security/admin-api.js';

const SHOP = { realm: 'mails', clientId: 'shop', redirectUri: 'http://shop.test/cb' };
const PEOPLE = ['anna', 'boss', 'helper', 'mute', 'off'];

let server: RunningServer;
let smtp: SmtpCatcher;
let chief: AdminApi;

const idOf = async (name: string): Promise<string> => (await server.user('mails', name)).id;
const mailTo = async (name: string, path: string, body: unknown = {}) =>
  chief.put(`users/${await idOf(name)}/${path}`, body);
const claimsOf = (link: URL) => decodeJws(link.searchParams.get('key') ?? '')?.claims ?? {};

beforeAll(async () => {
  smtp = await SmtpCatcher.start({ user: 'sluice', password: '20262026' });
  server = await RunningServer.start({
    realms: [
      testRealm({
        realm: 'mails',
        people: PEOPLE,
        apps: [SHOP],
        users: {
          anna: { firstName: 'Anna\r\nBcc: everybody@example.test', attributes: { locale: ['de'] } },
          boss: { clientRoles: { 'realm-management': ['realm-admin'] } },
          helper: { clientRoles: { 'realm-management': ['manage-users'] } },
          mute: { email: null },
          off: { enabled: false },
        },
        clients: { shop: { enabled: true } },
        settings: {
          displayName: 'Corner\nShop',
          internationalizationEnabled: true,
          supportedLocales: ['en', 'de'],
          smtpServer: smtp.settings({
            auth: 'true',
            user: 'sluice',
            password: '20262026',
            fromDisplayName: 'The "Shop"\r\nX-Evil: 1',
            replyTo: 'help@example.test',
            envelopeFrom: 'bounces@example.test',
          }),
        },
      }),
    ],
  });
  chief = await AdminApi.member(server, 'mails', 'boss');
});
beforeEach(() => void smtp.mails.splice(0));
afterAll(async () => {
  await server.close();
  await smtp.close();
});

describe('a mail with required actions', () => {
  it('goes out in the language of the user, with a signed link and no header that somebody slipped in', async () => {
    const path = `execute-actions-email?client_id=shop&redirect_uri=${encodeURIComponent(SHOP.redirectUri)}`;
    expect((await mailTo('anna', path, ['UPDATE_PASSWORD', 'CONFIGURE_TOTP'])).status).toBe(204);
    const caught = smtp.take();
    expect(caught).toMatchObject({ from: 'bounces@example.test', to: ['anna@example.test'], user: 'sluice' });
    const { mail } = caught;
    expect(mail.subject).toContain('Corner Shop');
    expect(mail.from?.value).toEqual([{ address: 'sluice@example.test', name: 'The "Shop" X-Evil: 1' }]);
    expect(mail.replyTo?.value[0]?.address).toBe('help@example.test');
    expect([mail.headers.has('bcc'), mail.headers.has('x-evil')]).toEqual([false, false]);
    expect(mail.text).toContain('ein neues Passwort zu wählen');
    expect(mail.html).toContain('eine Authenticator-App einzurichten');
    const link = linkIn(caught);
    expect(`${link.origin}${link.pathname}`).toBe(`${server.issuer('mails')}/login-actions/action-token`);
    expect(claimsOf(link)).toMatchObject({
      typ: 'execute-actions',
      iss: server.issuer('mails'),
      aud: server.issuer('mails'),
      sub: await idOf('anna'),
      azp: 'shop',
      eml: 'anna@example.test',
      rqac: ['UPDATE_PASSWORD', 'CONFIGURE_TOTP'],
      reduri: SHOP.redirectUri,
      exp: server.clock.seconds() + 43_200,
    });
  });

  it('is refused, and not sent, when it could not work', async () => {
    const redirect = encodeURIComponent('http://evil.test/cb');
    const refusals: [string, string, unknown, string][] = [
      ['mute', 'execute-actions-email', ['UPDATE_PASSWORD'], 'User email missing'],
      ['off', 'execute-actions-email', ['UPDATE_PASSWORD'], 'User is disabled'],
      ['anna', `execute-actions-email?redirect_uri=${redirect}`, ['UPDATE_PASSWORD'], 'Client id missing'],
      ['anna', 'execute-actions-email?client_id=nobody', ['UPDATE_PASSWORD'], "Client doesn't exist"],
      ['anna', `execute-actions-email?client_id=shop&redirect_uri=${redirect}`, [], 'Invalid redirect uri.'],
      ['anna', 'execute-actions-email', ['UPDATE_PASSWORD', 'DANCE'], 'Provided invalid required actions'],
      ['mute', 'send-verify-email', {}, 'User email missing'],
      ['off', 'reset-password-email', {}, 'User is disabled'],
    ];
    for (const [name, path, body, errorMessage] of refusals)
      expect(await mailTo(name, path, body)).toMatchObject({ status: 400, body: { errorMessage } });
    expect((await mailTo('anna', 'execute-actions-email', { not: 'a list' })).status).toBe(400);
    expect((await chief.put('users/nobody/send-verify-email')).body).toEqual({ error: 'User not found' });
    expect(smtp.mails).toEqual([]);
  });

  it('is not sent by somebody who is less than the user', async () => {
    const helper = await AdminApi.member(server, 'mails', 'helper');
    expect((await helper.put(`users/${await idOf('boss')}/reset-password-email`)).status).toBe(403);
    const stolen = { email: 'helper@example.test' };
    expect((await helper.put(`users/${await idOf('boss')}`, stolen)).status).toBe(403);
    expect((await helper.put(`users/${await idOf('anna')}/reset-password-email`)).status).toBe(204);
    expect(claimsOf(linkIn(smtp.take()))).toMatchObject({ rqac: ['UPDATE_PASSWORD'], azp: 'account' });
  });

  it('says that the server of the realm would not take it', async () => {
    smtp.refuse('No such mailbox here');
    const reply = await mailTo('anna', 'execute-actions-email', ['UPDATE_PASSWORD']);
    smtp.refuse(undefined);
    expect(reply).toEqual({
      status: 500,
      madeId: '',
      body: {
        errorMessage:
          'Failed to send execute actions email: Error when attempting to send the email to the server. More information is available in the server log.',
      },
    });
  });

  it('row 56: works for as long as the realm says, or as the administrator says', async () => {
    await mailTo('anna', 'send-verify-email');
    expect(claimsOf(linkIn(smtp.take()))['exp']).toBe(server.clock.seconds() + 43_200);
    await mailTo('anna', 'send-verify-email?lifespan=120');
    expect(claimsOf(linkIn(smtp.take()))['exp']).toBe(server.clock.seconds() + 120);
  });
});

describe('the mail settings of a realm', () => {
  it('keep the password sealed, show its mask, and keep it when the mask comes back', async () => {
    const shown = (await chief.get('')).body as { smtpServer: Record<string, string> };
    expect(shown.smtpServer['password']).toBe('**********');
    const stored = async () => JSON.stringify((await server.part(RealmStore).byName('mails'))?.extra['smtpServer']);
    expect(await stored()).not.toContain('20262026');
    expect((await chief.put('', { smtpServer: { ...shown.smtpServer, fromDisplayName: 'Shop' } })).status).toBe(204);
    expect((await mailTo('anna', 'send-verify-email')).status).toBe(204);
    expect(smtp.take()).toMatchObject({ user: 'sluice' });
  });

  it('are tried out with a mail to the administrator', async () => {
    const settings = smtp.settings({ auth: 'true', user: 'sluice', password: '**********' });
    expect((await chief.post('testSMTPConnection', settings)).status).toBe(204);
    expect(smtp.take()).toMatchObject({ to: ['boss@example.test'], user: 'sluice' });
  });

  it('do not give the stored password to another server', async () => {
    const elsewhere = await SmtpCatcher.start({ user: 'sluice', password: '20262026' });
    const settings = elsewhere.settings({ auth: 'true', user: 'sluice', password: '**********' });
    const reply = await chief.post('testSMTPConnection', settings);
    await elsewhere.close();
    expect(reply).toMatchObject({ status: 500, body: { errorMessage: 'Failed to send email' } });
    expect(elsewhere.mails).toEqual([]);
  });

  it('are refused where they cannot be meant', async () => {
    const link = { host: '169.254.169.254', port: '80', from: 'a@example.test' };
    const broken = { host: '127.0.0.1', port: 'smtp', from: 'a@example.test' };
    for (const settings of [link, broken, {}, smtp.settings({ from: 'a@example.test, b@example.test' })])
      expect(await chief.post('testSMTPConnection', settings)).toMatchObject({ status: 500 });
    expect(smtp.mails).toEqual([]);
  });

  it('can be narrowed to hosts that the operator names', async () => {
    const narrow = await RunningServer.start({
      realms: [
        testRealm({
          realm: 'mails',
          people: ['boss'],
          users: { boss: { clientRoles: { 'realm-management': ['realm-admin'] } } },
        }),
      ],
      settings: { SLUICE_SMTP_HOSTS: 'mail.example.test, 127.0.0.1:1' },
    });
    try {
      const api = await AdminApi.member(narrow, 'mails', 'boss');
      const before = smtp.connections;
      expect((await api.post('testSMTPConnection', smtp.settings())).status).toBe(500);
      expect(smtp.connections).toBe(before);
    } finally {
      await narrow.close();
    }
  });
});
