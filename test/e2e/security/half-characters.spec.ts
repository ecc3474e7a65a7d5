import { afterAll, beforeAll, expect, it } from 'vitest';
import { RunningServer } from '../../support/running-server.js';
import { testRealm } from '../../support/test-realm.js';
import { AdminApi } from './admin-api.js';

let server: RunningServer;
let chief: AdminApi;

beforeAll(async () => {
  server = await RunningServer.start({ realms: [testRealm({ realm: 'office' })] });
  chief = await AdminApi.chief(server, 'office');
});
afterAll(() => server.close());

it.each([['\ud800'], ['a\udc00'], ['\ud800\ud800\udc00'], ['\\\ud800']])(
  'refuses half a character before anything is made: %j',
  async (name) => {
    const before = await chief.get('roles');
    expect((await chief.post('roles', { name })).status).toBe(400);
    expect(await chief.get('roles')).toEqual(before);
  },
);

it.each([['😀'], ['\\ud800']])('takes whole characters, and text that looks like an escape: %j', async (name) => {
  // Node writes whole characters as they are; other clients escape both halves.
  expect((await chief.post('roles', { name })).status).toBe(201);
});

it('takes a pair of which both halves are escaped', async () => {
  expect((await chief.postText('roles', '{"name":"\\ud83d\\ude80"}')).status).toBe(201);
});
