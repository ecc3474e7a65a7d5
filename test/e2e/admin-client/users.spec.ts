import type KcAdminClient from '@keycloak/keycloak-admin-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { passwordGrant, type App } from '../../support/browser-session.js';
import { RunningServer } from '../../support/running-server.js';
import { SmtpCatcher } from '../../support/smtp-catcher.js';
import { testRealm } from '../../support/test-realm.js';
import { chiefClient, rawCall } from './admin-scene.js';
import { FEATURE_OFF, memberClient, namesOf, NOBODY, present, refused } from './expectations.js';

const REALM = 'people';
const APP: App = { realm: REALM, clientId: 'app', redirectUri: 'http://app.test/cb' };
const NO_USER = { error: 'User not found' };
const FORBIDDEN = { error: 'HTTP 403 Forbidden' };

let server: RunningServer;
let admin: KcAdminClient;
let viewer: KcAdminClient;
let asker: KcAdminClient;
let ada: string;
let app: string;

beforeAll(async () => {
  const roles = (...names: string[]): object => ({ clientRoles: { 'realm-management': names } });
  server = await RunningServer.start({
    realms: [
      testRealm({
        realm: REALM,
        people: ['ada', 'viewer', 'asker'],
        apps: [APP],
        users: { ada: { realmRoles: ['offline_access'] }, viewer: roles('view-users'), asker: roles('query-users') },
        clients: { app: { consentRequired: false } },
      }),
    ],
  });
  [admin, viewer, asker] = await Promise.all([
    chiefClient(server, REALM),
    memberClient(server, REALM, 'viewer'),
    memberClient(server, REALM, 'asker'),
  ]);
  await admin.users.updateProfile({
    ...(await admin.users.getProfile()),
    unmanagedAttributePolicy: 'ADMIN_EDIT' as never,
  });
  ada = (await server.user(REALM, 'ada')).id;
  app = present((await admin.clients.find({ clientId: 'app' }))[0]?.id);
});

afterAll(() => server.close());

const made = async (username: string, members: object = {}): Promise<string> =>
  (await admin.users.create({ username, enabled: true, ...members })).id;

