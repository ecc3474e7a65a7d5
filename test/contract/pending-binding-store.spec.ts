import { describe, expect, it } from 'vitest';
import type { PendingBinding, PendingBindingStore } from '../../src/flows/pending-binding.js';
import type { UnitOfWork } from '../../src/shared/unit-of-work.js';
import { describeOnEachDatabase } from '../support/databases.js';
import { ImmediateUnitOfWork } from '../support/fakes/immediate-unit-of-work.js';
import { InMemoryPendingBindingStore } from '../support/fakes/in-memory-pending-binding-store.js';
import { freshId } from './samples.js';

/** @param stores gives what is tested; the store may hold rows of other realms */
function contract(stores: () => { readonly store: PendingBindingStore; readonly unitOfWork: UnitOfWork }): void {
  const run = <T>(work: () => Promise<T>): Promise<T> => stores().unitOfWork.run(work);
  const sample = (realmId: string, members: Partial<PendingBinding> = {}): PendingBinding => ({
    realmId,
    id: freshId('pending'),
    field: 'browserFlow',
    flowAfter: 'after',
    createdAt: 1_000,
    dueAt: 2_000,
    ...members,
  });

  it('keeps what was put in, by realm and by time', async () => {
    const { store } = stores();
    const realmId = freshId('realm');
    const late = sample(realmId, { dueAt: 3_000, field: 'browser', clientId: 'c', flowBefore: 'before' });
    const soon = sample(realmId, { editorId: 'e', editorName: 'ed' });
    await run(() => store.insert(late));
    await run(() => store.insert(soon));
    await run(() => store.insert(sample(freshId('realm'))));
    expect(await store.ofRealm(realmId)).toEqual([soon, late]);
    expect(await store.byId(realmId, late.id)).toEqual(late);
    expect(await store.byId('other', late.id)).toBeUndefined();
  });

  it('tells what is due, and gives it to one taker alone', async () => {
    const { store } = stores();
    const realmId = freshId('realm');
    const due = sample(realmId, { dueAt: 10 });
    await run(() => store.insert(due));
    await run(() => store.insert(sample(realmId, { dueAt: 11 })));
    expect((await store.due(10, 100)).filter((row) => row.realmId === realmId)).toEqual([due]);
    const takers = await Promise.all(Array.from({ length: 8 }, () => run(() => store.take(realmId, due.id))));
    expect(takers.filter(Boolean)).toHaveLength(1);
    expect(await store.byId(realmId, due.id)).toBeUndefined();
    expect((await store.due(10, 100)).filter((row) => row.realmId === realmId)).toEqual([]);
  });
}

describe('PendingBindingStore in memory', () => {
  const store = new InMemoryPendingBindingStore();
  contract(() => ({ store, unitOfWork: new ImmediateUnitOfWork() }));
});

describeOnEachDatabase('PendingBindingStore', (database) => {
  contract(() => ({ store: database().pendingBindings, unitOfWork: database().unitOfWork }));
});
