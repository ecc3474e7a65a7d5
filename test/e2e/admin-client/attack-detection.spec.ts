import type KcAdminClient from '@keycloak/keycloak-admin-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { passwordGrant, type App } from '../../support/browser-session.js';
import { RunningServer } from '../../support/running-server.js';
import { testRealm } from '../../support/test-realm.js';
import { chiefClient } from './admin-scene.js';

const APP: App = { realm: 'guarded', clientId: 'app', redirectUri: 'http://app.test/cb' };

let server: RunningServer;
let admin: KcAdminClient;

beforeAll(async () => {
  const settings = { bruteForceProtected: true, failureFactor: 2 };
  server = await RunningServer.start({
    realms: [testRealm({ realm: APP.realm, people: ['ada', 'bob'], apps: [APP], settings })],
  });
  admin = await chiefClient(server, APP.realm);
});
afterAll(() => server.close());

async function lock(name: string): Promise<string> {
  for (let failure = 0; failure < 2; failure++) await passwordGrant(server, APP, name, { password: 'wrong' });
  return (await server.user(APP.realm, name)).id;
}
const statusOf = async (name: string): Promise<number> => (await passwordGrant(server, APP, name)).status;

describe('attackDetection', () => {
  it('counts failed logins, and knows none of a user that does not exist', async () => {
    const id = await lock('ada');
    expect(await admin.attackDetection.findOne({ id })).toMatchObject({ numFailures: 2, disabled: true });
    expect(await admin.attackDetection.findOne({ id: 'nobody' })).toMatchObject({ numFailures: 0, disabled: false });
  });

  it('lets one user in again', async () => {
    const id = await lock('ada');
    expect(await statusOf('ada')).toBe(400);
    await admin.attackDetection.del({ id });
    expect(await statusOf('ada')).toBe(200);
  });

  it('lets everybody in again', async () => {
    await lock('ada');
    await lock('bob');
    await admin.attackDetection.delAll();
    expect([await statusOf('ada'), await statusOf('bob')]).toEqual([200, 200]);
  });
});
