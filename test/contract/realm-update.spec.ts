import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { beforeAll, expect, it } from 'vitest';
import { NestFactory } from '@nestjs/core';
import { pino } from 'pino';
import { readSettings } from '../../src/config/settings.js';
import { coreProviders } from '../../src/core.module.js';
import { FrameworkLogger } from '../../src/infrastructure/logger.js';
import { Bootstrap } from '../../src/realm-files/bootstrap.js';
import { PartialImport } from '../../src/realm-files/partial-import.js';
import { RealmExport } from '../../src/realm-files/realm-export.js';
import { RealmImport } from '../../src/realm-files/realm-import.js';
import { RealmUpdate, type UpdateReport } from '../../src/realm-files/realm-update.js';
import { MASK } from '../../src/representations/kept-secrets.js';
import { AesSealer } from '../../src/shared/aes-sealer.js';
import { SystemClock } from '../../src/shared/clock.js';
import type { JsonObject } from '../../src/shared/json.js';
import { describeOnEachDatabase } from '../support/databases.js';

const acme = JSON.parse(readFileSync('test/fixtures/acme-realm.json', 'utf8')) as JsonObject;
const KEYS = 'org.keycloak.keys.KeyProvider';

// A module of Nest is a class, if only a name.
// eslint-disable-next-line @typescript-eslint/no-extraneous-class
class CoreModule {}

