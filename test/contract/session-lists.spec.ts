import { beforeAll, describe, expect, it } from 'vitest';
import type { SessionLists } from '../../src/sessions/session-lists.js';
import type { SessionCutoff, UserSession } from '../../src/sessions/user-session.js';
import { TypeOrmSessionLists } from '../../src/persistence/session-lists.persistence.js';
import { describeOnEachDatabase, withStatistics } from '../support/databases.js';
import { ExplainingDatabase } from '../support/explaining-database.js';
import { freshId, sampleClientSession, sampleSession } from './samples.js';

const NOW = 1_700_000_000_000;

/** Everything lives. */
const NOTHING_OVER: readonly SessionCutoff[] = [false, true].flatMap((offline) =>
  [false, true].map((rememberMe) => ({ offline, rememberMe, lastUsedUpTo: -1, startedUpTo: -1 })),
);
const over = (changes: Partial<SessionCutoff>): readonly SessionCutoff[] =>
  NOTHING_OVER.map((cutoff) => (!cutoff.offline && !cutoff.rememberMe ? { ...cutoff, ...changes } : cutoff));

describeOnEachDatabase('SessionLists', (database) => {
  const run = <T>(work: () => Promise<T>) => database().unitOfWork.run(work);

  /** Opens sessions in a realm of their own, one after the other. */
  function inRealm() {
    const realmId = freshId('realm');
    let place = 0;
    const open = async (members: Partial<UserSession> = {}, clientIds: readonly string[] = ['app']) => {
      const at = NOW + place++;
      const session = sampleSession(realmId, freshId('user'), { startedAt: at, lastAccess: at, ...members });
      const clients = clientIds.map((clientId) =>
        sampleClientSession(session, clientId, { startedAt: session.startedAt, lastAccess: session.lastAccess }),
      );
      await run(async () => {
        await database().sessions.insert(session);
        for (const part of clients) await database().sessions.insertClientSession(part);
      });
      return { session, clients };
    };
    const end = (session: UserSession) =>
      run(() => database().sessions.endAll(realmId, session.offline, [session.id], { reason: 'admin', at: NOW }));
    return { realmId, open, end };
  }

  it('finds what is over, by last use and by start, each once and at most so many', async () => {
    const { sessionLists } = database();
    const { realmId, open, end } = inRealm();
    const [idle, old, both, live, ended] = [
      await open({ lastAccess: 10, startedAt: 9 }),
      await open({ lastAccess: 30, startedAt: 1 }),
      await open({ lastAccess: 2, startedAt: 1 }),
      await open({ lastAccess: 30, startedAt: 9 }),
      await open({ lastAccess: 1, startedAt: 1 }),
    ];
    await open({ rememberMe: true, lastAccess: 1, startedAt: 1 });
    await open({ offline: true, lastAccess: 1, startedAt: 1 });
    await end(ended.session);
    const cutoffs = over({ lastUsedUpTo: 10, startedUpTo: 8 });
    const ids = async (limit: number) => (await sessionLists.due(realmId, cutoffs, limit)).map(({ id }) => id);
    expect((await ids(10)).sort()).toEqual([idle, old, both].map(({ session }) => session.id).sort());
    expect(await ids(2)).toHaveLength(2);
    expect(await ids(10)).not.toContain(live.session.id);
    expect(await sessionLists.due(freshId('realm'), cutoffs, 10)).toEqual([]);
  });

  it('pages through the live sessions of a client: no page is short because of what is over', async () => {
    const { sessionLists } = database();
    const { realmId, open, end } = inRealm();
    const all = [];
    for (let index = 0; index < 6; index++) all.push(await open({}, ['app', 'other']));
    await open({}, ['other']);
    const [first, second, ...rest] = all;
    if (!first || !second) throw new Error('six were opened');
    await end(first.session);
    const cutoffs = over({ lastUsedUpTo: second.session.lastAccess });
    const page = (from: number, max: number) =>
      sessionLists.ofClient(realmId, 'app', false, cutoffs, { first: from, max });
    expect(await page(0, 2)).toStrictEqual(rest.slice(0, 2));
    expect(await page(2, 2)).toStrictEqual(rest.slice(2, 4));
    expect(await page(3, -1)).toStrictEqual(rest.slice(3));
    expect(await sessionLists.ofClient(realmId, 'app', true, NOTHING_OVER, { first: 0, max: 5 })).toEqual([]);
  });

  it('pages through the live sessions of a user, the last used first, without one that is named', async () => {
    const { sessionLists } = database();
    const { realmId, open, end } = inRealm();
    const owner = { realmId, userId: freshId('user') };
    const all: Awaited<ReturnType<typeof open>>[] = [];
    for (const ago of [4, 9, 1, 7, 3]) all.push(await open({ userId: owner.userId, lastAccess: NOW - ago }, ['a']));
    await open({ userId: owner.userId, lastAccess: NOW, offline: true }, ['b']);
    await open({ lastAccess: NOW }, ['c']);
    await end((await open({ userId: owner.userId, lastAccess: NOW }, ['d'])).session);
    const page = (first: number, max: number, except?: string) =>
      sessionLists.ofUser(owner, over({ lastUsedUpTo: NOW - 8 }), { first, max }, except);
    const live = [2, 4, 0, 3].map((index) => all[index]);
    expect(await page(0, -1)).toStrictEqual(live);
    expect(await page(1, 2)).toStrictEqual(live.slice(1, 3));
    expect(await page(3, 2)).toStrictEqual(live.slice(3));
    expect(await page(0, 2, all[4]?.session.id)).toStrictEqual([live[0], live[2]]);
    expect(await page(0, 0)).toEqual([]);
    await open({ userId: owner.userId, lastAccess: NOW - 9 }, ['e']);
    const clients = (offline: boolean) => sessionLists.clientsOfUser(owner, offline, over({ lastUsedUpTo: NOW - 8 }));
    expect([await clients(false), await clients(true)]).toEqual([['a'], ['b']]);
  });

  describe('the counts', () => {
    it('follow every way in and out, with what is over left out', async () => {
      const { sessionLists, sessions } = database();
      const { realmId, open, end } = inRealm();
      const [one, two, three] = [await open({}, ['a', 'b']), await open({}, ['a']), await open({}, ['a'])];
      const away = await open({ offline: true }, ['a']);
      const counts = (cutoffs = NOTHING_OVER) => sessionLists.countsByClient(realmId, cutoffs);
      expect(await counts()).toEqual([
        { clientId: 'a', active: 3, offline: 1 },
        { clientId: 'b', active: 1, offline: 0 },
      ]);
      expect(await counts(over({ lastUsedUpTo: one.session.lastAccess }))).toEqual([
        { clientId: 'a', active: 2, offline: 1 },
      ]);
      await end(two.session);
      await end(away.session);
      await run(() => sessions.deleteClientSession(realmId, one.session.id, false, 'b'));
      expect(await counts()).toEqual([{ clientId: 'a', active: 2, offline: 0 }]);
      expect(await sessionLists.countOfClient(realmId, 'a', false, NOTHING_OVER)).toBe(2);
      expect(await sessionLists.countOfClient(realmId, 'a', true, NOTHING_OVER)).toBe(0);
      expect(
        await sessionLists.countOfClient(realmId, 'a', false, over({ lastUsedUpTo: three.session.lastAccess })),
      ).toBe(0);
    });

    it('do not count what is rolled back, and are exact after many at once', async () => {
      const { sessionLists } = database();
      const { realmId, open, end } = inRealm();
      await expect(
        run(async () => {
          const session = sampleSession(realmId, freshId('user'));
          await database().sessions.insert(session);
          await database().sessions.insertClientSession(sampleClientSession(session, 'app'));
          throw new Error('never mind');
        }),
      ).rejects.toThrow('never mind');
      const opened = await Promise.all(Array.from({ length: 30 }, () => open()));
      await Promise.all(opened.slice(0, 12).map(({ session }) => end(session)));
      expect(await sessionLists.countOfClient(realmId, 'app', false, NOTHING_OVER)).toBe(18);
    });

    it('are the same after they were put together', async () => {
      const { sessionLists } = database();
      const { realmId, open } = inRealm();
      for (let index = 0; index < 3; index++) await open();
      await run(() => sessionLists.foldCounts());
      await open();
      await Promise.all([run(() => sessionLists.foldCounts()), open(), run(() => sessionLists.foldCounts())]);
      await run(() => sessionLists.foldCounts());
      expect(await sessionLists.countOfClient(realmId, 'app', false, NOTHING_OVER)).toBe(5);
      expect(await run(() => sessionLists.foldCounts())).toBe(0);
    });

    it('go with their client and with their realm', async () => {
      const { sessionLists, realms, clients } = database();
      const { realmId, open } = inRealm();
      await open({}, ['a', 'b']);
      await run(() => clients.delete(realmId, 'a'));
      expect(await sessionLists.countsByClient(realmId, NOTHING_OVER)).toEqual([
        { clientId: 'b', active: 1, offline: 0 },
      ]);
      await run(() => realms.delete(realmId));
      const rows = await database().dataSource.query<unknown[]>(
        `SELECT * FROM client_session_count WHERE realm_id = $1`,
        [realmId],
      );
      expect(rows).toEqual([]);
    });
  });

  describe('a search', () => {
    it.each<[string, (of: UserSession) => object, readonly number[]]>([
      ['finds all, the newest first', () => ({}), [3, 2, 1, 0]],
      ['finds those of a user', ({ userId }) => ({ userId }), [1, 0]],
      ['finds those of an address', () => ({ ipAddress: '10.0.0.9' }), [2, 0]],
      ['finds those of a client', () => ({ clientId: 'b' }), [2, 1]],
      ['finds those of a client by a user', ({ userId }) => ({ clientId: 'b', userId }), [1]],
      ['finds those that began within a time', () => ({ from: NOW + 1, to: NOW + 3 }), [2, 1]],
      ['finds those of a client that began within a time', () => ({ clientId: 'b', from: NOW + 2 }), [2]],
      ['finds nobody', () => ({ ipAddress: '10.0.0' }), []],
    ])('%s', async (_title, membersOf, expected) => {
      const { sessionLists } = database();
      const { realmId, open, end } = inRealm();
      const userId = freshId('user');
      const all = [
        await open({ userId, ipAddress: '10.0.0.9' }, ['a']),
        await open({ userId, rememberMe: true }, ['a', 'b']),
        await open({ ipAddress: '10.0.0.9' }, ['b']),
        await open({}, ['a']),
      ];
      await end((await open({ userId, ipAddress: '10.0.0.9' }, ['b'])).session);
      await open({ userId, offline: true, ipAddress: '10.0.0.9' }, ['b']);
      const search = { offline: false, ...membersOf(all[0]?.session ?? sampleSession(realmId, userId)) };
      const found = await sessionLists.search(realmId, search, NOTHING_OVER, { first: 0, max: 10 });
      expect(found).toStrictEqual(expected.map((index) => all[index]));
      expect(await sessionLists.countFound(realmId, search, NOTHING_OVER, 10)).toBe(expected.length);
      const paged = await sessionLists.search(realmId, search, NOTHING_OVER, { first: 1, max: 1 });
      expect(paged).toStrictEqual(expected.slice(1, 2).map((index) => all[index]));
    });

    it('leaves out what is over, and stops counting where it is told', async () => {
      const { sessionLists } = database();
      const { realmId, open } = inRealm();
      const [first] = [await open(), await open(), await open()];
      const cutoffs = over({ lastUsedUpTo: first.session.lastAccess });
      const found = await sessionLists.search(realmId, { offline: false }, cutoffs, { first: 0, max: 10 });
      expect(found).toHaveLength(2);
      expect(await sessionLists.countFound(realmId, { offline: false }, cutoffs, 1)).toBe(1);
    });
  });
});

