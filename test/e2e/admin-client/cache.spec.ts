import type KcAdminClient from '@keycloak/keycloak-admin-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { passwordGrant, type App } from '../../support/browser-session.js';
import { RunningServer } from '../../support/running-server.js';
import { testRealm } from '../../support/test-realm.js';
import { chiefClient } from './admin-scene.js';

const APP: App = { realm: 'cached', clientId: 'app', redirectUri: 'http://app.test/cb' };

let server: RunningServer;
let admin: KcAdminClient;

beforeAll(async () => {
  server = await RunningServer.start({ realms: [testRealm({ realm: APP.realm, people: ['ada'], apps: [APP] })] });
  admin = await chiefClient(server, APP.realm);
});
afterAll(() => server.close());

describe('cache', () => {
  it('clears every cache, and goes on working', async () => {
    const answers: readonly unknown[] = await Promise.all([
      admin.cache.clearRealmCache(),
      admin.cache.clearUserCache(),
      admin.cache.clearKeysCache(),
      admin.cache.clearCrlCache(),
    ]);
    expect(answers).toEqual(['', '', '', '']);
    expect(await passwordGrant(server, APP, 'ada')).toMatchObject({ status: 200 });
  });
});
