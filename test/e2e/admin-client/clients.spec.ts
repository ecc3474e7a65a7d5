import type KcAdminClient from '@keycloak/keycloak-admin-client';
import { X509Certificate } from 'node:crypto';
import { createSecureContext } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { passwordGrant, type App } from '../../support/browser-session.js';
import { RunningServer } from '../../support/running-server.js';
import { testRealm } from '../../support/test-realm.js';
import { chiefClient } from './admin-scene.js';
import { memberClient, namesOf, NOBODY, present, refused } from './expectations.js';

const REALM = 'clients';
const APP: App = { realm: REALM, clientId: 'app', redirectUri: 'http://app.test/cb', secret: 'app-secret' };
const NO_CLIENT = { error: 'Could not find client' };
const OFF = { error: 'Feature not enabled' };
const NOT_FOUND = { error: 'HTTP 404 Not Found' };
const FORBIDDEN = { error: 'HTTP 403 Forbidden' };

let server: RunningServer;
let admin: KcAdminClient;
let viewer: KcAdminClient;
let asker: KcAdminClient;
let app: string;
let ada: string;

beforeAll(async () => {
  const roles = (...names: string[]): object => ({ clientRoles: { 'realm-management': names } });
  server = await RunningServer.start({
    realms: [
      testRealm({
        realm: REALM,
        people: ['ada', 'viewer', 'asker'],
        apps: [APP],
        users: {
          ada: { realmRoles: ['offline_access'] },
          viewer: roles('view-clients'),
          asker: roles('query-clients'),
        },
      }),
    ],
  });
  [admin, viewer, asker] = await Promise.all([
    chiefClient(server, REALM),
    memberClient(server, REALM, 'viewer'),
    memberClient(server, REALM, 'asker'),
  ]);
  app = present((await admin.clients.find({ clientId: APP.clientId }))[0]?.id);
  ada = (await server.user(REALM, 'ada')).id;
});

afterAll(() => server.close());

const made = async (clientId: string, members: object = {}): Promise<string> =>
  (await admin.clients.create({ clientId, ...members })).id;

describe('clients', () => {
  it('are made with the defaults of the reference, and found by the id of the Location', async () => {
    const id = await made('fresh');
    expect(await admin.clients.findOne({ id })).toMatchObject({
      id,
      clientId: 'fresh',
      enabled: true,
      protocol: 'openid-connect',
      publicClient: false,
      directAccessGrantsEnabled: false,
      standardFlowEnabled: true,
      fullScopeAllowed: true,
      clientAuthenticatorType: 'client-secret',
      secret: expect.any(String) as string,
      access: { view: true, configure: true, manage: true },
    });
  });

  it('leave out what they do not have', async () => {
    const client = present(await admin.clients.findOne({ id: await made('bare') }));
    for (const absent of ['name', 'description', 'rootUrl', 'adminUrl', 'baseUrl', 'protocolMappers'])
      expect(client).not.toHaveProperty(absent);
  });

  it('keep their names to themselves', async () => {
    await refused(made('app'), 409, { errorMessage: 'Client app already exists' });
    await refused(admin.clients.update({ id: await made('other') }, { clientId: 'app' }), 409, {
      errorMessage: 'Client already exists',
    });
  });

  it('merge what an update gives, and take lists of scopes from elsewhere', async () => {
    const id = await made('merged', { name: 'Merged', redirectUris: ['https://a.test/*'] });
    await admin.clients.update({ id }, { description: 'New', defaultClientScopes: [] });
    const client = present(await admin.clients.findOne({ id }));
    expect(client).toMatchObject({ name: 'Merged', description: 'New', redirectUris: ['https://a.test/*'] });
    expect(client.defaultClientScopes).toContain('email');
  });

  it('can be deleted, once', async () => {
    const id = await made('gone');
    await admin.clients.del({ id });
    expect(await admin.clients.findOne({ id })).toBeNull();
    await refused(admin.clients.del({ id }), 404, NO_CLIENT);
  });

  it('are searched by a part of the name, exactly, by attributes, and in pages', async () => {
    for (const name of ['Found-1', 'found-2', 'found-3'])
      await made(name, { attributes: { team: 'blue', 'a "key"': name } });
    const names = async (query: object): Promise<readonly (string | undefined)[]> =>
      (await admin.clients.find(query)).map(({ clientId }) => clientId);
    expect(await names({ clientId: 'FOUND', search: true })).toEqual(['Found-1', 'found-2', 'found-3']);
    expect(await names({ clientId: 'found' })).toEqual([]);
    expect(await names({ clientId: 'found-2' })).toEqual(['found-2']);
    expect(await names({ q: 'team:blue' })).toEqual(['Found-1', 'found-2', 'found-3']);
    expect(await names({ q: 'team:blue', first: 1, max: 1 })).toEqual(['found-2']);
    expect(await names({ q: 'team:blu' })).toEqual([]);
    expect(await names({ clientId: 'found', search: true, first: 2, max: 5 })).toEqual(['found-3']);
  });

  it('show secrets only to who may manage them, and nothing to who may only ask', async () => {
    const seen = present(await viewer.clients.findOne({ id: app }));
    expect(seen).toMatchObject({ clientId: 'app', access: { view: true, configure: false, manage: false } });
    expect(seen).not.toHaveProperty('secret');
    await refused(viewer.clients.getClientSecret({ id: app }), 403, FORBIDDEN);
    await refused(viewer.clients.update({ id: app }, { name: 'x' }), 403, FORBIDDEN);
    expect(await asker.clients.find()).toEqual([]);
    await refused(asker.clients.findOne({ id: app }), 403, FORBIDDEN);
  });
});

