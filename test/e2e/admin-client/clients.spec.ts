import KcAdminClient from '@keycloak/keycloak-admin-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { passwordGrant } from '../../support/browser-session.js';
import type { RunningServer } from '../../support/running-server.js';
import { rawCall, refusal } from './admin-scene.js';
import { APP, clientScene, NO_CLIENT, REALM, type ClientScene } from './client-scene.js';
import { FEATURE_OFF, NOBODY, present, refused } from './expectations.js';

const FORBIDDEN = { error: 'HTTP 403 Forbidden' };
/** Attribute with the secret before the present one. */
const ROTATED = 'client.secret.rotated';

let server: RunningServer;
let admin: KcAdminClient;
let viewer: KcAdminClient;
let asker: KcAdminClient;
let app: string;
let ada: string;
let made: ClientScene['made'];

beforeAll(async () => {
  ({ server, admin, viewer, asker, app, ada, made } = await clientScene());
});
afterAll(() => server.close());

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
      error: 'conflict',
      error_description: 'Duplicate resource error',
    });
  });

  it('need a name, a protocol that there is, and addresses that are some', async () => {
    const id = await made('checked');
    const told = (error_description: string) => ({ error: 'invalid_input', error_description });
    await refused(made(' '), 400, told('Client ID cannot be blank'));
    await refused(admin.clients.update({ id }, { clientId: '' }), 400, told('Client ID cannot be blank'));
    await refused(admin.clients.update({ id }, { protocol: 'x' }), 400, told('Invalid protocol: x'));
    for (const uri of ['http://a b', 'http://a.test/{x}', 'http://a.test/%zz'])
      await refused(
        admin.clients.update({ id }, { redirectUris: [uri] }),
        400,
        told('A redirect URI is not a valid URI'),
      );
    await admin.clients.update({ id }, { redirectUris: ['${authBaseUrl}/x', 'http://*.a.test/*', 'app:/x', '/y/*'] });
  });

  it('say when the server made their secret', async () => {
    const madeAt = async (id: string): Promise<unknown> =>
      (await admin.clients.findOne({ id }))?.attributes?.['client.secret.creation.time'] as unknown;
    expect(await madeAt(await made('secretive'))).toMatch(/^\d{10}$/);
    expect(await madeAt(await made('outspoken', { secret: 'given' }))).toBeUndefined();
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

  it('forget the one before, which a realm file may have brought', async () => {
    const { attributes, id } = present(
      await admin.clients.findOne({
        id: await made('rotated', { attributes: { kept: 'x', [ROTATED]: 'old', [`${ROTATED}.expiration.time`]: '9' } }),
      }),
    );
    expect(attributes).toMatchObject({ [ROTATED]: 'old' });
    const client = { id: present(id) };
    await admin.clients.invalidateSecret(client);
    const after = present((await admin.clients.findOne(client))?.attributes);
    expect(after).toMatchObject({ kept: 'x' });
    expect(Object.keys(after).filter((name) => name.startsWith(ROTATED))).toEqual([]);
    const path = `/admin/realms/${REALM}/clients/${client.id}/client-secret/rotated`;
    expect(await rawCall(admin, 'GET', path)).toMatchObject({
      status: 404,
      body: { error: 'Client does not have a rotated secret' },
    });
    await refused(admin.clients.invalidateSecret({ id: NOBODY }), 404, NO_CLIENT);
    await refused(viewer.clients.invalidateSecret(client), 403);
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

describe('what clients do not have', () => {
  it('is said to be off: permissions of single clients', async () => {
    const answer = { status: 501, body: FEATURE_OFF };
    expect(await refusal(admin.clients.listFineGrainPermissions({ id: app }))).toEqual(answer);
    expect(await refusal(admin.clients.updateFineGrainPermission({ id: app }, { enabled: true }))).toEqual(answer);
    await refused(admin.clients.listFineGrainPermissions({ id: NOBODY }), 404, NO_CLIENT);
  });

  it('is not found: the second API, an experiment that is off at the reference', async () => {
    expect(() => admin.clients.v2()).toThrow('experimental');
    const bold = new KcAdminClient({ baseUrl: server.url, realmName: REALM, enableExperimentalApis: true });
    bold.setAccessToken(present(await admin.getAccessToken()));
    await expect(bold.clients.v2().get()).rejects.toMatchObject({ responseStatusCode: 404 });
    await expect(bold.clients.v2().byId('app').get()).rejects.toMatchObject({ responseStatusCode: 404 });
  });
});
