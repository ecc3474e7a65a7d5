import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PasswordHasher } from '../../../src/realm/password-hasher.js';
import { BrowserSession, type App } from '../../support/browser-session.js';
import { RunningServer } from '../../support/running-server.js';
import { testRealm } from '../../support/test-realm.js';

const SHOP: App = { realm: 'flooded', clientId: 'shop', redirectUri: 'http://shop.test/cb' };
const QUEUE = 4;
const FLOOD = 400;
const MEMORY = 200 * 1024 * 1024;

let server: RunningServer;

beforeAll(async () => {
  server = await RunningServer.start({
    realms: [
      testRealm({
        realm: 'flooded',
        apps: [SHOP],
        people: ['ann'],
        settings: { passwordPolicy: 'hashAlgorithm(pbkdf2-sha256) and hashIterations(400000)' },
      }),
    ],
    settings: { SLUICE_HASH_CONCURRENCY: '1', SLUICE_HASH_QUEUE: String(QUEUE) },
  });
});

afterAll(() => server.close());

const grant = (): Promise<Response> =>
  fetch(`${server.issuer('flooded')}/protocol/openid-connect/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'password', client_id: 'shop', username: 'ann', password: 'ann-pw' }),
  });

/** Fills the line of hashes while `work` runs. */
async function whileFull<T>(work: () => Promise<T>): Promise<T> {
  const hasher = server.part(PasswordHasher);
  const crowd = Array.from({ length: QUEUE + 1 }, () => grant());
  while (hasher.load.waiting < QUEUE) await new Promise(setImmediate);
  try {
    return await work();
  } finally {
    await Promise.all(crowd);
  }
}

describe('a flood of logins', () => {
  it('gets 503 with Retry-After once the line of hashes is full; memory stays, and the server recovers', async () => {
    const hasher = server.part(PasswordHasher);
    const before = process.memoryUsage().rss;
    let [longest, most] = [0, 0];
    const look = setInterval(() => {
      longest = Math.max(longest, hasher.load.waiting);
      most = Math.max(most, process.memoryUsage().rss - before);
    }, 1);
    const answers = await Promise.all(Array.from({ length: FLOOD }, () => grant()));
    clearInterval(look);

    const refused = answers.filter(({ status }) => status === 503);
    const passed = answers.filter(({ status }) => status === 200);
    expect(refused.length + passed.length).toBe(FLOOD);
    expect(passed.length).toBeGreaterThan(0);
    expect(refused.length).toBeGreaterThan(FLOOD / 2);
    for (const answer of refused) expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await refused[0]?.json()).toEqual({
      error: 'temporarily_unavailable',
      error_description: 'The server is busy. Try again in a moment.',
    });
    expect(longest).toBeLessThanOrEqual(QUEUE);
    expect(most).toBeLessThan(MEMORY);
    expect(hasher.load).toEqual({ running: 0, waiting: 0 });
    expect((await grant()).status).toBe(200);
  });

  it('is a page in a browser, and the form that was refused works later', async () => {
    const browser = new BrowserSession(server);
    const page = await browser.authorize(SHOP);
    const fields = { username: 'ann', password: 'ann-pw' };
    const refused = await whileFull(() => browser.submitOnly(page, fields, { headers: { accept: 'text/html' } }));
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toBe('5');
    expect(refused.page.text).toContain('The server is busy. Please try again in a moment.');
    expect((await browser.submit(page, fields)).answer.get('code')).toBeTruthy();
  });
});
