import { afterAll, beforeAll, expect, it } from 'vitest';
import { BrowserSession, passwordGrant, askForTokens, type Reply } from '../../support/browser-session.js';
import { PostgresServer } from '../../support/postgres-server.js';
import { RunningServer } from '../../support/running-server.js';
import { ONE_PAGE, robustRealm, TWO_PAGES } from './robust-realm.js';

const HTML = { headers: { accept: 'text/html' } };

let postgres: PostgresServer;
let server: RunningServer;

beforeAll(async () => {
  postgres = await PostgresServer.start();
  server = await RunningServer.start({
    realms: [robustRealm()],
    settings: {
      SLUICE_DATABASE_URL: await postgres.createDatabase('outage'),
      SLUICE_ENCRYPTION_KEY: '0f'.repeat(32),
      SLUICE_DATABASE_CONNECT_TIMEOUT: '1000',
    },
  });
});

afterAll(async () => {
  await server.close();
  await postgres.stop();
});

const readiness = async (): Promise<number> => (await fetch(`${server.url}/health/ready`)).status;

/** A page that says it is not the person's fault, and when to come back. */
function expectPause(reply: Reply): void {
  expect(reply.status).toBe(503);
  expect(reply.headers.get('retry-after')).toBe('5');
  expect(reply.headers.get('content-type')).toContain('text/html');
  expect(reply.page.text).toContain('database is not available');
  expect(reply.headers.getSetCookie().join()).not.toContain('KEYCLOAK_IDENTITY');
}

/** Posts the form of a page as a browser does, which says that it wants a page. */
const send = (person: BrowserSession, page: Reply, fields: Readonly<Record<string, string>>): Promise<Reply> =>
  person.post(new URL(page.page.form.action, page.url), { ...page.page.form.hidden, ...fields }, HTML);

it('goes without its database and comes back with it, and no login is left half done', async () => {
  const [early, late] = [new BrowserSession(server), new BrowserSession(server)];
  const first = await early.authorize(ONE_PAGE);
  const second = await late.submit(await late.authorize(TWO_PAGES), { username: 'person2' });
  const before = await passwordGrant(server, ONE_PAGE, 'person3');
  expect([await readiness(), before.status]).toEqual([200, 200]);

  await postgres.shutDown();
  expect(await readiness()).toBe(503);
  expectPause(await send(early, first, { username: 'person1', password: 'person1-pw' }));
  expectPause(await send(late, second, { password: 'person2-pw' }));
  const refused = await passwordGrant(server, ONE_PAGE, 'person4');
  expect(refused).toMatchObject({ status: 503, error: 'temporarily_unavailable' });
  const refresh = { grant_type: 'refresh_token', refresh_token: before.refresh_token ?? '' };
  expect(await askForTokens(server, ONE_PAGE, refresh)).toMatchObject({ status: 503 });

  await postgres.startAgain();
  expect(await readiness()).toBe(200);
  for (const name of ['person1', 'person2', 'person4']) expect(await server.history('robust', name)).toEqual([]);
  // The same pages, sent again, go on.
  const done = await early.submit(first, { username: 'person1', password: 'person1-pw' });
  expect(await early.exchange(ONE_PAGE, done)).toMatchObject({ status: 200 });
  const alsoDone = await late.submit(second, { password: 'person2-pw' });
  expect(await late.exchange(TWO_PAGES, alsoDone)).toMatchObject({ status: 200 });
  expect(await askForTokens(server, ONE_PAGE, refresh)).toMatchObject({ status: 200 });
  expect(await server.history('robust', 'person1')).toHaveLength(1);
});

it('has whole sessions only, whatever was under way when the database went', async () => {
  const names = Array.from({ length: 10 }, (_, index) => `person${index + 10}`).filter((name) => name !== 'person20');
  const pages = await Promise.all(
    names.map(async (name) => {
      const person = new BrowserSession(server);
      return { name, person, page: await person.authorize(ONE_PAGE) };
    }),
  );
  const sending = pages.map(({ name, person, page }) => send(person, page, { username: name, password: `${name}-pw` }));
  await Promise.race(sending);
  await postgres.shutDown();
  const replies = await Promise.all(sending);
  await postgres.startAgain();
  expect(await readiness()).toBe(200);
  for (const [index, reply] of replies.entries()) {
    const name = names[index]!;
    const history = await server.history('robust', name);
    const sessions = await server.sessions('robust', name);
    if (reply.status === 302) expect(history).toHaveLength(1);
    else expect(reply.status).toBe(503);
    // Whoever has a session has its part of the client: they were written together.
    for (const { clients } of sessions) expect(clients).toHaveLength(1);
    expect(sessions).toHaveLength(history.length);
  }
  expect(replies.map(({ status }) => status)).toContain(302);
});
