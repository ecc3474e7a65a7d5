import type KcAdminClient from '@keycloak/keycloak-admin-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RunningServer } from '../../support/running-server.js';
import { testRealm } from '../../support/test-realm.js';
import { chiefClient } from './admin-scene.js';
import { FEATURE_OFF, memberClient, namesOf, NOBODY, present, refused } from './expectations.js';

const REALM = 'grouped';
const NO_GROUP = { error: 'Could not find group by id' };

let server: RunningServer;
let admin: KcAdminClient;
let viewer: KcAdminClient;
let asker: KcAdminClient;

beforeAll(async () => {
  const roles = (...names: string[]): object => ({ clientRoles: { 'realm-management': names } });
  server = await RunningServer.start({
    realms: [
      testRealm({
        realm: REALM,
        people: ['ada', 'bob', 'viewer', 'asker'],
        users: { viewer: roles('view-users'), asker: roles('query-groups') },
      }),
    ],
  });
  [admin, viewer, asker] = await Promise.all([
    chiefClient(server, REALM),
    memberClient(server, REALM, 'viewer'),
    memberClient(server, REALM, 'asker'),
  ]);
});

afterAll(() => server.close());

const top = async (name: string, members: object = {}): Promise<string> =>
  (await admin.groups.create({ name, ...members })).id;
const below = async (id: string, name: string): Promise<string> =>
  present((await admin.groups.createChildGroup({ id }, { name })).id);

describe('groups', () => {
  it('are made, shown whole, changed and deleted', async () => {
    const id = await top('Büro', { description: 'The office', attributes: { floor: ['1'] } });
    expect(await admin.groups.findOne({ id })).toEqual({
      id,
      name: 'Büro',
      description: 'The office',
      path: '/Büro',
      subGroupCount: 0,
      subGroups: [],
      attributes: { floor: ['1'] },
      realmRoles: [],
      clientRoles: {},
      access: { view: true, viewMembers: true, manageMembers: true, manage: true, manageMembership: true },
    });
    await refused(top('Büro'), 409, { errorMessage: "Top level group named 'Büro' already exists." });
    await refused(top(''), 400, { errorMessage: 'Group name is missing' });
    await admin.groups.update({ id }, { name: 'Amt' });
    expect(await admin.groups.findOne({ id })).toMatchObject({ path: '/Amt', attributes: { floor: ['1'] } });
    await admin.groups.del({ id });
    expect(await admin.groups.findOne({ id })).toBeNull();
    await refused(admin.groups.del({ id }), 404, NO_GROUP);
  });

  it('stand in trees that are listed level by level, and searched', async () => {
    const shops = await top('Shops');
    const online = await below(shops, 'Online');
    const europe = await below(online, 'Europe/West');
    await below(shops, 'Mail');
    await admin.groups.update({ id: europe }, { name: 'Europe/West', attributes: { tax: ['eu'] } });
    expect(await admin.groups.findOne({ id: europe })).toMatchObject({
      path: '/Shops/Online/Europe~/West',
      parentId: online,
    });
    const [listed] = await admin.groups.find({ search: 'shops' });
    expect(listed).toMatchObject({ name: 'Shops', subGroupCount: 2, subGroups: [] });
    expect(listed).not.toHaveProperty('attributes');
    expect(await admin.groups.find({ search: 'EUROPE' })).toMatchObject([
      { name: 'Shops', subGroups: [{ name: 'Online', subGroups: [{ name: 'Europe/West' }] }] },
    ]);
    expect(await admin.groups.find({ search: 'europe', populateHierarchy: false })).toMatchObject([{ id: europe }]);
    expect(await admin.groups.find({ search: 'Europe', exact: true })).toEqual([]);
    expect(await admin.groups.find({ q: 'tax:eu', populateHierarchy: false })).toMatchObject([{ id: europe }]);
    expect(await admin.groups.find({ q: 'tax:us' })).toEqual([]);
    expect(namesOf(await admin.groups.listSubGroups({ parentId: shops }))).toEqual(['Mail', 'Online']);
    expect(namesOf(await admin.groups.listSubGroups({ parentId: shops, first: 1, max: 1 }))).toEqual(['Online']);
    expect(namesOf(await admin.groups.listSubGroups({ parentId: shops, search: 'ma' }))).toEqual(['Mail']);
    expect(await admin.groups.count({ search: 'e' })).toEqual({ count: 2 });
    expect(await admin.groups.count({ top: true, search: 'shop' })).toEqual({ count: 1 });
    expect(await admin.groups.find({ max: 0 })).toEqual([]);
    expect(await admin.groups.listSubGroups({ parentId: NOBODY })).toBeNull();
  });

  it('are moved, but not below themselves', async () => {
    const [from, to] = [await top('From'), await top('To')];
    const moved = await below(from, 'Moved');
    await admin.groups.updateChildGroup({ id: to }, { id: moved, name: 'Moved' });
    expect(await admin.groups.findOne({ id: moved })).toMatchObject({ path: '/To/Moved' });
    await refused(admin.groups.updateChildGroup({ id: moved }, { id: to, name: 'To' }), 409);
    await admin.groups.updateRoot({ id: moved, name: 'Moved' });
    expect(await admin.groups.findOne({ id: moved })).toMatchObject({ path: '/Moved' });
    await refused(admin.groups.createChildGroup({ id: NOBODY }, { name: 'x' }), 404, NO_GROUP);
  });

  it('have members, with or without their attributes', async () => {
    const id = await top('Team');
    for (const name of ['bob', 'ada'])
      await admin.users.addToGroup({ id: (await server.user(REALM, name)).id, groupId: id });
    const members = await admin.groups.listMembers({ id });
    expect(members.map(({ username }) => username)).toEqual(['ada', 'bob']);
    expect(members[0]).not.toHaveProperty('access');
    expect(await admin.groups.listMembers({ id, first: 1, max: 1, briefRepresentation: true })).toMatchObject([
      { username: 'bob' },
    ]);
  });

  it('show who only views that nothing may be managed, and who asks a list', async () => {
    const id = await top('Seen');
    expect(await viewer.groups.findOne({ id })).toMatchObject({ access: { view: true, manage: false } });
    await refused(viewer.groups.update({ id }, { name: 'x' }), 403);
    expect((await asker.groups.find({ search: 'Seen' }))[0]).toMatchObject({ access: { view: false } });
    await refused(asker.groups.findOne({ id }), 403);
  });
});

