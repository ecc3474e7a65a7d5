import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkBinding } from '../../src/flows/bind-check.js';
import { definitionOf, executionRows, flowByAlias } from '../../src/flows/flow-catalog.js';
import { importWarning, readRealmFiles } from '../../src/realm-files/realm-files.js';
import type { ImportReport } from '../../src/realm-files/realm-import.js';
import { toClientRepresentation } from '../../src/representations/client-representation.js';
import { toClientScopeRepresentation } from '../../src/representations/client-scope-representation.js';
import { toFlowRepresentation, toRequiredActionRepresentation } from '../../src/representations/flow-representation.js';
import { toRealmRepresentation } from '../../src/representations/realm-representation.js';
import { toRoleRepresentation } from '../../src/representations/role-representation.js';
import { describeOnEachDatabase } from '../support/databases.js';
import type { DatabaseUnderTest } from '../support/databases.js';
import { realmImportOn } from '../support/realm-import-fixture.js';
import type { RealmImportParts } from '../support/realm-import-fixture.js';

interface Named {
  readonly id: string;
  readonly name: string;
  readonly [member: string]: unknown;
}

/** The parts of the fixture that are compared with what the server makes of them. */
interface AcmeFile {
  readonly [member: string]: unknown;
  readonly id: string;
  readonly clients: readonly (Named & { readonly clientId: string })[];
  readonly clientScopes: readonly Named[];
  readonly requiredActions: readonly unknown[];
  readonly authenticationFlows: readonly { readonly id: string; readonly alias: string }[];
  readonly authenticatorConfig: readonly { readonly id: string }[];
  readonly users: readonly {
    readonly id: string;
    readonly username: string;
    readonly credentials: readonly {
      readonly id: string;
      readonly secretData: string;
      readonly credentialData: string;
    }[];
  }[];
  readonly roles: { readonly realm: readonly Named[]; readonly client: Readonly<Record<string, readonly Named[]>> };
}

const acme = JSON.parse(readFileSync('test/fixtures/acme-realm.json', 'utf8')) as AcmeFile;
const sorted = (values: readonly string[]): readonly string[] => values.toSorted();

/** Rows of every table, to see that nothing was left behind. */
async function rowCounts({ dataSource }: DatabaseUnderTest): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { tableName } of dataSource.entityMetadatas) {
    const rows = await dataSource.query<readonly { readonly n: number | string }[]>(
      `SELECT COUNT(*) AS n FROM "${tableName}"`,
    );
    counts[tableName] = Number(rows[0]?.n);
  }
  return counts;
}

