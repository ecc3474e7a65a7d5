import { beforeEach, describe, expect, it } from 'vitest';
import type { Delivery, DeliveryStore } from '../../src/deliveries/delivery.js';
import type { UnitOfWork } from '../../src/shared/unit-of-work.js';
import { describeOnEachDatabase } from '../support/databases.js';
import { ImmediateUnitOfWork } from '../support/fakes/immediate-unit-of-work.js';
import { InMemoryDeliveryStore } from '../support/fakes/in-memory-delivery-store.js';
import { freshId } from './samples.js';

const NOW = 1_700_000_000_000;
const LATER = NOW + 60_000;

/** @param stores gives what is tested; the store may hold rows of other realms */
function contract(stores: () => { readonly deliveries: DeliveryStore; readonly unitOfWork: UnitOfWork }): void {
  let realmId: string;
  beforeEach(async () => {
    const { deliveries } = stores();
    await run(() => deliveries.giveUpOld(Number.MAX_SAFE_INTEGER, 0, 'other test', 10_000));
    realmId = freshId('realm');
  });

  const run = <T>(work: () => Promise<T>): Promise<T> => stores().unitOfWork.run(work);
  const sample = (members: Partial<Delivery> = {}): Delivery => ({
    id: freshId('delivery'),
    realmId,
    kind: 'test',
    receiver: 'app',
    payload: { sid: 's', list: [1, null, 'ü'] },
    createdAt: NOW,
    dueAt: NOW,
    attempts: 0,
    ...members,
  });
  async function queue(...members: readonly Partial<Delivery>[]): Promise<readonly Delivery[]> {
    const made = members.map(sample);
    await run(() => stores().deliveries.insert(made));
    return made;
  }
  const next = async (now = NOW, limit = 100): Promise<readonly string[]> =>
    (await stores().deliveries.next(now, limit)).map(({ id }) => id);
  async function claim(delivery: Delivery | undefined, now = NOW): Promise<Delivery> {
    if (!delivery) throw new Error('Nothing to claim');
    const claimed = await run(() => stores().deliveries.claim(delivery, now, LATER));
    if (!claimed) throw new Error('Somebody else has it');
    return claimed;
  }
  const ids = (...deliveries: readonly (Delivery | undefined)[]): readonly (string | undefined)[] =>
    deliveries.map((one) => one?.id);

  it('forgets a user: deliveries of some kinds, and of the others those that were given up', async () => {
    const about = (kind: string, userId?: string): Partial<Delivery> => ({
      kind,
      receiver: freshId('receiver'),
      ...(userId !== undefined && { userId }),
    });
    const made = await queue(
      about('hook', 'u'),
      about('logout', 'u'),
      about('logout', 'u'),
      about('hook', 'v'),
      about('hook'),
    );
    const [, waiting, failed, other, nobody] = made;
    const mine = await claim(failed);
    await run(() => stores().deliveries.giveUp(mine, NOW, 'no'));
    await run(() => stores().deliveries.forgetUser(realmId, 'u', ['hook']));
    const left = await stores().deliveries.list(realmId, { first: 0, max: 10 });
    expect(left.map(({ id }) => id).sort()).toEqual(ids(waiting, other, nobody).toSorted());
    expect(left.find(({ id }) => id === waiting?.id)?.userId).toBe('u');
  });

  it('gives the oldest due delivery of each receiver of each realm', async () => {
    const [late, old, other, elsewhere] = await queue(
      { createdAt: NOW + 1 },
      {},
      { receiver: 'other', dueAt: NOW - 5 },
      { realmId: freshId('realm'), dueAt: NOW - 3 },
      { receiver: 'future', dueAt: NOW + 1 },
    );
    expect(await next()).toEqual(ids(other, elsewhere, old));
    expect(await next(NOW, 1)).toEqual(ids(other));
    expect((await stores().deliveries.next(NOW, 9)).find(({ id }) => id === old?.id)).toStrictEqual(old);
    await run(async () => stores().deliveries.remove(await claim(old)));
    expect(await next()).toEqual(ids(other, elsewhere, late));
  });

  it('gives one that is not due no precedence over a younger one that is', async () => {
    const [, young] = await queue({ dueAt: NOW + 1 }, { createdAt: NOW + 1 });
    expect(await next()).toEqual(ids(young));
  });

  it('lets exactly one of many claim a delivery, and holds back the others to that receiver', async () => {
    const { deliveries } = stores();
    const [one] = await queue({}, { createdAt: NOW + 1 }, { receiver: 'other' });
    if (!one) throw new Error('Nothing queued');
    const claims = await Promise.all(Array.from({ length: 12 }, () => run(() => deliveries.claim(one, NOW, LATER))));
    expect(claims.filter(Boolean)).toEqual([{ ...one, attempts: 1 }]);
    expect(await deliveries.next(NOW, 9)).toMatchObject([{ receiver: 'other' }]);
  });

  it('gives a delivery back when a claim runs out, and listens no more to who had it', async () => {
    const { deliveries } = stores();
    const [one] = await queue({});
    const lost = await claim(one);
    expect(await next(LATER - 1)).toEqual([]);
    const [again] = await deliveries.next(LATER, 9);
    expect(again).toMatchObject({ id: one?.id, attempts: 1 });
    await claim(again, LATER);
    await run(() => deliveries.remove(lost));
    await run(() => deliveries.putOff(lost, { dueAt: 1, heldUntil: 0, error: 'late' }));
    await run(() => deliveries.giveUp(lost, NOW, 'late'));
    expect(await deliveries.list(realmId, { first: 0, max: 9 })).toStrictEqual([{ ...one, attempts: 2 }]);
  });

  it('puts off one delivery, or all to its receiver', async () => {
    const { deliveries } = stores();
    const [first, second] = await queue({}, { createdAt: NOW + 1 });
    const alone = await claim(first);
    await run(() => deliveries.putOff(alone, { dueAt: LATER, heldUntil: 0, error: 'answered 400' }));
    expect(await next()).toEqual(ids(second));
    const all = await claim(second);
    await run(() => deliveries.putOff(all, { dueAt: LATER + 1, heldUntil: LATER + 1, error: 'ECONNREFUSED' }));
    expect(await next(LATER)).toEqual([]);
    expect(await next(LATER + 1)).toEqual(ids(first));
    expect(await deliveries.list(realmId, { first: 0, max: 9 })).toStrictEqual([
      { ...second, attempts: 1, dueAt: LATER + 1, lastError: 'ECONNREFUSED' },
      { ...first, attempts: 1, dueAt: LATER, lastError: 'answered 400' },
    ]);
  });

  it('has never tried ones before ones that failed', async () => {
    const { deliveries } = stores();
    const [failed, fresh] = await queue({}, { receiver: 'other', dueAt: NOW + 9 });
    const claimed = await claim(failed);
    await run(() => deliveries.putOff(claimed, { dueAt: NOW + 1, heldUntil: NOW + 1, error: 'no' }));
    expect(await next(NOW + 9)).toEqual(ids(fresh, failed));
  });

  it('keeps what was given up to be seen, and tries it no more', async () => {
    const { deliveries } = stores();
    const [one, waiting] = await queue({}, { createdAt: NOW + 1 });
    const claimed = await claim(one);
    await run(() => deliveries.giveUp(claimed, NOW + 7, 'closed'));
    expect(await next()).toEqual(ids(waiting));
    expect(await deliveries.list(realmId, { first: 1, max: 9 })).toStrictEqual([
      { ...one, attempts: 1, failedAt: NOW + 7, lastError: 'closed' },
    ]);
    expect(await run(() => deliveries.expire(NOW + 7, 10_000))).toBeGreaterThanOrEqual(0);
    expect(await deliveries.list(realmId, { first: 0, max: 9 })).toHaveLength(2);
    await run(() => deliveries.expire(NOW + 8, 10_000));
    expect(await deliveries.list(realmId, { first: 0, max: 9 })).toStrictEqual([waiting]);
  });

  it('gives up the old in batches, with the last error of those that have one', async () => {
    const { deliveries } = stores();
    const [tried] = await queue({ createdAt: 1, dueAt: 1 }, { createdAt: 2, dueAt: 1 }, { createdAt: NOW });
    const claimed = await claim(tried);
    await run(() => deliveries.putOff(claimed, { dueAt: LATER, heldUntil: 0, error: 'answered 500' }));
    expect(await run(() => deliveries.giveUpOld(NOW, NOW, 'too old', 1))).toBe(1);
    expect(await run(() => deliveries.giveUpOld(NOW, NOW, 'too old', 9))).toBe(1);
    expect(await run(() => deliveries.giveUpOld(NOW, NOW, 'too old', 9))).toBe(0);
    const listed = await deliveries.list(realmId, { first: 0, max: 9 });
    expect(listed.map(({ lastError, failedAt }) => [lastError, failedAt])).toEqual([
      [undefined, undefined],
      ['too old', NOW],
      ['answered 500', NOW],
    ]);
  });
}

describe('DeliveryStore in memory', () => {
  const fake = { deliveries: new InMemoryDeliveryStore(), unitOfWork: new ImmediateUnitOfWork() };
  contract(() => fake);
});

describeOnEachDatabase('DeliveryStore', (database) => {
  contract(database);

  it('takes back what was queued in a transaction that failed', async () => {
    const { deliveries, unitOfWork } = database();
    const failing = unitOfWork.run(async () => {
      await deliveries.insert([
        { id: 'lost', realmId: 'lost', kind: 'test', receiver: 'a', payload: {}, createdAt: 1, dueAt: 1, attempts: 0 },
      ]);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await deliveries.list('lost', { first: 0, max: 9 })).toEqual([]);
  });
});
