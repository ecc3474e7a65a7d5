import { expect, it } from 'vitest';
import { createStoresOn } from '../../src/persistence/stores.js';
import { describeOnEachDatabase } from '../support/databases.js';
import { ExplainingDatabase } from '../support/explaining-database.js';
import { sampleClient, sampleRealm, sampleUser } from '../support/fakes/sample-realm.js';
import { freshId } from './samples.js';

describeOnEachDatabase('Records of logins', (database) => {
  it('find realm, client, user and the age of the password in one statement, by keys', async () => {
    const { realms, clients, users, dataSource } = database();
    const realmId = freshId('realm');
    const realm = { ...sampleRealm(), id: realmId, name: realmId };
    const client = sampleClient({ realmId, id: freshId('client') });
    const user = sampleUser({ realmId, id: freshId('user'), username: 'alice' });
    const bob = sampleUser({ realmId, id: freshId('user'), username: 'bob', email: 'bob@example.org' });
    const credential = (id: string, type: string, createdDate: number) =>
      users.insertCredential({
        realmId,
        userId: user.id,
        id,
        type,
        createdDate,
        data: '{}',
        sealedSecret: '',
        priority: 1,
      });
    await database().unitOfWork.run(async () => {
      await realms.insert(realm);
      await clients.insert(client);
      for (const each of [user, bob]) await users.insert(each, true);
      await credential('password', 'password', 1_700_000_000_000);
      await credential('otp', 'otp', 1_800_000_000_000);
    });
    const explaining = new ExplainingDatabase(dataSource);
    const { loginRecords } = createStoresOn(explaining, () => undefined);
    const parties = { realmId, clientId: client.id, userId: user.id };
    expect(await loginRecords.of(parties)).toEqual({ realm, client, user, passwordSetAt: 1_700_000_000_000 });
    expect(await loginRecords.of({ ...parties, userId: bob.id })).toEqual({ realm, client, user: bob });
    expect(await loginRecords.of({ ...parties, userId: 'gone', clientId: 'gone' })).toEqual({ realm });
    expect(await loginRecords.of({ ...parties, realmId: 'gone' })).toEqual({});
    // The word of SQLite; PostgreSQL reads a table of so few rows in whole.
    expect(explaining.plans.flat().join('\n')).not.toMatch(/SCAN/);
  });
});
