import type KcAdminClient from '@keycloak/keycloak-admin-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { passwordGrant, type App } from '../../support/browser-session.js';
import { RunningServer } from '../../support/running-server.js';
import { testRealm } from '../../support/test-realm.js';
import { chiefClient, rawCall, type RawAnswer } from './admin-scene.js';
import { memberClient, NOBODY, present } from './expectations.js';

const REALM = 'console';
const APP: App = { realm: REALM, clientId: 'bistro', redirectUri: 'http://app.test/cb' };
const FORBIDDEN = { status: 403, body: { error: 'HTTP 403 Forbidden' } };

let server: RunningServer;
let admin: KcAdminClient;
const members = new Map<string, KcAdminClient>();
let app: string;
let ada: string;

beforeAll(async () => {
  const roles = (...names: string[]): object => ({ clientRoles: { 'realm-management': names } });
  const users = {
    ada: { realmRoles: ['offline_access'] },
    looker: roles('view-users', 'view-clients'),
    asker: roles('query-users'),
    keeper: roles('view-realm'),
    clerk: roles('manage-clients'),
  };
  server = await RunningServer.start({
    realms: [
      testRealm({
        realm: REALM,
        people: [...Object.keys(users), 'bob'],
        apps: [APP],
        users,
        settings: {
          bruteForceProtected: true,
          failureFactor: 2,
          waitIncrementSeconds: 900,
          maxFailureWaitSeconds: 900,
        },
      }),
    ],
  });
  admin = await chiefClient(server, REALM);
  for (const name of ['looker', 'asker', 'keeper', 'clerk']) members.set(name, await memberClient(server, REALM, name));
  app = present((await admin.clients.find({ clientId: 'bistro' }))[0]?.id);
  ada = (await server.user(REALM, 'ada')).id;
});
afterAll(() => server.close());

const get = (path: string, caller: KcAdminClient = admin): Promise<RawAnswer> =>
  rawCall(caller, 'GET', `/admin/realms/${REALM}/ui-ext/${path}`);
const as = (name: string): KcAdminClient => present(members.get(name));
const rows = async (path: string, caller?: KcAdminClient): Promise<readonly Readonly<Record<string, unknown>>[]> => {
  const answer = await get(path, caller);
  expect(answer.status).toBe(200);
  return answer.body as readonly Readonly<Record<string, unknown>>[];
};
const names = (list: readonly Readonly<Record<string, unknown>>[]): readonly string[] =>
  list.map(({ client, role }) => `${String(client)} ${String(role)}`);

