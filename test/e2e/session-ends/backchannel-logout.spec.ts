import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify, type JWTPayload } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { DeliveryRunner } from '../../../src/deliveries/delivery-runner.js';
import { BrowserSession, passwordGrant, type App } from '../../support/browser-session.js';
import { Receiver } from '../../support/receiver.js';
import { RunningServer } from '../../support/running-server.js';
import { AdminApi } from '../security/admin-api.js';
import { endedRealm, ROLLING } from './ended-realm.js';

const TOLD: App = { realm: 'ended', clientId: 'told', redirectUri: 'http://told.test/cb' };
const DEAD: App = { realm: 'ended', clientId: 'dead', redirectUri: 'http://dead.test/cb' };
const METADATA: App = { realm: 'ended', clientId: 'metadata', redirectUri: 'http://metadata.test/cb' };
const FORGETFUL: App = { realm: 'ended', clientId: 'forgetful', redirectUri: 'http://forgetful.test/cb' };
const BACKCHANNEL = 'http://schemas.openid.net/event/backchannel-logout';
const OURS = 'urn:sluice:event:session-end';

let server: RunningServer;
let told: Receiver;
let dead: Receiver;

beforeAll(async () => {
  told = await Receiver.start();
  dead = await Receiver.start();
  const attributes = (url: string): object => ({
    attributes: { 'backchannel.logout.url': `${url}/logout`, 'backchannel.logout.session.required': 'true' },
  });
  server = await RunningServer.start({
    realms: [
      endedRealm(['ann', 'ben', 'cat', 'dan'], [TOLD, DEAD, METADATA, FORGETFUL], {
        [TOLD.clientId]: attributes(told.url),
        [DEAD.clientId]: attributes(dead.url),
        [METADATA.clientId]: attributes('http://169.254.169.254'),
        [FORGETFUL.clientId]: {
          attributes: {
            'backchannel.logout.url': `${told.url}/logout`,
            'backchannel.logout.revoke.offline.tokens': 'true',
          },
        },
      }),
    ],
  });
});

afterAll(async () => {
  await server.close();
  await told.close();
  await dead.close();
});

afterEach(() => {
  told.received.length = 0;
  dead.received.length = 0;
});

const deliver = (): Promise<void> => server.part(DeliveryRunner).runDue();

/** The logout tokens that came, checked as an application checks them. */
async function tokens(receiver: Receiver): Promise<readonly JWTPayload[]> {
  const keys = createRemoteJWKSet(new URL(`${server.issuer('ended')}/protocol/openid-connect/certs`));
  return Promise.all(
    receiver.received.map(async ({ body, headers }) => {
      expect(headers['content-type']).toBe('application/x-www-form-urlencoded');
      const token = new URLSearchParams(body).get('logout_token') ?? '';
      expect(decodeProtectedHeader(token)).toMatchObject({ typ: 'logout+jwt', alg: 'RS256' });
      const currentDate = new Date(server.clock.now());
      return (await jwtVerify(token, keys, { issuer: server.issuer('ended'), currentDate })).payload;
    }),
  );
}

async function signedIn(app: App, name: string, browser = new BrowserSession(server)): Promise<BrowserSession> {
  expect((await browser.login(app, name)).answer.get('code')).not.toBeNull();
  server.clock.advance(1000);
  return browser;
}