describe('secrets of clients', () => {
  it('are shown and renewed, and the old one stops working', async () => {
    expect(await admin.clients.getClientSecret({ id: app })).toEqual({ type: 'secret', value: 'app-secret' });
    const { value } = await admin.clients.generateNewClientSecret({ id: app });
    expect(await passwordGrant(server, APP, 'ada')).toMatchObject({ status: 401 });
    expect(await passwordGrant(server, { ...APP, secret: present(value) }, 'ada')).toMatchObject({ status: 200 });
    await admin.clients.update({ id: app }, { secret: 'app-secret' });
  });

  it('are absent for public clients', async () => {
    const id = await made('public', { publicClient: true });
    expect(await admin.clients.getClientSecret({ id })).toEqual({ type: 'secret' });
  });

  it('have no second one to take back', async () => {
    await admin.clients.invalidateSecret({ id: app });
    await refused(admin.clients.invalidateSecret({ id: NOBODY }), 404, NO_CLIENT);
  });

  it('have a registration access token beside them, signed anew each time', async () => {
    const first = await admin.clients.generateRegistrationAccessToken({ id: app });
    const second = await admin.clients.generateRegistrationAccessToken({ id: app });
    const claims = (token: string | undefined): Record<string, unknown> =>
      JSON.parse(Buffer.from(present(token).split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;
    expect(claims(second.registrationAccessToken)).toMatchObject({
      typ: 'RegistrationAccessToken',
      iss: server.issuer(REALM),
    });
    expect(claims(first.registrationAccessToken)['jti']).not.toBe(claims(second.registrationAccessToken)['jti']);
  });
});

describe('roles of clients', () => {
  it('are made, found, listed, changed, held and deleted', async () => {
    const id = await made('with-roles');
    expect(await admin.clients.createRole({ id, name: 'writer', description: 'Writes' })).toEqual({
      roleName: 'writer',
    });
    await refused(admin.clients.createRole({ id, name: 'writer' }), 409, {
      errorMessage: 'Role with name writer already exists',
    });
    const role = present(await admin.clients.findRole({ id, roleName: 'writer' }));
    expect(role).toMatchObject({ name: 'writer', clientRole: true, containerId: id, composite: false, attributes: {} });
    expect(await admin.clients.listRoles({ id })).toEqual([
      { id: role.id, name: 'writer', description: 'Writes', composite: false, clientRole: true, containerId: id },
    ]);
    await admin.users.addClientRoleMappings({
      id: ada,
      clientUniqueId: id,
      roles: [{ id: present(role.id), name: 'writer' }],
    });
    expect(await admin.clients.findUsersWithRole({ id, roleName: 'writer' })).toMatchObject([{ username: 'ada' }]);
    await admin.clients.updateRole({ id, roleName: 'writer' }, { name: 'author' });
    expect(await admin.clients.findRole({ id, roleName: 'writer' })).toBeNull();
    await admin.clients.delRole({ id, roleName: 'author' });
    await refused(admin.clients.delRole({ id, roleName: 'author' }), 404, { error: 'Could not find role' });
  });
});

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
    await refused(admin.clients.addMultipleProtocolMappers({ id }, [{ ...mapper, name: 'second' }]), 409, {
      error: 'conflict',
      error_description: 'Protocol mapper name must be unique per protocol',
    });
    const [first] = await admin.clients.listProtocolMappers({ id });
    expect(first).toMatchObject({ ...mapper, consentRequired: false, config: { 'claim.name': 'badge' } });
    const mapperId = present(first?.id);
    await admin.clients.updateProtocolMapper({ id, mapperId }, { ...first, config: { 'claim.name': 'other' } });
    expect(await admin.clients.findProtocolMapperById({ id, mapperId })).toMatchObject({
      config: { 'claim.name': 'other' },
    });
    expect(await admin.clients.findProtocolMappersByProtocol({ id, protocol: 'openid-connect' })).toHaveLength(2);
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

  it('need a user, and know no SAML', async () => {
    await refused(admin.clients.evaluateGenerateIdToken({ id, userId: '', scope: '' }), 404, {
      error: 'No userId provided',
    });
    await refused(admin.clients.evaluateGenerateUserInfo({ id, userId: NOBODY, scope: '' }), 404, {
      error: 'No user found',
    });
    await refused(admin.clients.evaluateGenerateSamlResponse({ id, userId: ada, scope: '' }), 501);
  });
});

