import { beforeAll, expect, it } from 'vitest';
import { buildIfStale } from '../../scripts/build.mjs';
import { freshPostgres } from '../support/databases.js';
import { crowd } from './lock-waits.js';

beforeAll(buildIfStale);

/** The servers have ten connections each, and a tenth of the users is signed out meanwhile: whoever has to wait waits, nobody is refused. */
it('does not deadlock when users log in at two clients at once, from two nodes', async () => {
  const database = await freshPostgres();
  try {
    const outcome = await crowd({ databaseUrl: database.url, users: 24, nodes: 2 });
    expect(outcome).toMatchObject({ logins: 96, refused: [], deadlocks: 0, over: 0 });
    expect(outcome.p99).toBeGreaterThan(0);
  } finally {
    await database.drop();
  }
});