describe('back-channel logout (row 29)', () => {
  it('tells an application that its user was evicted, and why, but not by which session', async () => {
    const { session_state: first } = await passwordGrant(server, TOLD, 'ann');
    server.clock.advance(1000);
    await signedIn(ROLLING, 'ann');
    await signedIn(ROLLING, 'ann');
    await deliver();
    const { id: sub } = await server.user('ended', 'ann');
    expect(await tokens(told)).toEqual([
      expect.objectContaining({
        aud: 'told',
        sub,
        sid: first,
        events: { [BACKCHANNEL]: {}, [OURS]: { reason: 'evicted', cap: 'realm', limit: 2 } },
      }),
    ]);
    expect((await tokens(told))[0]).not.toHaveProperty('nonce');
  });

  it('names no session when an administrator signs the user out everywhere', async () => {
    await passwordGrant(server, TOLD, 'ben');
    await passwordGrant(server, TOLD, 'ben');
    const admin = await AdminApi.chief(server, 'ended');
    const { id: sub } = await server.user('ended', 'ben');
    await admin.post(`users/${sub}/logout`, {});
    await deliver();
    const [token, ...others] = await tokens(told);
    expect(others).toEqual([]);
    expect(token).toMatchObject({ sub, events: { [OURS]: { reason: 'admin' } } });
    expect(token).not.toHaveProperty('sid');
  });

  it('loses nothing in a restart', async () => {
    const { session_state: sid } = await passwordGrant(server, TOLD, 'cat');
    const admin = await AdminApi.chief(server, 'ended');
    await admin.delete(`sessions/${String(sid)}`);
    await server.restart();
    await deliver();
    expect(await tokens(told)).toMatchObject([{ sid }]);
  });

  it.each([
    ['hangs', () => undefined, 'no answer in time'],
    [
      'redirects',
      (response) => response.writeHead(302, { location: told.url }).end(),
      'answered with a redirect (302)',
    ],
    ['answers 500', (response) => response.writeHead(500).end(), 'answered 500'],
    ['refuses the token', (response) => response.writeHead(400).end(), 'answered 400'],
  ] as readonly (readonly [string, Receiver['answer'], string])[])(
    'of an application that %s is an event, and comes again, also after a restart',
    async (_how, answer, reason) => {
      dead.answer = answer;
      const { session_state: lost } = await passwordGrant(server, DEAD, 'dan');
      await (await AdminApi.chief(server, 'ended')).delete(`sessions/${String(lost)}`);
      await deliver();
      expect(dead.received.splice(0)).toHaveLength(1);
      expect(told.received).toEqual([]); // no redirect is followed
      const failures = (await server.events('ended')).filter((event) => event.sessionId === lost && event.error);
      expect(failures).toMatchObject([{ type: 'LOGOUT_ERROR', error: 'logout_failed', clientId: 'dead' }]);
      expect(failures[0]?.details['reason']).toContain(reason);
      dead.answer = (response) => response.writeHead(200).end();
      await server.restart();
      server.clock.advance(3600_000);
      await deliver();
      expect(await tokens(dead)).toMatchObject([{ sid: lost }]);
    },
    20_000,
  );

  it('to an address that nobody may call is given up at once, with an event', async () => {
    const { session_state: sid } = await passwordGrant(server, METADATA, 'dan');
    await (await AdminApi.chief(server, 'ended')).delete(`sessions/${String(sid)}`);
    await deliver();
    const failures = (await server.events('ended')).filter((event) => event.sessionId === sid && event.error);
    expect(failures).toMatchObject([{ clientId: 'metadata', details: { given_up: 'true' } }]);
    const before = (await server.events('ended')).length;
    server.clock.advance(3600_000);
    await deliver();
    expect(await server.events('ended')).toHaveLength(before);
  });

  it('says nothing of the session to who does not want that, and to forget offline tokens to who does', async () => {
    await passwordGrant(server, FORGETFUL, 'dan');
    await server.endSessions('ended', 'dan');
    await deliver();
    const [token] = await tokens(told);
    expect(token).toMatchObject({ aud: 'forgetful', events: { revoke_offline_access: true } });
    expect(token).not.toHaveProperty('sid');
  });

  it('is tried again at an application that is down, and others do not wait for it', async () => {
    dead.answer = (response) => response.writeHead(503).end();
    const admin = await AdminApi.chief(server, 'ended');
    const { session_state: lost } = await passwordGrant(server, DEAD, 'dan');
    await admin.delete(`sessions/${String(lost)}`);
    const { session_state: other } = await passwordGrant(server, TOLD, 'dan');
    await admin.delete(`sessions/${String(other)}`);
    await deliver();
    expect(await tokens(told)).toMatchObject([{ sid: other }]);
    expect(dead.received.splice(0)).toHaveLength(1);
    dead.answer = (response) => response.writeHead(200).end();
    server.clock.advance(3600_000);
    await deliver();
    expect(await tokens(dead)).toMatchObject([{ sid: lost }]);
  });
});
