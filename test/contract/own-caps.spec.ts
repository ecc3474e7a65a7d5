import { expect, it } from 'vitest';
import { Memberships } from '../../src/realm/memberships.js';
import { admitSession, type AdmissionApplication, type AdmissionResult } from '../../src/sessions/admit-session.js';
import { Database } from '../../src/persistence/database.js';
import { createStoresOn } from '../../src/persistence/stores.js';
import { LimitedSessionReader, OVER_AT_A_TIME } from '../../src/sessions/limited-sessions.js';
import { OwnSessionReader } from '../../src/sessions/own-sessions.js';
import { SessionEnds } from '../../src/sessions/session-ends.js';
import type { SessionLimitPolicy } from '../../src/sessions/session-limit-policy.js';
import { ManualClock } from '../../src/shared/clock.js';
import { describeOnEachDatabase } from '../support/databases.js';
import { sampleRealm } from '../support/fakes/sample-realm.js';
import { freshId, sampleClient, sampleClientSession, sampleSession } from './samples.js';

const REALM = { ...sampleRealm({ ssoSessionIdleTimeout: 1800 }), id: 'realm-o' };
const STAFF = 'group:/staff';
const crowd = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, at) => make(at));
const kinds = (results: readonly AdmissionResult[], kind: AdmissionResult['kind']): number =>
  results.filter((result) => result.kind === kind).length;

/** Answers as any database, and counts what it gave. */
class CountingDatabase extends Database {
  rows = 0;

  override async select<R = Record<string, unknown>>(sql: string, parameters: readonly unknown[]): Promise<R[]> {
    const rows = await super.select<R>(sql, parameters);
    this.rows += rows.length;
    return rows;
  }
}

