import type { IsolationLevel } from 'typeorm/driver/types/IsolationLevel.js';
import { expect, it } from 'vitest';
import { describeOnEachDatabase, describeOnPostgres } from '../support/databases.js';
import { freshId, sampleSession } from './samples.js';

const REALM = 'realm-c';
const CAP = 3;

describeOnEachDatabase('A cap decided under the owner row', (database) => {
  /** As a login does: count, then open if there is room. */
  function login(userId: string, locked: boolean): Promise<boolean> {
    const { unitOfWork, sessions } = database();
    return unitOfWork.run(async () => {
      const ownerVersion = locked ? await sessions.lockOwner(REALM, userId) : 0;
      if ((await sessions.openOfUser(REALM, userId, false)).length >= CAP) return false;
      await sessions.insert(sampleSession(REALM, userId, { ownerVersion }));
      return true;
    });
  }

  it('holds when 30 logins come at once', async () => {
    const userId = freshId('user');
    const results = await Promise.all(Array.from({ length: 30 }, () => login(userId, true)));
    expect(results.filter(Boolean)).toHaveLength(CAP);
    expect(await database().sessions.openOfUser(REALM, userId, false)).toHaveLength(CAP);
  });

  it('gives each login a version of its own, so that the history can be replayed', async () => {
    const userId = freshId('user');
    await Promise.all(Array.from({ length: 30 }, () => login(userId, true)));
    const versions = (await database().sessions.history(REALM, userId, 100)).map((session) => session.ownerVersion);
    expect(versions).toEqual([1, 2, 3]);
  });

  it('does not make logins of different users wait for ever', async () => {
    const users = Array.from({ length: 30 }, () => freshId('user'));
    const results = await Promise.all(users.map((userId) => login(userId, true)));
    expect(results.every(Boolean)).toBe(true);
  });
});

describeOnPostgres('The owner row against other locks', (database) => {
  const LOCKS = {
    'owner row': `INSERT INTO session_owner (realm_id, user_id, version) VALUES ($1, $2, 1)
      ON CONFLICT (realm_id, user_id) DO UPDATE SET version = session_owner.version + 1 RETURNING version`,
    none: 'SELECT $1::varchar, $2::varchar',
  } as const;
  const LEVELS: readonly IsolationLevel[] = ['READ COMMITTED', 'REPEATABLE READ', 'SERIALIZABLE'];

  /**
   * Logins that all count before one of them commits, as far as the lock lets them.
   * @returns sessions that are open afterwards
   */
  async function race(level: IsolationLevel, lock: string, logins: number): Promise<number> {
    const { dataSource } = database();
    const userId = freshId('user');
    let arrived = 0;
    const login = () =>
      dataSource.transaction(level, async (manager) => {
        await manager.query(lock, [REALM, userId]);
        const [row] = await manager.query<{ count: string }[]>(
          'SELECT count(*) FROM user_session WHERE realm_id = $1 AND user_id = $2 AND ended_at IS NULL',
          [REALM, userId],
        );
        arrived++;
        // Without a lock wait until everybody has counted; with one nobody else can.
        while (lock === LOCKS.none && arrived < logins) await new Promise(setImmediate);
        if (Number(row?.count) >= CAP) return;
        await manager.query(
          `INSERT INTO user_session (realm_id, id, offline, user_id, username, remember_me, ip_address, user_agent, auth_method,
             started_at, last_access, owner_version, notes) VALUES ($1, $2, FALSE, $3, '', FALSE, '', '', '', 0, 0, 0, '{}')`,
          [REALM, freshId('session'), userId],
        );
      });
    const results = await Promise.allSettled(Array.from({ length: logins }, login));
    for (const result of results) {
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ driverError: { code: '40001' } });
    }
    const [row] = await dataSource.query<{ count: string }[]>('SELECT count(*) FROM user_session WHERE user_id = $1', [
      userId,
    ]);
    return Number(row?.count);
  }

  it.each(LEVELS)('holds the cap under %s', async (level) => {
    for (let round = 0; round < 3; round++) expect(await race(level, LOCKS['owner row'], 16)).toBeLessThanOrEqual(CAP);
  });

  it.each(['READ COMMITTED', 'REPEATABLE READ'] as const)(
    'is needed: without a lock the cap breaks under %s',
    async (level) => {
      expect(await race(level, LOCKS.none, 16)).toBe(16);
    },
  );
});
