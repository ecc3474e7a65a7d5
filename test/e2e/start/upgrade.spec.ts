import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDataSource } from '../../../src/persistence/data-source-options.js';
import { askForTokens, BrowserSession, passwordGrant, type App } from '../../support/browser-session.js';
import { databaseAsOf, schemaOf, withRunner } from '../../support/older-database.js';
import { RunningServer } from '../../support/running-server.js';
import { testRealm } from '../../support/test-realm.js';

/** As in test/contract/upgrade.spec.ts. */
const LAST_RELEASE = 'GroupNames1764100021000';
const APP: App = { realm: 'older', clientId: 'app', redirectUri: 'http://app.test/cb' };

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-upgrade-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const urlOf = (name: string): string => `sqlite:${join(folder, name)}`;

const start = (name: string, more: Readonly<Record<string, string>> = {}): Promise<RunningServer> =>
  RunningServer.start({
    realms: [testRealm({ realm: APP.realm, people: ['ann', 'ben'], apps: [APP] })],
    settings: { SLUICE_DATABASE_URL: urlOf(name), SLUICE_ENCRYPTION_KEY: '0f'.repeat(32), ...more },
  });

/** Writes what a database holds into the tables of the last release, as far as they have room for it. */
async function asTheLastReleaseStoredIt(from: string, to: string): Promise<void> {
  const source = await createDataSource(urlOf(from)).initialize();
  const target = await databaseAsOf(urlOf(to), LAST_RELEASE);
  const schema = await schemaOf(target);
  await withRunner(target, async (runner) => {
    await runner.startTransaction(); // references are checked at its end
    for (const [table, columns] of schema) {
      const names = [...columns.keys()].map((name) => `"${name}"`);
      const rows = await source.query<Record<string, unknown>[]>(`SELECT ${names.join(', ')} FROM ${table}`);
      const places = names.map((_, index) => `$${index + 1}`).join(', ');
      for (const row of rows)
        await runner.query(
          // Counts were kept by a trigger already.
          `INSERT INTO ${table} (${names.join(', ')}) VALUES (${places}) ON CONFLICT DO NOTHING`,
          Object.values(row),
        );
    }
    await runner.commitTransaction();
  });
  await target.destroy();
  await source.destroy();
}

it('a server that is started on the database of the last release goes on with people, keys, tokens and sessions', async () => {
  const first = await start('first.sqlite');
  const { url } = first;
  const person = new BrowserSession(first);
  const tokens = await person.exchange(APP, await person.login(APP, 'ann'));
  const other = await passwordGrant(first, APP, 'ben');
  expect([tokens.status, other.status]).toEqual([200, 200]);
  await first.close();

  await asTheLastReleaseStoredIt('first.sqlite', 'older.sqlite');
  const server = await start('older.sqlite', { SLUICE_PORT: new URL(url).port });
  try {
    expect(server.url).toBe(url);
    expect((await person.authorize(APP)).answer.get('session_state')).toBe(tokens.session_state);
    for (const { refresh_token: refreshToken = '' } of [tokens, other])
      expect(
        await askForTokens(server, APP, { grant_type: 'refresh_token', refresh_token: refreshToken }),
      ).toMatchObject({ status: 200 });
    expect(await passwordGrant(server, APP, 'ben')).toMatchObject({ status: 200 });
    expect(await server.sessions(APP.realm, 'ann')).toHaveLength(1);
  } finally {
    await server.close();
  }
});
