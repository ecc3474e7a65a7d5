import { expect, it } from 'vitest';
import { createStoresOn } from '../../src/persistence/stores.js';
import { describeOnEachDatabase } from '../support/databases.js';
import { ExplainingDatabase } from '../support/explaining-database.js';
import { sampleUser } from '../support/fakes/sample-realm.js';
import { freshId, sampleClientSession, sampleSession } from './samples.js';

describeOnEachDatabase('Records of access tokens', (database) => {
  it('find the session, the part of the client and the user in one statement, by keys', async () => {
    const { sessions, users, dataSource } = database();
    const realmId = freshId('realm');
    const user = sampleUser({ realmId, id: freshId('user'), username: 'alice' });
    const online = sampleSession(realmId, user.id);
    const offline = { ...online, offline: true, identityHash: freshId('identity') };
    const part = sampleClientSession(online, 'client');
    await database().unitOfWork.run(async () => {
      await users.insert(user, true);
      for (const session of [offline, online]) await sessions.insert(session);
      await sessions.insertClientSession(part);
    });
    const explaining = new ExplainingDatabase(dataSource);
    const { accessTokenRecords } = createStoresOn(explaining, () => undefined);
    const key = { jti: 'other', clientId: 'client' };
    const found = await accessTokenRecords.of(realmId, { ...key, sid: online.id, sub: 'somebody' });
    expect(found).toEqual({
      sessions: [{ session: online, clientSession: part }, { session: offline }],
      user,
      isRevoked: false,
    });
    expect(await accessTokenRecords.of(realmId, { ...key, sub: user.id })).toEqual({
      sessions: [],
      user,
      isRevoked: false,
    });
    for (const unknown of [{ sid: 'nobody' }, { sub: 'nobody' }, {}])
      expect(await accessTokenRecords.of(realmId, { ...key, ...unknown })).toEqual({ sessions: [], isRevoked: false });
    // The word of SQLite; PostgreSQL reads a table of so few rows in whole.
    expect(explaining.plans.flat().join('\n')).not.toMatch(/SCAN/);
  });
});
