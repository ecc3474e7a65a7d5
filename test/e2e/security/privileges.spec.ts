import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RunningServer } from '../../support/running-server.js';
import { testRealm } from '../../support/test-realm.js';
import { AdminApi } from './admin-api.js';

const ROLES = {
  helper: ['manage-users', 'query-clients'],
  keeper: ['manage-clients'],
  caretaker: ['manage-realm'],
  boss: ['realm-admin'],
  customer: [],
} as const;
type Name = keyof typeof ROLES;
const NAMES = Object.keys(ROLES) as Name[];

let server: RunningServer;
let chief: AdminApi;
let clientId: string;
let adminsId: string;
const ids = new Map<string, string>();
const callers = new Map<Name, AdminApi>();

const as = (name: Name): AdminApi => {
  const caller = callers.get(name);
  if (!caller) throw new Error(`${name} is not signed in`);
  return caller;
};
const roleNamed = async (name: string): Promise<unknown> => (await chief.get(`clients/${clientId}/roles/${name}`)).body;
const rolesOf = async (name: string): Promise<readonly string[]> => {
  const { body } = await chief.get(`users/${ids.get(name) ?? ''}/role-mappings/clients/${clientId}/composite`);
  return (body as { name: string }[]).map((role) => role.name);
};

beforeAll(async () => {
  server = await RunningServer.start({
    realms: [
      testRealm({
        realm: 'office',
        people: NAMES,
        users: Object.fromEntries(NAMES.map((name) => [name, { clientRoles: { 'realm-management': ROLES[name] } }])),
      }),
    ],
  });
  chief = await AdminApi.chief(server, 'office');
  clientId = ((await chief.get('clients?clientId=realm-management')).body as { id: string }[])[0]?.id ?? '';
  for (const name of NAMES) {
    ids.set(name, (await server.user('office', name)).id);
    callers.set(name, await AdminApi.member(server, 'office', name));
  }
  adminsId = (await chief.post('groups', { name: 'admins' })).madeId;
  await chief.post(`groups/${adminsId}/role-mappings/clients/${clientId}`, [await roleNamed('realm-admin')]);
});
afterAll(() => server.close());

describe('who manages users', () => {
  const self = (): string => ids.get('helper') ?? '';

  it.each(['realm-admin', 'manage-realm', 'view-clients', 'view-realm'])('does not hand out %s', async (role) => {
    const reply = await as('helper').post(`users/${self()}/role-mappings/clients/${clientId}`, [await roleNamed(role)]);
    expect(reply.status).toBe(403);
    expect(await rolesOf('helper')).not.toContain(role);
  });

  it('hands out what is less than managing users', async () => {
    const customer = ids.get('customer') ?? '';
    const reply = await as('helper').post(`users/${customer}/role-mappings/clients/${clientId}`, [
      await roleNamed('view-users'),
    ]);
    expect(reply.status).toBe(204);
  });

  it('puts nobody into a group with stronger roles, not through a group below it either', async () => {
    const below = (await chief.post(`groups/${adminsId}/children`, { name: 'night shift' })).madeId;
    for (const group of [adminsId, below]) {
      expect((await as('helper').put(`users/${self()}/groups/${group}`)).status).toBe(403);
    }
    const made = await as('helper').post('users', { username: 'newcomer', groups: ['/admins'] });
    expect(made.status).toBe(403);
    const own = (await as('helper').post('groups', { name: 'own' })).madeId;
    expect((await as('helper').put(`users/${self()}/groups/${own}`)).status).toBe(204);
    expect((await as('helper').post(`groups/${adminsId}/children`, { id: own, name: 'own' })).status).toBe(403);
    expect(await rolesOf('helper')).not.toContain('manage-realm');
  });

  it('decides for nobody stronger how they log in', async () => {
    const boss = `users/${ids.get('boss') ?? ''}`;
    const password = { type: 'password', value: 'guessed' };
    const [credential] = (await chief.get(`${boss}/credentials`)).body as { id: string }[];
    expect((await as('helper').put(`${boss}/reset-password`, password)).status).toBe(403);
    expect((await as('helper').put(boss, { credentials: [password] })).status).toBe(403);
    expect((await as('helper').delete(`${boss}/credentials/${credential?.id ?? ''}`)).status).toBe(403);
    await expect(AdminApi.member(server, 'office', 'boss')).resolves.toBeDefined();
  });

  it('resets the password of everybody else, and sees that somebody is not there', async () => {
    const password = { type: 'password', value: 'customer-pw' };
    expect((await as('helper').put(`users/${ids.get('customer') ?? ''}/reset-password`, password)).status).toBe(204);
    expect((await as('helper').put('users/nobody/reset-password', password)).status).toBe(404);
  });
});

