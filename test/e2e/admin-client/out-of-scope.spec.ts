import type KcAdminClient from '@keycloak/keycloak-admin-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RunningServer } from '../../support/running-server.js';
import { testRealm } from '../../support/test-realm.js';
import { chiefClient, refusal } from './admin-scene.js';

const BROKERING = { status: 501, body: { error: 'Identity brokering is not part of this server' } };
const ORGANIZATIONS = { status: 501, body: { error: 'Organizations are not part of this server' } };
const WORKFLOWS = { status: 501, body: { error: 'Workflows are not part of this server' } };
const FEDERATION = { status: 501, body: { error: 'User federation is not part of this server' } };
const PERMISSIONS = { status: 501, body: { error: 'Feature not enabled' } };
const NOT_FOUND = { status: 404, body: { error: 'HTTP 404 Not Found' } };

let server: RunningServer;
let admin: KcAdminClient;

beforeAll(async () => {
  server = await RunningServer.start({ realms: [testRealm({ realm: 'plain' })] });
  admin = await chiefClient(server, 'plain');
});
afterAll(() => server.close());

describe('identityProviders', () => {
  const [alias, id] = ['github', 'one'];

  it('has none to look at', async () => {
    expect(await admin.identityProviders.find()).toEqual([]);
    expect(await admin.identityProviders.findOne({ alias })).toBeNull();
    expect(await admin.identityProviders.findOneMapper({ alias, id })).toBeNull();
    expect(await refusal(admin.identityProviders.findMappers({ alias }))).toEqual(NOT_FOUND);
    expect(await refusal(admin.identityProviders.findMapperTypes({ alias }))).toEqual(NOT_FOUND);
    expect(await refusal(admin.identityProviders.findFactory({ providerId: alias }))).toEqual(NOT_FOUND);
    expect(await refusal(admin.identityProviders.reloadKeys({ alias }))).toEqual(NOT_FOUND);
  });

  it('says why it makes and changes none', async () => {
    expect(await refusal(admin.identityProviders.create({ alias, providerId: alias }))).toEqual(BROKERING);
    expect(await refusal(admin.identityProviders.update({ alias }, {}))).toEqual(BROKERING);
    expect(await refusal(admin.identityProviders.del({ alias }))).toEqual(BROKERING);
    const mapper = { alias, identityProviderMapper: { name: 'x' } };
    expect(await refusal(admin.identityProviders.createMapper(mapper))).toEqual(BROKERING);
    expect(await refusal(admin.identityProviders.updateMapper({ alias, id }, {}))).toEqual(BROKERING);
    expect(await refusal(admin.identityProviders.delMapper({ alias, id }))).toEqual(BROKERING);
    expect(
      await refusal(admin.identityProviders.importFromUrl({ fromUrl: 'http://x.test', providerId: 'oidc' })),
    ).toEqual(BROKERING);
    expect(await refusal(admin.identityProviders.uploadCertificate({}, new FormData()))).toEqual(BROKERING);
    expect(await refusal(admin.identityProviders.listPermissions({ alias }))).toEqual(PERMISSIONS);
    expect(await refusal(admin.identityProviders.updatePermission({ alias }, { enabled: true }))).toEqual(PERMISSIONS);
  });
});

describe('organizations', () => {
  const [orgId, userId] = ['org', 'user'];

  it('has none to look at', async () => {
    expect(await admin.organizations.find()).toEqual([]);
    expect(await admin.organizations.memberOrganizations({ userId })).toEqual([]);
    expect(await refusal(admin.organizations.findOne({ id: orgId }))).toEqual(NOT_FOUND);
    expect(await refusal(admin.organizations.listMembers({ orgId }))).toEqual(NOT_FOUND);
    expect(await refusal(admin.organizations.getMember({ orgId, userId }))).toEqual(NOT_FOUND);
    expect(await refusal(admin.organizations.listIdentityProviders({ orgId }))).toEqual(NOT_FOUND);
    expect(await refusal(admin.organizations.listInvitations({ orgId }))).toEqual(NOT_FOUND);
    expect(await refusal(admin.organizations.findInvitation({ orgId, invitationId: 'x' }))).toEqual(NOT_FOUND);
    expect(await refusal(admin.organizations.groups(orgId).find())).toEqual(NOT_FOUND);
  });

  it('says why it makes and changes none', async () => {
    expect(await refusal(admin.organizations.create({ name: 'org' }))).toEqual(ORGANIZATIONS);
    expect(await refusal(admin.organizations.updateById({ id: orgId }, { name: 'other' }))).toEqual(ORGANIZATIONS);
    expect(await refusal(admin.organizations.delById({ id: orgId }))).toEqual(ORGANIZATIONS);
    expect(await refusal(admin.organizations.addMember({ orgId, userId }))).toEqual(ORGANIZATIONS);
    expect(await refusal(admin.organizations.delMember({ orgId, userId }))).toEqual(ORGANIZATIONS);
    expect(await refusal(admin.organizations.invite({ orgId }, new FormData()))).toEqual(ORGANIZATIONS);
    expect(await refusal(admin.organizations.inviteExistingUser({ orgId }, new FormData()))).toEqual(ORGANIZATIONS);
    expect(await refusal(admin.organizations.linkIdp({ orgId, alias: 'x' }))).toEqual(ORGANIZATIONS);
    expect(await refusal(admin.organizations.unLinkIdp({ orgId, alias: 'x' }))).toEqual(ORGANIZATIONS);
    expect(await refusal(admin.organizations.resendInvitation({ orgId, invitationId: 'x' }))).toEqual(ORGANIZATIONS);
    expect(await refusal(admin.organizations.deleteInvitation({ orgId, invitationId: 'x' }))).toEqual(ORGANIZATIONS);
  });
});

describe('workflows', () => {
  it('has none to look at', async () => {
    expect(await admin.workflows.find()).toEqual([]);
    expect(await admin.workflows.scheduled({ userId: 'x' })).toEqual([]);
    expect(await admin.workflows.findOne({ id: 'x', includeId: true })).toBeNull();
  });

  it('says why it makes and changes none', async () => {
    expect(await refusal(admin.workflows.create({ name: 'x' }))).toEqual(WORKFLOWS);
    expect(await refusal(admin.workflows.createAsYaml({ realm: 'plain', yaml: 'name: x' }))).toEqual(WORKFLOWS);
    expect(await refusal(admin.workflows.update({ id: 'x' }, { name: 'x' }))).toEqual(WORKFLOWS);
    expect(await refusal(admin.workflows.delById({ id: 'x' }))).toEqual(WORKFLOWS);
  });
});

describe('userStorageProvider', () => {
  it('says why it fetches no users', async () => {
    const name = await refusal(admin.userStorageProvider.name({ id: 'x' }));
    expect(name).toEqual({ status: 404, body: { error: 'Could not find component' } });
    expect(await refusal(admin.userStorageProvider.sync({ id: 'x', action: 'triggerFullSync' }))).toEqual(FEDERATION);
    expect(await refusal(admin.userStorageProvider.removeImportedUsers({ id: 'x' }))).toEqual(FEDERATION);
    expect(await refusal(admin.userStorageProvider.unlinkUsers({ id: 'x' }))).toEqual(FEDERATION);
    const mappers = { id: 'x', parentId: 'y', direction: 'fedToKeycloak' } as const;
    expect(await refusal(admin.userStorageProvider.mappersSync(mappers))).toEqual(FEDERATION);
  });
});