describe('users', () => {
  it('are made with what the body says, and shown with what the caller may do', async () => {
    const id = await made('Grace', {
      email: 'Grace@Example.test',
      firstName: 'Grace',
      attributes: { team: ['blue', 'red'] },
      requiredActions: ['UPDATE_PASSWORD'],
      credentials: [{ type: 'password', value: 'grace-pw' }],
    });
    const user = present(await admin.users.findOne({ id }));
    expect(user).toMatchObject({
      id,
      username: 'grace',
      email: 'grace@example.test',
      emailVerified: false,
      enabled: true,
      totp: false,
      attributes: { team: ['blue', 'red'] },
      disableableCredentialTypes: [],
      requiredActions: ['UPDATE_PASSWORD'],
      notBefore: 0,
      access: {
        manageGroupMembership: true,
        resetPassword: true,
        view: true,
        mapRoles: true,
        impersonate: true,
        manage: true,
      },
    });
    expect(user).not.toHaveProperty('lastName');
    expect(user).not.toHaveProperty('credentials');
    expect(user).not.toHaveProperty('userProfileMetadata');
  });

  it('tell whoever may only view that nothing else is allowed', async () => {
    expect(await viewer.users.findOne({ id: ada })).toMatchObject({
      access: {
        manageGroupMembership: false,
        resetPassword: false,
        view: true,
        mapRoles: false,
        impersonate: false,
        manage: false,
      },
    });
    expect((await viewer.users.find({ username: 'ada' }))[0]).toMatchObject({ access: { manage: false } });
    await refused(viewer.users.update({ id: ada }, { firstName: 'x' }), 403, FORBIDDEN);
    await refused(viewer.users.create({ username: 'nope' }), 403, FORBIDDEN);
    expect(await asker.users.find()).toEqual([]);
    expect(await asker.users.count()).toBe(0);
    await refused(asker.users.findOne({ id: ada }), 403, FORBIDDEN);
  });

  it('refuse names and addresses that are taken, and none at all', async () => {
    await refused(made('ada'), 409, { errorMessage: 'User exists with same username' });
    await refused(made('other-ada', { email: 'ada@example.test' }), 409, {
      errorMessage: 'User exists with same email',
    });
    await refused(made('ada', { email: 'ada@example.test' }), 409, {
      errorMessage: 'User exists with same username or email',
    });
    await refused(made(''), 400, { errorMessage: 'User name is missing' });
  });

  it('keep their name while the realm does not let names change', async () => {
    const id = await made('keeper', { email: 'keeper@example.test' });
    await admin.users.update({ id }, { username: 'KEEPER' });
    const readOnly = { errorMessage: 'error-user-attribute-read-only', field: 'username', params: ['username'] };
    await refused(admin.users.update({ id }, { username: 'other' }), 400, readOnly);
    await refused(admin.users.update({ id }, { username: ' ' }), 400, { errorMessage: 'User name is missing' });
    await admin.realms.update({ realm: REALM }, { editUsernameAllowed: true });
    await admin.users.update({ id }, { username: 'Other' });
    await admin.realms.update({ realm: REALM }, { editUsernameAllowed: false, registrationEmailAsUsername: true });
    await admin.users.update({ id }, { username: 'ignored' });
    expect(await admin.users.findOne({ id })).toMatchObject({ username: 'keeper@example.test' });
    const needed = { errorMessage: 'error-user-attribute-required', field: 'email', params: ['email'] };
    await refused(made('nobody'), 400, needed);
    await admin.realms.update({ realm: REALM }, { registrationEmailAsUsername: false });
  });

  it('are merged by an update, and gone after a deletion', async () => {
    const id = await made('merged', { firstName: 'Before', email: 'merged@example.test' });
    await admin.users.update({ id }, { lastName: 'After' });
    expect(await admin.users.findOne({ id })).toMatchObject({ firstName: 'Before', lastName: 'After' });
    await admin.users.del({ id });
    expect(await admin.users.findOne({ id })).toBeNull();
    await refused(admin.users.del({ id }), 404, NO_USER);
  });
});

describe('a search for users', () => {
  const found = async (query: Readonly<Record<string, string | boolean>>): Promise<readonly (string | undefined)[]> => {
    const users = await admin.users.find(query);
    expect(await admin.users.count(query)).toBe(users.length);
    return users.map(({ username }) => username);
  };

  beforeAll(async () => {
    const people = [
      [
        'hopper',
        { firstName: 'Grete', lastName: 'Öhopper', email: 'gh@navy.test', attributes: { rank: ['rear admiral'] } },
      ],
      ['hope', { firstName: 'Bob', lastName: 'Hope', email: 'bob@stage.test', emailVerified: true }],
      ['shop', { firstName: 'Shop', lastName: 'Keeper', enabled: false, attributes: { rank: ['none'] } }],
    ] as const;
    for (const [name, members] of people) await made(name, members);
  });

  it.each([
    [{ search: 'hop' }, ['hope', 'hopper']],
    [{ search: '*hop*' }, ['hope', 'hopper', 'shop']],
    [{ search: '*hop' }, ['hope', 'hopper', 'shop']],
    [{ search: '"hope"' }, ['hope']],
    [{ search: '"hop"' }, []],
    [{ search: 'öHOPP' }, ['hopper']],
    [{ search: 'bob hope' }, ['hope']],
    [{ search: '%' }, []],
    [{ username: 'hop' }, ['hope', 'hopper', 'shop']],
    [{ username: 'hop', exact: true }, []],
    [{ username: 'HOPE', exact: true }, ['hope']],
    [{ email: 'navy' }, ['hopper']],
    [{ lastName: 'hope' }, ['hope']],
    [{ firstName: 'shop', enabled: true }, []],
    [{ firstName: 'shop', enabled: false }, ['shop']],
    [{ search: 'hop', emailVerified: true }, ['hope']],
    [{ q: 'rank:none' }, ['shop']],
    [{ q: 'rank:"rear admiral"' }, ['hopper']],
    [{ q: 'rank:rear' }, []],
    [{ idpAlias: 'elsewhere' }, []],
  ])('by %j', async (query, names) => {
    expect(await found(query)).toEqual(names);
  });

  it('by ids', async () => {
    const [hope] = await admin.users.find({ username: 'hope', exact: true });
    expect(await found({ search: `id:${present(hope?.id)} ${ada} ${NOBODY}` })).toEqual(['ada', 'hope']);
  });

  it('in pages, and briefly', async () => {
    const page = await admin.users.find({ search: '*hop*', first: 1, max: 1, briefRepresentation: true });
    expect(page).toMatchObject([{ username: 'hopper' }]);
    expect(page[0]).not.toHaveProperty('attributes');
    expect(await admin.users.find({ max: 0 })).toEqual([]);
    const answer = await rawCall(admin, 'GET', `/admin/realms/${REALM}/users?first=x`);
    expect(answer).toMatchObject({ status: 404, body: { error: 'HTTP 404 Not Found' } });
  });
});

