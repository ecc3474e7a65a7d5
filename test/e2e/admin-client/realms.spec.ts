import type KcAdminClient from '@keycloak/keycloak-admin-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BrowserSession, passwordGrant, type App } from '../../support/browser-session.js';
import { RunningServer } from '../../support/running-server.js';
import { testRealm } from '../../support/test-realm.js';
import { chiefClient, rawCall, refusal } from './admin-scene.js';
import { FEATURE_OFF } from './expectations.js';

const APP: App = { realm: 'shop', clientId: 'app', redirectUri: 'http://app.test/cb' };
const { realm } = APP;

let server: RunningServer;
let admin: KcAdminClient;

beforeAll(async () => {
  server = await RunningServer.start({ realms: [testRealm({ realm, people: ['ada', 'bob'], apps: [APP] })] });
  admin = await chiefClient(server, realm);
});
afterAll(() => server.close());

const sessionOf = async (username: string): Promise<string> => {
  await passwordGrant(server, APP, username);
  return (await server.sessions(realm, username)).at(-1)?.session.id ?? '';
};

describe('a realm', () => {
  it('is made with what a new realm has', async () => {
    expect(await admin.realms.create({ realm: 'fresh' })).toEqual({ realmName: 'fresh' });
    const made = await admin.realms.findOne({ realm: 'fresh' });
    expect(made).toMatchObject({
      enabled: false,
      accessTokenLifespan: 300,
      browserFlow: 'browser',
      sslRequired: 'external',
    });
    expect((await admin.clients.find({ realm: 'fresh' })).map(({ clientId }) => clientId).sort()).toEqual([
      'account',
      'account-console',
      'admin-cli',
      'broker',
      'realm-management',
      'security-admin-console',
    ]);
    expect(await admin.clientScopes.find({ realm: 'fresh' })).toHaveLength(15);
    expect((await admin.roles.find({ realm: 'fresh' })).map(({ name }) => name).sort()).toEqual([
      'default-roles-fresh',
      'offline_access',
      'uma_authorization',
    ]);
    const { active } = await admin.realms.getKeys({ realm: 'fresh' });
    expect(Object.keys(active ?? {}).sort()).toEqual(['AES', 'HS512', 'RS256', 'RSA-OAEP']);
  });

  it('takes no numbers of one-time codes that nobody could use, from a request or a file', async () => {
    const wrong = [
      ...[3, 9, 99, 0, -1].map((value) => ['otpPolicyDigits', value] as const),
      ...[-1, 86_401].map((value) => ['otpPolicyPeriod', value] as const),
      ...[-1, 101].map((value) => ['otpPolicyLookAheadWindow', value] as const),
      ['otpPolicyInitialCounter', -1] as const,
    ];
    for (const [field, value] of wrong) {
      const refused = { status: 400, body: { field } };
      expect(await refusal(admin.realms.update({ realm }, { [field]: value }))).toMatchObject(refused);
      expect(await refusal(admin.realms.create({ realm: 'odd', [field]: value }))).toMatchObject(refused);
    }
    await admin.realms.update({ realm }, { otpPolicyDigits: 8, otpPolicyPeriod: 60 });
    expect(await admin.realms.findOne({ realm })).toMatchObject({ otpPolicyDigits: 8, otpPolicyPeriod: 60 });
    await admin.realms.update({ realm }, { otpPolicyDigits: 6, otpPolicyPeriod: 30 });
  });

  it('names a pattern of passwords that it cannot read, from a request and from a file', async () => {
    const passwordPolicy = 'regexPattern((?=.*x).+) and length(3)';
    expect(await refusal(admin.realms.update({ realm }, { passwordPolicy }))).toMatchObject({
      status: 400,
      body: { errorMessage: 'Invalid config for regexPattern: Not a valid regular expression' },
    });
    const body = { realm: 'odd', passwordPolicy };
    const foreseen = await rawCall(admin, 'POST', '/admin/realms?dryRun=true', { body });
    expect(JSON.stringify(foreseen)).toContain('password policy regexPattern((?=.*x).+)');
  });

  it('is listed, renamed, and deleted', async () => {
    await admin.realms.create({ realm: 'short', enabled: true });
    expect((await admin.realms.find()).map(({ realm: name }) => name)).toEqual(
      expect.arrayContaining(['master', realm, 'short']),
    );
    await admin.realms.update({ realm: 'short' }, { realm: 'long', displayName: 'Long' });
    expect(await admin.realms.findOne({ realm: 'long' })).toMatchObject({ displayName: 'Long', enabled: true });
    await admin.realms.del({ realm: 'long' });
    expect(await admin.realms.findOne({ realm: 'long' })).toBeNull();
  });

  it.each([
    [{ realm }, 409, { errorMessage: `Realm ${realm} already exists` }],
    [{}, 400, { errorMessage: 'Realm name cannot be empty' }],
    [{ realm: 'a/b' }, 400, { error: "Character '/' not allowed." }],
  ])('%j is not made: %i', async (body, status, said) => {
    expect(await refusal(admin.realms.create(body))).toMatchObject({ status, body: said });
  });

  it('master stays', async () => {
    const answer = await refusal(admin.realms.del({ realm: 'master' }));
    expect(answer).toEqual({ status: 400, body: { errorMessage: "Can't remove master realm" } });
  });
});