describeOnEachDatabase('Import of a full export of Keycloak 26.7', (database) => {
  let report: ImportReport;
  let parts: RealmImportParts;

  beforeAll(async () => {
    parts = await realmImportOn(database());
    await parts.bootstrap.run({ username: 'admin', password: 'admin' });
    report = await parts.realmImport.import(acme, { ifExists: 'skip' });
  });

  it('reports what it made and what it does not understand', () => {
    expect(report).toMatchObject({
      kind: 'imported',
      realm: 'acme',
      realmId: acme.id,
      users: 8,
      clients: 10,
      flows: 36,
    });
    expect(importWarning(report)).toContain(
      'org.keycloak.services.clientregistration.policy.ClientRegistrationPolicy (trusted-hosts',
    );
    expect(importWarning(report)).not.toContain('webAuthnPolicy');
  });

  it('gives back the realm as it was', async () => {
    const realm = await database().realms.byName('acme');
    if (!realm) throw new Error('no realm');
    const catalog = await database().flows.catalog(acme.id);
    const role = await database().roles.byId(acme.id, realm.defaultRoleId ?? '');
    const { attributes: _, ...defaultRole } = role ? toRoleRepresentation(role) : { attributes: {} };
    const representation = toRealmRepresentation(realm, {
      aliasOfFlow: (id) => catalog.flows.find((flow) => flow.id === id)?.alias,
      defaultRole: defaultRole as ReturnType<typeof toRoleRepresentation>,
      defaultGroups: [],
    });
    expect(Object.keys(representation).length).toBeGreaterThanOrEqual(104);
    expect(representation).toEqual(
      Object.fromEntries(Object.keys(representation).map((member) => [member, acme[member]])),
    );
  });

  it('keeps every flow with its id, executions, configs and bindings, each running its head', async () => {
    const catalog = await database().flows.catalog(acme.id);
    expect(catalog.flows).toHaveLength(36);
    const given = new Map(acme.authenticationFlows.map((flow) => [flow.alias, flow]));
    for (const flow of catalog.flows) expect(toFlowRepresentation(flow, catalog)).toEqual(given.get(flow.alias));
    expect(sorted(catalog.configs.map(({ id }) => id))).toEqual(sorted(acme.authenticatorConfig.map(({ id }) => id)));
    for (const flow of catalog.flows.filter(({ topLevel }) => topLevel)) {
      expect(flow.runningHash, flow.alias).toBeDefined();
      expect((await database().flows.version(acme.id, flow.runningHash ?? ''))?.definition.alias).toBe(flow.alias);
    }
    const limited = flowByAlias(catalog, 'Browser - Limited Sessions');
    const limiter = executionRows(catalog, limited?.id ?? '').find(
      ({ execution }) => execution.authenticator === 'user-session-limits',
    );
    expect(limiter?.config?.values).toEqual({
      userClientLimit: '2',
      behavior: 'Terminate oldest session',
      userRealmLimit: '3',
    });
  });

  it('keeps every client with its id, scopes, secret and overrides', async () => {
    const clients = await database().clients.list(acme.id, {});
    const scopes = await database().clientScopes.list(acme.id);
    const nameOf = new Map(scopes.map(({ id, name }) => [id, name]));
    expect(clients.map(({ clientId }) => clientId)).toEqual(acme.clients.map(({ clientId }) => clientId));
    for (const [at, client] of clients.entries()) {
      const secret = client.sealedSecret === undefined ? undefined : parts.sealer.open(client.sealedSecret, client.id);
      const representation = toClientRepresentation(client, {
        nameOfScope: (id) => nameOf.get(id),
        ...(secret !== undefined && { secret }),
      });
      const expected = acme.clients[at];
      const lists = ['defaultClientScopes', 'optionalClientScopes'] as const;
      const withSortedLists = (value: Readonly<Record<string, unknown>>) => ({
        ...value,
        ...Object.fromEntries(lists.map((list) => [list, sorted(value[list] as readonly string[])])),
      });
      expect(withSortedLists(representation)).toEqual(withSortedLists(expected ?? {}));
      expect(client.sealedSecret ?? '').not.toContain('secret');
    }
    const accountConsole = clients.find(({ clientId }) => clientId === 'account-console');
    const roles = await database().roles.byIds(acme.id, accountConsole?.scopeMappings ?? []);
    expect(sorted(roles.map(({ name }) => name))).toEqual(['manage-account', 'view-groups']);
  });

  it('keeps client scopes and required actions', async () => {
    const scopes = await database().clientScopes.list(acme.id);
    const given = new Map(acme.clientScopes.map((scope) => [scope.name, scope]));
    expect(scopes).toHaveLength(15);
    for (const scope of scopes) expect(toClientScopeRepresentation(scope)).toEqual(given.get(scope.name));
    const realm = await database().realms.byId(acme.id);
    expect(realm?.requiredActions.map(toRequiredActionRepresentation)).toEqual(acme.requiredActions);
    expect(realm?.defaultDefaultClientScopes).toHaveLength(9);
  });

  it('keeps roles with their ids and composites', async () => {
    const roles = await database().roles.all(acme.id);
    const given = [...acme.roles.realm, ...Object.values(acme.roles.client).flat()];
    expect(sorted(roles.map(({ id }) => id))).toEqual(sorted(given.map(({ id }) => id)));
    const names = new Map(roles.map(({ id, name }) => [id, name]));
    const composites = (name: string) =>
      sorted(roles.find((role) => role.name === name)?.composites.map((id) => names.get(id) ?? id) ?? []);
    expect(composites('default-roles-acme')).toEqual([
      'manage-account',
      'offline_access',
      'uma_authorization',
      'view-profile',
    ]);
    expect(composites('realm-admin')).toHaveLength(21);
  });

  it('keeps users with credentials, roles, groups and service accounts; passwords still fit', async () => {
    for (const user of acme.users) {
      expect((await database().users.byUsername(acme.id, user.username))?.id).toBe(user.id);
      const credentials = await database().users.credentials(acme.id, user.id);
      expect(
        credentials.map((credential) => ({
          id: credential.id,
          credentialData: credential.data,
          secretData: parts.sealer.open(credential.sealedSecret, credential.id),
        })),
      ).toEqual(user.credentials.map(({ id, credentialData, secretData }) => ({ id, credentialData, secretData })));
    }
    const bob = acme.users.find(({ username }) => username === 'bob')?.id ?? '';
    expect(sorted((await database().roles.ofUser(acme.id, bob)).map(({ name }) => name))).toEqual([
      'default-roles-acme',
      'staff',
    ]);
    expect((await database().groups.ofUser(acme.id, bob)).map(({ name }) => name)).toEqual(['shops']);
    const api = await database().clients.byClientId(acme.id, 'shop-api');
    expect((await database().users.serviceAccountOf(acme.id, api?.id ?? ''))?.username).toBe(
      'service-account-shop-api',
    );
    for (const name of ['alice', 'grace']) {
      const id = acme.users.find(({ username }) => username === name)?.id ?? '';
      const [password] = await database().users.credentials(acme.id, id);
      if (!password) throw new Error('no password');
      const stored = { data: password.data, secret: parts.sealer.open(password.sealedSecret, password.id) };
      expect(await parts.hasher.verify(`${name}-pw`, stored)).toBe(true);
    }
  });

  it('keeps the keys: tokens signed before stay valid', async () => {
    const keys = await database().realmKeys.list(acme.id);
    expect(sorted(keys.map(({ name }) => name))).toEqual([
      'aes-generated',
      'hmac-generated-hs512',
      'rsa-enc-generated',
      'rsa-generated',
    ]);
    expect(keys.find(({ name }) => name === 'hmac-generated-hs512')?.id).toBe('08c8e3ca-0a48-4869-a469-88d6a697ef65');
  });

  it('lets the administrators of master administer the realm', async () => {
    const master = await database().realms.byName('master');
    const masterId = master?.id ?? '';
    const admin = await database().users.byUsername(masterId, 'admin');
    const client = await database().clients.byClientId(masterId, 'acme-realm');
    const held = await database().roles.effectiveRoleIds(masterId, admin?.id ?? '');
    const needed = await database().roles.list(masterId, { clientId: client?.id ?? '' });
    expect(needed).toHaveLength(21);
    expect(needed.every(({ id }) => held.has(id))).toBe(true);
  });

  it('leaves a realm alone that is there', async () => {
    const before = await rowCounts(database());
    expect(await parts.realmImport.import({ ...acme, displayName: 'Other' }, { ifExists: 'skip' })).toEqual({
      kind: 'skipped',
      realm: 'acme',
    });
    await expect(parts.realmImport.import(acme, { ifExists: 'fail' })).rejects.toMatchObject({
      code: 'realm_exists',
      message: 'Realm acme already exists',
    });
    expect((await database().realms.byName('acme'))?.settings.displayName).toBe('Acme');
    expect(await rowCounts(database())).toEqual(before);
  });

  it.each([
    [
      'an unknown sub-flow',
      {
        authenticationFlows: [
          {
            alias: 'a',
            topLevel: true,
            authenticationExecutions: [{ authenticatorFlow: true, flowAlias: 'gone', requirement: 'REQUIRED' }],
          },
        ],
      },
      'authenticationFlows[0].authenticationExecutions[0].flowAlias',
    ],
    [
      'an unknown requirement',
      {
        authenticationFlows: [
          {
            alias: 'a',
            topLevel: true,
            authenticationExecutions: [{ authenticator: 'auth-cookie', requirement: 'OPTIONAL' }],
          },
        ],
      },
      'authenticationFlows[0].authenticationExecutions[0].requirement',
    ],
    [
      'a flow within itself',
      {
        authenticationFlows: [
          {
            alias: 'a',
            topLevel: true,
            authenticationExecutions: [{ authenticatorFlow: true, flowAlias: 'a', requirement: 'REQUIRED' }],
          },
        ],
      },
      'authenticationFlows',
    ],
    ['an unknown binding', { browserFlow: 'gone' }, 'browserFlow'],
    [
      'an unknown override',
      { clients: [{ clientId: 'x', authenticationFlowBindingOverrides: { browser: 'gone' } }] },
      'clients[0].authenticationFlowBindingOverrides.browser',
    ],
    ['a client without a name', { clients: [{ name: 'x' }] }, 'clients[0].clientId'],
    ['two clients of one name', { clients: [{ clientId: 'x' }, { clientId: 'x' }] }, 'clients[1].clientId'],
    ['an unknown group', { users: [{ username: 'x', groups: ['/gone'] }] }, 'users[0].groups[0]'],
    [
      'broken credential data',
      { users: [{ username: 'x', credentials: [{ type: 'otp', credentialData: '{', secretData: '{}' }] }] },
      'users[0].credentials[0].credentialData',
    ],
    [
      'an unknown composite',
      { roles: { realm: [{ name: 'x', composites: { realm: ['gone'] } }] } },
      'roles.realm[0].composites.realm[0]',
    ],
    [
      'a weak key',
      { components: { 'org.keycloak.keys.KeyProvider': [{ providerId: 'rsa', config: { privateKey: ['x'] } }] } },
      'components.org.keycloak.keys.KeyProvider[0].config.privateKey',
    ],
    ['a character that cannot stand in an address', { realm: 'a/b' }, 'realm'],
    ['no name', { realm: '' }, 'realm'],
  ])('refuses %s, names the place and leaves nothing behind', async (_what, members, field) => {
    const before = await rowCounts(database());
    await expect(parts.realmImport.import({ realm: 'broken', ...members }, { ifExists: 'fail' })).rejects.toMatchObject(
      { name: 'InvalidInputError', field },
    );
    expect(await rowCounts(database())).toEqual(before);
  });

  it('leaves nothing behind when the database refuses half-way', async () => {
    const before = await rowCounts(database());
    const users = [
      { username: 'one', email: 'same@example.test' },
      { username: 'two', email: 'same@example.test' },
    ];
    await expect(parts.realmImport.import({ realm: 'broken', users }, { ifExists: 'fail' })).rejects.toMatchObject({
      code: 'email_exists',
    });
    expect(await rowCounts(database())).toEqual(before);
  });

  it('makes a whole realm of a small body', async () => {
    const clients = [
      { clientId: 'app', publicClient: true, redirectUris: ['http://app.test/*'] },
      { clientId: 'svc', secret: 'svc-secret', serviceAccountsEnabled: true },
    ];
    const users = [
      { username: 'Alice', credentials: [{ type: 'password', value: 'pw', temporary: true }] },
      { username: 'bob', realmRoles: ['offline_access', 'new-role'] },
    ];
    const realm = await parts.realmImport.create({
      realm: 'small',
      clients,
      users,
      smtpServer: { host: 'mail', password: 'hidden' },
    });
    const stores = database();
    expect(realm.settings).toMatchObject({ enabled: false, accessTokenLifespan: 300 });
    expect((await stores.clients.list(realm.id, {})).map(({ clientId }) => clientId)).toEqual([
      'account',
      'account-console',
      'admin-cli',
      'app',
      'broker',
      'realm-management',
      'security-admin-console',
      'svc',
    ]);
    expect(await stores.clientScopes.list(realm.id)).toHaveLength(15);
    const catalog = await stores.flows.catalog(realm.id);
    expect([catalog.flows.length, catalog.executions.length]).toEqual([8 + 13, 55 + 1]);
    expect(Object.keys(realm.bindings)).toHaveLength(7);

    const app = await stores.clients.byClientId(realm.id, 'app');
    expect(app).toMatchObject({ webOrigins: ['http://app.test'], enabled: true, fullScopeAllowed: true });
    const scopeNames = new Map((await stores.clientScopes.list(realm.id)).map(({ id, name }) => [id, name]));
    expect(sorted(app?.defaultClientScopes.map((id) => scopeNames.get(id) ?? '') ?? [])).toEqual([
      'acr',
      'basic',
      'email',
      'profile',
      'roles',
      'web-origins',
    ]);

    const alice = await stores.users.byUsername(realm.id, 'alice');
    expect(alice).toMatchObject({ username: 'alice', enabled: false, requiredActions: [] });
    expect(await stores.roles.ofUser(realm.id, alice?.id ?? '')).toEqual([]);
    const [password] = await stores.users.credentials(realm.id, alice?.id ?? '');
    if (!password) throw new Error('no password');
    expect(
      await parts.hasher.verify('pw', {
        data: password.data,
        secret: parts.sealer.open(password.sealedSecret, password.id),
      }),
    ).toBe(true);
    const bob = await stores.users.byUsername(realm.id, 'bob');
    expect(sorted((await stores.roles.ofUser(realm.id, bob?.id ?? '')).map(({ name }) => name))).toEqual([
      'new-role',
      'offline_access',
    ]);

    const svc = await stores.clients.byClientId(realm.id, 'svc');
    const account = await stores.users.serviceAccountOf(realm.id, svc?.id ?? '');
    expect((await stores.roles.ofUser(realm.id, account?.id ?? '')).map(({ name }) => name)).toEqual([
      'default-roles-small',
    ]);
    expect(svc?.defaultClientScopes.map((id) => scopeNames.get(id))).toContain('service_account');

    expect(JSON.stringify(await stores.realms.byId(realm.id))).not.toContain('hidden');
    expect(await stores.realmKeys.list(realm.id)).toHaveLength(4);
  });

  it('refuses what nobody knows where Keycloak does, and keeps it in a file', async () => {
    const text = '{"realm":"odd","shiny":true}';
    await expect(parts.realmImport.create(JSON.parse(text), text)).rejects.toMatchObject({
      message: 'Invalid json representation for RealmRepresentation. Unrecognized field "shiny" at line 1 column 28.',
    });
    const odd = await parts.realmImport.import(JSON.parse(text), { ifExists: 'fail' });
    expect(odd).toMatchObject({ notUnderstood: ['shiny'] });
    expect((await database().realms.byName('odd'))?.extra).toMatchObject({ shiny: true });
  });
});

