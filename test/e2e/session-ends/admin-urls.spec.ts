import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify, type JWTPayload } from 'jose';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DeliveryRunner } from '../../../src/deliveries/delivery-runner.js';
import { BrowserSession, passwordGrant, type App } from '../../support/browser-session.js';
import { Receiver } from '../../support/receiver.js';
import { RunningServer } from '../../support/running-server.js';
import { AdminApi } from '../security/admin-api.js';
import { endedRealm } from './ended-realm.js';

const OLD: App = { realm: 'ended', clientId: 'old', redirectUri: 'http://old.test/cb' };
const LOST: App = { realm: 'ended', clientId: 'lost', redirectUri: 'http://lost.test/cb' };
const METADATA = 'http://169.254.169.254/latest';

let server: RunningServer;
let old: Receiver;
let broken: Receiver;
let admin: AdminApi;

beforeAll(async () => {
  old = await Receiver.start();
  broken = await Receiver.start();
  server = await RunningServer.start({
    realms: [
      endedRealm(['ann', 'ben', 'cat'], [OLD, LOST], {
        [OLD.clientId]: { adminUrl: '/admin/', rootUrl: old.url, notBefore: 17 },
        [LOST.clientId]: { adminUrl: broken.url },
      }),
    ],
  });
});

// an administrator's token is over in a minute
beforeEach(async () => {
  admin = await AdminApi.chief(server, 'ended');
});

afterAll(async () => {
  await server.close();
  await old.close();
  await broken.close();
});

afterEach(() => {
  old.received.length = 0;
  broken.received.length = 0;
  broken.answer = (response) => response.writeHead(204).end();
});

const deliver = (): Promise<void> => server.part(DeliveryRunner).runDue();
const uuidOf = async (clientId: string): Promise<string> => {
  const [found] = (await admin.get(`clients?clientId=${clientId}`)).body as readonly { readonly id: string }[];
  return found?.id ?? '';
};

/** What the application was told: path and claims, its signature checked against the keys of the realm. */
async function actions(receiver: Receiver): Promise<readonly (readonly [string, JWTPayload])[]> {
  const keys = createRemoteJWKSet(new URL(`${server.issuer('ended')}/protocol/openid-connect/certs`));
  return Promise.all(
    receiver.received.map(async ({ method, path, body, headers }) => {
      expect(method).toBe('POST');
      expect(headers['content-type']).toMatch(/^text\/plain/);
      expect(decodeProtectedHeader(body).alg).toBe('RS256');
      return [path, (await jwtVerify(body, keys)).payload] as const;
    }),
  );
}

