import type KcAdminClient from '@keycloak/keycloak-admin-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningServer } from '../../support/running-server.js';
import { rawCall, refusal } from './admin-scene.js';
import { clientScene, REALM, type ClientScene } from './client-scene.js';
import { namesOf, NOBODY, present, refused } from './expectations.js';

let server: RunningServer;
let admin: KcAdminClient;
let viewer: KcAdminClient;
let ada: string;
let made: ClientScene['made'];

beforeAll(async () => {
  ({ server, admin, viewer, ada, made } = await clientScene());
});
afterAll(() => server.close());

describe('scopes of clients', () => {
  it('are attached as default or optional, and found in one list only', async () => {
    const id = await made('scoped', { defaultClientScopes: [], optionalClientScopes: [] });
    const { id: clientScopeId } = await admin.clientScopes.create({ name: 'shared', protocol: 'openid-connect' });
    await admin.clients.addDefaultClientScope({ id, clientScopeId });
    await admin.clients.addOptionalClientScope({ id, clientScopeId });
    expect(await admin.clients.listDefaultClientScopes({ id })).toEqual([{ id: clientScopeId, name: 'shared' }]);
    expect(await admin.clients.listOptionalClientScopes({ id })).toEqual([]);
    await admin.clients.delOptionalClientScope({ id, clientScopeId });
    expect(await admin.clients.listDefaultClientScopes({ id })).toEqual([]);
    await admin.clients.addOptionalClientScope({ id, clientScopeId });
    expect(await admin.clients.listOptionalClientScopes({ id })).toEqual([{ id: clientScopeId, name: 'shared' }]);
    await admin.clients.delDefaultClientScope({ id, clientScopeId });
    await refused(admin.clients.addDefaultClientScope({ id, clientScopeId: NOBODY }), 404, {
      error: 'Client scope not found',
    });
  });

  it('map roles of the realm and of clients', async () => {
    const id = await made('mapped', { fullScopeAllowed: false });
    await admin.roles.create({ name: 'mapped-role' });
    const role = present(await admin.roles.findOneByName({ name: 'mapped-role' }));
    await admin.clients.addRealmScopeMappings({ id }, [role]);
    expect(namesOf(await admin.clients.listRealmScopeMappings({ id }))).toEqual(['mapped-role']);
    expect(namesOf(await admin.clients.listAvailableRealmScopeMappings({ id }))).not.toContain('mapped-role');
    expect(namesOf(await admin.clients.listCompositeRealmScopeMappings({ id }))).toEqual(['mapped-role']);
    const client = present((await admin.clients.find({ clientId: 'account' }))[0]?.id);
    const own = present(await admin.clients.findRole({ id: client, roleName: 'manage-account' }));
    await admin.clients.addClientScopeMappings({ id, client }, [own]);
    expect(namesOf(await admin.clients.listClientScopeMappings({ id, client }))).toEqual(['manage-account']);
    expect(namesOf(await admin.clients.listAvailableClientScopeMappings({ id, client }))).not.toContain(
      'manage-account',
    );
    expect(namesOf(await admin.clients.listCompositeClientScopeMappings({ id, client }))).toEqual([
      'manage-account',
      'manage-account-links',
    ]);
    expect(await admin.clients.listScopeMappings({ id })).toMatchObject({
      realmMappings: [{ name: 'mapped-role' }],
      clientMappings: { account: { id: client, mappings: [{ name: 'manage-account' }] } },
    });
    await admin.clients.delClientScopeMappings({ id, client }, [own]);
    await admin.clients.delRealmScopeMappings({ id }, [role]);
    expect(await admin.clients.listScopeMappings({ id })).toEqual({});
  });
});

describe('mappers of clients', () => {
  const mapper = { name: 'badge', protocol: 'openid-connect', protocolMapper: 'oidc-hardcoded-claim-mapper' };

  it('are added alone and together, found, changed and deleted', async () => {
    const id = await made('with-mappers');
    await admin.clients.addProtocolMapper({ id }, { ...mapper, config: { 'claim.name': 'badge' } });
    await refused(admin.clients.addProtocolMapper({ id }, mapper), 409, {
      errorMessage: 'Protocol mapper exists with same name',
    });
    await admin.clients.addMultipleProtocolMappers({ id }, [{ ...mapper, name: 'second' }]);
    await refused(viewer.clients.addProtocolMapper({ id }, { ...mapper, name: 'third' }), 403);
    await refused(admin.clients.addMultipleProtocolMappers({ id }, [{ ...mapper, name: 'second' }]), 409, {
      error: 'conflict',
      error_description: 'Protocol mapper name must be unique per protocol',
    });
    const path = `/admin/realms/${REALM}/clients/${id}/protocol-mappers/models`;
    const { status, headers } = await rawCall(admin, 'POST', path, { body: { ...mapper, name: 'third' } });
    const third = await admin.clients.findProtocolMapperByName({ id, name: 'third' });
    expect([status, headers.get('location')]).toEqual([201, `${server.url}${path}/${present(third?.id)}`]);
    const [first] = await admin.clients.listProtocolMappers({ id });
    expect(first).toMatchObject({ ...mapper, consentRequired: false, config: { 'claim.name': 'badge' } });
    const mapperId = present(first?.id);
    expect(await admin.clients.findProtocolMapperByName({ id, name: 'second' })).toMatchObject({ name: 'second' });
    expect(await admin.clients.findProtocolMapperByName({ id, name: 'nobody' })).toBeUndefined();
    await admin.clients.updateProtocolMapper({ id, mapperId }, { ...first, config: { 'claim.name': 'other' } });
    expect(await admin.clients.findProtocolMapperById({ id, mapperId })).toMatchObject({
      config: { 'claim.name': 'other' },
    });
    expect(await admin.clients.findProtocolMappersByProtocol({ id, protocol: 'openid-connect' })).toHaveLength(3);
    expect(await admin.clients.findProtocolMappersByProtocol({ id, protocol: 'saml' })).toEqual([]);
    await admin.clients.delProtocolMapper({ id, mapperId });
    expect(await admin.clients.findProtocolMapperById({ id, mapperId })).toBeNull();
    await refused(admin.clients.delProtocolMapper({ id, mapperId }), 404, { error: 'Model not found' });
  });
});