describe('service accounts and sessions of clients', () => {
  it('show the account of a client that has one', async () => {
    const id = await made('robot', { serviceAccountsEnabled: true });
    expect(await admin.clients.getServiceAccountUser({ id })).toMatchObject({ username: 'service-account-robot' });
    await refused(admin.clients.getServiceAccountUser({ id: app }), 400, {
      error: "Service account not enabled for the client 'app'",
    });
  });

  it('count and list sessions, online and offline apart', async () => {
    await server.endSessions(REALM, 'ada');
    await passwordGrant(server, APP, 'ada');
    await passwordGrant(server, APP, 'ada', { scope: 'openid offline_access' });
    expect(await admin.clients.getSessionCount({ id: app })).toMatchObject({ count: 1 });
    expect(await admin.clients.getOfflineSessionCount({ id: app })).toMatchObject({ count: 1 });
    const [online] = await admin.clients.listSessions({ id: app });
    expect(online).toMatchObject({ username: 'ada', userId: ada, clients: { [app]: 'app' }, transientUser: false });
    expect(online?.start).toBeTypeOf('number');
    expect(await admin.clients.listOfflineSessions({ id: app })).toMatchObject([{ username: 'ada' }]);
    expect(await admin.clients.listSessions({ id: app, first: 1, max: 10 })).toEqual([]);
  });
});

