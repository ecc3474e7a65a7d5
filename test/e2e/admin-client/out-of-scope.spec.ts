import type KcAdminClient from '@keycloak/keycloak-admin-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RunningServer } from '../../support/running-server.js';
import { testRealm } from '../../support/test-realm.js';
import { chiefClient, refusal } from './admin-scene.js';
import { FEATURE_OFF, memberClient, NOBODY, present, refused } from './expectations.js';

const BROKERING = { status: 501, body: { error: 'Identity brokering is not part of this server' } };
const ORGANIZATIONS = { status: 501, body: { error: 'Organizations are not part of this server' } };
const WORKFLOWS = { status: 501, body: { error: 'Workflows are not part of this server' } };
const FEDERATION = { status: 501, body: { error: 'User federation is not part of this server' } };
const AUTHORIZATION = { status: 501, body: { error: 'Authorization services are not part of this server' } };
const PERMISSIONS = { status: 501, body: FEATURE_OFF };
const NO_ORGANIZATIONS = { status: 404, body: { errorMessage: 'Organizations not enabled for this realm.' } };
const NOT_FOUND = { status: 404, body: { error: 'HTTP 404 Not Found' } };

let server: RunningServer;
let admin: KcAdminClient;
/** Has `view-clients`. */
let viewer: KcAdminClient;
/** Has `view-authorization`. */
let auditor: KcAdminClient;
/** Internal id of a client. */
let app: string;