describe('credentials of users', () => {
  it('are set by an administrator, for good or for once', async () => {
    const id = await made('keyed', { email: 'keyed@example.test', firstName: 'Key', lastName: 'Ed' });
    const set = (value: string, temporary: boolean): Promise<void> =>
      admin.users.resetPassword({ id, credential: { type: 'password', value, temporary } });
    await set('keyed-pw', false);
    expect(await passwordGrant(server, APP, 'keyed')).toMatchObject({ status: 200 });
    await set('other-pw', true);
    expect(await admin.users.findOne({ id })).toMatchObject({ requiredActions: ['UPDATE_PASSWORD'] });
    await set('keyed-pw', false);
    expect(await admin.users.findOne({ id })).toMatchObject({ requiredActions: [] });
    await refused(set('', false), 400, { error: 'Empty password not allowed' });
    await refused(admin.users.resetPassword({ id, credential: {} }), 400, { error: 'No password provided' });
  });

  it('are listed without secrets, labelled, ordered and deleted', async () => {
    const id = await made('holder', {
      credentials: [
        { type: 'password', value: 'holder-pw' },
        {
          type: 'otp',
          secretData: '{"value":"12345678901234567890"}',
          credentialData: '{"subType":"totp","digits":6,"period":30,"algorithm":"HmacSHA1"}',
        },
      ],
    });
    expect(await admin.users.findOne({ id })).toMatchObject({ totp: true });
    const [password, otp] = await admin.users.getCredentials({ id });
    expect(password).toMatchObject({ type: 'password', credentialData: expect.any(String) as string });
    expect(password).not.toHaveProperty('secretData');
    const [first, second] = [present(password?.id), present(otp?.id)];
    await admin.users.updateCredentialLabel({ id, credentialId: second }, 'Phone');
    expect((await admin.users.getCredentials({ id }))[1]).toMatchObject({ userLabel: 'Phone' });
    await refused(admin.users.updateCredentialLabel({ id, credentialId: second }, ' '), 400, {
      error: 'missingCredentialLabel',
      error_description: 'Credential label must not be empty',
    });
    await admin.users.moveCredentialPositionUp({ id, credentialId: second });
    const order = async (): Promise<readonly (string | undefined)[]> =>
      (await admin.users.getCredentials({ id })).map((credential) => credential.id);
    expect(await order()).toEqual([second, first]);
    await admin.users.moveCredentialPositionDown({ id, credentialId: second, newPreviousCredentialId: first });
    expect(await order()).toEqual([first, second]);
    await admin.users.deleteCredential({ id, credentialId: second });
    await refused(admin.users.deleteCredential({ id, credentialId: second }), 404, { error: 'Credential not found' });
    expect(await admin.users.getUserStorageCredentialTypes({ id })).toEqual([]);
    const path = `/admin/realms/${REALM}/users/${id}/disable-credential-types`;
    expect(await rawCall(admin, 'PUT', path, { body: ['otp'] })).toMatchObject({ status: 204 });
    expect(await order()).toEqual([first]);
  });
});