describe('keycloak.json', () => {
  it('has the secret for who may manage the client, and for nobody else', async () => {
    const providerId = 'keycloak-oidc-keycloak-json';
    const file = (await admin.clients.getInstallationProviders({ id: app, providerId })) as unknown;
    expect(file).toEqual({
      realm: REALM,
      'auth-server-url': `${server.url}/`,
      'ssl-required': 'external',
      resource: 'app',
      credentials: { secret: 'app-secret' },
      'confidential-port': 0,
    });
    expect(await viewer.clients.getInstallationProviders({ id: app, providerId })).not.toHaveProperty('credentials');
    const open = await made('open', { publicClient: true });
    expect(await admin.clients.getInstallationProviders({ id: open, providerId })).toMatchObject({
      'public-client': true,
    });
    await refused(admin.clients.getInstallationProviders({ id: app, providerId: 'nope' }), 404, {
      error: 'Unknown Provider',
    });
  });
});

describe('certificates of clients', () => {
  const attr = 'jwt.credential';

  it('are generated; the private key is told once and nowhere kept', async () => {
    const id = await made('signer');
    expect(await admin.clients.getKeyInfo({ id, attr })).toEqual({});
    const made1 = await admin.clients.generateKey({ id, attr });
    expect(made1.privateKey).toBeTypeOf('string');
    const kept = await admin.clients.getKeyInfo({ id, attr });
    expect(kept).toEqual({ certificate: made1.certificate });
    expect(new X509Certificate(Buffer.from(present(kept.certificate), 'base64')).subject).toBe('CN=signer');
    expect(JSON.stringify(await admin.clients.findOne({ id }))).not.toContain(made1.privateKey);
  });

  it('come in a key store that others open', async () => {
    const id = await made('stored');
    const config = { format: 'PKCS12', keyAlias: 'stored', keyPassword: 'key-pw', storePassword: 'key-pw' };
    await refused(admin.clients.downloadKey({ id, attr }, config), 404, { error: 'keypair not generated for client' });
    const url = `${server.url}/admin/realms/${REALM}/clients/${id}/certificates/${attr}/generate-and-download`;
    const answer = await fetch(url, {
      method: 'POST',
      headers: { authorization: `Bearer ${present(admin.accessToken)}`, 'content-type': 'application/json' },
      body: JSON.stringify(config),
    });
    expect(answer.headers.get('content-type')).toBe('application/octet-stream');
    const pfx = Buffer.from(await answer.arrayBuffer());
    expect(() => createSecureContext({ pfx, passphrase: 'key-pw' })).not.toThrow();
    expect(await admin.clients.downloadKey({ id, attr }, config)).toBeInstanceOf(ArrayBuffer);
    await refused(admin.clients.generateAndDownloadKey({ id, attr }, { ...config, format: 'JKS' }), 400, {
      error: 'Only PKCS12 key stores are supported',
    });
    const { keyPassword: _none, ...without } = config;
    await refused(admin.clients.generateAndDownloadKey({ id, attr }, without), 400, {
      error: 'password-missing',
      error_description: 'Need to specify a key password',
    });
  });

  it('are uploaded as PEM or as a key set', async () => {
    const id = await made('uploader');
    const { certificate } = await admin.clients.generateKey({ id: await made('source'), attr });
    const form = (format: string, text: string): FormData => {
      const data = new FormData();
      data.set('keystoreFormat', format);
      data.set('file', new Blob([text]), 'file');
      return data;
    };
    await admin.clients.uploadCertificate({ id, attr }, form('Certificate PEM', present(certificate)));
    expect(await admin.clients.getKeyInfo({ id, attr })).toEqual({ certificate });
    const key = new X509Certificate(Buffer.from(present(certificate), 'base64')).publicKey;
    await admin.clients.uploadKey(
      { id, attr },
      form('Public Key PEM', key.export({ type: 'spki', format: 'pem' }) as string),
    );
    expect(await admin.clients.getKeyInfo({ id, attr })).toEqual({
      publicKey: key.export({ type: 'spki', format: 'der' }).toString('base64'),
    });
    const set = JSON.stringify({ keys: [key.export({ format: 'jwk' })] });
    await admin.clients.uploadKey({ id, attr }, form('JSON Web Key Set', set));
    expect(await admin.clients.getKeyInfo({ id, attr })).toEqual({ jwks: set });
    await refused(admin.clients.uploadKey({ id, attr }, form('Certificate PEM', 'nonsense')), 400, {
      error: 'The file is not a Certificate PEM',
    });
    await refused(admin.clients.uploadKey({ id, attr }, form('JKS', 'x')), 400, {
      error: 'The format "JKS" is not supported',
    });
    await refused(admin.clients.uploadKey({ id, attr }, new FormData()), 400, {
      error: 'keystoreFormat cannot be null',
    });
  });
});