describeOnEachDatabase('A server that starts', (database) => {
  it('gets master with an administrator once, and the example realm', async () => {
    const { bootstrap, registry } = await realmImportOn(database());
    const files = await readRealmFiles('examples/demo-realm.json');
    const first = await bootstrap.run({ username: 'root' }, files);
    expect(first.admin).toMatchObject({ username: 'root', generated: true });
    expect(first.imports).toMatchObject([{ kind: 'imported', realm: 'demo', notUnderstood: [] }]);
    const demo = await database().flows.catalog((await database().realms.byName('demo'))?.id ?? '');
    for (const flow of demo.flows.filter(({ topLevel, builtIn }) => topLevel && !builtIn)) {
      const definition = definitionOf(demo, flow.id);
      expect(definition && checkBinding('direct_grant', flow, definition, registry), flow.alias).toBeUndefined();
    }
    expect(await bootstrap.run({ username: 'root' }, files)).toEqual({ imports: [{ kind: 'skipped', realm: 'demo' }] });

    const master = await database().realms.byName('master');
    const masterId = master?.id ?? '';
    expect(master?.settings.accessTokenLifespan).toBe(60);
    const catalog = await database().flows.catalog(masterId);
    expect([catalog.flows.length, catalog.executions.length]).toEqual([8 + 10, 48 + 1]);
    expect((await database().clients.list(masterId, {})).map(({ clientId }) => clientId)).toEqual([
      'account',
      'account-console',
      'admin-cli',
      'broker',
      'demo-realm',
      'master-realm',
      'security-admin-console',
    ]);
    const root = await database().users.byUsername(masterId, 'root');
    const held = await database().roles.effectiveRoleIds(masterId, root?.id ?? '');
    const createRealm = await database().roles.byName(masterId, undefined, 'create-realm');
    expect(held.has(createRealm?.id ?? '')).toBe(true);
  });
});

