import { describe, expect, it } from 'vitest';
import { ReadCache } from './read-cache.js';

describe('ReadCache', () => {
  it('reads once for callers that come together and later', async () => {
    const cache = new ReadCache();
    let reads = 0;
    const load = (): Promise<number> => Promise.resolve(++reads);
    expect(await Promise.all([cache.read('a', load), cache.read('a', load)])).toEqual([1, 1]);
    expect(await cache.read('a', load)).toBe(1);
    expect(await cache.read('b', load)).toBe(2);
  });

  it('forgets at a change, also what was being read meanwhile', async () => {
    const cache = new ReadCache();
    let finish: (value: string) => void = () => undefined;
    const before = cache.read('a', () => new Promise<string>((resolve) => (finish = resolve)));
    cache.clear();
    finish('old');
    expect(await before).toBe('old');
    expect(await cache.read('a', () => Promise.resolve('new'))).toBe('new');
  });

  it('does not keep a failure', async () => {
    const cache = new ReadCache();
    await expect(cache.read('a', () => Promise.reject(new Error('gone')))).rejects.toThrow('gone');
    expect(await cache.read('a', () => Promise.resolve('back'))).toBe('back');
  });
});
