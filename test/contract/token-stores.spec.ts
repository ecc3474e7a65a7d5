import { describe, expect, it } from 'vitest';
import type { PendingLogin } from '../../src/login/pending-login.js';
import type { RealmKey } from '../../src/tokens/signing-key.js';
import { describeOnEachDatabase } from '../support/databases.js';
import { sampleUser } from '../support/fakes/sample-realm.js';
import { freshId, sampleCode } from './samples.js';

describeOnEachDatabase('Stores of tokens and logins', (database) => {
  const run = <T>(work: () => Promise<T>) => database().unitOfWork.run(work);

  describe('AuthorizationCodeStore', () => {
    it('gives a code to exactly one first of many, and tells the others of the replay', async () => {
      const { authorizationCodes } = database();
      const code = sampleCode('r1', { nonce: 'n', codeChallenge: 'c', codeChallengeMethod: 'S256' });
      await run(() => authorizationCodes.insert(code));
      const results = await Promise.all(
        Array.from({ length: 15 }, () => run(() => authorizationCodes.redeem('r1', code.hash))),
      );
      expect(results.filter((result) => result?.first)).toHaveLength(1);
      for (const result of results) expect(result?.code).toStrictEqual(code);
      expect(await run(() => authorizationCodes.redeem('r2', code.hash))).toBeUndefined();
      expect(await run(() => authorizationCodes.redeem('r1', 'unknown'))).toBeUndefined();
    });

    it('stays redeemable when the transaction that took it fails', async () => {
      const { authorizationCodes } = database();
      const code = sampleCode('r1');
      await run(() => authorizationCodes.insert(code));
      const failing = run(async () => {
        await authorizationCodes.redeem('r1', code.hash);
        throw new Error('no');
      });
      await expect(failing).rejects.toThrow('no');
      expect(await run(() => authorizationCodes.redeem('r1', code.hash))).toMatchObject({ first: true });
    });

    it('deletes the expired in batches, the oldest first', async () => {
      const { authorizationCodes } = database();
      const codes = [10, 30, 20].map((expiresAt) => sampleCode('r1', { expiresAt }));
      for (const code of codes) await run(() => authorizationCodes.insert(code));
      expect(await run(() => authorizationCodes.expire(30, 1))).toBe(1);
      expect(await run(() => authorizationCodes.redeem('r1', codes[0]?.hash ?? ''))).toBeUndefined();
      expect(await run(() => authorizationCodes.expire(30, 10))).toBe(1);
      expect(await run(() => authorizationCodes.expire(30, 10))).toBe(0);
      expect(await run(() => authorizationCodes.redeem('r1', codes[1]?.hash ?? ''))).toBeDefined();
      await run(() => authorizationCodes.expire(31, 10));
    });
  });

  describe('SingleUseStore', () => {
    it('gives a name to exactly one of many, until its time is over', async () => {
      const { singleUse } = database();
      const take = (now: number) => run(() => singleUse.take('r1', 'link', now, now + 100));
      expect((await Promise.all(Array.from({ length: 15 }, () => take(1000)))).filter(Boolean)).toHaveLength(1);
      expect([await singleUse.isTaken('r1', 'link', 1099), await singleUse.isTaken('r1', 'link', 1100)]).toEqual([
        true,
        false,
      ]);
      expect([await take(1099), await take(1100), await take(1150)]).toEqual([false, true, false]);
      expect(await run(() => singleUse.take('r2', 'link', 1150, 1200))).toBe(true);
    });

    it('leaves a name free when the transaction that took it fails', async () => {
      const { singleUse } = database();
      const failing = run(async () => {
        await singleUse.take('r1', 'failed', 0, 100);
        throw new Error('no');
      });
      await expect(failing).rejects.toThrow('no');
      expect(await singleUse.isTaken('r1', 'failed', 1)).toBe(false);
      expect(await run(() => singleUse.expire(100_000, 100))).toBe(2);
      expect(await run(() => singleUse.expire(100_000, 100))).toBe(0);
    });
  });

  describe('PushedRequestStore', () => {
    const pushed = (hash: string, expiresAt = 1_700_000_000_000) => ({
      realmId: 'r1',
      hash,
      clientId: 'app',
      parameters: { scope: 'openid', state: '"\u{1F511}' },
      expiresAt,
    });

    it('gives a request to exactly one of many, of the client that pushed it', async () => {
      const { pushedRequests } = database();
      await run(() => pushedRequests.insert(pushed('h1')));
      expect(await run(() => pushedRequests.take('r1', 'h1', 'other'))).toBeUndefined();
      expect(await run(() => pushedRequests.take('r2', 'h1', 'app'))).toBeUndefined();
      const taken = await Promise.all(
        Array.from({ length: 15 }, () => run(() => pushedRequests.take('r1', 'h1', 'app'))),
      );
      expect(taken.filter((request) => request !== undefined)).toStrictEqual([pushed('h1')]);
    });

    it('deletes the expired in batches, the oldest first', async () => {
      const { pushedRequests } = database();
      for (const [hash, expiresAt] of [
        ['a', 10],
        ['b', 30],
        ['c', 20],
      ] as const)
        await run(() => pushedRequests.insert(pushed(hash, expiresAt)));
      expect(await run(() => pushedRequests.expire(30, 1))).toBe(1);
      expect(await run(() => pushedRequests.take('r1', 'a', 'app'))).toBeUndefined();
      expect(await run(() => pushedRequests.expire(30, 10))).toBe(1);
      expect(await run(() => pushedRequests.take('r1', 'b', 'app'))).toBeDefined();
    });
  });

  it('RevokedTokenStore remembers a token until it expires', async () => {
    const { revokedTokens, accessTokenRecords, users } = database();
    for (const realmId of ['r1', 'r2'])
      await run(() => users.insert(sampleUser({ realmId, id: 'service', username: 'service' }), true));
    const isRevoked = async (realmId: string): Promise<boolean> =>
      (await accessTokenRecords.of(realmId, { jti: 'jti', sub: 'service', clientId: 'client' })).isRevoked;
    await run(() => revokedTokens.add('r1', 'jti', 1_700_000_000_000));
    await run(() => revokedTokens.add('r1', 'jti', 1_700_000_000_000));
    expect([await isRevoked('r1'), await isRevoked('r2')]).toEqual([true, false]);
    expect(await run(() => revokedTokens.expire(1_700_000_000_000, 10))).toBe(0);
    expect(await run(() => revokedTokens.expire(1_700_000_000_001, 10))).toBe(1);
    expect(await isRevoked('r1')).toBe(false);
  });

  it('RealmKeyStore keeps keys, the highest priority first, then the newest', async () => {
    const { realmKeys } = database();
    const realmId = freshId('realm');
    const key = (members: Partial<RealmKey>): RealmKey => ({
      id: freshId('key'),
      realmId,
      componentId: freshId('component'),
      name: 'rsa-generated',
      providerId: 'rsa-generated',
      use: 'sig',
      algorithm: 'RS256',
      status: 'active',
      priority: 100,
      sealedPrivate: 'sealed',
      createdAt: 1_700_000_000_000,
      config: { priority: ['100'] },
      ...members,
    });
    const [old, recent, first] = [
      key({ publicJwk: { kty: 'RSA', n: 'x' } }),
      key({ createdAt: 1_700_000_000_001 }),
      key({ priority: 2 ** 40 }),
    ];
    for (const it of [old, recent, first]) await run(() => realmKeys.insert(it));
    expect(await realmKeys.list(realmId)).toStrictEqual([first, recent, old]);
    await run(() => realmKeys.update({ ...old, status: 'passive' }));
    expect(await run(() => realmKeys.delete(realmId, first.id))).toBe(true);
    expect(await run(() => realmKeys.delete(realmId, first.id))).toBe(false);
    expect(await realmKeys.list(realmId)).toStrictEqual([recent, { ...old, status: 'passive' }]);
  });

  describe('PendingLoginStore', () => {
    const login = (realmId: string, members: Partial<PendingLogin> = {}): PendingLogin => ({
      realmId,
      rootHash: freshId('root'),
      tabId: 'tab',
      version: 1,
      phase: 'flow',
      request: {
        realmId,
        clientId: 'c',
        redirectUri: 'https://app.test/cb',
        redirectUriRequired: true,
        responseType: 'code',
        responseMode: 'query',
        scope: 'openid',
        prompt: [],
        uiLocales: [],
        acrValues: [],
      },
      state: {
        hash: 'h1',
        position: { browser: 'form' },
        context: { statuses: {}, walk: {}, errors: [] },
        userFixed: false,
        credentialTypes: [],
        facts: [],
        notes: {},
        details: {},
        requiredActions: [],
      },
      actionsDone: [],
      createdAt: 1,
      touchedAt: 1,
      expiresAt: 100,
      remoteAddress: '203.0.113.7',
      ...members,
    });

    it('keeps one login per browser and tab', async () => {
      const { pendingLogins } = database();
      const one = login(freshId('realm'));
      const inserted = await Promise.all(Array.from({ length: 5 }, () => run(() => pendingLogins.insert(one))));
      expect(inserted.filter(Boolean)).toHaveLength(1);
      expect(await pendingLogins.find(one.realmId, one.rootHash, 'tab')).toStrictEqual(one);
      expect(await pendingLogins.find(one.realmId, one.rootHash, 'other')).toBeUndefined();
    });

    it('accepts exactly one of many steps from the same version', async () => {
      const { pendingLogins } = database();
      const one = login(freshId('realm'));
      await run(() => pendingLogins.insert(one));
      const steps = Array.from({ length: 8 }, (_, index) => ({ ...one, currentAction: `step-${index}` }));
      const accepted = await Promise.all(steps.map((step) => run(() => pendingLogins.update(step))));
      expect(accepted.filter(Boolean)).toHaveLength(1);
      const winner = steps[accepted.indexOf(true)] ?? one;
      expect(await pendingLogins.find(one.realmId, one.rootHash, 'tab')).toStrictEqual({ ...winner, version: 2 });
    });

    it('counts logins in progress, and expires', async () => {
      const { pendingLogins } = database();
      const realmId = freshId('realm');
      const done = login(realmId, { phase: 'done', expiresAt: 50 });
      const here = login(realmId);
      const there = login(realmId, { remoteAddress: '198.51.100.9', phase: 'consent' });
      for (const it of [done, here, there]) await run(() => pendingLogins.insert(it));
      expect(await pendingLogins.countFrom(realmId, '203.0.113.7')).toBe(1);
      expect(await run(() => pendingLogins.expire(60, 10))).toBe(1);
      expect(await pendingLogins.find(realmId, done.rootHash, 'tab')).toBeUndefined();
    });
  });
});
