import { beforeAll, expect, it } from 'vitest';
import { buildIfStale } from '../../scripts/build.mjs';
import { DATABASES, soakOn, type SoakPace } from './soak-on.js';

/** A load that any machine can bear, and as much time as it needs: what must hold holds strictly all the same. */
const PACE: SoakPace = {
  milliseconds: 0,
  calm: { milliseconds: 500, requests: 15 },
  users: 5,
  perSecond: 10,
  recoveredWithinMs: 120_000,
  faultMs: 500,
};
const FAULTS = {
  sqlite: ['node killed', 'SQLite full', 'clock stepped'],
  postgres: ['node killed', 'database restarted', 'clock stepped', 'primary lost, standby promoted'],
};

beforeAll(buildIfStale);

it.each(DATABASES)('loses no session and keeps the cap on %s, whatever goes wrong', async (database) => {
  const { violations, faults, requests, acknowledged } = await soakOn(database, PACE, () => undefined);
  expect(violations).toEqual([]);
  expect(faults.map(({ name }) => name)).toEqual(FAULTS[database]);
  expect(requests).toBeGreaterThanOrEqual((faults.length + 1) * PACE.calm.requests);
  expect(acknowledged).toBeGreaterThan(PACE.users);
});