describe('Realm files', () => {
  it('name the file and the place where its JSON breaks', async () => {
    await expect(readRealmFiles('test/fixtures/broken-realm.json')).rejects.toMatchObject({
      code: 'realm_file_unreadable',
      message: 'broken-realm.json: line 3 column 14: this is not valid JSON',
    });
    await expect(readRealmFiles('test/fixtures/none')).rejects.toMatchObject({ code: 'realm_file_unreadable' });
  });
});

describeOnEachDatabase('The client of a realm in master', (database) => {
  it('follows the realm to a new name, and goes with it', async () => {
    const { bootstrap, realmImport, masterAdministration } = await realmImportOn(database());
    await bootstrap.run({ username: 'root', password: 'pw' });
    await realmImport.create({ realm: 'one' });
    const master = (await database().realms.byName('master'))?.id ?? '';
    const adminRoles = async () => (await database().roles.byName(master, undefined, 'admin'))?.composites.length;
    expect(await adminRoles()).toBe(1 + 21 + 21);

    await database().unitOfWork.run(() => masterAdministration.rename('one', 'two'));
    expect(await database().clients.byClientId(master, 'one-realm')).toBeUndefined();
    expect(await database().clients.byClientId(master, 'two-realm')).toMatchObject({ name: 'two Realm' });

    await database().unitOfWork.run(() => masterAdministration.withdraw({ name: 'two' }));
    expect(await database().clients.byClientId(master, 'two-realm')).toBeUndefined();
    expect(await adminRoles()).toBe(1 + 21);
    await database().unitOfWork.run(() => masterAdministration.withdraw({ name: 'master' }));
    expect(await database().clients.byClientId(master, 'master-realm')).toBeDefined();
  });
});