describeOnEachDatabase('A realm file over a realm', (database) => {
  let part: <T>(token: abstract new (...parts: never[]) => T) => T;

  beforeAll(async () => {
    const logger = pino({ level: 'silent' });
    const ground = {
      settings: readSettings({}),
      clock: new SystemClock(),
      logger,
      instruments: {},
      stores: database(),
      sealer: new AesSealer('11'.repeat(32)),
      sessionCodeKey: Buffer.alloc(32),
    };
    const context = await NestFactory.createApplicationContext(
      { module: CoreModule, providers: coreProviders(ground) },
      { logger: new FrameworkLogger(logger), abortOnError: false },
    );
    part = (token) => context.get(token);
    await part(Bootstrap).run({ username: 'admin', password: 'admin' });
    await part(RealmImport).import(acme, { ifExists: 'fail' });
  });

  const realm = async () => {
    const found = await database().realms.byName('acme');
    if (!found) throw new Error('There is no realm acme');
    return found;
  };
  const update = async (file: unknown, dryRun = false): Promise<UpdateReport> =>
    part(RealmUpdate).update(await realm(), file, { mode: 'members', dryRun });
  async function exported(): Promise<JsonObject> {
    const content = await part(RealmExport).full(await realm());
    const users: JsonObject[] = [];
    for await (const page of content.users()) users.push(...page);
    return { ...content.realm, users };
  }
  const named = ({ changes }: UpdateReport): readonly string[] =>
    changes.map(({ action, kind, name }) => `${action} ${kind} ${name}`).toSorted();

  it('writes nothing when it says what is there: the file itself, an export, an export without secrets', async () => {
    const before = await exported();
    for (const file of [
      acme,
      before,
      await part(RealmExport).partial(await realm(), { clients: true, groupsAndRoles: true }),
    ]) {
      const report = await update(file);
      expect(report.changes).toEqual([]);
      expect(report.kept).toBeGreaterThan(100);
    }
    expect(await exported()).toEqual(before);
  });

  it('changes what the file gives, keeps what it leaves out, and has nothing to do the second time', async () => {
    const before = await exported();
    const file: JsonObject = {
      realm: 'acme',
      displayName: 'Acme & Sons',
      smtpServer: { host: 'mail.test', password: 'hush' },
      clients: [
        { clientId: 'shop-web', description: 'The shop', secret: MASK },
        {
          clientId: 'new-app',
          serviceAccountsEnabled: true,
          authenticationFlowBindingOverrides: { browser: 'flow-new' },
        },
      ],
      roles: {
        realm: [{ name: 'auditor', composites: { realm: ['customer'] } }],
        client: { 'new-app': [{ name: 'reader' }] },
      },
      groups: [{ name: 'shops', subGroups: [{ name: 'online', realmRoles: ['customer'] }] }],
      clientScopes: [{ name: 'loyalty', protocol: 'openid-connect' }],
      authenticationFlows: [
        {
          ...{ id: 'flow-new', alias: 'Form only', providerId: 'basic-flow', topLevel: true, builtIn: false },
          authenticationExecutions: [
            { authenticator: 'auth-username-password-form', requirement: 'REQUIRED', priority: 10 },
          ],
        },
      ],
      users: [
        {
          username: 'Alice',
          groups: ['/shops/online'],
          clientConsents: [{ clientId: 'shop-web', grantedClientScopes: ['email'] }],
        },
        {
          username: 'zoe',
          enabled: true,
          credentials: [{ type: 'password', value: 'zoe-pw' }],
          realmRoles: ['customer'],
        },
      ],
    };
    const planned = await update(file, true);
    expect(await exported()).toEqual(before);
    const done = await update(file);
    expect(named(done)).toEqual(named(planned));
    expect(named(done)).toEqual([
      ...['changed client shop-web', 'changed realm acme', 'changed realm role auditor', 'changed user alice'],
      ...['created client new-app', 'created client role new-app/reader', 'created client scope loyalty'],
      ...['created flow Form only', 'created group /shops/online', 'created user zoe'],
    ]);

    const after = await exported();
    const client = (clientId: string, from: JsonObject): JsonObject | undefined =>
      (from['clients'] as readonly JsonObject[]).find((each) => each['clientId'] === clientId);
    expect(client('shop-web', after)).toEqual({ ...client('shop-web', before), description: 'The shop' });
    expect(client('back-office', after)).toEqual(client('back-office', before));
    expect(after['smtpServer']).toEqual(file['smtpServer']);
    const users = after['users'] as readonly JsonObject[];
    expect(users.map(({ username }) => username)).toEqual(
      expect.arrayContaining(['service-account-new-app', 'zoe', 'bob']),
    );
    expect(users.find(({ username }) => username === 'alice')).toMatchObject({
      groups: ['/shops/online'],
      realmRoles: ['default-roles-acme'],
      clientConsents: [{ clientId: 'shop-web', grantedClientScopes: ['email'] }],
    });
    expect((after['components'] as JsonObject)[KEYS]).toEqual((before['components'] as JsonObject)[KEYS]);

    const again = await update({ ...file, smtpServer: { host: 'mail.test', password: MASK } });
    expect(again.changes.filter(({ kind }) => kind !== 'user')).toEqual([]);
    // Consents without dates get the time of the import.
    expect(again.changes.map(({ name }) => name).filter((name) => name !== 'alice')).toEqual([]);
    expect((await exported())['smtpServer']).toEqual(file['smtpServer']);
  });

  it('names the masks of a file where there is nothing that they stand for', async () => {
    const masked = await part(RealmExport).partial(await realm(), { clients: true, groupsAndRoles: true });
    const { id: _id, ...file } = masked;
    const ids = /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g;
    const fresh = new Map<string, string>();
    const text = JSON.stringify({ ...file, realm: 'twin' }).replaceAll(ids, (old) => {
      if (!fresh.has(old)) fresh.set(old, randomUUID());
      return fresh.get(old) ?? old;
    });
    const report = await part(RealmImport).import(JSON.parse(text), { ifExists: 'fail' });
    expect('notUnderstood' in report && report.notUnderstood).toContain('masked secret at smtpServer.password');
    const twin = await database().realms.byName('twin');
    expect(twin?.extra['smtpServer']).toEqual({ host: 'mail.test' });
  });

  it('is written whole or not at all', async () => {
    const before = await exported();
    const users = [{ username: 'yan' }, { username: 'xi', realmRoles: ['customer'], groups: ['/nowhere'] }];
    await expect(update({ realm: 'acme', displayName: 'Half', users })).rejects.toThrow('users[1].groups[0]');
    await expect(update({ realm: 'acme', displayName: 'Half', browserFlow: 'clients' })).rejects.toThrow('browserFlow');
    expect(await exported()).toEqual(before);
  });

  it('takes parts, and fails, skips or overwrites what is there', async () => {
    const anybody = { structure: () => Promise.resolve(), user: () => Promise.resolve() };
    const parts: JsonObject = {
      users: [{ username: 'bob', firstName: 'Robert' }, { username: 'walt' }],
      clients: [{ clientId: 'mobile', publicClient: true }],
      roles: { realm: [{ name: 'staff' }], client: { mobile: [{ name: 'driver' }] } },
      groups: [{ name: 'depots' }],
    };
    const run = async (how: 'FAIL' | 'SKIP' | 'OVERWRITE') =>
      part(PartialImport).run(await realm(), parts, how, anybody);
    const before = await exported();
    await expect(run('FAIL')).rejects.toThrow("Client id 'mobile' already exists");
    expect(await exported()).toEqual(before);

    const skipped = await run('SKIP');
    expect(
      skipped.map(({ action, resourceType, resourceName }) => `${action} ${resourceType} ${resourceName}`),
    ).toEqual([
      ...[
        'SKIPPED CLIENT mobile',
        'SKIPPED REALM_ROLE staff',
        'ADDED CLIENT_ROLE mobile-->driver',
        'ADDED GROUP /depots',
      ],
      ...['SKIPPED USER bob', 'ADDED USER walt'],
    ]);
    const walt = await database().users.byUsername((await realm()).id, 'walt');
    expect(skipped.at(-1)?.id).toBe(walt?.id);

    const overwritten = await run('OVERWRITE');
    expect(new Set(overwritten.map(({ action }) => action))).toEqual(new Set(['OVERWRITTEN']));
    const after = (await exported())['users'] as readonly JsonObject[];
    const bob = after.find(({ username }) => username === 'bob');
    expect(bob).toMatchObject({ firstName: 'Robert', credentials: [] });
    expect(bob).not.toHaveProperty('email');
  });
});