describe('default groups', () => {
  it('are added, listed, found by path, and removed', async () => {
    const { id } = await admin.groups.create({ name: 'customers' });
    await admin.realms.addDefaultGroup({ realm, id });
    expect(await admin.realms.getDefaultGroups({ realm })).toMatchObject([{ id, path: '/customers' }]);
    expect(await admin.realms.getGroupByPath({ realm, path: 'customers' })).toMatchObject({ id });
    await admin.realms.removeDefaultGroup({ realm, id });
    expect(await admin.realms.getDefaultGroups({ realm })).toEqual([]);
  });
});

describe('events', () => {
  it('are configured, found and cleared', async () => {
    const wanted = { eventsEnabled: true, adminEventsEnabled: true, eventsListeners: ['jboss-logging'] };
    await admin.realms.updateConfigEvents({ realm }, wanted);
    expect(await admin.realms.getConfigEvents({ realm })).toMatchObject(wanted);
    await passwordGrant(server, APP, 'ada');
    expect(await admin.realms.findEvents({ realm, type: ['LOGIN'] as never, max: 1 })).toMatchObject([
      { type: 'LOGIN' },
    ]);
    await admin.realms.clearEvents({ realm });
    expect(await admin.realms.findEvents({ realm })).toEqual([]);
    await admin.roles.create({ name: 'seen' });
    const seen = await admin.realms.findAdminEvents({ realm, resourceTypes: ['REALM_ROLE'] as never });
    expect(seen).toMatchObject([{ operationType: 'CREATE', resourcePath: 'roles/seen' }]);
    await admin.realms.clearAdminEvents({ realm });
    expect(await admin.realms.findAdminEvents({ realm })).toEqual([]);
  });
});

describe('sessions', () => {
  it('are counted by client, as texts', async () => {
    await server.endSessions(realm, 'ada');
    await sessionOf('ada');
    const stats = await admin.realms.getClientSessionStats({ realm });
    expect(stats).toMatchObject([{ clientId: APP.clientId, active: '1', offline: '0' }]);
  });

  it('end one by one, and all at once', async () => {
    await admin.realms.deleteSession({ realm, session: await sessionOf('ada'), isOffline: false });
    await admin.realms.removeSession({ realm, sessionId: await sessionOf('bob') });
    const gone: unknown[] = await Promise.all([admin.realms.removeSession({ realm, sessionId: 'no-such-session' })]);
    expect(gone).toEqual([null]);
    await sessionOf('ada');
    const told: unknown[] = await Promise.all([admin.realms.logoutAll({ realm })]);
    expect(await server.sessions(realm, 'ada')).toEqual([]);
    told.push(...(await Promise.all<unknown>([admin.realms.pushRevocation({ realm })])));
    expect(told).toEqual([{}, {}]);
  });
});