beforeAll(async () => {
  const having = (role: string): object => ({ clientRoles: { 'realm-management': [role] } });
  const users = { viewer: having('view-clients'), auditor: having('view-authorization') };
  server = await RunningServer.start({ realms: [testRealm({ realm: 'plain', people: Object.keys(users), users })] });
  admin = await chiefClient(server, 'plain');
  viewer = await memberClient(server, 'plain', 'viewer');
  auditor = await memberClient(server, 'plain', 'auditor');
  app = present((await admin.clients.find({ clientId: 'account' }))[0]?.id);
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
    expect(await refusal(admin.identityProviders.findFactory({ providerId: alias }))).toEqual({
      status: 400,
      body: { error: 'HTTP 400 Bad Request' },
    });
    expect(await refusal(admin.identityProviders.reloadKeys({ alias }))).toEqual(NOT_FOUND);
  });

  it('says why it makes none, and that there are none to change', async () => {
    expect(await refusal(admin.identityProviders.create({ alias, providerId: alias }))).toEqual(BROKERING);
    expect(await refusal(admin.identityProviders.update({ alias }, {}))).toEqual(NOT_FOUND);
    expect(await refusal(admin.identityProviders.del({ alias }))).toEqual(NOT_FOUND);
    const mapper = { alias, identityProviderMapper: { name: 'x' } };
    expect(await refusal(admin.identityProviders.createMapper(mapper))).toEqual(NOT_FOUND);
    expect(await refusal(admin.identityProviders.updateMapper({ alias, id }, {}))).toEqual(NOT_FOUND);
    expect(await refusal(admin.identityProviders.delMapper({ alias, id }))).toEqual(NOT_FOUND);
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
    expect(await refusal(admin.organizations.findOne({ id: orgId }))).toEqual(NO_ORGANIZATIONS);
    expect(await refusal(admin.organizations.listMembers({ orgId }))).toEqual(NO_ORGANIZATIONS);
    expect(await refusal(admin.organizations.getMember({ orgId, userId }))).toEqual(NO_ORGANIZATIONS);
    expect(await refusal(admin.organizations.listIdentityProviders({ orgId }))).toEqual(NO_ORGANIZATIONS);
    expect(await refusal(admin.organizations.listInvitations({ orgId }))).toEqual(NO_ORGANIZATIONS);
    expect(await refusal(admin.organizations.findInvitation({ orgId, invitationId: 'x' }))).toEqual(NO_ORGANIZATIONS);
    expect(await refusal(admin.organizations.groups(orgId).find())).toEqual(NO_ORGANIZATIONS);
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

describe('groups of an organization', () => {
  const [id, groupId, userId] = ['one', 'group', 'user'];
  const organization = (): Pick<KcAdminClient, 'groups'> => ({ groups: admin.organizations.groups('org') });

  it('has none to look at, and says why it makes none', async () => {
    expect(await refusal(organization().groups.find())).toEqual(NO_ORGANIZATIONS);
    expect(await refusal(organization().groups.listOrgGroups({ id }))).toEqual(NO_ORGANIZATIONS);
    expect(await refusal(organization().groups.create({ name: 'group' }))).toEqual(ORGANIZATIONS);
    expect(await refusal(organization().groups.addMemberToOrgGroup({ groupId, userId }))).toEqual(ORGANIZATIONS);
    expect(await refusal(organization().groups.removeMemberFromOrgGroup({ groupId, userId }))).toEqual(ORGANIZATIONS);
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

describe('authorization services', () => {
  it.each<[string, () => Promise<unknown>]>([
    ['resources', () => admin.clients.listResources({ id: app })],
    ['scopes', () => admin.clients.listAllScopes({ id: app })],
    ['policies', () => admin.clients.listPolicies({ id: app })],
    ['policies of a name', () => admin.clients.listPolicies({ id: app, name: 'p', first: 0, max: 5 })],
    ['kinds of policies', () => admin.clients.listPolicyProviders({ id: app })],
    ['permissions', () => admin.clients.findPermissions({ id: app, name: 'p' })],
    ['permissions on scopes', () => admin.clients.listPermissionScope({ id: app })],
  ])('have no %s', async (_what, list) => {
    expect(await list()).toEqual([]);
  });

  it('find no policy by its name, its id, or its kind and id', async () => {
    const [id, policyId] = [app, NOBODY];
    expect(await (admin.clients.findPolicyByName({ id, name: 'p' }) as Promise<unknown>)).toBe('');
    expect(await (admin.clients.findOnePolicy({ id, policyId }) as Promise<unknown>)).toBeNull();
    expect(await (admin.clients.findOnePolicyWithType({ id, type: 'role', policyId }) as Promise<unknown>)).toBeNull();
  });

  it.each<[string, () => Promise<unknown>]>([
    ['the settings', () => admin.clients.getResourceServer({ id: app })],
    ['the settings as a file', () => admin.clients.exportResource({ id: app })],
    ['a resource', () => admin.clients.getResource({ id: app, resourceId: NOBODY })],
    ['permissions on a resource', () => admin.clients.listPermissionsByResource({ id: app, resourceId: NOBODY })],
    ['scopes of a resource', () => admin.clients.listScopesByResource({ id: app, resourceName: 'r' })],
    ['a scope', () => admin.clients.getAuthorizationScope({ id: app, scopeId: NOBODY })],
    ['resources with a scope', () => admin.clients.listAllResourcesByScope({ id: app, scopeId: NOBODY })],
    ['permissions on a scope', () => admin.clients.listAllPermissionsByScope({ id: app, scopeId: NOBODY })],
    ['what depends on a policy', () => admin.clients.listDependentPolicies({ id: app, policyId: NOBODY })],
    ['a permission', () => admin.clients.findOnePermission({ id: app, type: 'scope', permissionId: NOBODY })],
    ['scopes of a permission', () => admin.clients.getAssociatedScopes({ id: app, permissionId: NOBODY })],
    ['resources of a permission', () => admin.clients.getAssociatedResources({ id: app, permissionId: NOBODY })],
    ['policies of a permission', () => admin.clients.getAssociatedPolicies({ id: app, permissionId: NOBODY })],
  ])('do not find %s', async (_what, one) => {
    expect(await refusal(one())).toEqual(NOT_FOUND);
  });

  it.each<[string, () => Promise<unknown>]>([
    ['change the settings', () => admin.clients.updateResourceServer({ id: app }, {})],
    ['take settings from a file', () => admin.clients.importResource({ id: app }, {})],
    ['make a resource', () => admin.clients.createResource({ id: app }, { name: 'r' })],
    ['change a resource', () => admin.clients.updateResource({ id: app, resourceId: NOBODY }, {})],
    ['delete a resource', () => admin.clients.delResource({ id: app, resourceId: NOBODY })],
    ['make a scope', () => admin.clients.createAuthorizationScope({ id: app }, { name: 's' })],
    ['change a scope', () => admin.clients.updateAuthorizationScope({ id: app, scopeId: NOBODY }, {})],
    ['delete a scope', () => admin.clients.delAuthorizationScope({ id: app, scopeId: NOBODY })],
    ['make a policy', () => admin.clients.createPolicy({ id: app, type: 'role' }, {})],
    ['change a policy', () => admin.clients.updatePolicy({ id: app, type: 'role', policyId: NOBODY }, {})],
    [
      'make or change a policy',
      () => admin.clients.createOrUpdatePolicy({ id: app, policyName: 'p', policy: { type: 'role' } }),
    ],
    ['delete a policy', () => admin.clients.delPolicy({ id: app, policyId: NOBODY })],
    ['make a permission', () => admin.clients.createPermission({ id: app, type: 'scope' }, {})],
    ['change a permission', () => admin.clients.updatePermission({ id: app, type: 'scope', permissionId: NOBODY }, {})],
    ['delete a permission', () => admin.clients.delPermission({ id: app, type: 'scope', permissionId: NOBODY })],
    [
      'evaluate',
      () =>
        admin.clients.evaluateResource(
          { id: app },
          { userId: NOBODY, entitlements: false, context: { attributes: {} } },
        ),
    ],
  ])('say why they do not %s', async (_what, act) => {
    expect(await refusal(act())).toEqual(AUTHORIZATION);
  });

  it('are no more for a client that has them in its file, which keeps what it says', async () => {
    const { id } = await admin.clients.create({ clientId: 'guarded', authorizationServicesEnabled: true });
    expect(await admin.clients.listResources({ id })).toEqual([]);
    expect(await refusal(admin.clients.createResource({ id }, { name: 'r' }))).toEqual(AUTHORIZATION);
    expect(await admin.clients.findOne({ id })).toMatchObject({ authorizationServicesEnabled: true });
  });

  it('are of a client that exists, and for those who may view or manage authorization', async () => {
    await refused(admin.clients.listResources({ id: NOBODY }), 404, { error: 'Could not find client' });
    await refused(admin.clients.createResource({ id: NOBODY }, { name: 'r' }), 404);
    await refused(viewer.clients.listResources({ id: app }), 403);
    expect(await auditor.clients.listResources({ id: app })).toEqual([]);
    await refused(auditor.clients.createResource({ id: app }, { name: 'r' }), 403);
  });
});