describe('evaluated scopes', () => {
  let id: string;
  beforeAll(async () => {
    id = await made('tried', { fullScopeAllowed: false });
    await admin.clients.addProtocolMapper(
      { id },
      {
        name: 'desk',
        protocol: 'openid-connect',
        protocolMapper: 'oidc-hardcoded-claim-mapper',
        config: {
          'claim.name': 'desk',
          'claim.value': '7',
          'access.token.claim': 'true',
          'id.token.claim': 'true',
          'userinfo.token.claim': 'true',
        },
      },
    );
  });

  it('list the mappers that take part, with where they are from', async () => {
    const mappers = await admin.clients.evaluateListProtocolMapper({ id, scope: 'openid phone nonsense' });
    expect(mappers[0]).toMatchObject({
      mapperName: 'desk',
      containerId: id,
      containerName: '',
      containerType: 'client',
    });
    expect(mappers).toContainEqual(
      expect.objectContaining({ mapperName: 'phone number', containerName: 'phone', containerType: 'client-scope' }),
    );
    const without: readonly object[] = await admin.clients.evaluateListProtocolMapper({ id, scope: '' });
    expect(without).not.toContainEqual(expect.objectContaining({ containerName: 'phone' }));
  });

  it('part the roles that tokens may carry from the others', async () => {
    const roleNames = async (
      type: 'granted' | 'not-granted',
      scope: string,
    ): Promise<readonly (string | undefined)[]> =>
      (await admin.clients.evaluatePermission({ id, roleContainer: REALM, scope, type })).map(({ name }) => name);
    expect(await roleNames('granted', 'openid')).toEqual([]);
    expect(await roleNames('granted', 'openid offline_access')).toEqual(['offline_access']);
    expect(await roleNames('not-granted', 'openid offline_access')).toContain('uma_authorization');
    await refused(admin.clients.evaluatePermission({ id, roleContainer: 'nope', scope: '', type: 'granted' }), 404, {
      error: 'Role Container not found',
    });
  });

  it('show an access token of a user', async () => {
    const token = (await admin.clients.evaluateGenerateAccessToken({
      id,
      userId: ada,
      scope: 'openid',
      audience: '',
    })) as unknown;
    expect(token).toMatchObject({
      iss: server.issuer(REALM),
      sub: ada,
      typ: 'Bearer',
      azp: 'tried',
      desk: '7',
      preferred_username: 'ada',
      scope: 'openid email profile',
    });
  });

  it('restrict it to audiences that it has', async () => {
    const wishes = { id, userId: ada, scope: 'openid' };
    await refused(admin.clients.evaluateGenerateAccessToken({ ...wishes, audience: 'account' }), 404, {
      error: 'Requested audience not available: account',
    });
    await admin.clients.addProtocolMapper(
      { id },
      {
        name: 'for account',
        protocol: 'openid-connect',
        protocolMapper: 'oidc-audience-mapper',
        config: { 'included.client.audience': 'account', 'access.token.claim': 'true' },
      },
    );
    expect(await admin.clients.evaluateGenerateAccessToken({ ...wishes, audience: 'account' })).toMatchObject({
      aud: 'account',
    });
  });

  it('show an ID token and userinfo', async () => {
    expect(await admin.clients.evaluateGenerateIdToken({ id, userId: ada, scope: 'openid' })).toMatchObject({
      aud: 'tried',
      sub: ada,
      typ: 'ID',
      desk: '7',
      email: 'ada@example.test',
    });
    const info = (await admin.clients.evaluateGenerateUserInfo({ id, userId: ada, scope: 'openid' })) as unknown;
    expect(info).toMatchObject({ sub: ada, desk: '7', email: 'ada@example.test' });
    expect(info).not.toHaveProperty('iss');
  });

  it('begin no session', async () => {
    const before = (await server.history(REALM, 'ada')).length;
    await admin.clients.evaluateGenerateIdToken({ id, userId: ada, scope: 'openid' });
    expect(await server.history(REALM, 'ada')).toHaveLength(before);
    expect(await admin.clients.getSessionCount({ id })).toEqual({ count: 0 });
  });

  it('show no user to who may only view clients', async () => {
    await refused(viewer.clients.evaluateGenerateIdToken({ id, userId: ada, scope: '' }), 403);
    await refused(viewer.clients.evaluateGenerateUserInfo({ id, userId: ada, scope: '' }), 403);
    await refused(viewer.clients.evaluateGenerateAccessToken({ id, userId: ada, scope: '', audience: '' }), 403);
    expect(await viewer.clients.evaluateListProtocolMapper({ id, scope: '' })).not.toEqual([]);
  });

  it('need a user, and know no SAML', async () => {
    await refused(admin.clients.evaluateGenerateIdToken({ id, userId: '', scope: '' }), 404, {
      error: 'No userId provided',
    });
    await refused(admin.clients.evaluateGenerateUserInfo({ id, userId: NOBODY, scope: '' }), 404, {
      error: 'No user found',
    });
    expect(await refusal(admin.clients.evaluateGenerateSamlResponse({ id, userId: ada, scope: '' }))).toEqual({
      status: 501,
      body: { error: 'SAML is not part of this server' },
    });
  });
});