describe('the words of a realm', () => {
  const selectedLocale = 'en';

  it('are set, listed and removed', async () => {
    await admin.realms.addLocalization({ realm, selectedLocale, key: 'updatePasswordTitle' }, 'New words');
    expect(await admin.realms.getRealmSpecificLocales({ realm })).toEqual([selectedLocale]);
    const texts = await admin.realms.getRealmLocalizationTexts({ realm, selectedLocale });
    expect(texts).toEqual({ updatePasswordTitle: 'New words' });
    await admin.realms.deleteRealmLocalizationTexts({ realm, selectedLocale, key: 'updatePasswordTitle' });
    expect(await admin.realms.getRealmLocalizationTexts({ realm, selectedLocale })).toEqual({});
    const gone = await refusal(admin.realms.deleteRealmLocalizationTexts({ realm, selectedLocale, key: 'x' }));
    expect(gone).toEqual({ status: 404, body: { error: 'Localization text not found' } });
  });

  it('stand on its pages, escaped', async () => {
    await admin.realms.addLocalization({ realm, selectedLocale, key: 'button.signIn' }, 'Step <in>');
    const { page } = await new BrowserSession(server).authorize(APP);
    expect(page.html).toContain('Step &lt;in&gt;');
    expect(page.html).not.toContain('Step <in>');
  });

  it('come many at a time, one as a text, and go as a language', async () => {
    const path = `/admin/realms/${realm}/localization`;
    expect((await rawCall(admin, 'POST', `${path}/fr`, { body: { a: 'A', b: 'B' } })).status).toBe(204);
    const one = await rawCall(admin, 'GET', `${path}/fr/a`);
    expect([one.text, one.headers.get('content-type')]).toEqual(['A', 'text/plain;charset=UTF-8']);
    expect((await rawCall(admin, 'POST', `${path}/fr`, { body: { a: 1 } })).status).toBe(400);
    expect((await rawCall(admin, 'PUT', `${path}/fr/a`, { body: { a: 'x' } })).status).toBe(415);
    expect((await rawCall(admin, 'DELETE', `${path}/fr`)).status).toBe(204);
    expect(await rawCall(admin, 'DELETE', `${path}/fr`)).toMatchObject({
      status: 404,
      body: { error: 'No localization texts for locale fr found.' },
    });
  });

  it('are no secrets, whatever their keys are called', async () => {
    const texts = { en: { passwordHint: 'The usual one' } };
    const body = Object.assign({ realm: 'worded', enabled: true }, { localizationTexts: texts });
    await admin.realms.create(body);
    const found = await admin.realms.getRealmLocalizationTexts({ realm: 'worded', selectedLocale });
    expect(found).toEqual(texts.en);
  });
});

describe('a realm as a file', () => {
  it('is exported in parts, without secrets', async () => {
    await admin.clients.create({ clientId: 'vault', publicClient: false, secret: 'do-not-tell' });
    const bare = await admin.realms.export({ realm });
    expect(bare).toMatchObject({ realm, browserFlow: 'browser', requiredActions: expect.any(Array) as object[] });
    expect(bare.authenticationFlows).toContainEqual(expect.objectContaining({ alias: 'direct grant' }));
    expect(bare.clientScopes).toHaveLength(15);
    expect([bare.clients, bare.groups, bare.users]).toEqual([undefined, undefined, undefined]);
    const whole = await admin.realms.export({ realm, exportClients: true, exportGroupsAndRoles: true });
    expect(whole.clients?.find(({ clientId }) => clientId === 'vault')).toMatchObject({ secret: '**********' });
    expect(whole.roles?.realm?.map(({ name }) => name)).toContain('offline_access');
    expect(whole.groups?.map(({ name }) => name)).toEqual(['customers']);
    expect(JSON.stringify(whole)).not.toContain('do-not-tell');
  });

  it('is imported in parts, all of a part or nothing', async () => {
    const roles = { realm: [{ name: 'guide' }, { name: 'porter' }] };
    const added = await admin.realms.partialImport({ realm, rep: { ifResourceExists: 'FAIL', roles } });
    expect(added).toMatchObject({ added: 2, skipped: 0, overwritten: 0 });
    expect(added.results).toContainEqual({
      action: 'ADDED',
      resourceType: 'REALM_ROLE',
      resourceName: 'guide',
      id: (await admin.roles.findOneByName({ name: 'guide' }))?.id,
    });
    const again = { realm: [{ name: 'cook' }, { name: 'guide', description: 'Knows the way' }] };
    const refused = await refusal(
      admin.realms.partialImport({ realm, rep: { ifResourceExists: 'FAIL', roles: again } }),
    );
    expect(refused).toEqual({ status: 409, body: { errorMessage: "Realm role 'guide' already exists." } });
    expect(await admin.roles.findOneByName({ name: 'cook' })).toBeNull();
    const skipped = await admin.realms.partialImport({ realm, rep: { ifResourceExists: 'SKIP', roles: again } });
    expect(skipped).toMatchObject({ added: 1, skipped: 1, overwritten: 0 });
    expect((await admin.roles.findOneByName({ name: 'guide' }))?.description).toBeUndefined();
    const over = await admin.realms.partialImport({ realm, rep: { ifResourceExists: 'OVERWRITE', roles: again } });
    expect(over).toMatchObject({ added: 0, skipped: 0, overwritten: 2 });
    expect(await admin.roles.findOneByName({ name: 'guide' })).toMatchObject({ description: 'Knows the way' });
  });
});

