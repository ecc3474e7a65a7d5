import { beforeAll, expect, it } from 'vitest';
import { createStoresOn } from '../../src/persistence/stores.js';
import { describeOnPostgres } from '../support/databases.js';
import { ExplainingDatabase } from '../support/explaining-database.js';
import { sampleClient, sampleUser } from '../support/fakes/sample-realm.js';
import { freshId } from './samples.js';

/** Users with twenty sessions each, one of them live. */
const USERS = 500;

describeOnPostgres('The hot tables', (database) => {
  beforeAll(async () => {
    const { dataSource } = database();
    await dataSource.query(
      `INSERT INTO session_owner SELECT 'realm', 'user' || n, 1 FROM generate_series(1, ${USERS}) n`,
    );
    await dataSource.query(`INSERT INTO user_session
      (realm_id, id, offline, user_id, username, remember_me, ip_address, user_agent, auth_method, started_at, last_access, owner_version,
       notes, identity_hash, ended_at, end_reason)
      SELECT 'realm', 'session' || n || '-' || k, false, 'user' || n, 'user' || n, false, '10.0.0.1', 'agent', 'openid-connect', k, k, k, '{}',
        'identity' || n || '-' || k, CASE WHEN k < 20 THEN k END, CASE WHEN k < 20 THEN 'logout' END
      FROM generate_series(1, ${USERS}) n, generate_series(1, 20) k`);
    await dataSource.query(`INSERT INTO client_session
      (realm_id, session_id, offline, client_id, user_id, started_at, last_access, scope, notes, refresh)
      SELECT 'realm', 'session' || n || '-20', false, 'client', 'user' || n, 1, 1, '', '{}', '{}' FROM generate_series(1, ${USERS}) n`);
    await dataSource.query('ANALYZE');
  });

  it('are read by index, and by the sessions that live', async () => {
    const explaining = new ExplainingDatabase(database().dataSource);
    const { sessions } = createStoresOn(explaining, () => undefined);
    await sessions.byId('realm', 'session7-20', false);
    expect(await sessions.openOfUser('realm', 'user7', false)).toHaveLength(1);
    await sessions.byIdentity('realm', 'identity7-20');
    await sessions.history('realm', 'user7', 5);
    const [byId, openOfUser, byIdentity, history] = explaining.plans.map((plan) => plan.join('\n'));
    expect(byId).toMatch(/user_session/);
    expect(openOfUser).toMatch(/user_session_open/); // of live sessions only: twenty times smaller
    expect(byIdentity).toMatch(/user_session_identity/);
    expect(history).toMatch(/user_session_history/);
    for (const plan of [byId, openOfUser, byIdentity, history]) {
      expect(plan).toMatch(/Index/);
      expect(plan).not.toMatch(/Seq Scan/);
    }
  });

  it('are changed in place, without a write to their indexes', async () => {
    const { unitOfWork, sessions, dataSource } = database();
    for (let at = 1; at <= 100; at++) {
      await unitOfWork.run(async () => {
        await sessions.lockOwner('realm', `user${at}`);
        await sessions.touch('realm', `session${at}-20`, false, 'client', 100 + at);
      });
    }
    const changes = await Promise.all(
      Array.from({ length: 10 }, () => dataSource.query('SELECT pg_stat_force_next_flush()')),
    ).then(() =>
      dataSource.query<{ relname: string; changed: number; in_place: number }[]>(
        `SELECT relname, n_tup_upd::int AS changed, n_tup_hot_upd::int AS in_place FROM pg_stat_user_tables
         WHERE relname IN ('session_owner', 'client_session') ORDER BY relname`,
      ),
    );
    expect(changes.map(({ relname }) => relname)).toEqual(['client_session', 'session_owner']);
    for (const { relname, changed, in_place: inPlace } of changes) {
      expect([relname, changed > 50]).toEqual([relname, true]);
      expect([relname, inPlace / changed > 0.9]).toEqual([relname, true]);
    }
  });

  it('leave room on their pages, and are cleaned up early', async () => {
    const rows = await database().dataSource.query<{ relname: string; reloptions: readonly string[] }[]>(
      `SELECT relname, reloptions FROM pg_class WHERE relname IN ('session_owner', 'user_session', 'client_session')`,
    );
    expect(rows).toHaveLength(3);
    for (const { reloptions } of rows) {
      expect(reloptions.join()).toMatch(/fillfactor=/);
      expect(reloptions).toContain('autovacuum_vacuum_scale_factor=0.02');
    }
  });
});

describeOnPostgres('Changes of one row at the same time', (database) => {
  it('are made one after the other, so none is lost', async () => {
    const { clients, users, unitOfWork } = database();
    const realmId = freshId('realm');
    const client = sampleClient({ id: freshId('client'), realmId, clientId: 'busy' });
    const user = sampleUser({ id: freshId('user'), realmId, username: 'busy', email: 'busy@acme.test' });
    await unitOfWork.run(async () => {
      await clients.insert(client);
      await users.insert(user, true);
    });
    const names = Array.from({ length: 8 }, (_, index) => `change ${String(index)}`);
    await Promise.all(
      names.map((name) =>
        unitOfWork.run(async () => {
          const now = await clients.byIdForChange(realmId, client.id);
          await clients.update({ ...now!, attributes: { ...now!.attributes, [name]: 'made' } });
          const person = await users.byIdForChange(realmId, user.id);
          await users.update({ ...person!, attributes: { ...person!.attributes, [name]: ['made'] } }, true);
        }),
      ),
    );
    expect(Object.keys((await clients.byId(realmId, client.id))?.attributes ?? {})).toEqual(
      expect.arrayContaining(names),
    );
    expect(Object.keys((await users.byId(realmId, user.id))?.attributes ?? {})).toEqual(expect.arrayContaining(names));
  });
});
