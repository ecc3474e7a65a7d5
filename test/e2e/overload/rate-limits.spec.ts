import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BrowserSession, passwordGrant, type App } from '../../support/browser-session.js';
import { RunningServer } from '../../support/running-server.js';
import { testRealm } from '../../support/test-realm.js';

const SHOP: App = { realm: 'bounded', clientId: 'shop', redirectUri: 'http://shop.test/cb' };
const ATTEMPTS = 3;
const REQUESTS = 60;
const MINUTE_MS = 60_000;

let server: RunningServer;

beforeAll(async () => {
  server = await RunningServer.start({
    realms: [testRealm({ realm: 'bounded', apps: [SHOP], people: ['ann', 'ben', 'cid', 'dan'] })],
    settings: {
      SLUICE_ATTEMPTS_PER_USER: String(ATTEMPTS),
      SLUICE_REQUESTS_PER_ADDRESS: String(REQUESTS),
      SLUICE_TRUST_PROXY: 'true',
    },
  });
});

afterAll(() => server.close());

const grant = (username: string): Promise<Response> =>
  fetch(`${server.issuer('bounded')}/protocol/openid-connect/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'password', client_id: 'shop', username, password: `${username}-pw` }),
  });

describe('SLUICE_ATTEMPTS_PER_USER', () => {
  it.each(['ann', 'nobody'])('answers 429 with Retry-After at the token endpoint, to %s', async (name) => {
    const answers = [];
    for (const typed of [name, name.toUpperCase(), ` ${name}`, name]) answers.push(await grant(typed));
    expect(answers.map(({ status }) => status).slice(0, ATTEMPTS)).not.toContain(429);
    const refused = answers.at(-1)!;
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('20');
    expect(await refused.json()).toMatchObject({ error: 'temporarily_unavailable' });
    server.clock.advance(MINUTE_MS);
    expect((await grant(name)).status).not.toBe(429);
  });

  it('is a page in a browser, which says when, and the form works then', async () => {
    const browser = new BrowserSession(server);
    let page = await browser.authorize(SHOP);
    for (let wrong = 0; wrong < ATTEMPTS; wrong++)
      page = await browser.submit(page, { username: 'ben', password: 'wrong' });
    const html = { headers: { accept: 'text/html' } };
    const refused = await browser.submitOnly(page, { username: 'ben', password: 'ben-pw' }, html);
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('20');
    expect(refused.page.text).toContain('Too many attempts. Please try again in 20 seconds.');
    server.clock.advance(MINUTE_MS);
    const done = await browser.submit(page, { username: 'ben', password: 'ben-pw' });
    expect(done.answer.get('code')).toBeTruthy();
  });

  it('counts for the user who is known, whatever name a form is sent with that asks for none', async () => {
    const browser = new BrowserSession(server);
    await browser.login(SHOP, 'dan');
    server.clock.advance(MINUTE_MS);
    let page = await browser.authorize(SHOP, { prompt: 'login' });
    for (let wrong = 0; wrong < ATTEMPTS; wrong++)
      page = await browser.submit(page, { username: `nobody-${wrong}`, password: 'wrong' });
    expect((await browser.submitOnly(page, { username: 'nobody', password: 'dan-pw' })).status).toBe(429);
    server.clock.advance(MINUTE_MS);
    expect((await browser.submit(page, { password: 'dan-pw' })).answer.get('code')).toBeTruthy();
  });
});

describe('SLUICE_REQUESTS_PER_ADDRESS', () => {
  const ask = (address: string, path = '/realms/bounded', accept = 'application/json') =>
    fetch(`${server.url}${path}`, { headers: { accept, 'x-forwarded-for': address } });

  it('answers 429 to one address and not to its neighbour; health goes on', async () => {
    for (let request = 0; request < REQUESTS; request++) expect((await ask('192.0.2.1')).status).toBe(200);
    const refused = await ask('192.0.2.1');
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1']);
    expect(await refused.json()).toEqual({ error: 'Too many requests. Try again later.' });
    expect((await ask('::ffff:192.0.2.1')).status).toBe(429);
    expect((await ask('192.0.2.2')).status).toBe(200);
    expect((await ask('192.0.2.1', '/health/live')).status).toBe(200);
    const page = await ask('192.0.2.1', '/realms/bounded', 'text/html');
    expect([page.status, page.headers.get('content-type')]).toEqual([429, 'text/html; charset=utf-8']);
    expect(await page.text()).toContain('Please try again in one second.');
    const token = await ask('192.0.2.1', '/realms/bounded/protocol/openid-connect/token');
    expect(await token.json()).toMatchObject({ error: 'temporarily_unavailable' });
    server.clock.advance(1000);
    expect((await ask('192.0.2.1')).status).toBe(200);
    expect((await ask('192.0.2.1')).status).toBe(429);
  });

  it('takes the addresses of one IPv6 network for one', async () => {
    for (let request = 0; request < REQUESTS; request++)
      expect((await ask(`2001:db8:1:2::${request.toString(16)}`)).status).toBe(200);
    expect((await ask('2001:db8:1:2:ffff::1')).status).toBe(429);
    expect((await ask('2001:db8:1:3::1')).status).toBe(200);
  });

  it('leaves a login alone that keeps to it', async () => {
    server.clock.advance(MINUTE_MS);
    expect((await passwordGrant(server, SHOP, 'cid')).status).toBe(200);
  });
});
