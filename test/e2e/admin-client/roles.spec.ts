import type KcAdminClient from '@keycloak/keycloak-admin-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RunningServer } from '../../support/running-server.js';
import { testRealm } from '../../support/test-realm.js';
import { chiefClient, rawCall } from './admin-scene.js';
import { FEATURE_OFF, memberClient, namesOf, NOBODY, present, refused } from './expectations.js';

const REALM = 'roles';
const NO_ROLE = { error: 'Could not find role' };
const NO_ROLE_ID = { error: 'Could not find role with id' };

let server: RunningServer;
let admin: KcAdminClient;
let viewer: KcAdminClient;

beforeAll(async () => {
  server = await RunningServer.start({
    realms: [
      testRealm({
        realm: REALM,
        people: ['ada', 'viewer'],
        users: { viewer: { clientRoles: { 'realm-management': ['view-realm'] } } },
      }),
    ],
  });
  [admin, viewer] = await Promise.all([chiefClient(server, REALM), memberClient(server, REALM, 'viewer')]);
});

afterAll(() => server.close());

async function made(name: string, members: object = {}): Promise<{ readonly id: string; readonly name: string }> {
  await admin.roles.create({ name, ...members });
  return { id: present((await admin.roles.findOneByName({ name }))?.id), name };
}

describe('roles of a realm', () => {
  it('are made, shown whole by name, and listed briefly', async () => {
    expect(await admin.roles.create({ name: 'judge', description: 'Judges', attributes: { robe: ['red'] } })).toEqual({
      roleName: 'judge',
    });
    const role = present(await admin.roles.findOneByName({ name: 'judge' }));
    const { id: containerId } = await server.realm(REALM);
    expect(role).toEqual({
      id: role.id,
      name: 'judge',
      description: 'Judges',
      composite: false,
      clientRole: false,
      containerId,
      attributes: { robe: ['red'] },
    });
    const listed = (await admin.roles.find({ search: 'JUD' }))[0];
    expect(listed).toMatchObject({ name: 'judge' });
    expect(listed).not.toHaveProperty('attributes');
    expect(await admin.roles.find({ search: 'jud', briefRepresentation: false })).toMatchObject([
      { attributes: { robe: ['red'] } },
    ]);
    await refused(made('judge'), 409, { errorMessage: 'Role with name judge already exists' });
  });

  it('page only when searched, or with both bounds', async () => {
    for (const name of ['page-a', 'page-b', 'page-c']) await made(name);
    expect(namesOf(await admin.roles.find({ search: 'page-', first: 1, max: 1 }))).toEqual(['page-b']);
    expect(await admin.roles.find({ first: 0, max: 2 })).toHaveLength(2);
    expect((await admin.roles.find({ max: 2 })).length).toBeGreaterThan(2);
  });

  it('are changed and deleted by name', async () => {
    await made('clerk', { attributes: { desk: ['1'] } });
    await admin.roles.updateByName({ name: 'clerk' }, { name: 'chief clerk', description: 'New' });
    expect(await admin.roles.findOneByName({ name: 'chief clerk' })).toMatchObject({
      description: 'New',
      attributes: { desk: ['1'] },
    });
    await admin.roles.delByName({ name: 'chief clerk' });
    expect(await admin.roles.findOneByName({ name: 'chief clerk' })).toBeNull();
    await refused(admin.roles.delByName({ name: 'chief clerk' }), 404, NO_ROLE);
    await refused(admin.roles.delByName({ name: `default-roles-${REALM}` }), 400, {
      errorMessage: `default-roles-${REALM} is default role of the realm and cannot be removed.`,
    });
  });

  it('are changed and deleted by id', async () => {
    const { id } = await made('by-id');
    await admin.roles.updateById({ id }, { name: 'by-id-2' });
    expect(await admin.roles.findOneById({ id })).toMatchObject({ id, name: 'by-id-2' });
    await admin.roles.delById({ id });
    await refused(admin.roles.delById({ id }), 404, NO_ROLE_ID);
    expect(await admin.roles.findOneById({ id: NOBODY }).catch(() => null)).toBeNull();
  });

  it('tell which people and groups have them', async () => {
    const role = await made('holder');
    const { id } = await server.user(REALM, 'ada');
    await admin.users.addRealmRoleMappings({ id, roles: [role] });
    expect(await admin.roles.findUsersWithRole({ name: 'holder' })).toMatchObject([{ username: 'ada' }]);
    expect(await admin.roles.findUsersWithRole({ name: 'holder', first: 1, max: 5 })).toEqual([]);
    const group = await admin.groups.create({ name: 'holders', attributes: { a: ['1'] } });
    await admin.groups.addRealmRoleMappings({ id: group.id, roles: [role] });
    const path = `/admin/realms/${REALM}/roles/holder/groups`;
    const { body } = await rawCall(admin, 'GET', path);
    expect(body).toMatchObject([{ id: group.id, path: '/holders' }]);
    expect(body).not.toMatchObject([{ attributes: {} }]);
    expect((await rawCall(admin, 'GET', `${path}?briefRepresentation=false`)).body).toMatchObject([
      { attributes: { a: ['1'] } },
    ]);
    expect(await admin.roles.findUsersWithRole({ name: 'nope' })).toBeNull();
  });

  it('are seen and not changed by who may only view', async () => {
    expect(await viewer.roles.findOneByName({ name: 'judge' })).toMatchObject({ name: 'judge' });
    await refused(viewer.roles.create({ name: 'x' }), 403);
    await refused(viewer.roles.delByName({ name: 'judge' }), 403);
  });

  it('have no permissions of their own', async () => {
    const { id } = await made('plain');
    await refused(admin.roles.listPermissions({ id }), 501, FEATURE_OFF);
    await refused(admin.roles.updatePermission({ id }, { enabled: true }), 501, FEATURE_OFF);
  });
});

describe('composite roles', () => {
  it('bring roles of the realm and of clients', async () => {
    const [roleId, part] = [(await made('whole')).id, await made('part')];
    const clientId = present((await admin.clients.find({ clientId: 'account' }))[0]?.id);
    const own = present(await admin.clients.findRole({ id: clientId, roleName: 'view-groups' }));
    await admin.roles.createComposite({ roleId }, [part, own]);
    expect(await admin.roles.findOneById({ id: roleId })).toMatchObject({ composite: true });
    expect(namesOf(await admin.roles.getCompositeRoles({ id: roleId }))).toEqual(
      expect.arrayContaining(['part', 'view-groups']),
    );
    expect(namesOf(await admin.roles.getCompositeRoles({ id: roleId, search: 'PAR' }))).toEqual(['part']);
    expect(namesOf(await admin.roles.getCompositeRolesForRealm({ id: roleId }))).toEqual(['part']);
    expect(namesOf(await admin.roles.getCompositeRolesForClient({ id: roleId, clientId }))).toEqual(['view-groups']);
    await admin.roles.delCompositeRoles({ id: roleId }, [part]);
    expect(namesOf(await admin.roles.getCompositeRoles({ id: roleId }))).toEqual(['view-groups']);
    await refused(admin.roles.createComposite({ roleId }, [{ id: NOBODY }]), 404, {
      error: 'Could not find composite role',
    });
    await refused(admin.roles.getCompositeRoles({ id: NOBODY }), 404, NO_ROLE_ID);
  });
});
