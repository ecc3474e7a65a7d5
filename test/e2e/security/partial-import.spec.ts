import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RunningServer } from '../../support/running-server.js';
import { testRealm } from '../../support/test-realm.js';
import { AdminApi, type AdminReply } from './admin-api.js';

const ROLES = {
  caretaker: ['manage-realm'],
  keeper: ['manage-realm', 'manage-clients', 'manage-users'],
  boss: ['realm-admin'],
  customer: [],
} as const;
type Name = keyof typeof ROLES;
const NAMES = Object.keys(ROLES) as Name[];

let server: RunningServer;
let chief: AdminApi;
const callers = new Map<Name, AdminApi>();
const send = (name: Name, body: object): Promise<AdminReply> => callers.get(name)!.post('partialImport', body);
const admin = { clientRoles: { 'realm-management': ['realm-admin'] } };

beforeAll(async () => {
  const users = Object.fromEntries(NAMES.map((name) => [name, { clientRoles: { 'realm-management': ROLES[name] } }]));
  server = await RunningServer.start({
    realms: [testRealm({ realm: 'office', people: NAMES, users, settings: { adminEventsEnabled: true } })],
  });
  chief = await AdminApi.chief(server, 'office');
  for (const name of NAMES) callers.set(name, await AdminApi.member(server, 'office', name));
});
afterAll(() => server.close());

describe('POST partialImport', () => {
  it.each([
    ['customer', { users: [] }],
    ['caretaker', { users: [{ username: 'new' }] }],
    ['caretaker', { clients: [{ clientId: 'new' }] }],
    ['caretaker', { groups: [{ name: 'new' }] }],
    ['keeper', { users: [{ username: 'new', ...admin }] }],
    ['keeper', { users: [{ username: 'boss', enabled: false }], ifResourceExists: 'OVERWRITE' }],
    ['keeper', { groups: [{ name: 'new', ...admin }] }],
    [
      'keeper',
      { roles: { realm: [{ name: 'new', composites: { client: { 'realm-management': ['realm-admin'] } } }] } },
    ],
    ['keeper', { identityProviders: [{ alias: 'new', providerId: 'oidc' }] }],
  ] as const)('refuses %s: %j', async (name, body) => {
    const before = await chief.post('partial-export?exportClients=true&exportGroupsAndRoles=true', {});
    expect((await send(name, body)).status).toBe(403);
    expect((await chief.post('partial-export?exportClients=true&exportGroupsAndRoles=true', {})).body).toEqual(
      before.body,
    );
    expect((await chief.get('users?username=new')).body).toEqual([]);
  });

  it('does not let the id of one thing make it another', async () => {
    const [client] = (await chief.get('clients?clientId=realm-management')).body as { id: string }[];
    const body = { clients: [{ id: client!.id, clientId: 'mine' }], ifResourceExists: 'OVERWRITE' };
    expect((await send('boss', body)).status).toBe(409);
  });

  it('answers as the reference, and leaves an admin event', async () => {
    const body = { ifResourceExists: 'SKIP', users: [{ username: 'boss' }, { username: 'nina', enabled: true }] };
    const reply = await send('keeper', body);
    expect(reply.status).toBe(200);
    expect(reply.body).toMatchObject({
      ...{ overwritten: 0, added: 1, skipped: 1 },
      results: [
        { action: 'SKIPPED', resourceType: 'USER', resourceName: 'boss' },
        { action: 'ADDED', resourceType: 'USER', resourceName: 'nina', id: (await server.user('office', 'nina')).id },
      ],
    });
    const fail = await send('keeper', { users: [{ username: 'other' }, { username: 'nina' }] });
    expect([fail.status, fail.body]).toMatchObject([
      409,
      { errorMessage: "User with user name 'nina' already exists." },
    ]);
    expect((await chief.get('users?username=other')).body).toEqual([]);
    expect((await chief.get('admin-events?resourceTypes=REALM')).body).toMatchObject([
      { operationType: 'ACTION', resourcePath: 'partialImport' },
    ]);
  });

  it.each([
    [{ ifResourceExists: 'MAYBE' }, 'ifResourceExists'],
    [{ users: [{ username: 'new', groups: ['/nowhere'] }] }, 'users[0].groups[0]'],
    [{ users: [{ username: 'new', enabled: 'often' }] }, 'enabled'],
    [{ users: [null] }, 'users[0]'],
    [{ colour: 'red' }, 'colour'],
    [{ clients: [{ name: 'no id' }] }, 'clientId'],
  ])('refuses %j with 400', async (body, place) => {
    const reply = await send('boss', body);
    expect(reply.status).toBe(400);
    expect(JSON.stringify(reply.body)).toContain(place);
  });
});
