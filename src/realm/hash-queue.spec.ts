import { describe, expect, it } from 'vitest';
import { HashQueue } from './hash-queue.js';

function gate(): { promise: Promise<void>; open: () => void } {
  let open = (): void => undefined;
  const promise = new Promise<void>((resolve) => (open = resolve));
  return { promise, open };
}

describe('HashQueue', () => {
  it('never runs more at once than it may, and runs all of them in order', async () => {
    const queue = new HashQueue(2, 100);
    const order: number[] = [];
    let running = 0;
    let most = 0;
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        queue.run(async () => {
          most = Math.max(most, ++running);
          order.push(index);
          await new Promise(setImmediate);
          running--;
        }),
      ),
    );
    expect(most).toBe(2);
    expect(order).toEqual(Array.from({ length: 20 }, (_, index) => index));
  });

  it('refuses when the line is full and takes work again once it has moved', async () => {
    const queue = new HashQueue(1, 1);
    const first = gate();
    const running = queue.run(() => first.promise);
    const waiting = queue.run(() => Promise.resolve('second'));
    await expect(queue.run(() => Promise.resolve())).rejects.toMatchObject({ code: 'hash_queue_full' });
    first.open();
    await running;
    expect(await waiting).toBe('second');
    expect(await queue.run(() => Promise.resolve('third'))).toBe('third');
  });

  it('gives the place back when the work fails', async () => {
    const queue = new HashQueue(1, 0);
    await expect(queue.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await queue.run(() => Promise.resolve(1))).toBe(1);
  });
});
