import { describe, expect, it } from 'vitest';
import type { User, UserQuery } from '../../src/realm/user.js';
import { describeOnEachDatabase } from '../support/databases.js';
import { sampleUser } from '../support/fakes/sample-realm.js';
import { freshId, sampleClient, sampleClientSession, sampleCredential, sampleRole, sampleSession } from './samples.js';

describeOnEachDatabase('Stores of users', (database) => {
  const run = <T>(work: () => Promise<T>) => database().unitOfWork.run(work);
  const user = (realmId: string, members: Partial<User> = {}): User => {
    const id = freshId('user');
    return sampleUser({ id, realmId, username: id, email: `${id}@acme.test`, ...members });
  };

  describe('UserStore', () => {
    it('stores, finds and replaces', async () => {
      const { users } = database();
      const alice = user('r1', {
        firstName: 'Älice',
        lastName: 'O’Hara',
        attributes: { team: ['a', 'b'] },
        requiredActions: ['UPDATE_PASSWORD'],
      });
      await run(() => users.insert(alice, true));
      expect(await users.byId('r1', alice.id)).toStrictEqual(alice);
      expect(await users.byUsername('r1', alice.username.toUpperCase())).toStrictEqual(alice);
      expect(await users.byEmail('r1', alice.email?.toUpperCase() ?? '')).toStrictEqual(alice);
      expect(await users.byId('r2', alice.id)).toBeUndefined();
      const { firstName: _firstName, email: _email, ...rest } = alice;
      await run(() => users.update({ ...rest, attributes: {}, enabled: false }, true));
      expect(await users.byId('r1', alice.id)).toStrictEqual({ ...rest, attributes: {}, enabled: false });
      expect(await users.byEmail('r1', alice.email ?? '')).toBeUndefined();
    });

    it('refuses a username or e-mail that is taken', async () => {
      const { users } = database();
      const realmId = freshId('realm');
      const [alice, bob] = [user(realmId), user(realmId)];
      for (const it of [alice, bob]) await run(() => users.insert(it, true));
      const { username, email = '' } = alice;
      await expect(run(() => users.insert(user(realmId, { username }), true))).rejects.toMatchObject({
        code: 'username_exists',
      });
      await expect(run(() => users.insert(user(realmId, { email }), true))).rejects.toMatchObject({
        code: 'email_exists',
      });
      await expect(run(() => users.update({ ...bob, username }, true))).rejects.toMatchObject({
        code: 'username_exists',
      });
      await expect(run(() => users.update({ ...bob, email }, true))).rejects.toMatchObject({ code: 'email_exists' });
      await run(() => users.insert({ ...alice, realmId: freshId('realm') }, true));
    });

    it('allows a shared e-mail where the realm does, and refuses it to others still', async () => {
      const { users } = database();
      const realmId = freshId('realm');
      const email = 'family@acme.test';
      for (const it of [user(realmId, { email }), user(realmId, { email })]) await run(() => users.insert(it, false));
      await expect(run(() => users.insert(user(realmId, { email }), true))).rejects.toMatchObject({
        code: 'email_exists',
      });
    });

    it.each(['username', 'email'] as const)('lets one of many parallel users have a %s', async (member) => {
      const { users } = database();
      const realmId = freshId('realm');
      const results = await Promise.allSettled(
        Array.from({ length: 10 }, () => run(() => users.insert(user(realmId, { [member]: 'same@acme.test' }), true))),
      );
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      for (const result of results)
        if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: `${member}_exists` });
    });

    it.each(['username', 'email'] as const)('lets one of many parallel updates take a %s', async (member) => {
      const { users } = database();
      const realmId = freshId('realm');
      const all = Array.from({ length: 6 }, () => user(realmId));
      for (const it of all) await run(() => users.insert(it, true));
      const results = await Promise.allSettled(
        all.map((it) => run(() => users.update({ ...it, [member]: 'same@acme.test' }, true))),
      );
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      for (const result of results)
        if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: `${member}_exists` });
    });

    it('finds service accounts by their client, and lists them never', async () => {
      const { users } = database();
      const realmId = freshId('realm');
      const account = user(realmId, { serviceAccountClientId: 'c1' });
      await run(() => users.insert(account, true));
      expect(await users.serviceAccountOf(realmId, 'c1')).toStrictEqual(account);
      expect(await users.serviceAccountOf(realmId, 'c2')).toBeUndefined();
      expect(await users.list(realmId, {})).toEqual([]);
      expect(await users.count(realmId, {})).toBe(0);
    });

    describe('searching', () => {
      const realmId = 'realm-search';
      const PEOPLE: readonly Partial<User>[] = [
        {
          username: 'alice',
          email: 'alice@acme.test',
          firstName: 'Alice',
          lastName: 'Ärlig',
          attributes: { team: ['red', 'blue'] },
        },
        {
          username: 'bob',
          email: 'bob@other.test',
          firstName: 'Bob',
          lastName: 'Alison',
          enabled: false,
          attributes: { team: ['Red'] },
        },
        { username: 'carol_1', email: 'c@acme.test', firstName: 'Carol', lastName: '100%', emailVerified: false },
        { username: 'carolx1', email: 'd@acme.test', attributes: { long: ['x'.repeat(5000)] } },
      ];
      const TABLE: readonly (readonly [UserQuery, readonly string[]])[] = [
        [{}, ['alice', 'bob', 'carol_1', 'carolx1']],
        [{ first: 1, max: 2 }, ['bob', 'carol_1']],
        [{ first: 3 }, ['carolx1']],
        [{ max: 0 }, []],
        [{ search: 'ali' }, ['alice', 'bob']],
        [{ search: 'ALI' }, ['alice', 'bob']],
        [{ search: 'lice' }, []],
        [{ search: '*lice*' }, ['alice']],
        [{ search: '*lic*' }, ['alice']],
        [{ search: '"alice"' }, ['alice']],
        [{ search: '"ali"' }, []],
        [{ search: 'ali bob' }, ['bob']],
        [{ search: ' ' }, ['alice', 'bob', 'carol_1', 'carolx1']],
        [{ search: 'carol_' }, ['carol_1']],
        [{ search: '100%' }, ['carol_1']],
        [{ search: '%' }, []],
        [{ search: '\\' }, []],
        [{ search: 'ÄR' }, ['alice']],
        [{ username: 'LI' }, ['alice']],
        [{ username: 'LI', exact: true }, []],
        [{ username: 'ALICE', exact: true }, ['alice']],
        [{ email: 'acme', enabled: true }, ['alice', 'carol_1', 'carolx1']],
        [{ lastName: '0%' }, ['carol_1']],
        [{ firstName: 'o' }, ['bob', 'carol_1']],
        [{ enabled: false }, ['bob']],
        [{ emailVerified: false }, ['carol_1']],
        [{ attributes: { team: 'red' } }, ['alice']],
        [{ attributes: { team: 'red', other: 'x' } }, []],
        [{ attributes: { long: 'x'.repeat(5000) } }, ['carolx1']],
        [{ ids: [] }, []],
        [{ ids: ['search-1', 'search-3', 'none'] }, ['bob', 'carolx1']],
      ];

      it('gives those who match, by username, and counts them', async () => {
        const { users } = database();
        const people = PEOPLE.map((members, index) => user(realmId, { id: `search-${index}`, ...members }));
        for (const person of people) await run(() => users.insert(person, true));
        for (const [query, expected] of TABLE) {
          const found = await users.list(realmId, query);
          expect([query, found.map(({ username }) => username)]).toEqual([query, expected]);
          const { first: _first, max: _max, ...unpaged } = query;
          expect([unpaged, await users.count(realmId, query)]).toEqual([
            unpaged,
            (await users.list(realmId, unpaged)).length,
          ]);
        }
        expect((await users.list(realmId, { username: 'alice' }))[0]).toStrictEqual(people[0]);
        const found = await users.byIds(realmId, ['search-3', 'search-0']);
        expect(found.map(({ username }) => username).sort()).toEqual(['alice', 'carolx1']);
      });
    });

    it('forgets attributes that were changed', async () => {
      const { users } = database();
      const realmId = freshId('realm');
      const one = user(realmId, { attributes: { team: ['red', 'red'] } });
      await run(() => users.insert(one, true));
      await run(() => users.update({ ...one, attributes: { team: ['blue'] } }, true));
      expect(await users.list(realmId, { attributes: { team: 'red' } })).toEqual([]);
      expect(await users.list(realmId, { attributes: { team: 'blue' } })).toHaveLength(1);
    });

    it('deletes a user with everything', async () => {
      const { users, roles, sessions, loginFailures } = database();
      const realmId = freshId('realm');
      const one = user(realmId, { attributes: { a: ['b'] } });
      const role = sampleRole(realmId);
      const session = sampleSession(realmId, one.id);
      await run(async () => {
        await users.insert(one, true);
        await users.insertCredential(sampleCredential(realmId, one.id));
        await roles.insert(role);
        await roles.mapToUser(realmId, one.id, [role.id]);
        await sessions.lockOwner(realmId, one.id);
        await sessions.insert(session);
        await sessions.insertClientSession(sampleClientSession(session, 'app'));
        await loginFailures.update(realmId, one.id, () => ({ ...NO_FAILURES, realmId, userId: one.id }));
      });
      expect(await run(() => users.delete(realmId, one.id))).toBe(true);
      expect(await run(() => users.delete(realmId, one.id))).toBe(false);
      expect(await users.credentials(realmId, one.id)).toEqual([]);
      expect(await roles.holders(realmId, role.id, 0, -1)).toEqual([]);
      expect(await roles.ofUser(realmId, one.id)).toEqual([]);
      expect(await sessions.history(realmId, one.id, 10)).toEqual([]);
      expect(await sessions.openOfClient(realmId, 'app', false, { first: 0, max: 1 })).toEqual([]);
      expect(await loginFailures.find(realmId, one.id)).toBeUndefined();
    });

    it('keeps credentials in their order', async () => {
      const { users } = database();
      const realmId = freshId('realm');
      const one = user(realmId);
      const late = sampleCredential(realmId, one.id, { priority: 20, userLabel: 'phone' });
      const early = sampleCredential(realmId, one.id, { priority: 10 });
      await run(async () => {
        await users.insert(one, true);
        await users.insertCredential(late);
        await users.insertCredential(early);
      });
      expect(await users.credentials(realmId, one.id)).toStrictEqual([early, late]);
      const { userLabel: _userLabel, ...rest } = late;
      await run(() => users.updateCredential({ ...rest, priority: 5 }));
      expect(await users.credentials(realmId, one.id)).toStrictEqual([{ ...rest, priority: 5 }, early]);
      expect(await run(() => users.deleteCredential(realmId, 'other', early.id))).toBe(false);
      expect(await run(() => users.deleteCredential(realmId, one.id, early.id))).toBe(true);
      expect(await users.credentials(realmId, one.id)).toHaveLength(1);
    });

    it('takes a one-time code once, also of many at the same time, and no earlier one after it', async () => {
      const { users } = database();
      const realmId = freshId('realm');
      const one = user(realmId);
      const otp = sampleCredential(realmId, one.id, { type: 'otp' });
      await run(async () => {
        await users.insert(one, true);
        await users.insertCredential(otp);
      });
      const results = await Promise.all(
        Array.from({ length: 10 }, () => run(() => users.useOtpStep(realmId, otp.id, 100))),
      );
      expect(results.filter(Boolean)).toHaveLength(1);
      expect(await run(() => users.useOtpStep(realmId, otp.id, 99))).toBe(false);
      await run(() => users.updateCredential({ ...otp, priority: 1 })); // does not forget it
      expect(await run(() => users.useOtpStep(realmId, otp.id, 100))).toBe(false);
      expect(await run(() => users.useOtpStep(realmId, otp.id, 101))).toBe(true);
      expect(await run(() => users.useOtpStep(realmId, 'gone', 101))).toBe(false);
    });
  });

  describe('UserConsentStore', () => {
    it('keeps one consent per user and client, and loses it with either', async () => {
      const { users, clients, userConsents } = database();
      const [alice, app, other] = [user('r1'), sampleClient('r1'), sampleClient('r1')];
      await run(async () => {
        await users.insert(alice, true);
        for (const client of [app, other]) await clients.insert(client);
      });
      const consent = { realmId: 'r1', userId: alice.id, clientId: app.id, scopes: ['s1'], createdAt: 1, updatedAt: 1 };
      const more = { ...consent, scopes: ['s1', 's2'], updatedAt: 2 };
      await run(() => userConsents.put(consent));
      await run(() => userConsents.put(more));
      await run(() => userConsents.put({ ...consent, clientId: other.id }));
      expect(await userConsents.find('r1', alice.id, app.id)).toStrictEqual(more);
      expect(await userConsents.find('r2', alice.id, app.id)).toBeUndefined();
      expect(await userConsents.ofUser('r1', alice.id)).toHaveLength(2);
      expect(await run(() => userConsents.delete('r1', alice.id, other.id))).toBe(true);
      expect(await run(() => userConsents.delete('r1', alice.id, other.id))).toBe(false);
      expect(await userConsents.ofUser('r1', alice.id)).toStrictEqual([more]);
      await run(() => userConsents.put({ ...consent, clientId: other.id }));
      await run(() => clients.delete('r1', app.id));
      expect(await userConsents.find('r1', alice.id, app.id)).toBeUndefined();
      await run(() => users.delete('r1', alice.id));
      expect(await userConsents.find('r1', alice.id, other.id)).toBeUndefined();
    });
  });

  describe('LoginFailureStore', () => {
    it('counts all of many parallel failures, from the first on', async () => {
      const { loginFailures } = database();
      const key = { realmId: freshId('realm'), userId: freshId('user') };
      const seen: (number | undefined)[] = [];
      await Promise.all(
        Array.from({ length: 20 }, () =>
          run(() =>
            loginFailures.update(key.realmId, key.userId, (current) => {
              seen.push(current?.numFailures);
              return { ...(current ?? { ...NO_FAILURES, ...key }), numFailures: (current?.numFailures ?? 0) + 1 };
            }),
          ),
        ),
      );
      expect((await loginFailures.find(key.realmId, key.userId))?.numFailures).toBe(20);
      expect(seen.filter((count) => count === undefined)).toHaveLength(1);
    });

    it('stores every member and clears', async () => {
      const { loginFailures } = database();
      const failures = {
        ...NO_FAILURES,
        realmId: freshId('realm'),
        userId: 'u',
        lastFailure: 1_700_000_000_123,
        lastIpFailure: '203.0.113.7',
      };
      const { realmId } = failures;
      expect(await run(() => loginFailures.update(realmId, 'u', () => failures))).toEqual(failures);
      expect(await loginFailures.find(realmId, 'u')).toStrictEqual(failures);
      expect(await run(() => loginFailures.clear(realmId, 'u'))).toBe(true);
      expect(await run(() => loginFailures.clear(realmId, 'u'))).toBe(false);
      await run(() => loginFailures.update(realmId, 'u', () => failures));
      await run(() => loginFailures.clearAll(realmId));
      expect(await loginFailures.find(realmId, 'u')).toBeUndefined();
    });
  });
});

const NO_FAILURES = { numFailures: 0, numTemporaryLockouts: 0, numSecondaryFailures: 0, lastFailure: 0, notBefore: 0 };
