import { readFileSync } from 'node:fs';
import { beforeAll, expect, it } from 'vitest';
import { MASK } from '../../src/representations/kept-secrets.js';
import type { Json, JsonObject } from '../../src/shared/json.js';
import { describeOnEachDatabase } from '../support/databases.js';
import { realmImportOn, type RealmImportParts } from '../support/realm-import-fixture.js';

const acme = JSON.parse(readFileSync('test/fixtures/acme-realm.json', 'utf8')) as JsonObject;

/** Lists whose order means nothing: compared by what identifies their items. */
const UNORDERED = new Set([
  ...['users', 'clients', 'clientScopes', 'realm', 'protocolMappers', 'authenticatorConfig', 'groups', 'subGroups'],
  ...['org.keycloak.keys.KeyProvider', 'realmRoles', 'roles', 'redirectUris', 'webOrigins'],
]);

/** Members in alphabetical order, unordered lists sorted. */
function canonical(value: Json, name = '', within = ''): Json {
  if (Array.isArray(value)) {
    const items = (value as readonly Json[]).map((item) => canonical(item, '', name));
    const sorted = UNORDERED.has(name) || ['client', 'composites', 'clientRoles'].includes(within);
    return sorted ? items.toSorted((a, b) => (identity(a) < identity(b) ? -1 : 1)) : items;
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, member]) => [key, canonical(member, key, name)] as const);
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

const identity = (item: Json): string =>
  JSON.stringify(typeof item === 'object' && item !== null && 'id' in item ? item.id : item);

describeOnEachDatabase('Export of a realm', (database) => {
  let parts: RealmImportParts;

  beforeAll(async () => {
    parts = await realmImportOn(database());
    await parts.bootstrap.run({ username: 'admin', password: 'admin' });
  });

  async function exported(name: string): Promise<JsonObject> {
    const realm = await database().realms.byName(name);
    if (!realm) throw new Error(`There is no realm ${name}`);
    const content = await parts.realmExport.full(realm);
    const users: JsonObject[] = [];
    for await (const page of content.users()) users.push(...page);
    expect(users).toHaveLength(content.userCount);
    return { ...content.realm, users };
  }

  async function forget(name: string): Promise<void> {
    const realm = await database().realms.byName(name);
    await database().unitOfWork.run(async () => {
      await parts.masterAdministration.withdraw({ name });
      await database().realms.delete(realm?.id ?? '');
    });
  }

  it('gives back what a full export of Keycloak holds: ids, secrets, hashes, keys, order', async () => {
    await parts.realmImport.import(acme, { ifExists: 'fail' });
    const first = await exported('acme');
    expect(canonical(first)).toEqual(canonical(acme));
  });

  it('is equal after it was imported again', async () => {
    const first = await exported('acme');
    await forget('acme');
    const report = await parts.realmImport.import(JSON.parse(JSON.stringify(first)), { ifExists: 'fail' });
    expect(report.kind).toBe('imported');
    expect(await exported('acme')).toEqual(first);
  });

  it('is equal for the realm of the administrators and for one of two lines', async () => {
    await parts.realmImport.create({ realm: 'small', enabled: true });
    const first = await exported('small');
    await forget('small');
    await parts.realmImport.import(first, { ifExists: 'fail' });
    expect(await exported('small')).toEqual(first);
    expect((await exported('master'))['realm']).toBe('master');
  });

  it('masks every secret for those who are not the owner of the server', async () => {
    const realm = await database().realms.byName('acme');
    if (!realm) throw new Error('There is no realm acme');
    const shown = await parts.realmExport.partial(realm, { clients: true, groupsAndRoles: true });
    const text = JSON.stringify(shown);
    const whole = await exported('acme');
    for (const secret of secretsOf(whole)) expect(text).not.toContain(secret);
    expect(text).toContain(`"secret":"${MASK}"`);
    expect((shown['users'] as readonly JsonObject[]).map(({ username }) => username)).toEqual([
      'service-account-shop-api',
    ]);
    const bare = await parts.realmExport.partial(realm, { clients: false, groupsAndRoles: false });
    for (const member of ['users', 'clients', 'roles', 'groups']) expect(bare).not.toHaveProperty(member);
    expect(bare).toHaveProperty('authenticationFlows');
  });
});

/** Secrets of clients and private halves of keys. */
function secretsOf(realm: JsonObject): readonly string[] {
  const clients = (realm['clients'] as readonly JsonObject[]).flatMap(
    ({ secret }) => (secret as string | undefined) ?? [],
  );
  const keys = (realm['components'] as Record<string, readonly { config: Record<string, string[]> }[]>)[
    'org.keycloak.keys.KeyProvider'
  ];
  const halves = keys?.flatMap(({ config }) => [...(config['privateKey'] ?? []), ...(config['secret'] ?? [])]) ?? [];
  expect(clients.length + halves.length).toBe(6);
  return [...clients, ...halves];
}
