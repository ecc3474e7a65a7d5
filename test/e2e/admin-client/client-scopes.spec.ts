import type KcAdminClient from '@keycloak/keycloak-admin-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RunningServer } from '../../support/running-server.js';
import { testRealm } from '../../support/test-realm.js';
import { chiefClient, rawCall } from './admin-scene.js';
import { memberClient, namesOf, NOBODY, present, refused } from './expectations.js';

const REALM = 'scopes';
const NO_SCOPE = { error: 'Could not find client scope' };

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
        people: ['viewer', 'asker'],
        users: { viewer: roles('view-clients'), asker: roles('query-clients') },
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

const made = async (name: string, members: object = {}): Promise<string> =>
  (await admin.clientScopes.create({ name, protocol: 'openid-connect', ...members })).id;

describe('client scopes', () => {
  it('are made, found by id and name, merged and deleted', async () => {
    const id = await made('tax', { description: 'Taxes', attributes: { 'include.in.token.scope': 'true' } });
    expect(await admin.clientScopes.findOne({ id })).toEqual({
      id,
      name: 'tax',
      description: 'Taxes',
      protocol: 'openid-connect',
      attributes: { 'include.in.token.scope': 'true' },
    });
    await admin.clientScopes.update({ id }, { name: 'taxes' });
    expect(await admin.clientScopes.findOneByName({ name: 'taxes' })).toMatchObject({ id, description: 'Taxes' });
    await admin.clientScopes.delByName({ name: 'taxes' });
    expect(await admin.clientScopes.findOne({ id })).toBeNull();
    await refused(admin.clientScopes.del({ id }), 404, NO_SCOPE);
    await refused(admin.clientScopes.update({ id }, { name: 'x' }), 404, NO_SCOPE);
    await expect(admin.clientScopes.delByName({ name: 'taxes' })).rejects.toThrow('Scope not found.');
  });

  it('need a name of their own and a protocol', async () => {
    await refused(made('email'), 409, { errorMessage: 'Client Scope email already exists' });
    await refused(made(''), 400, { errorMessage: 'Unexpected name "" for ClientScope' });
    await refused(made('odd', { protocol: 'gopher' }), 400, { errorMessage: 'Unexpected protocol' });
  });

  it('are listed for who may view clients, and are none for who may ask', async () => {
    expect(namesOf(await viewer.clientScopes.find())).toContain('profile');
    expect(await asker.clientScopes.find()).toEqual([]);
    await refused(viewer.clientScopes.create({ name: 'x', protocol: 'openid-connect' }), 403);
  });

  it('are given to new clients by the realm', async () => {
    const id = await made('house');
    await admin.clientScopes.addDefaultClientScope({ id });
    expect(await admin.clientScopes.listDefaultClientScopes()).toContainEqual({
      id,
      name: 'house',
      protocol: 'openid-connect',
    });
    await refused(admin.clientScopes.addDefaultClientScope({ id }), 409);
    await admin.clientScopes.delDefaultClientScope({ id });
    expect(namesOf(await admin.clientScopes.listDefaultClientScopes())).not.toContain('house');
    await admin.clientScopes.addDefaultOptionalClientScope({ id });
    expect(namesOf(await admin.clientScopes.listDefaultOptionalClientScopes())).toContain('house');
    await admin.clientScopes.delDefaultOptionalClientScope({ id });
    expect(namesOf(await admin.clientScopes.listDefaultOptionalClientScopes())).not.toContain('house');
    await refused(admin.clientScopes.addDefaultClientScope({ id: NOBODY }), 404, { error: 'Client scope not found' });
  });
});