describe('roles of users', () => {
  it('of the realm', async () => {
    const id = await made('roly');
    await admin.roles.create({ name: 'reader' });
    const role = present(await admin.roles.findOneByName({ name: 'reader' }));
    const roles = [{ id: present(role.id), name: 'reader' }];
    await admin.users.addRealmRoleMappings({ id, roles });
    expect(namesOf(await admin.users.listRealmRoleMappings({ id }))).toEqual([`default-roles-${REALM}`, 'reader']);
    expect(namesOf(await admin.users.listAvailableRealmRoleMappings({ id }))).not.toContain('reader');
    expect(namesOf(await admin.users.listCompositeRealmRoleMappings({ id }))).toContain('offline_access');
    await admin.users.delRealmRoleMappings({ id, roles });
    expect(await admin.users.listRoleMappings({ id })).toMatchObject({
      realmMappings: [{ name: `default-roles-${REALM}` }],
    });
    await refused(admin.users.addRealmRoleMappings({ id, roles: [{ id: present(role.id), name: 'wrong' }] }), 404, {
      error: 'Role not found',
    });
  });

  it('of a client', async () => {
    const id = await made('clienty');
    const clientUniqueId = app;
    await admin.clients.createRole({ id: app, name: 'user' });
    const role = present(await admin.clients.findRole({ id: app, roleName: 'user' }));
    const roles = [{ id: present(role.id), name: 'user' }];
    await admin.users.addClientRoleMappings({ id, clientUniqueId, roles });
    expect(namesOf(await admin.users.listClientRoleMappings({ id, clientUniqueId }))).toEqual(['user']);
    expect(await admin.users.listAvailableClientRoleMappings({ id, clientUniqueId })).toEqual([]);
    expect(namesOf(await admin.users.listCompositeClientRoleMappings({ id, clientUniqueId }))).toEqual(['user']);
    await admin.users.delClientRoleMappings({ id, clientUniqueId, roles });
    expect(await admin.users.listClientRoleMappings({ id, clientUniqueId })).toEqual([]);
    await refused(admin.users.listClientRoleMappings({ id, clientUniqueId: NOBODY }), 404, {
      error: 'Client not found',
    });
  });
});

describe('groups of users', () => {
  it('are joined, searched, counted and left', async () => {
    const id = await made('member');
    const { id: groupId } = await admin.groups.create({ name: 'Choir', attributes: { voice: ['alto'] } });
    expect(await admin.users.addToGroup({ id, groupId })).toBe('');
    const [group] = await admin.users.listGroups({ id });
    expect(group).toMatchObject({ id: groupId, name: 'Choir', path: '/Choir', subGroupCount: 0, subGroups: [] });
    expect(group).not.toHaveProperty('attributes');
    expect(await admin.users.listGroups({ id, briefRepresentation: false })).toMatchObject([
      { attributes: { voice: ['alto'] } },
    ]);
    expect(await admin.users.listGroups({ id, search: 'cho', first: 1, max: 5 })).toEqual([]);
    expect(await admin.users.countGroups({ id, search: 'CHO' })).toEqual({ count: 1 });
    expect(await admin.users.countGroups({ id, search: 'x' })).toEqual({ count: 0 });
    await admin.users.delFromGroup({ id, groupId });
    expect(await admin.users.listGroups({ id })).toEqual([]);
    await refused(admin.users.addToGroup({ id, groupId: NOBODY }), 404, { error: 'Group not found' });
  });
});

