import { expect, it, vi } from 'vitest';
import type { FlowCatalog, FlowStore, StoredConfig, StoredExecution, StoredFlow } from '../../src/flows/stored-flow.js';
import { Database } from '../../src/persistence/database.js';
import { createStores, type Stores } from '../../src/persistence/stores.js';
import { describeOnEachDatabase } from '../support/databases.js';
import { sampleRealm } from '../support/fakes/sample-realm.js';
import { freshId } from './samples.js';

describeOnEachDatabase('Catalogs of flows that are known', (database) => {
  /** Stores of another node. */
  const node = (): Stores => createStores(database().dataSource, () => undefined);

  const edit = <T>(
    { flows, unitOfWork }: Stores,
    realmId: string,
    work: (store: FlowStore) => Promise<T>,
  ): Promise<T> =>
    unitOfWork.run(async () => {
      await flows.lockForEdit(realmId);
      return work(flows);
    });

  const flow = (realmId: string, position: number): StoredFlow => ({
    id: freshId('flow'),
    realmId,
    alias: freshId('alias'),
    description: '',
    providerId: 'basic-flow',
    topLevel: true,
    builtIn: false,
    position,
  });

  /** Tables of flows that were read meanwhile. */
  async function tablesReadBy(work: () => Promise<unknown>): Promise<readonly string[]> {
    const select = vi.spyOn(Database.prototype, 'select');
    await work();
    const tables = select.mock.calls.flatMap(([sql]) => /FROM "(flow\w*)"/.exec(sql)?.[1] ?? []);
    select.mockRestore();
    return tables;
  }

  it('are read once, and move on with each edit, on this node and on others', async () => {
    const [a, b, realmId] = [node(), node(), freshId('realm')];
    const [first, second] = [flow(realmId, 1), flow(realmId, 2)];
    const step: StoredExecution = {
      id: freshId('step'),
      realmId,
      parentFlowId: first.id,
      requirement: 'REQUIRED',
      priority: 20,
      configId: 'c',
    };
    const config: StoredConfig = { id: 'c', realmId, alias: 'limits', values: { max: '3' } };
    await edit(a, realmId, async (store) => {
      await store.insertFlows([second, first]);
      await store.insertExecutions([step]);
      await store.insertConfigs([config]);
    });
    const before = await a.flows.catalog(realmId);
    expect(before).toStrictEqual({ flows: [first, second], executions: [step], configs: [config] });
    await b.flows.catalog(realmId);

    const earlier: StoredExecution = { ...step, id: freshId('step'), priority: 10 };
    const { configId: _configId, ...bare } = step;
    const read = await tablesReadBy(() =>
      edit(a, realmId, async (store) => {
        expect(await store.catalog(realmId)).toBe(before);
        await store.updateFlow({ ...first, position: 3 });
        await store.lockForEdit(realmId); // nothing again
        await store.insertExecutions([earlier]);
        await store.updateExecution(bare);
        await store.deleteConfigs(realmId, [config.id]);
        await store.updateExecution({ ...step, id: 'gone' });
      }),
    );
    expect(read).toEqual([]);
    const after: FlowCatalog = {
      flows: [second, { ...first, position: 3 }],
      executions: [earlier, bare],
      configs: [],
    };
    expect(await tablesReadBy(() => a.flows.catalog(realmId))).toEqual([]);
    for (const { flows } of [a, b, node()]) expect(await flows.catalog(realmId)).toStrictEqual(after);
  });

  it('show what was written in the same unit of work, and forget what was rolled back', async () => {
    const [a, realmId] = [node(), freshId('realm')];
    const [kept, dropped] = [flow(realmId, 1), flow(realmId, 2)];
    await edit(a, realmId, (store) => store.insertFlows([kept]));
    await a.flows.catalog(realmId);
    await expect(
      edit(a, realmId, async (store) => {
        await store.catalog(realmId);
        await store.insertFlows([dropped]);
        expect((await store.catalog(realmId)).flows).toStrictEqual([kept, dropped]);
        throw new Error('and back');
      }),
    ).rejects.toThrow('and back');
    expect((await a.flows.catalog(realmId)).flows).toStrictEqual([kept]);
    await edit(a, realmId, (store) => store.deleteFlows(realmId, [kept.id]));
    expect((await a.flows.catalog(realmId)).flows).toEqual([]);
  });

  it('never are those of a realm that had the same id before', async () => {
    const [a, b] = [node(), node()];
    const realm = { ...sampleRealm(), id: freshId('realm'), name: freshId('realm') };
    const make = async (members: StoredFlow): Promise<void> => {
      await a.unitOfWork.run(() => a.realms.insert(realm));
      await edit(a, realm.id, (store) => store.insertFlows([members]));
    };
    await make(flow(realm.id, 1));
    await b.flows.catalog(realm.id);
    await a.unitOfWork.run(() => a.realms.delete(realm.id));
    expect((await b.flows.catalog(realm.id)).flows).toEqual([]);
    const another = flow(realm.id, 1);
    await make(another);
    for (const { flows } of [a, b]) expect((await flows.catalog(realm.id)).flows).toStrictEqual([another]);
  });

  it('are whole at each version while others edit', async () => {
    const [a, b, realmId] = [node(), node(), freshId('realm')];
    const pair = flow(realmId, 0);
    const stepOf = (number: number): StoredExecution => ({
      id: 'the step',
      realmId,
      parentFlowId: pair.id,
      requirement: 'REQUIRED',
      priority: number,
    });
    await edit(a, realmId, async (store) => {
      await store.insertFlows([pair]);
      await store.insertExecutions([stepOf(0)]);
    });
    const edits = (async () => {
      for (let number = 1; number <= 30; number++)
        await edit(a, realmId, async (store) => {
          await store.updateFlow({ ...pair, position: number });
          await store.updateExecution(stepOf(number));
        });
    })();
    const over = new AbortController();
    void edits.finally(() => {
      over.abort();
    });
    while (!over.signal.aborted) await b.flows.catalog(realmId);
    await edits;
    expect(await b.flows.catalog(realmId)).toStrictEqual({
      flows: [{ ...pair, position: 30 }],
      executions: [stepOf(30)],
      configs: [],
    });
  });
});