describe('roles of all clients', () => {
  beforeAll(async () => {
    await admin.clients.createRole({ id: app, name: 'cook', description: 'At the stove' });
    for (const name of ['guest', 'waiter']) await admin.clients.createRole({ id: app, name });
  });

  it('that are left to give to a user, in pages, by a part of the name of role or client', async () => {
    const role = present(await admin.clients.findRole({ id: app, roleName: 'cook' }));
    const given = [{ id: present(role.id), name: 'cook' }];
    expect(await rows(`available-roles/users/${ada}?search=COO`)).toEqual([
      { id: role.id, role: 'cook', client: 'bistro', clientId: app, description: 'At the stove' },
    ]);
    await admin.users.addClientRoleMappings({ id: ada, clientUniqueId: app, roles: given });
    expect(names(await rows(`available-roles/users/${ada}?search=bistro`))).toEqual(['bistro guest', 'bistro waiter']);
    expect(names(await rows(`available-roles/users/${ada}?first=1&max=1&search=bistro`))).toEqual(['bistro waiter']);
    expect(await rows(`available-roles/users/${ada}`)).toHaveLength(10);
    expect(await get(`available-roles/users/${NOBODY}`)).toMatchObject({
      status: 404,
      body: { error: 'User not found' },
    });
  });

  it('that are left to give to groups, clients, client scopes and roles', async () => {
    const { id: group } = await admin.groups.create({ name: 'kitchen' });
    const { id: scope } = await admin.clientScopes.create({ name: 'kitchen', protocol: 'openid-connect' });
    const role = present(await admin.clients.findRole({ id: app, roleName: 'guest' }));
    const other = present((await admin.clients.find({ clientId: 'account' }))[0]?.id);
    const search = 'search=bistro&max=-1';
    for (const path of [`groups/${group}`, `clientScopes/${scope}`, `clients/${other}`])
      expect(names(await rows(`available-roles/${path}?${search}`)), path).toEqual([
        'bistro cook',
        'bistro guest',
        'bistro waiter',
      ]);
    expect(await rows(`available-roles/clients/${app}?search=bistro`)).toEqual([]);
    expect(names(await rows(`available-roles/roles/${present(role.id)}?search=bistro`))).toEqual([
      'bistro cook',
      'bistro waiter',
    ]);
    for (const path of [`groups/${NOBODY}`, `clientScopes/${NOBODY}`, `clients/${NOBODY}`])
      expect((await get(`available-roles/${path}`)).status, path).toBe(404);
  });

  it('that take effect: direct, of groups and of those above them, and what comes with them', async () => {
    const { id: top } = await admin.groups.create({ name: 'house' });
    const { id: below } = await admin.groups.createChildGroup({ id: top }, { name: 'floor' });
    const named = async (roleName: string): Promise<{ id: string; name: string }> => {
      const role = present(await admin.clients.findRole({ id: app, roleName }));
      return { id: present(role.id), name: roleName };
    };
    const bundle = await admin.roles
      .create({ name: 'bundle' })
      .then(() => admin.roles.findOneByName({ name: 'bundle' }));
    await admin.roles.createComposite({ roleId: present(bundle?.id) }, [await named('guest')]);
    const given = [{ id: present(bundle?.id), name: 'bundle' }];
    await admin.groups.addRealmRoleMappings({ id: top, roles: given });
    await admin.users.addToGroup({ id: ada, groupId: present(below) });
    expect(names(await rows(`effective-roles/groups/${present(below)}`))).toEqual(['bistro guest']);
    expect((await admin.groups.listCompositeRealmRoleMappings({ id: present(below) })).map(({ name }) => name)).toEqual(
      ['bundle'],
    );
    const effective = names(await rows(`effective-roles/users/${ada}`));
    expect(effective).toEqual([...effective].sort());
    expect(effective).toEqual(expect.arrayContaining(['bistro cook', 'bistro guest']));
    await admin.clients.addClientScopeMappings({ id: app, client: app }, [await named('waiter')]);
    expect(names(await rows(`effective-roles/clients/${app}`))).toEqual(['bistro waiter']);
    expect(await rows(`effective-roles/clientScopes/${present((await admin.clientScopes.find())[0]?.id)}`)).toEqual([]);
    expect(names(await rows(`effective-roles/roles/${present(bundle?.id)}`))).toContain('account view-profile');
  });

  it('are shown to who may give them, or look at their owner', async () => {
    expect(await rows(`available-roles/users/${ada}`, as('looker'))).toEqual([]);
    expect(await rows(`available-roles/clients/${app}`, as('looker'))).toEqual([]);
    expect(await rows(`available-roles/roles/${NOBODY}`, as('keeper'))).toEqual([]);
    expect(await get(`available-roles/users/${ada}`, as('clerk'))).toMatchObject(FORBIDDEN);
    expect(names(await rows(`effective-roles/users/${ada}`, as('looker')))).toContain('bistro cook');
    expect(await get(`effective-roles/users/${ada}`, as('asker'))).toMatchObject(FORBIDDEN);
    expect(await get(`effective-roles/clients/${app}`, as('asker'))).toMatchObject(FORBIDDEN);
    expect(await get(`effective-roles/roles/${NOBODY}`, as('looker'))).toMatchObject(FORBIDDEN);
  });
});

describe('users with their failed logins', () => {
  it('are found as users are', async () => {
    for (let at = 0; at < 2; at++) await passwordGrant(server, APP, 'bob', { password: 'wrong' });
    const [bob] = await rows('brute-force-user?username=bob&exact=true');
    expect(bob).toMatchObject({
      username: 'bob',
      access: { manage: true },
      bruteForceStatus: { disabled: true, numFailures: 2, lastIPFailure: '127.0.0.1' },
    });
    const [other] = await rows('brute-force-user?search=ada&briefRepresentation=true');
    expect(other).toMatchObject({
      bruteForceStatus: { disabled: false, numFailures: 0, lastFailure: 0, lastIPFailure: 'n/a' },
    });
    expect(other).not.toHaveProperty('attributes');
    expect(await rows('brute-force-user?first=1&max=2')).toHaveLength(2);
    expect(await rows('brute-force-user', as('asker'))).toEqual([]);
    expect(await get('brute-force-user', as('keeper'))).toMatchObject(FORBIDDEN);
  });
});