describe('sessions and consents of users', () => {
  it('are listed, and ended by a logout that keeps offline ones', async () => {
    await passwordGrant(server, APP, 'ada');
    await passwordGrant(server, APP, 'ada', { scope: 'openid offline_access' });
    expect(await admin.users.listSessions({ id: ada })).toMatchObject([{ username: 'ada', clients: { [app]: 'app' } }]);
    expect(await admin.users.listOfflineSessions({ id: ada, clientId: app })).toMatchObject([{ username: 'ada' }]);
    await admin.users.logout({ id: ada });
    expect(await admin.users.listSessions({ id: ada })).toEqual([]);
    expect(await admin.users.listOfflineSessions({ id: ada, clientId: app })).toHaveLength(1);
    expect((await admin.users.findOne({ id: ada }))?.notBefore).toBeGreaterThan(0);
    await refused(admin.users.listOfflineSessions({ id: ada, clientId: NOBODY }), 404, { error: 'Client not found' });
  });

  it('tell of offline tokens, which can be revoked', async () => {
    expect(await admin.users.listConsents({ id: ada })).toMatchObject([
      { clientId: 'app', additionalGrants: [{ key: 'Offline Token' }] },
    ]);
    await admin.users.revokeConsent({ id: ada, clientId: 'app' });
    expect(await admin.users.listConsents({ id: ada })).toEqual([]);
    await refused(admin.users.revokeConsent({ id: ada, clientId: 'app' }), 404, {
      error: 'Consent nor offline token not found',
    });
    await refused(admin.users.revokeConsent({ id: ada, clientId: 'nope' }), 404, { error: 'Client not found' });
  });
});

describe('mails to users', () => {
  it('bring required actions and the check of an address', async () => {
    const mailbox = await SmtpCatcher.start();
    try {
      const smtpServer = { host: '127.0.0.1', port: String(mailbox.port), from: 'realm@example.test' };
      await admin.realms.update({ realm: REALM }, { smtpServer });
      await admin.users.executeActionsEmail({ id: ada, actions: ['UPDATE_PASSWORD'], lifespan: 60 });
      await admin.users.sendVerifyEmail({ id: ada });
      expect(mailbox.mails.flatMap(({ to }) => to)).toEqual(['ada@example.test', 'ada@example.test']);
    } finally {
      await mailbox.close();
    }
  });

  it('need an address, and actions that there are', async () => {
    const id = await made('mute');
    await refused(admin.users.sendVerifyEmail({ id }), 400, { errorMessage: 'User email missing' });
    await refused(admin.users.executeActionsEmail({ id: ada, actions: ['NOPE'] }), 400, {
      errorMessage: 'Provided invalid required actions',
    });
  });
});

describe('what users do not have', () => {
  it('accounts elsewhere', async () => {
    expect(await admin.users.listFederatedIdentities({ id: ada })).toEqual([]);
    const link = { id: ada, federatedIdentityId: 'google' };
    await refused(admin.users.addToFederatedIdentity({ ...link, federatedIdentity: { userId: 'x' } }), 501, {
      error: 'Identity brokering is not part of this server',
    });
    await refused(admin.users.delFromFederatedIdentity(link), 404, { error: 'Link not found' });
  });

  it('somebody in their place, or credentials for third parties', async () => {
    await refused(admin.users.impersonation({ id: ada }, { user: ada, realm: REALM }), 501, {
      error: 'Impersonation is not part of this server',
    });
    const off = FEATURE_OFF;
    await refused(admin.users.listVerifiableCredentials({ id: ada }), 501, off);
    await refused(admin.users.createVerifiableCredential({ id: ada }, {}), 501, off);
    await refused(admin.users.updateVerifiableCredential({ id: ada, credentialScopeName: 'x' }), 501, off);
    await refused(admin.users.revokeVerifiableCredential({ id: ada, credentialScopeName: 'x' }), 501, off);
    await refused(admin.users.sendVerifiableCredentialOffer({ id: ada }, {}), 501, off);
    await refused(admin.users.listIssuedVerifiableCredentials({ id: ada }), 501, off);
    await refused(admin.users.revokeIssuedVerifiableCredential({ id: ada, credentialId: 'x' }), 501, off);
  });

  it('a way to lose a device that the reference has given up', async () => {
    await refused(admin.users.removeTotp({ id: ada }), 404, { error: 'HTTP 404 Not Found' });
  });
});