describe('what clients do not have', () => {
  it('is said to be off: permissions of single clients', async () => {
    await refused(admin.clients.listFineGrainPermissions({ id: app }), 501, OFF);
    await refused(admin.clients.updateFineGrainPermission({ id: app }, { enabled: true }), 501, OFF);
    await refused(admin.clients.listFineGrainPermissions({ id: NOBODY }), 404, NO_CLIENT);
  });

  it('is not found: authorization services', async () => {
    const { clients } = admin;
    const id = app;
    const [resourceId, scopeId, policyId, permissionId] = [NOBODY, NOBODY, NOBODY, NOBODY];
    const named = { id, type: 'role', policyId };
    for (const call of [
      () => clients.getResourceServer({ id }),
      () => clients.updateResourceServer({ id }, {}),
      () => clients.listResources({ id }),
      () => clients.createResource({ id }, { name: 'r' }),
      () => clients.getResource({ id, resourceId }),
      () => clients.updateResource({ id, resourceId }, {}),
      () => clients.delResource({ id, resourceId }),
      () => clients.importResource({ id }, {}),
      () => clients.exportResource({ id }),
      () => clients.evaluateResource({ id }, { userId: ada, entitlements: false, context: { attributes: {} } }),
      () => clients.listPolicies({ id }),
      () => clients.findPolicyByName({ id, name: 'p' }),
      () => clients.updatePolicy(named, {}),
      () => clients.createPolicy({ id, type: 'role' }, {}),
      () => clients.listDependentPolicies({ id, policyId }),
      () => clients.delPolicy({ id, policyId }),
      () => clients.listPolicyProviders({ id }),
      () => clients.createOrUpdatePolicy({ id, policyName: 'p', policy: { type: 'role' } }),
      () => clients.listAllScopes({ id }),
      () => clients.listAllResourcesByScope({ id, scopeId }),
      () => clients.listAllPermissionsByScope({ id, scopeId }),
      () => clients.listPermissionsByResource({ id, resourceId }),
      () => clients.listScopesByResource({ id, resourceName: 'r' }),
      () => clients.listPermissionScope({ id }),
      () => clients.createAuthorizationScope({ id }, { name: 's' }),
      () => clients.updateAuthorizationScope({ id, scopeId }, {}),
      () => clients.getAuthorizationScope({ id, scopeId }),
      () => clients.delAuthorizationScope({ id, scopeId }),
      () => clients.findPermissions({ id, name: 'p' }),
      () => clients.createPermission({ id, type: 'scope' }, {}),
      () => clients.updatePermission({ id, type: 'scope', permissionId }, {}),
      () => clients.delPermission({ id, type: 'scope', permissionId }),
      () => clients.findOnePermission({ id, type: 'scope', permissionId }),
      () => clients.getAssociatedScopes({ id, permissionId }),
      () => clients.getAssociatedResources({ id, permissionId }),
      () => clients.getAssociatedPolicies({ id, permissionId }),
    ])
      await refused(call(), 404, NOT_FOUND);
    expect(await (clients.findOnePolicy({ id, policyId }) as Promise<unknown>)).toBeNull();
    expect(await (clients.findOnePolicyWithType(named) as Promise<unknown>)).toBeNull();
  });
});
