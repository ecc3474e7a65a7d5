import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSettings } from '../../../src/config/settings.js';
import { createDataSource } from '../../../src/persistence/data-source-options.js';
import { Database } from '../../../src/persistence/database.js';
import { Resealing } from '../../../src/persistence/resealing.js';
import { TypeOrmUnitOfWork } from '../../../src/persistence/typeorm-unit-of-work.js';
import { createServer } from '../../../src/server.js';
import { AesSealer } from '../../../src/shared/aes-sealer.js';
import { startUp } from '../../../src/start-up.js';
import type { App } from '../../support/browser-session.js';
import { testRealm } from '../../support/test-realm.js';

const APP: App = { realm: 'sealed', clientId: 'app', redirectUri: 'http://app.test/cb', secret: 'app-secret' };
const LDAP = { name: 'ldap', providerId: 'ldap', config: { bindCredential: ['ldap-secret'] } };
const newKey = (): string => randomBytes(32).toString('base64');
const [OLD, CURRENT] = [newKey(), newKey()];

let folder: string;
let url: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-reseal-'));
  url = `sqlite:${join(folder, 'sluice.sqlite')}`;
  const settings = {
    smtpServer: { host: 'mail.test', password: 'mail-secret' },
    components: { 'org.keycloak.storage.UserStorageProvider': [LDAP] },
  };
  const realm = testRealm({ realm: APP.realm, people: ['ada'], apps: [APP], settings });
  await writeFile(join(folder, 'realm.json'), JSON.stringify([realm]));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** What a server with these keys says to a password grant with the client's secret. */
async function grant(keys: Readonly<Record<string, string>>): Promise<number> {
  const settings = readSettings({
    SLUICE_PORT: '0',
    SLUICE_DATABASE_URL: url,
    SLUICE_IMPORT: join(folder, 'realm.json'),
    SLUICE_BOOTSTRAP_ADMIN_PASSWORD: 'admin-pw',
    ...keys,
  });
  const logger = pino({ level: 'silent' });
  const server = await createServer(settings, logger);
  try {
    await startUp(server.app, settings, logger);
    await server.app.listen(0, '127.0.0.1');
    const form = { grant_type: 'password', client_id: APP.clientId, client_secret: APP.secret ?? '' };
    const address = `${await server.app.getUrl()}/realms/${APP.realm}/protocol/openid-connect/token`;
    const body = new URLSearchParams({ ...form, username: 'ada', password: 'ada-pw' });
    return (await fetch(address, { method: 'POST', body })).status;
  } finally {
    await server.close();
  }
}

/** Every place of the database that names a key: `table.column`. */
async function placesOf(keyId: string): Promise<readonly string[]> {
  const dataSource = await createDataSource(url).initialize();
  try {
    const places: string[] = [];
    for (const { tableName } of dataSource.entityMetadatas) {
      const rows = await dataSource.query<Record<string, unknown>[]>(`SELECT * FROM ${tableName}`);
      for (const row of rows)
        for (const [column, value] of Object.entries(row))
          if (typeof value === 'string' && value.includes(`v1.${keyId}.`)) places.push(`${tableName}.${column}`);
    }
    return [...new Set(places)].sort();
  } finally {
    await dataSource.destroy();
  }
}

describe('The encryption key of a server', () => {
  it('can be replaced: every secret is sealed anew, and then the old key is needed no more', async () => {
    const both = { SLUICE_ENCRYPTION_KEY: CURRENT, SLUICE_ENCRYPTION_KEY_PREVIOUS: OLD };
    const sealer = new AesSealer(CURRENT, [OLD]);
    const [oldId = ''] = sealer.olderKeyIds;
    expect(await grant({ SLUICE_ENCRYPTION_KEY: OLD })).toBe(200);
    expect(await grant(both)).toBe(200);
    const everywhere = ['client.document', 'credential.sealed_secret', 'realm.document', 'realm_key.sealed_private'];
    expect(await placesOf(oldId)).toEqual(everywhere);

    const dataSource = await createDataSource(url).initialize();
    const database = new Database(dataSource);
    const unitOfWork = new TypeOrmUnitOfWork(database, () => undefined);
    const report = await new Resealing(database, unitOfWork, sealer).run();
    await dataSource.destroy();
    expect(report.unreadable).toBe(0);
    expect(report.resealed).toBeGreaterThan(8);
    expect(await placesOf(oldId)).toEqual([]);
    expect(await grant({ SLUICE_ENCRYPTION_KEY: CURRENT })).toBe(200);
  });
});
