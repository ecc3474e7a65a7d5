import { describe, expect, it } from 'vitest';
import type { SessionEnd, UserSession } from '../../src/sessions/user-session.js';
import { describeOnEachDatabase } from '../support/databases.js';
import { freshId, sampleClientSession, sampleSession } from './samples.js';

const REALM = 'realm-s';
const NOW = 1_700_000_000_000;
const ADMIN_END: SessionEnd = { reason: 'admin', at: NOW + 5 };

describeOnEachDatabase('SessionStore', (database) => {
  /** An open session with client sessions at the given clients. */
  async function open(members: Partial<UserSession> = {}, clientIds: readonly string[] = ['app']) {
    const { unitOfWork, sessions } = database();
    const session = sampleSession(REALM, freshId('user'), members);
    const clients = clientIds.map((clientId) => sampleClientSession(session, clientId));
    await unitOfWork.run(async () => {
      await sessions.insert(session);
      for (const part of clients) await sessions.insertClientSession(part);
    });
    return { session, clients };
  }
  const run = <T>(work: () => Promise<T>) => database().unitOfWork.run(work);
  const endOne = async (id: string, offline: boolean, end: SessionEnd) =>
    (await database().sessions.endAll(REALM, offline, [id], end)).get(id);

  it('gives back every member, and only those', async () => {
    const { sessions } = database();
    const { session } = await open(
      { authTime: 1_700_000_000, identityHash: freshId('hash'), notes: { a: 'ä' }, rememberMe: true },
      [],
    );
    const part = sampleClientSession(session, 'app', {
      redirectUri: 'https://app.test/cb',
      notes: { acr: '1', list: [1, null] },
      refresh: { '': { id: 'token', generation: 1, uses: 0 } },
    });
    await run(() => sessions.insertClientSession(part));
    expect(await sessions.byId(REALM, session.id, false)).toStrictEqual({ session, clients: [part] });
    expect(await sessions.byId(REALM, session.id, true)).toBeUndefined();
    expect(await sessions.byId('other', session.id, false)).toBeUndefined();
    expect(await sessions.byIdentity(REALM, session.identityHash ?? '')).toStrictEqual({ session, clients: [part] });
    const bare = await open({}, []);
    expect(await sessions.byId(REALM, bare.session.id, false)).toStrictEqual({ session: bare.session, clients: [] });
  });

  it('lists the open sessions of a user, oldest access first', async () => {
    const { sessions } = database();
    const userId = freshId('user');
    const late = await open({ userId, lastAccess: NOW + 2 }, ['a', 'b']);
    const early = await open({ userId, lastAccess: NOW + 1 }, []);
    const ended = await open({ userId });
    await open({ userId, offline: true });
    await run(() => endOne(ended.session.id, false, ADMIN_END));
    expect(await sessions.openOfUser(REALM, userId, false)).toStrictEqual([early, late]);
    expect(await sessions.openOfUser(REALM, userId, true)).toHaveLength(1);
  });

  describe('ending', () => {
    it('keeps the session with its end and deletes its client sessions', async () => {
      const { sessions } = database();
      const { session, clients } = await open({}, ['a', 'b']);
      const end: SessionEnd = {
        reason: 'evicted',
        at: NOW + 9,
        evictedBy: 'newer',
        cap: 'client',
        limit: 3,
        ownerVersion: 7,
      };
      const gone = await run(() => endOne(session.id, false, end));
      expect([...(gone ?? [])].sort((one, other) => (one.clientId < other.clientId ? -1 : 1))).toStrictEqual(clients);
      expect(await sessions.byId(REALM, session.id, false)).toStrictEqual({
        session: { ...session, end },
        clients: [],
      });
      expect(await sessions.history(REALM, session.userId, 10)).toStrictEqual([{ ...session, end }]);
    });

    it('happens once: the first reason stays, and nothing brings the session back', async () => {
      const { sessions } = database();
      const { session } = await open();
      await run(() => endOne(session.id, false, ADMIN_END));
      expect(await run(() => endOne(session.id, false, { reason: 'idle', at: NOW + 6 }))).toBeUndefined();
      expect(await run(() => sessions.touch(REALM, session.id, false, undefined, NOW + 7))).toBe(false);
      expect(await run(() => sessions.touch(REALM, session.id, false, 'app', NOW + 7))).toBe(false);
      expect(await run(() => sessions.updateOpen({ ...session, lastAccess: NOW + 8 }))).toBe(false);
      expect(await sessions.byId(REALM, session.id, false)).toStrictEqual({
        session: { ...session, end: ADMIN_END },
        clients: [],
      });
    });

    it('never gives an id to a second session', async () => {
      const { sessions } = database();
      const { session } = await open();
      await run(() => endOne(session.id, false, ADMIN_END));
      await expect(run(() => sessions.insert(session))).rejects.toThrow();
    });

    it('wins over parallel touches, whichever comes first', async () => {
      const { sessions } = database();
      for (let round = 0; round < 10; round++) {
        const { session } = await open();
        const touches = Array.from({ length: 5 }, (_, index) =>
          run(() => sessions.touch(REALM, session.id, false, 'app', NOW + index)),
        );
        const [ended] = await Promise.all([run(() => endOne(session.id, false, ADMIN_END)), ...touches]);
        expect(ended).toHaveLength(1);
        const found = await sessions.byId(REALM, session.id, false);
        expect(found?.session.end).toEqual(ADMIN_END);
        expect(found?.clients).toEqual([]);
        expect(await run(() => sessions.touch(REALM, session.id, false, 'app', NOW + 100))).toBe(false);
      }
    });

    it('of several at once gives those that were open, each with its own client sessions', async () => {
      const { sessions } = database();
      const [one, other, over] = [await open({}, ['a']), await open({}, ['a', 'b']), await open()];
      await run(() => endOne(over.session.id, false, ADMIN_END));
      const ids = [one, other, over].map(({ session }) => session.id);
      const ended = await run(() => sessions.endAll(REALM, false, ids, { reason: 'idle', at: NOW }));
      expect(ended.get(one.session.id)).toStrictEqual(one.clients);
      expect(
        ended
          .get(other.session.id)
          ?.map(({ clientId }) => clientId)
          .sort(),
      ).toEqual(['a', 'b']);
      expect(ended.size).toBe(2);
      expect(await run(() => sessions.endAll(REALM, false, [], ADMIN_END))).toEqual(new Map());
    });

    it('succeeds for exactly one of many', async () => {
      const { session } = await open();
      const ends = await Promise.all(
        Array.from({ length: 10 }, (_, index) =>
          run(() => endOne(session.id, false, { reason: 'user', at: NOW + index })),
        ),
      );
      expect(ends.filter(Boolean)).toHaveLength(1);
    });
  });

  describe('touching', () => {
    it('moves the session and the client session', async () => {
      const { sessions } = database();
      const { session, clients } = await open({}, ['a', 'b']);
      expect(await run(() => sessions.touch(REALM, session.id, false, 'a', NOW + 50))).toBe(true);
      const found = await sessions.byId(REALM, session.id, false);
      expect(found?.session.lastAccess).toBe(NOW + 50);
      expect(found?.clients.map((part) => part.lastAccess)).toEqual([NOW + 50, clients[1]?.lastAccess]);
    });

    it('never moves time backwards', async () => {
      const { sessions } = database();
      const { session } = await open({ lastAccess: NOW + 100 });
      expect(await run(() => sessions.touch(REALM, session.id, false, 'app', NOW + 50))).toBe(true);
      const found = await sessions.byId(REALM, session.id, false);
      expect([found?.session.lastAccess, found?.clients[0]?.lastAccess]).toEqual([NOW + 100, NOW + 100]);
    });

    it('of a client that is not part of the session changes nothing', async () => {
      const { sessions } = database();
      const { session } = await open();
      expect(await run(() => sessions.touch(REALM, session.id, false, 'gone', NOW + 50))).toBe(false);
      expect((await sessions.byId(REALM, session.id, false))?.session.lastAccess).toBe(NOW);
    });
  });

  it('updates an open session, and clears what is absent', async () => {
    const { sessions } = database();
    const { session } = await open({ authTime: 5, identityHash: freshId('hash') }, []);
    const { authTime: _authTime, identityHash: _identityHash, ...rest } = session;
    const next: UserSession = { ...rest, lastAccess: NOW + 3, rememberMe: true, notes: { x: 'y' } };
    expect(await run(() => sessions.updateOpen(next))).toBe(true);
    expect((await sessions.byId(REALM, session.id, false))?.session).toStrictEqual(next);
  });

  it('replaces and deletes one client session', async () => {
    const { sessions } = database();
    const { session, clients } = await open({}, ['a', 'b']);
    const [first, second] = clients;
    if (!first || !second) throw new Error('two were opened');
    const next = { ...first, scope: 'openid email', startedAt: NOW + 1, lastAccess: NOW + 1, notes: { nonce: 'n' } };
    await run(() => sessions.updateClientSession(next));
    expect(await run(() => sessions.deleteClientSession(REALM, session.id, false, second.clientId))).toBe(true);
    expect(await run(() => sessions.deleteClientSession(REALM, session.id, false, second.clientId))).toBe(false);
    expect((await sessions.byId(REALM, session.id, false))?.clients).toStrictEqual([next]);
  });

  describe('the rotation state', () => {
    const state = (id: string, uses = 0) => ({ id, generation: 1, uses });

    it('is left alone by who replaces the rest on what was read before', async () => {
      const { sessions } = database();
      const { session, clients } = await open();
      const [before] = clients;
      if (!before) throw new Error('one was opened');
      const refresh = { '': state('token', 1) };
      expect(await run(() => sessions.updateRefreshState(before, { ...before, refresh }))).toBe(true);
      await run(() => sessions.updateClientSession({ ...before, scope: 'openid email', lastAccess: NOW - 1 }));
      const [after] = (await sessions.byId(REALM, session.id, false))?.clients ?? [];
      expect(after).toStrictEqual({ ...before, scope: 'openid email', refresh });
    });

    it('is set by exactly one of many who saw the same', async () => {
      const { sessions } = database();
      const before = (await open()).clients[0];
      if (!before) throw new Error('one was opened');
      const results = await Promise.all(
        Array.from({ length: 10 }, (_, index) => {
          const after = { ...before, refresh: { '': state(`token-${index}`) } };
          return run(() => sessions.updateRefreshState(before, after));
        }),
      );
      expect(results.filter(Boolean)).toHaveLength(1);
      const stored = (await sessions.byId(REALM, before.sessionId, false))?.clients[0];
      expect(stored?.refresh['']?.id).toBe(`token-${results.indexOf(true)}`);
    });

    it('is compared by what it says, not by the order of its members', async () => {
      const { sessions } = database();
      const { session } = await open({}, []);
      const part = sampleClientSession(session, 'app', { refresh: { b: state('1'), a: state('2') } });
      await run(() => sessions.insertClientSession(part));
      const seen = { ...part, refresh: { a: { uses: 0, generation: 1, id: '2' }, b: state('1') } };
      expect(await run(() => sessions.updateRefreshState(seen, { ...seen, refresh: {} }))).toBe(true);
    });

    it('cannot be set once the session has ended', async () => {
      const { sessions } = database();
      const { session, clients } = await open();
      const before = clients[0];
      if (!before) throw new Error('one was opened');
      await run(() => endOne(session.id, false, ADMIN_END));
      expect(await run(() => sessions.updateRefreshState(before, { ...before, refresh: { '': state('x') } }))).toBe(
        false,
      );
    });
  });

  it('pages the sessions of a client', async () => {
    const { sessions } = database();
    const clientId = freshId('client');
    const opened = [];
    for (let index = 0; index < 4; index++) opened.push(await open({}, [clientId, 'zzz']));
    await open({ offline: true }, [clientId]);
    const [ended, ...rest] = opened;
    if (!ended) throw new Error('four were opened');
    await run(() => endOne(ended.session.id, false, ADMIN_END));
    const page = (first: number, max: number) => sessions.openOfClient(REALM, clientId, false, { first, max });
    expect(await page(0, -1)).toStrictEqual(rest);
    expect(await page(1, 1)).toStrictEqual(rest.slice(1, 2));
    expect(await page(2, -1)).toStrictEqual(rest.slice(2));
    expect(await page(0, 0)).toEqual([]);
  });

  it('walks through the sessions of a realm in batches', async () => {
    const { sessions } = database();
    const realmId = freshId('realm');
    const ids: string[] = [];
    for (let index = 0; index < 5; index++) ids.push((await open({ realmId }, [])).session.id);
    const batch = async (offline: boolean, after = ''): Promise<readonly string[]> =>
      (await sessions.openOfRealm(realmId, offline, after, 3)).map(({ id }) => id);
    expect(await batch(false)).toEqual(ids.slice(0, 3));
    expect(await batch(false, ids[2])).toEqual(ids.slice(3));
    expect(await batch(true)).toEqual([]);
  });

  it('keeps the newest of a history, by owner version', async () => {
    const { sessions } = database();
    const userId = freshId('user');
    const versions = [3, 1, 2];
    for (const ownerVersion of versions) await open({ userId, ownerVersion }, []);
    expect((await sessions.history(REALM, userId, 10)).map((session) => session.ownerVersion)).toEqual([1, 2, 3]);
    expect((await sessions.history(REALM, userId, 2)).map((session) => session.ownerVersion)).toEqual([2, 3]);
  });

  it('forgets ended ones in batches', async () => {
    const { sessions } = database();
    const old = [await open({ lastAccess: 10 }), await open({ lastAccess: 11 }, []), await open({ lastAccess: 12 })];
    for (const { session } of old) await run(() => endOne(session.id, false, { reason: 'idle', at: 20 }));
    expect(await run(() => sessions.forget(20, 10))).toBe(0);
    expect(await run(() => sessions.forget(21, 2))).toBe(2);
    expect(await run(() => sessions.forget(21, 2))).toBe(1);
  });
});