describeOnEachDatabase('Caps of our own, under logins that come at once', (database) => {
  const clock = new ManualClock(1_700_000_000_000);
  /** Only the people whose id begins so are in the group. */
  const roles = {
    findByQualifiedName: () => Promise.resolve(undefined),
    effectiveRoleIds: () => Promise.resolve(new Set<string>()),
  };
  const staff = { id: 'g', realmId: REALM.id, name: 'staff', attributes: {} };
  const groups = {
    ofUser: (_realm: string, userId: string) => Promise.resolve(userId.startsWith('staff') ? [staff] : []),
    withAncestors: () => Promise.resolve([staff]),
  };

  /** As `complete-login.ts` does. */
  function login(
    userId: string,
    client: AdmissionApplication['client'],
    policy: Partial<SessionLimitPolicy>,
    more: Partial<AdmissionApplication> = {},
  ): Promise<AdmissionResult> {
    const { unitOfWork, sessions } = database();
    const limited = new LimitedSessionReader(new OwnSessionReader(sessions), sessions, new Memberships(roles, groups));
    const ends = new SessionEnds(sessions, { ended: () => Promise.resolve() });
    return unitOfWork.run(async () => {
      const version = await sessions.lockOwner(REALM.id, userId);
      const application: AdmissionApplication = {
        realm: REALM,
        client,
        user: { id: userId, username: userId },
        policies: [{ executionId: 'e', realmMax: 0, clientMax: 0, whenFull: 'deny', ...policy }],
        offline: false,
        session: { ipAddress: '', userAgent: '', authMethod: 'openid-connect', rememberMe: false, notes: {} },
        clientSession: { scope: 'openid', notes: {} },
        ...more,
      };
      return admitSession({ sessions, limited, ends, clock }, application, version);
    });
  }
  const open = (userId: string, offline = false) => database().sessions.openOfUser(REALM.id, userId, offline);

  it('seats: of thirty people as many get in as there are seats', async () => {
    const client = sampleClient(REALM.id);
    const people = crowd(30, () => freshId('user'));
    const results = await Promise.all(people.map((userId) => login(userId, client, { clientSeats: 5 })));
    expect([kinds(results, 'admitted'), kinds(results, 'denied')]).toEqual([5, 25]);
    expect(await database().sessions.countOtherUsers(REALM.id, client.id, '', false)).toBe(5);
    const holder = people[results.findIndex(({ kind }) => kind === 'admitted')]!;
    expect((await login(holder, client, { clientSeats: 5 })).kind).toBe('admitted');
    expect(await login(freshId('user'), client, { clientSeats: 5, whenFull: 'evict-oldest' })).toMatchObject({
      kind: 'denied',
      cap: 'seats',
      limit: 5,
    });
  });

  it('seats: what is over takes none, and is ended with its reason', async () => {
    const client = sampleClient(REALM.id);
    const before = crowd(3, () => freshId('user'));
    for (const userId of before) await login(userId, client, { clientSeats: 3 });
    expect((await login(freshId('user'), client, { clientSeats: 3 })).kind).toBe('denied');
    clock.advance(1_801_000);
    const people = crowd(12, () => freshId('user'));
    const results = await Promise.all(people.map((userId) => login(userId, client, { clientSeats: 3 })));
    expect(kinds(results, 'admitted')).toBe(3);
    for (const userId of before)
      expect((await database().sessions.history(REALM.id, userId, 1))[0]?.end).toMatchObject({ reason: 'idle' });
  });

  it('seats: who is denied reads no session of others, and whoever finds many over ends them some at a time', async () => {
    const client = sampleClient(REALM.id);
    const counting = new CountingDatabase(database().dataSource);
    const { sessions, unitOfWork } = createStoresOn(counting, () => undefined);
    const before = crowd(OVER_AT_A_TIME + 30, () => freshId('user'));
    const seats = { clientSeats: before.length };
    await unitOfWork.run(async () => {
      for (const userId of before) {
        const times = { startedAt: clock.now(), lastAccess: clock.now() };
        const session = sampleSession(REALM.id, userId, times);
        await sessions.insert(session);
        await sessions.insertClientSession(sampleClientSession(session, client.id, times));
      }
    });
    const reader = new LimitedSessionReader(new OwnSessionReader(sessions), sessions, new Memberships(roles, groups));
    const policies = [{ executionId: 'e', realmMax: 0, clientMax: 0, whenFull: 'deny', ...seats } as const];
    const read = () => reader.read({ realm: REALM, client, userId: 'newcomer', policies, now: clock.now() });
    counting.rows = 0;
    expect((await read()).known.others).toEqual({ online: before.length, all: before.length });
    expect(counting.rows).toBe(1); // the count
    expect((await login(freshId('user'), client, seats)).kind).toBe('denied');

    clock.advance(1_801_000);
    const { known, overOfOthers } = await read();
    expect(known.others).toEqual({ online: 0, all: 0 });
    expect([overOfOthers.over.length, overOfOthers.isPart]).toEqual([OVER_AT_A_TIME, true]);
    // One seat is wanted: one batch is enough for that, and the others stay for whoever comes next.
    const first = await login(freshId('user'), client, seats);
    expect(first.kind === 'admitted' && first.expired.length).toBe(OVER_AT_A_TIME);
    expect(await sessions.countOtherUsers(REALM.id, client.id, '', false)).toBe(31);
    // With a single seat everything that is over has to go before somebody may have it.
    const denied = await login(freshId('user'), client, { clientSeats: 1 });
    expect(denied.kind).toBe('denied');
    expect(await sessions.countOtherUsers(REALM.id, client.id, '', false)).toBe(1);
  });

  it('seats: people at two clients at once do not wait in a circle', async () => {
    const clients = [sampleClient(REALM.id), sampleClient(REALM.id)];
    const people = crowd(15, () => freshId('user'));
    const results = await Promise.all(
      people.flatMap((userId) => clients.map((client) => login(userId, client, { clientSeats: 100, realmMax: 2 }))),
    );
    expect(kinds(results, 'admitted')).toBe(30);
  });

  it('groupLimits: each has the limit of their own', async () => {
    const client = sampleClient(REALM.id);
    const policy = { realmMax: 1, groupLimits: [{ who: STAFF, realmMax: 4 }] };
    for (const [name, limit] of [
      ['staff', 4],
      ['guest', 1],
    ] as const) {
      const userId = freshId(name);
      const results = await Promise.all(crowd(15, () => login(userId, client, policy)));
      expect(kinds(results, 'admitted')).toBe(limit);
      expect(await open(userId)).toHaveLength(limit);
    }
  });

  it('idleAfter: what nobody used ends with its reason and does not count', async () => {
    const client = sampleClient(REALM.id);
    const userId = freshId('user');
    const policy = { realmMax: 2, idleAfter: 600_000 };
    await Promise.all(crowd(2, () => login(userId, client, policy)));
    expect((await login(userId, client, policy)).kind).toBe('denied');
    clock.advance(600_000);
    const results = await Promise.all(crowd(15, () => login(userId, client, policy)));
    expect(kinds(results, 'admitted')).toBe(2);
    const history = await database().sessions.history(REALM.id, userId, 10);
    expect(history.map(({ end }) => end?.reason)).toEqual(['idle', 'idle', undefined, undefined]);
  });

  it.each(['deny', 'evict-oldest'] as const)(
    'countOffline: online and offline together stay below: %s',
    async (whenFull) => {
      const client = sampleClient(REALM.id);
      const userId = freshId('user');
      const policy = { realmMax: 3, countOffline: true, whenFull } as const;
      const results = await Promise.all(crowd(20, (at) => login(userId, client, policy, { offline: at % 2 === 0 })));
      expect(kinds(results, 'admitted')).toBe(whenFull === 'deny' ? 3 : 20);
      expect((await open(userId)).length + (await open(userId, true)).length).toBe(3);
    },
  );

  it('ssoLogins: of ten sessions as many join the client as it may have', async () => {
    const [first, second] = [sampleClient(REALM.id), sampleClient(REALM.id)];
    const userId = freshId('user');
    const sessions = await Promise.all(crowd(10, () => login(userId, first, {})));
    const joins = await Promise.all(
      sessions.map((result) => {
        if (result.kind !== 'admitted') throw new Error('Nothing limits the first client');
        return login(userId, second, { clientMax: 3 }, { renews: result.session.id, mustRenew: true });
      }),
    );
    expect([kinds(joins, 'admitted'), kinds(joins, 'denied')]).toEqual([3, 7]);
    const joined = (await open(userId)).filter(({ clients }) => clients.some(({ clientId }) => clientId === second.id));
    expect(joined).toHaveLength(3);
  });
});
