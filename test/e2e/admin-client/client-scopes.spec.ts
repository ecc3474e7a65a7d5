import type KcAdminClient from '@keycloak/keycloak-admin-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RunningServer } from '../../support/running-server.js';
import { testRealm } from '../../support/test-realm.js';
import { chiefClient } from './admin-scene.js';
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
    const { clientScopes: scopes } = admin;
    const id = await made('house');
    await scopes.addDefaultClientScope({ id });
    expect(await scopes.listDefaultClientScopes()).toContainEqual({ id, name: 'house', protocol: 'openid-connect' });
    await refused(scopes.addDefaultClientScope({ id }), 409);
    await scopes.delDefaultClientScope({ id });
    expect(namesOf(await scopes.listDefaultClientScopes())).not.toContain('house');
    await scopes.addDefaultOptionalClientScope({ id });
    expect(namesOf(await scopes.listDefaultOptionalClientScopes())).toContain('house');
    await scopes.delDefaultOptionalClientScope({ id });
    expect(namesOf(await scopes.listDefaultOptionalClientScopes())).not.toContain('house');
    await refused(scopes.addDefaultClientScope({ id: NOBODY }), 404, { error: 'Client scope not found' });
  });
});

describe('mappers of client scopes', () => {
  const mapper = { name: 'badge', protocol: 'openid-connect', protocolMapper: 'oidc-hardcoded-claim-mapper' };

  it('are added, found, changed and deleted', async () => {
    const { clientScopes: scopes } = admin;
    const id = await made('mapped');
    await scopes.addProtocolMapper({ id }, mapper);
    await scopes.addMultipleProtocolMappers({ id }, [{ ...mapper, name: 'second' }]);
    expect(namesOf(await scopes.listProtocolMappers({ id }))).toEqual(['badge', 'second']);
    const found = present(await scopes.findProtocolMapperByName({ id, name: 'badge' }));
    const mapperId = present(found.id);
    await scopes.updateProtocolMapper({ id, mapperId }, { ...found, config: { 'claim.name': 'b' } });
    expect(await scopes.findProtocolMapper({ id, mapperId })).toMatchObject({ config: { 'claim.name': 'b' } });
    expect(await scopes.findProtocolMappersByProtocol({ id, protocol: 'saml' })).toEqual([]);
    await scopes.delProtocolMapper({ id, mapperId });
    expect(await scopes.findProtocolMapper({ id, mapperId })).toBeNull();
    await refused(scopes.addProtocolMapper({ id }, { ...mapper, name: 'x', protocolMapper: 'nope' }), 404, {
      error: 'ProtocolMapper provider not found',
    });
  });
});

describe('roles of client scopes', () => {
  it('of the realm and of clients', async () => {
    const { clientScopes: scopes } = admin;
    const id = await made('roled');
    const role = present(await admin.roles.findOneByName({ name: 'offline_access' }));
    await scopes.addRealmScopeMappings({ id }, [role]);
    expect(namesOf(await scopes.listRealmScopeMappings({ id }))).toEqual(['offline_access']);
    expect(namesOf(await scopes.listAvailableRealmScopeMappings({ id }))).not.toContain('offline_access');
    expect(namesOf(await scopes.listCompositeRealmScopeMappings({ id }))).toEqual(['offline_access']);
    const client = present((await admin.clients.find({ clientId: 'account' }))[0]?.id);
    const own = present(await admin.clients.findRole({ id: client, roleName: 'view-groups' }));
    await scopes.addClientScopeMappings({ id, client }, [own]);
    expect(namesOf(await scopes.listClientScopeMappings({ id, client }))).toEqual(['view-groups']);
    expect(namesOf(await scopes.listAvailableClientScopeMappings({ id, client }))).not.toContain('view-groups');
    expect(namesOf(await scopes.listCompositeClientScopeMappings({ id, client }))).toEqual(['view-groups']);
    expect(await scopes.listScopeMappings({ id })).toMatchObject({
      realmMappings: [{ name: 'offline_access' }],
      clientMappings: { account: { mappings: [{ name: 'view-groups' }] } },
    });
    await scopes.delClientScopeMappings({ id, client }, [own]);
    await scopes.delRealmScopeMappings({ id }, [role]);
    expect(await scopes.listScopeMappings({ id })).toEqual({});
    await refused(scopes.listClientScopeMappings({ id, client: NOBODY }), 404, { error: 'Could not find client' });
  });
});