describe('sessions of both kinds', () => {
  const kindsOf = async (query: string): Promise<readonly string[]> =>
    (await rows(`sessions${query}`)).map(({ username, type }) => `${String(username)} ${String(type)}`);

  it('stand in one list, online ones first', async () => {
    await server.endSessions(REALM, 'ada');
    await passwordGrant(server, APP, 'ada');
    await passwordGrant(server, APP, 'clerk');
    await passwordGrant(server, APP, 'ada', { scope: 'openid offline_access' });
    const all = await kindsOf('?search=bistro');
    expect(all.slice(0, 2).toSorted()).toEqual(['ada REGULAR', 'clerk REGULAR']);
    expect(all.slice(2)).toEqual(['ada OFFLINE']);
    for (const [at, row] of all.entries())
      expect(await kindsOf(`?search=bistro&first=${String(at)}&max=1`)).toEqual([row]);
    expect(await kindsOf('?search=bistro&first=3')).toEqual([]);
    expect(await kindsOf('?search=bistro&first=1&max=5')).toEqual(all.slice(1));
    expect((await kindsOf('?max=-1')).at(-1)).toBe('ada OFFLINE');
    expect(await kindsOf('?type=OFFLINE')).toEqual(['ada OFFLINE']);
    expect(await kindsOf('?type=REGULAR&search=ada')).toEqual(['ada REGULAR']);
    expect(await kindsOf('?search=127.0.0.1&max=-1')).toEqual(await kindsOf('?max=-1'));
    expect(await kindsOf('?search=nobody')).toEqual([]);
    expect(await kindsOf(`/client?clientId=${app}&type=OFFLINE`)).toEqual(['ada OFFLINE']);
    const [first] = await rows('sessions?search=bistro&type=OFFLINE');
    expect(Object.keys(first ?? {}).sort()).toEqual(
      ['clients', 'id', 'ipAddress', 'lastAccess', 'start', 'transientUser', 'type', 'userId', 'username'].sort(),
    );
    expect(first).toMatchObject({ clients: { [app]: 'bistro' }, transientUser: false });
  });

  it('are shown to who may view the realm and its users', async () => {
    expect(await rows('sessions', as('keeper'))).toEqual([]);
    expect(await get('sessions', as('looker'))).toMatchObject(FORBIDDEN);
    expect(await rows(`sessions/client?clientId=${app}`, as('clerk'))).toEqual([]);
    expect(await get(`sessions/client?clientId=${NOBODY}`)).toMatchObject({ status: 404 });
    expect(await get('sessions?type=OTHER')).toMatchObject({ status: 404 });
  });
});

describe('flows with what uses them', () => {
  it('tell of the realm, of clients, and of nobody', async () => {
    const [browser, spare] = ['browser', 'spare browser'];
    await admin.authenticationManagement.copyFlow({ flow: browser, newName: spare });
    const flows = await rows('authentication-management/flows');
    expect(flows.map(({ alias }) => alias)).toEqual(
      (await admin.authenticationManagement.getFlows()).map(({ alias }) => alias),
    );
    const spareId = String(flows.find(({ alias }) => alias === spare)?.['id']);
    expect(flows.find(({ alias }) => alias === browser)).toMatchObject({
      builtIn: true,
      usedBy: { type: 'DEFAULT', values: [browser] },
    });
    expect(flows.find(({ alias }) => alias === spare)).not.toHaveProperty('usedBy');
    await admin.clients.update({ id: app }, { authenticationFlowBindingOverrides: { browser: spareId } });
    expect((await rows('authentication-management/flows')).find(({ alias }) => alias === spare)).toMatchObject({
      builtIn: false,
      usedBy: { type: 'SPECIFIC_CLIENTS', values: ['bistro'] },
    });
    expect(await rows(`authentication-management/clients/${spareId}`)).toEqual([{ id: app, label: 'bistro' }]);
    expect(await rows(`authentication-management/clients/${spareId}?search=other`)).toEqual([]);
    expect(await rows(`authentication-management/idp/${spareId}`)).toEqual([]);
    expect(await get(`authentication-management/clients/${NOBODY}`)).toMatchObject({ status: 404 });
    expect(await get('authentication-management/flows', as('looker'))).toMatchObject({ status: 200 });
    expect(await get('authentication-management/flows', as('asker'))).toMatchObject(FORBIDDEN);
  });

  it('and required actions that may be configured', async () => {
    const actions = await rows('authentication-management/required-actions');
    expect(actions.find(({ alias }) => alias === 'VERIFY_EMAIL')).toMatchObject({
      providerId: 'VERIFY_EMAIL',
      enabled: true,
      priority: 50,
      configurable: true,
    });
  });
});

describe('the rest of what a console asks', () => {
  it('names of realms, in pages, to who administers them', async () => {
    await admin.realms.create({ realm: 'Bakery', displayName: 'The bakery' });
    expect(await rows('realms/names')).toEqual(
      expect.arrayContaining([{ name: 'Bakery', displayName: 'The bakery' }, { name: REALM }]) as object[],
    );
    const all = (await rows('realms/names?max=-1')).map(({ name }) => name);
    expect(all).toEqual(['Bakery', REALM, 'master']);
    expect(await rows('realms/names?search=BAK')).toEqual([{ name: 'Bakery', displayName: 'The bakery' }]);
    expect((await rows('realms/names?first=1&max=1')).map(({ name }) => name)).toEqual([REALM]);
    expect(await rows('realms/names', as('asker'))).toEqual([{ name: REALM }]);
  });

  it('listeners of events, and whether users come from elsewhere', async () => {
    expect(await rows('available-event-listeners')).toContainEqual({ id: 'sluice-webhook' });
    expect(await get('available-event-listeners', as('asker'))).toMatchObject(FORBIDDEN);
    expect((await get('info', as('asker'))).body).toEqual({ userProfileProvidersEnabled: false });
  });
});