// A database of its own: SQLite keeps the snapshot of a statement that was explained.
describeOnEachDatabase('A list of sessions', (database) => {
  const BOTH_LIMITS = NOTHING_OVER.map((cutoff) => ({ ...cutoff, lastUsedUpTo: 1, startedUpTo: 1 }));
  const page = { first: 5000, max: 20 };
  const ofClient = { offline: false, clientId: freshId('client') };

  beforeAll(async () => {
    const { sessions, unitOfWork, dataSource } = database();
    const realmId = freshId('realm');
    await unitOfWork.run(async () => {
      for (let at = 0; at < 500; at++) await sessions.insert(sampleSession(realmId, freshId('user')));
    });
    await withStatistics(dataSource);
  });

  it.each<[string, (lists: SessionLists, realmId: string) => Promise<unknown>]>([
    ['statistics', (lists, realmId) => lists.countsByClient(realmId, BOTH_LIMITS)],
    ['the sweeper', (lists, realmId) => lists.due(realmId, BOTH_LIMITS, 200)],
    ['a client', (lists, realmId) => lists.ofClient(realmId, ofClient.clientId, false, BOTH_LIMITS, page)],
    ['a search by client', (lists, realmId) => lists.search(realmId, ofClient, BOTH_LIMITS, page)],
    [
      'a search by address',
      (lists, realmId) => lists.search(realmId, { offline: false, ipAddress: '10.0.0.1' }, BOTH_LIMITS, page),
    ],
  ])('never reads all of the realm: %s', async (_name, ask) => {
    const explaining = new ExplainingDatabase(database().dataSource);
    await ask(new TypeOrmSessionLists(explaining), freshId('realm'));
    const plan = explaining.plans.flat().join('\n');
    expect(plan).toMatch(/user_session/);
    expect(plan).not.toMatch(
      /SCAN [ps]\b|SEARCH ([ps]|(client|user)_session) USING [A-Z ]*INDEX \w+ \(realm_id=\?\)|Hash Join|Seq Scan on user_session/,
    );
  });

  it('begins with the user where one is given', async () => {
    const explaining = new ExplainingDatabase(database().dataSource);
    const search = { ...ofClient, userId: freshId('user') };
    await new TypeOrmSessionLists(explaining).search(freshId('realm'), search, BOTH_LIMITS, page);
    expect(explaining.plans.flat().join('\n')).toMatch(/user_session_\w+.*user_id|\(user_id/s);
  });
});