describe('components', () => {
  const KEYS = 'org.keycloak.keys.KeyProvider';
  const NO_COMPONENT = { status: 404, body: { error: 'Could not find component' } };

  it('are made, shown, changed and deleted', async () => {
    const key = { name: 'second', providerId: 'rsa-generated', providerType: KEYS };
    const { id } = await admin.components.create({ ...key, config: { priority: ['7'] } });
    const parentId = (await admin.realms.findOne({ realm }))?.id;
    expect(await admin.components.findOne({ id })).toEqual({ id, ...key, parentId, config: { priority: ['7'] } });
    expect((await admin.realms.getKeys({ realm })).keys).toContainEqual(
      expect.objectContaining({ providerId: id, providerPriority: 7, status: 'ACTIVE' }),
    );
    await admin.components.update({ id }, { name: 'renamed', config: { active: ['false'] } });
    expect(await admin.components.findOne({ id })).toMatchObject({
      name: 'renamed',
      config: { priority: ['7'], active: ['false'] },
    });
    expect(await admin.components.find({ type: KEYS, name: 'renamed' })).toMatchObject([{ id }]);
    expect(await admin.components.find({ parent: 'elsewhere' })).toEqual([]);
    await admin.components.del({ id });
    expect(await admin.components.findOne({ id })).toBeNull();
    expect(await refusal(admin.components.del({ id }))).toEqual(NO_COMPONENT);
    expect(await refusal(admin.components.update({ id }, { name: 'x' }))).toEqual(NO_COMPONENT);
  });

  it('are refused when nothing can provide them, and leave nothing behind', async () => {
    const before = await admin.components.find();
    const make = (members: object): Promise<unknown> =>
      refusal(admin.components.create({ name: 'odd', providerType: KEYS, providerId: 'rsa-generated', ...members }));
    expect(await make({ config: { priority: ['high'] } })).toMatchObject({
      status: 400,
      body: { errorMessage: "'Priority' should be a number" },
    });
    expect(await make({ providerId: 'no-such' })).toEqual({
      status: 400,
      body: { error: 'Invalid provider type or no such provider' },
    });
    expect(await make({ providerType: 'org.keycloak.storage.UserStorageProvider', providerId: 'ldap' })).toMatchObject({
      status: 501,
      body: { error: 'User federation is not part of this server' },
    });
    expect(await admin.components.find()).toEqual(before);
  });

  it('have nothing below them, but tell the kinds of keys', async () => {
    const [first] = await admin.components.find({ type: KEYS });
    const [id, type] = [first?.id ?? '', 'org.keycloak.storage.ldap.mappers.LDAPStorageMapper'];
    expect(await admin.components.listSubComponents({ id, type })).toEqual([]);
    const kinds = await admin.components.listSubComponents({ id, type: KEYS });
    expect(kinds.find((kind) => kind.id === 'hmac-generated')).toMatchObject({
      properties: expect.arrayContaining([
        expect.objectContaining({ name: 'secretSize', type: 'List', defaultValue: '128' }),
      ]) as unknown,
    });
    expect(await refusal(admin.components.listSubComponents({ id, type: 'nope' }))).toMatchObject({ status: 400 });
    expect(await refusal(admin.components.listSubComponents({ id: 'nobody', type }))).toEqual({
      status: 404,
      body: { error: 'Could not find parent component' },
    });
  });
});

describe('what a realm does not do here', () => {
  it('says so', async () => {
    const permissions = { status: 501, body: FEATURE_OFF };
    expect(await refusal(admin.realms.getUsersManagementPermissions({ realm }))).toEqual(permissions);
    expect(await refusal(admin.realms.updateUsersManagementPermissions({ realm, enabled: true }))).toEqual(permissions);
    const federation = { status: 501, body: { error: 'User federation is not part of this server' } };
    expect(await refusal(admin.realms.testLDAPConnection({ realm }, {}))).toEqual(federation);
    expect(await refusal(admin.realms.ldapServerCapabilities({ realm }, {}))).toEqual(federation);
    expect(await admin.realms.getClientsInitialAccess({ realm })).toEqual([]);
    const registration = { status: 501, body: { error: 'Client registration is not part of this server' } };
    expect(await refusal(admin.realms.createClientsInitialAccess({ realm }, { count: 1 }))).toEqual(registration);
    await admin.realms.delClientsInitialAccess({ realm, id: 'x' });
    const kinds = await admin.realms.getClientRegistrationPolicyProviders({ realm });
    expect(kinds).toContainEqual(expect.objectContaining({ id: 'trusted-hosts' }));
    const mail = await refusal(admin.realms.testSMTPConnection({ realm }, { host: 'localhost', port: '1' }));
    expect(mail).toEqual({ status: 500, body: { errorMessage: 'Logged in user does not have an e-mail.' } });
  });
});
