import type KcAdminClient from '@keycloak/keycloak-admin-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RunningServer } from '../../support/running-server.js';
import { testRealm } from '../../support/test-realm.js';
import { chiefClient, rawCall } from './admin-scene.js';

let server: RunningServer;
let admin: KcAdminClient;

beforeAll(async () => {
  server = await RunningServer.start({ realms: [testRealm({ realm: 'ruled' })] });
  admin = await chiefClient(server, 'ruled');
});
afterAll(() => server.close());

describe('clientPolicies', () => {
  it('keeps profiles and gives them back', async () => {
    expect(await admin.clientPolicies.listProfiles({ includeGlobalProfiles: true })).toEqual({
      profiles: [],
      globalProfiles: [],
    });
    const profiles = [{ name: 'strict', executors: [{ executor: 'secure-session', configuration: {} }] }];
    await admin.clientPolicies.createProfiles({ profiles });
    expect(await admin.clientPolicies.listProfiles({ includeGlobalProfiles: false })).toEqual({ profiles });
  });

  it('keeps policies and gives them back', async () => {
    const policies = [{ name: 'all', enabled: true, conditions: [], profiles: ['strict'] }];
    await admin.clientPolicies.updatePolicy({ policies });
    expect(await admin.clientPolicies.listPolicies({})).toEqual({ policies });
  });

  it.each([
    ['not a list', { profiles: {} }, 'profiles'],
    ['without a name', { profiles: [{}] }, 'profiles[0].name'],
    ['twice the same name', { profiles: [{ name: 'a' }, { name: 'a' }] }, 'profiles[1].name'],
  ])('refuses what is %s, and changes nothing', async (_case, body, field) => {
    const path = '/admin/realms/ruled/client-policies/profiles';
    const before = (await rawCall(admin, 'GET', path)).body;
    expect(await rawCall(admin, 'PUT', path, { body })).toMatchObject({ status: 400, body: { field } });
    expect((await rawCall(admin, 'GET', path)).body).toEqual(before);
  });
});