describe('an application with an admin URL', () => {
  it('is told of a session that ended, by its own name for it (row 30)', async () => {
    const browser = new BrowserSession(server);
    const code = (await browser.login(OLD, 'ann')).answer.get('code') ?? '';
    const reply = await fetch(`${server.issuer('ended')}/protocol/openid-connect/token`, {
      method: 'POST',
      body: new URLSearchParams({
        client_id: OLD.clientId,
        grant_type: 'authorization_code',
        code,
        redirect_uri: OLD.redirectUri,
        code_verifier: BrowserSession.verifier,
        client_session_state: 'http-session-7',
        client_session_host: 'node-1',
      }),
    });
    const { session_state: sid } = (await reply.json()) as { readonly session_state: string };
    await admin.delete(`sessions/${sid}`);
    await deliver();
    const [[path, claims] = ['', {}], ...others] = await actions(old);
    expect(others).toEqual([]);
    expect(path).toBe('/admin/k_logout');
    expect(claims).toEqual({
      id: expect.any(String) as string,
      expiration: Math.floor(server.clock.now() / 1000) + 30,
      resource: 'old',
      action: 'LOGOUT',
      adapterSessionIds: ['http-session-7'],
      notBefore: 0,
      keycloakSessionIds: [sid],
    });
  });

  it('is not taken to have signed out everybody when it gave its session no name', async () => {
    const { session_state: sid } = await passwordGrant(server, OLD, 'ann');
    await admin.delete(`sessions/${String(sid)}`);
    await deliver();
    expect((await actions(old))[0]?.[1]).toMatchObject({ adapterSessionIds: [], keycloakSessionIds: [sid] });
  });

  it('is told the not-before of the realm, or its own, and the answer says who took it (row 36)', async () => {
    broken.answer = (response) => response.writeHead(500).end();
    await admin.put('', { notBefore: 1234 });
    const pushed = await admin.post('push-revocation', { realm: 'ended' });
    expect([pushed.status, pushed.body]).toEqual([
      200,
      { successRequests: [`${old.url}/admin/`], failedRequests: [broken.url] },
    ]);
    const [[path, claims] = ['', {}]] = await actions(old);
    expect(path).toBe('/admin/k_push_not_before');
    expect(claims).toMatchObject({ action: 'PUSH_NOT_BEFORE', resource: 'old', notBefore: 1234 });
    expect(broken.received.map((request) => request.path)).toEqual(['/k_push_not_before']);
    await admin.put('', { notBefore: 0 });
    old.received.length = 0;
    const own = await admin.post(`clients/${await uuidOf('old')}/push-revocation`, {});
    expect([own.status, own.body]).toEqual([200, { successRequests: [`${old.url}/admin/`] }]);
    expect((await actions(old))[0]?.[1]).toMatchObject({ notBefore: 17 });
    expect((await admin.post('clients/nobody/push-revocation', {})).status).toBe(404);
  });

  it.each([
    ['hangs', () => undefined],
    ['redirects', (response) => response.writeHead(302, { location: old.url }).end()],
  ] as readonly (readonly [string, Receiver['answer']])[])(
    'that %s is among the failed, and the others are told meanwhile',
    async (_how, answer) => {
      broken.answer = answer;
      const pushing = admin.post('push-revocation', {});
      await expect.poll(() => old.received.length).toBe(1);
      expect((await pushing).body).toEqual({ successRequests: [`${old.url}/admin/`], failedRequests: [broken.url] });
      expect(old.received).toHaveLength(1);
    },
    15_000,
  );

  it.each([METADATA, 'http://${application.session.host}/x', '/without-root'])(
    'whose address may not be called (%s) is among the failed',
    async (adminUrl) => {
      const { madeId } = await admin.post('clients', { clientId: 'odd' });
      // such an address may have come by an import; the Admin API refuses what is no address
      const put = await admin.put(`clients/${madeId}`, { adminUrl });
      if (put.status === 204) {
        const { body } = await admin.post(`clients/${madeId}/push-revocation`, {});
        expect(body).toEqual({ failedRequests: [adminUrl] });
      } else {
        expect(put.body).toMatchObject({ error: 'invalid_input' });
      }
      await admin.delete(`clients/${madeId}`);
    },
  );

  it.each(['backchannel.logout.url', 'frontchannel.logout.url'])('cannot be given a %s that is none', async (name) => {
    const client = await uuidOf('lost');
    for (const address of ['javascript:alert(1)', 'file:///etc/passwd', 'nowhere']) {
      const reply = await admin.put(`clients/${client}`, { attributes: { [name]: address } });
      expect([address, reply.status, reply.body]).toMatchObject([address, 400, { error: 'invalid_input' }]);
    }
    expect((await admin.get(`clients/${client}`)).body).not.toHaveProperty(['attributes', name]);
  });

  it('is told at each of its nodes, which can be added, tried out and removed', async () => {
    const client = await uuidOf('lost');
    expect((await admin.get(`clients/${client}/test-nodes-available`)).body).toEqual({ successRequests: [broken.url] });
    expect((await admin.post(`clients/${client}/nodes`, { node: 'localhost' })).status).toBe(204);
    expect((await admin.post(`clients/${client}/nodes`, { node: '127.0.0.2' })).status).toBe(204);
    const nodes = ['127.0.0.2', 'localhost'].map((host) => `http://${host}:${broken.port}`);
    broken.received.length = 0;
    const { body } = await admin.get(`clients/${client}/test-nodes-available`);
    expect(body).toEqual({ failedRequests: [nodes[0]], successRequests: [nodes[1]] });
    expect((await actions(broken))[0]).toMatchObject(['/k_test_available', { action: 'TEST_AVAILABILITY' }]);
    expect((await admin.get(`clients/${client}`)).body).toMatchObject({
      registeredNodes: { localhost: Math.floor(server.clock.now() / 1000) },
    });
    expect((await admin.delete(`clients/${client}/nodes/127.0.0.2`)).status).toBe(204);
    const again = await admin.delete(`clients/${client}/nodes/127.0.0.2`);
    expect([again.status, again.body]).toEqual([404, { error: 'Client does not have node ' }]);
    await admin.put(`clients/${client}`, { nodeReRegistrationTimeout: 60 });
    server.clock.advance(61_000);
    admin = await AdminApi.chief(server, 'ended');
    expect((await admin.get(`clients/${client}/test-nodes-available`)).body).toEqual({ successRequests: [broken.url] });
    await admin.delete(`clients/${client}/nodes/localhost`);
  });

  it.each([
    [{}, 'Node not found in params'],
    [{ node: '' }, 'Node not found in params'],
    [{ node: 'evil.test/path' }, 'node must be a host name or address'],
    [{ node: 'user@evil.test' }, 'node must be a host name or address'],
  ])('takes no node that is no host: %j', async (body, message) => {
    const reply = await admin.post(`clients/${await uuidOf('lost')}/nodes`, body);
    expect(reply.status).toBe(400);
    expect(JSON.stringify(reply.body)).toContain(message);
  });

  it('is told by the outbox when everybody is signed out, and counts as told at once (row 29)', async () => {
    broken.answer = (response) => response.writeHead(503).end();
    await passwordGrant(server, OLD, 'ben');
    const { status, body } = await admin.post('logout-all', {});
    expect([status, body]).toEqual([200, { successRequests: [broken.url, `${old.url}/admin/`] }]);
    admin = await AdminApi.chief(server, 'ended');
    const { notBefore } = (await admin.get('')).body as { readonly notBefore: number };
    await deliver();
    const told = await actions(old);
    expect(told).toHaveLength(1); // once, and not for each session
    expect(told[0]).toMatchObject(['/admin/k_logout', { action: 'LOGOUT', resource: 'old', notBefore }]);
    expect(told[0]?.[1]).not.toHaveProperty('adapterSessionIds');
    broken.answer = (response) => response.writeHead(204).end();
    broken.received.length = 0;
    server.clock.advance(60_000);
    await deliver();
    expect((await actions(broken))[0]?.[1]).toMatchObject({ action: 'LOGOUT', notBefore });
    await admin.put('', { notBefore: 0 });
  });

  it('that cannot be told leaves an event, and one whose address is closed is not tried again', async () => {
    await admin.put(`clients/${await uuidOf('lost')}`, { adminUrl: METADATA });
    server.clock.advance(2000);
    const { session_state: sid } = await passwordGrant(server, LOST, 'cat');
    await admin.delete(`sessions/${String(sid)}`);
    await deliver();
    const failures = (await server.events('ended')).filter(({ sessionId, error }) => sessionId === sid && error);
    expect(failures).toMatchObject([
      { type: 'LOGOUT_ERROR', error: 'logout_failed', clientId: 'lost', details: { given_up: 'true' } },
    ]);
  });
});