describe('mappers of client scopes', () => {
  const mapper = { name: 'badge', protocol: 'openid-connect', protocolMapper: 'oidc-hardcoded-claim-mapper' };

  it('are added, found, changed and deleted', async () => {
    const id = await made('mapped');
    await admin.clientScopes.addProtocolMapper({ id }, mapper);
    await admin.clientScopes.addMultipleProtocolMappers({ id }, [{ ...mapper, name: 'second' }]);
    expect(namesOf(await admin.clientScopes.listProtocolMappers({ id }))).toEqual(['badge', 'second']);
    const path = `/admin/realms/${REALM}/client-scopes/${id}/protocol-mappers/models`;
    const { status, headers } = await rawCall(admin, 'POST', path, { body: { ...mapper, name: 'third' } });
    const third = present(await admin.clientScopes.findProtocolMapperByName({ id, name: 'third' }));
    expect([status, headers.get('location')]).toEqual([201, `${server.url}${path}/${present(third.id)}`]);
    await refused(admin.clientScopes.addProtocolMapper({ id }, mapper), 409, {
      errorMessage: 'Protocol mapper exists with same name',
    });
    const found = present(await admin.clientScopes.findProtocolMapperByName({ id, name: 'badge' }));
    const mapperId = present(found.id);
    await admin.clientScopes.updateProtocolMapper({ id, mapperId }, { ...found, config: { 'claim.name': 'b' } });
    expect(await admin.clientScopes.findProtocolMapper({ id, mapperId })).toMatchObject({
      config: { 'claim.name': 'b' },
    });
    expect(await admin.clientScopes.findProtocolMappersByProtocol({ id, protocol: 'saml' })).toEqual([]);
    await admin.clientScopes.delProtocolMapper({ id, mapperId });
    expect(await admin.clientScopes.findProtocolMapper({ id, mapperId })).toBeNull();
    await refused(admin.clientScopes.delProtocolMapper({ id, mapperId }), 404, { error: 'Model not found' });
    await refused(admin.clientScopes.listProtocolMappers({ id: NOBODY }), 404, NO_SCOPE);
    await refused(viewer.clientScopes.addProtocolMapper({ id }, { ...mapper, name: 'x' }), 403);
    await refused(admin.clientScopes.addProtocolMapper({ id }, { ...mapper, name: 'x', protocolMapper: 'nope' }), 404, {
      error: 'ProtocolMapper provider not found',
    });
  });
});

describe('roles of client scopes', () => {
  it('of the realm and of clients', async () => {
    const id = await made('roled');
    const role = present(await admin.roles.findOneByName({ name: 'offline_access' }));
    await admin.clientScopes.addRealmScopeMappings({ id }, [role]);
    expect(namesOf(await admin.clientScopes.listRealmScopeMappings({ id }))).toEqual(['offline_access']);
    expect(namesOf(await admin.clientScopes.listAvailableRealmScopeMappings({ id }))).not.toContain('offline_access');
    expect(namesOf(await admin.clientScopes.listCompositeRealmScopeMappings({ id }))).toEqual(['offline_access']);
    const client = present((await admin.clients.find({ clientId: 'account' }))[0]?.id);
    const own = present(await admin.clients.findRole({ id: client, roleName: 'view-groups' }));
    await admin.clientScopes.addClientScopeMappings({ id, client }, [own]);
    expect(namesOf(await admin.clientScopes.listClientScopeMappings({ id, client }))).toEqual(['view-groups']);
    expect(namesOf(await admin.clientScopes.listAvailableClientScopeMappings({ id, client }))).not.toContain(
      'view-groups',
    );
    expect(namesOf(await admin.clientScopes.listCompositeClientScopeMappings({ id, client }))).toEqual(['view-groups']);
    expect(await admin.clientScopes.listScopeMappings({ id })).toMatchObject({
      realmMappings: [{ name: 'offline_access' }],
      clientMappings: { account: { mappings: [{ name: 'view-groups' }] } },
    });
    await admin.clientScopes.delClientScopeMappings({ id, client }, [own]);
    await admin.clientScopes.delRealmScopeMappings({ id }, [role]);
    expect(await admin.clientScopes.listScopeMappings({ id })).toEqual({});
    await refused(admin.clientScopes.listScopeMappings({ id: NOBODY }), 404, NO_SCOPE);
    await refused(admin.clientScopes.addRealmScopeMappings({ id }, [{ ...role, id: NOBODY }]), 404, {
      error: 'Role not found',
    });
    await refused(viewer.clientScopes.addRealmScopeMappings({ id }, [role]), 403);
    await refused(admin.clientScopes.listClientScopeMappings({ id, client: NOBODY }), 404, {
      error: 'Could not find client',
    });
  });
});
