import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EntityManager } from 'typeorm';
import type { Sqlite3DataSource } from '../../src/persistence/sqlite/sqlite3-data-source.js';
import { tempDatabase, type TempDatabase } from '../support/temp-database.js';
import { Counter, openFixture } from './sqlite-driver.fixture.js';

const failure = new Error('on purpose');

async function fail(): Promise<never> {
  return Promise.reject(failure);
}

describe.each(['file', ':memory:'])('transactions of the SQLite driver (%s)', (kind) => {
  let directory: TempDatabase;
  let dataSource: Sqlite3DataSource;

  beforeEach(async () => {
    directory = await tempDatabase();
    dataSource = await openFixture({ database: kind === 'file' ? directory.path : kind, acquireTimeoutMs: 5_000 });
  });

  afterEach(async () => {
    await dataSource.destroy();
    await directory.remove();
  });

  async function ids(): Promise<string[]> {
    return (await dataSource.manager.find(Counter, { order: { id: 'ASC' } })).map(({ id }) => id);
  }

  async function increment(manager: EntityManager, id: string): Promise<void> {
    const counter = await manager.findOneByOrFail(Counter, { id });
    await manager.update(Counter, { id }, { value: counter.value + 1 });
  }

  it('loses none of 200 parallel read-modify-write transactions', async () => {
    await dataSource.manager.insert(Counter, { id: 'a', value: 0 });
    await Promise.all(Array.from({ length: 200 }, () => dataSource.transaction((manager) => increment(manager, 'a'))));
    expect((await dataSource.manager.findOneByOrFail(Counter, { id: 'a' })).value).toBe(200);
  });

  it("never take another caller's rows along when they roll back", async () => {
    const callers = Array.from({ length: 100 }, (_, index) => {
      const id = String(index).padStart(3, '0');
      if (index % 4 === 0) return dataSource.manager.insert(Counter, { id });
      return dataSource.transaction(async (manager) => {
        await manager.insert(Counter, { id });
        if (index % 2 === 0) await fail();
      });
    });
    const outcomes = await Promise.allSettled(callers);
    const committed = outcomes.flatMap(({ status }, index) =>
      status === 'fulfilled' ? [String(index).padStart(3, '0')] : [],
    );
    expect(committed).toHaveLength(75);
    expect(await ids()).toEqual(committed);
  });

  it('leave nothing behind of statements that were still under way when another one failed', async () => {
    await dataSource.manager.insert(Counter, { id: 'taken' });
    const stragglers: Promise<unknown>[] = [];
    const transaction = dataSource.transaction(async (manager) => {
      const failing = manager.insert(Counter, { id: 'taken' });
      // Each save reads first: some of their INSERTs come while the ROLLBACK already waits in line.
      for (let index = 0; index < 20; index++) {
        stragglers.push(manager.save(Counter, { id: `straggler-${index}` }).catch((error: unknown) => error));
      }
      await failing;
    });
    await expect(transaction).rejects.toThrow('UNIQUE');
    await Promise.all(stragglers);
    expect(await ids()).toEqual(['taken']);
  });

  it('nest as savepoints', async () => {
    await dataSource.transaction(async (outer) => {
      await outer.insert(Counter, { id: 'outer' });
      await outer.transaction((inner) => inner.insert(Counter, { id: 'kept' }));
      const undone = outer.transaction(async (inner) => {
        await inner.insert(Counter, { id: 'undone' });
        await inner.transaction((innermost) => innermost.insert(Counter, { id: 'undone too' }));
        await fail();
      });
      await expect(undone).rejects.toBe(failure);
      await outer.insert(Counter, { id: 'after' });
    });
    expect(await ids()).toEqual(['after', 'kept', 'outer']);
  });

  it('roll back when their query runner is released before the commit', async () => {
    const runner = dataSource.createQueryRunner();
    await runner.startTransaction();
    await runner.manager.insert(Counter, { id: 'lost' });
    await runner.startTransaction();
    await runner.manager.insert(Counter, { id: 'lost too' });
    await runner.release();
    await runner.release();
    await expect(runner.query('SELECT 1')).rejects.toThrow('already released');
    await dataSource.transaction((manager) => manager.insert(Counter, { id: 'next' }));
    expect(await ids()).toEqual(['next']);
  });

  it('run in the order in which they were asked for', async () => {
    const order: number[] = [];
    const ask = (index: number): Promise<unknown> => dataSource.transaction(() => Promise.resolve(order.push(index)));
    await Promise.all(Array.from({ length: 20 }, (_, index) => ask(index)));
    expect(order).toEqual(Array.from({ length: 20 }, (_, index) => index));
  });

  it('see their own writes; others see them after the commit, or at once where there is one connection for all', async () => {
    await dataSource.transaction(async (manager) => {
      await manager.insert(Counter, { id: 'mine' });
      expect(await manager.count(Counter)).toBe(1);
      expect(await dataSource.manager.count(Counter)).toBe(kind === 'file' ? 0 : 1);
    });
    expect(await dataSource.manager.count(Counter)).toBe(1);
  });

  describe('that would wait for themselves', () => {
    const outside: [string, () => Promise<unknown>][] = [
      ['a save', () => dataSource.manager.save(Counter, { id: 'outside' })],
      ['an update', () => dataSource.manager.update(Counter, { id: 'a' }, { value: 1 })],
      ['a raw query', () => dataSource.query('DELETE FROM counter')],
      ['a transaction', () => dataSource.transaction((manager) => manager.insert(Counter, { id: 'outside' }))],
    ];

    it.each(outside)('throw at once: %s', async (_name, write) => {
      const startedAt = performance.now();
      const transaction = dataSource.transaction(async (manager) => {
        await manager.insert(Counter, { id: 'inside' });
        await write();
      });
      await expect(transaction).rejects.toThrow('would wait for itself');
      expect(performance.now() - startedAt).toBeLessThan(1_000);
      expect(await ids()).toEqual([]);
    });

    it('throw deep within a savepoint', async () => {
      const transaction = dataSource.transaction((outer) =>
        outer.transaction(() => dataSource.query('DELETE FROM counter')),
      );
      await expect(transaction).rejects.toThrow('would wait for itself');
    });

    it('are not confused with work that outlives its transaction', async () => {
      const after: Promise<unknown>[] = [];
      let ended: (() => void) | undefined;
      const end = new Promise<void>((resolve) => (ended = resolve));
      await dataSource.transaction(async () => {
        after.push(end.then(() => Promise.all(['x', 'y', 'z'].map((id) => dataSource.manager.save(Counter, { id })))));
        await Promise.resolve();
      });
      ended?.();
      await Promise.all(after);
      expect(await ids()).toEqual(['x', 'y', 'z']);
    });

    it('are not confused with callers beside them', async () => {
      const start = dataSource.transaction((manager) => manager.insert(Counter, { id: 'first' }));
      await Promise.all([start, dataSource.manager.insert(Counter, { id: 'second' })]);
      expect(await ids()).toEqual(['first', 'second']);
    });
  });
});
