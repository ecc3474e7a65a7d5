import { afterAll, beforeAll, expect, it } from 'vitest';
import { fuzz } from '../../fuzz/run-fuzz.js';
import { ADMIN, RunningServer } from '../../support/running-server.js';

let server: RunningServer;

beforeAll(async () => {
  server = await RunningServer.start({ realms: [] });
});
afterAll(() => server.close());

it('input made from the document of the API leads to no failure, no hang, and no change by a refusal', async () => {
  const { url, database } = server;
  const report = await fuzz({ url, database, admin: ADMIN }, { seed: 7, rounds: 1, callsEach: 2 });
  expect(report.findings).toEqual([]);
  // Calls came through to what they are about, and not only to its door.
  expect(report.calls).toBeGreaterThan(500);
  expect(report.statuses.get(200)).toBeGreaterThan(50);
  expect(report.statuses.get(204)).toBeGreaterThan(20);
  expect(report.statuses.get(400)).toBeGreaterThan(50);
});