describe('roles of groups', () => {
  it('of the realm and of clients', async () => {
    const id = await top('Roled');
    await admin.roles.create({ name: 'cook' });
    const role = present(await admin.roles.findOneByName({ name: 'cook' }));
    const roles = [{ id: present(role.id), name: 'cook' }];
    await admin.groups.addRealmRoleMappings({ id, roles });
    expect(namesOf(await admin.groups.listRealmRoleMappings({ id }))).toEqual(['cook']);
    expect(namesOf(await admin.groups.listAvailableRealmRoleMappings({ id }))).not.toContain('cook');
    expect(namesOf(await admin.groups.listCompositeRealmRoleMappings({ id }))).toEqual(['cook']);
    const clientUniqueId = present((await admin.clients.find({ clientId: 'account' }))[0]?.id);
    const client = present(await admin.clients.findRole({ id: clientUniqueId, roleName: 'manage-account' }));
    const own = { id, clientUniqueId, roles: [{ id: present(client.id), name: 'manage-account' }] };
    await admin.groups.addClientRoleMappings(own);
    expect(namesOf(await admin.groups.listClientRoleMappings({ id, clientUniqueId }))).toEqual(['manage-account']);
    expect(namesOf(await admin.groups.listAvailableClientRoleMappings({ id, clientUniqueId }))).not.toContain(
      'manage-account',
    );
    expect(namesOf(await admin.groups.listCompositeClientRoleMappings({ id, clientUniqueId }))).toContain(
      'manage-account-links',
    );
    expect(await admin.groups.listRoleMappings({ id })).toMatchObject({
      realmMappings: [{ name: 'cook' }],
      clientMappings: { account: { mappings: [{ name: 'manage-account' }] } },
    });
    expect(await admin.groups.findOne({ id })).toMatchObject({
      realmRoles: ['cook'],
      clientRoles: { account: ['manage-account'] },
    });
    await admin.groups.delClientRoleMappings(own);
    await admin.groups.delRealmRoleMappings({ id, roles });
    expect(await admin.groups.listRoleMappings({ id })).toEqual({});
  });

  it('have no permissions of their own', async () => {
    const id = await top('Plain');
    await refused(admin.groups.listPermissions({ id }), 501, FEATURE_OFF);
    await refused(admin.groups.updatePermission({ id }, { enabled: true }), 501, FEATURE_OFF);
  });
});