describe('who manages roles and clients', () => {
  it('makes no role that brings more than the maker has', async () => {
    const composites = { client: { 'realm-management': ['realm-admin'] } };
    const body = { name: 'sneaky', composite: true, composites };
    expect((await as('keeper').post(`clients/${clientId}/roles`, body)).status).toBe(403);
    expect((await as('caretaker').post('roles', body)).status).toBe(403);
    expect((await as('boss').post('roles', body)).status).toBe(201);
  });

  it('gives no role the name of a stronger one', async () => {
    const roles = `clients/${clientId}/roles`;
    expect((await as('keeper').post(roles, { name: 'plain' })).status).toBe(201);
    const plain = (await roleNamed('plain')) as { id: string };
    expect((await as('keeper').post(`${roles}/manage-clients/composites`, [plain])).status).toBe(204);
    expect((await as('keeper').put(`${roles}/manage-users`, { name: 'former' })).status).toBe(403);
    await chief.delete(`${roles}/view-events`);
    expect((await as('keeper').put(`${roles}/plain`, { name: 'view-events' })).status).toBe(403);
    expect((await as('keeper').put(`roles-by-id/${plain.id}`, { name: 'view-events' })).status).toBe(403);
    expect((await as('keeper').post(roles, { name: 'view-events' })).status).toBe(403);
    expect((await as('keeper').put(`${roles}/plain`, { name: 'plainer' })).status).toBe(204);
  });

  it('sees nobody’s data in example tokens without the right to view users', async () => {
    const examples = `clients/${clientId}/evaluate-scopes/generate-example`;
    for (const kind of ['access-token', 'id-token', 'userinfo']) {
      const path = `${examples}-${kind}?scope=openid&userId=${ids.get('customer') ?? ''}`;
      expect((await as('keeper').get(path)).status).toBe(403);
      expect((await as('boss').get(path)).status).toBe(200);
    }
    expect((await as('keeper').get(`clients/${clientId}/evaluate-scopes/protocol-mappers`)).status).toBe(200);
  });

  it('leaves the client that holds the admin roles its name', async () => {
    expect((await as('keeper').put(`clients/${clientId}`, { clientId: 'former' })).status).toBe(400);
    expect((await as('keeper').put(`clients/${clientId}`, { clientId: 'realm-management' })).status).toBe(204);
  });

  it('makes no group with stronger roles everybody’s', async () => {
    expect((await as('caretaker').put(`default-groups/${adminsId}`)).status).toBe(403);
    expect((await as('boss').put(`default-groups/${adminsId}`)).status).toBe(204);
    await chief.delete(`default-groups/${adminsId}`);
  });
});

describe('master', () => {
  it('has no client for a realm that is not there yet', async () => {
    const master = await AdminApi.chief(server, 'master');
    expect((await master.post('clients', { clientId: 'later-realm' })).status).toBe(400);
    const made = await master.post('clients', { clientId: 'later' });
    expect((await master.put(`clients/${made.madeId}`, { clientId: 'later-realm' })).status).toBe(400);
  });
});
