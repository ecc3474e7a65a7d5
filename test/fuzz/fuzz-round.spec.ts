import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OpenApi } from '../../src/web/api-docs/api-page.js';
import { ADMIN, RunningServer } from '../support/running-server.js';
import { FuzzRealm } from './fuzz-realm.js';
import { FuzzRound, type Finding } from './fuzz-round.js';
import type { GeneratedCall } from './generated-calls.js';
import { WatchedDatabase } from './watched-database.js';

const UPDATE: GeneratedCall = {
  path: '/admin/realms/{realm}',
  method: 'PUT',
  caller: 'viewer',
  inPath: { realm: { known: 0 } },
  inQuery: [],
  body: { kind: 'json', value: { displayName: 'changed' } },
};
const DOCUMENT = { paths: { [UPDATE.path]: { put: { responses: { 204: {} } } } } } as unknown as OpenApi;

let server: RunningServer;
let realm: FuzzRealm;
let database: WatchedDatabase;

beforeAll(async () => {
  server = await RunningServer.start({ realms: [] });
  realm = await FuzzRealm.make({ url: server.url, admin: ADMIN, database: server.database }, 'watched');
  database = await WatchedDatabase.open(server.database);
});
afterAll(async () => {
  await database.close();
  await server.close();
});

/** What is found when the server does `act` for each call and answers with a status. */
async function findingsOf(status: number, act: () => Promise<void>, call = UPDATE): Promise<readonly Finding[]> {
  const pretender = createServer((_request, response) => void act().then(() => response.writeHead(status).end('{}')));
  await new Promise<void>((resolve) => pretender.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(pretender.address() as AddressInfo).port}`;
  const round = new FuzzRound({ url, admin: ADMIN, database: server.database }, DOCUMENT, realm, database);
  try {
    await round.make(call);
    return round.findings;
  } finally {
    pretender.close();
  }
}

let changes = 0;
/** Writes in the database that is watched, as a broken server would. */
const change = async (): Promise<void> => {
  const { status } = await fetch(`${server.url}/admin/realms/watched`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${realm.token('chief') ?? ''}`, 'content-type': 'application/json' },
    body: JSON.stringify({ displayName: `change ${++changes}` }),
  });
  expect(status).toBe(204);
};
const nothing = (): Promise<void> => Promise.resolve();

describe('a round of the fuzz', () => {
  it('finds a failure', async () => {
    expect(await findingsOf(500, nothing)).toMatchObject([{ what: expect.stringContaining('500') as string }]);
  });

  it('finds a refusal that changed something, with the row', async () => {
    expect(await findingsOf(400, change)).toMatchObject([{ what: expect.stringContaining('realm: {') as string }]);
  });

  it('finds a change by somebody who may only look', async () => {
    expect(await findingsOf(204, change)).toHaveLength(1);
  });

  it('finds nothing in a refusal without a change, and in a change by who may make it', async () => {
    expect(await findingsOf(400, nothing)).toEqual([]);
    expect(await findingsOf(204, change, { ...UPDATE, caller: 'chief' })).toEqual([]);
  });
});
