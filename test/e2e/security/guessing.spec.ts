import { afterAll, beforeAll, expect, it } from 'vitest';
import { type App, passwordGrant } from '../../support/browser-session.js';
import { RunningServer } from '../../support/running-server.js';
import { testRealm } from '../../support/test-realm.js';

const SHOP: App = { realm: 'guarded', clientId: 'shop', redirectUri: 'http://shop.test/cb' };

let server: RunningServer;
beforeAll(async () => {
  server = await RunningServer.start({
    realms: [
      testRealm({
        realm: SHOP.realm,
        people: ['victim', 'bystander'],
        apps: [SHOP],
        settings: { bruteForceProtected: true, failureFactor: 3, quickLoginCheckMilliSeconds: 0 },
      }),
    ],
  });
});
afterAll(() => server.close());

it('tells nothing about a right password among many guesses sent at once', async () => {
  const guesses = Array.from({ length: 40 }, (_, at) => (at === 39 ? 'victim-pw' : `guess-${at}`));
  const replies = await Promise.all(guesses.map((password) => passwordGrant(server, SHOP, 'victim', { password })));
  expect(new Set(replies.map((reply) => reply.error_description))).toEqual(new Set(['Invalid user credentials']));
  expect(await server.sessions(SHOP.realm, 'victim')).toEqual([]);
});

it('keeps the beginning of an endless user name only', async () => {
  await passwordGrant(server, SHOP, 'x'.repeat(100_000));
  const lengths = (await server.events(SHOP.realm)).flatMap(({ details }) =>
    Object.values(details).map((d) => d.length),
  );
  expect(Math.max(...lengths)).toBe(2550);
});

it('refuses forms that cost more to read than to send', async () => {
  const send = (body: string): Promise<Response> =>
    fetch(`${server.issuer(SHOP.realm)}/protocol/openid-connect/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body,
    });
  expect((await send(`grant_type=password&password=${'x'.repeat(300_000)}`)).status).toBe(413);
  const many = Array.from({ length: 20_000 }, (_, at) => `p${at}=`).join('&');
  expect((await send(`${many}&grant_type=password`)).status).toBe(400);
});
