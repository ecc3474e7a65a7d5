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

  it('keeps long keys only as far as there is room for them', async () => {
    const cache = new ReadCache();
    let reads = 0;
    const load = (): Promise<number> => Promise.resolve(++reads);
    const readTwice = async (key: string): Promise<boolean> =>
      (await cache.read(key, load)) === (await cache.read(key, load));
    expect(await readTwice('x'.repeat(100_000))).toBe(false);
    const first = 'first'.padEnd(60_000, 'x');
    expect(await readTwice(first)).toBe(true);
    for (let other = 0; other < 300; other++) expect(await readTwice(String(other).padEnd(60_000, 'x'))).toBe(true);
    expect(await cache.read(first, load)).toBe(reads);
  });

  it('does not keep what is not to be kept, nor forgets for it what was read since', async () => {
    const cache = new ReadCache();
    const isFound = (value: string | undefined): boolean => value !== undefined;
    let finish: (value: string | undefined) => void = () => undefined;
    const absent = cache.read('a', () => new Promise<string | undefined>((resolve) => (finish = resolve)), isFound);
    cache.clear();
    const found = cache.read('a', () => Promise.resolve('found'), isFound);
    finish(undefined);
    expect([await absent, await found]).toEqual([undefined, 'found']);
    expect(await cache.read('a', () => Promise.resolve('again'), isFound)).toBe('found');
    const load = (value: string | undefined) => () => Promise.resolve(value);
    expect(await cache.read('b', load(undefined), isFound)).toBeUndefined();
    expect(await cache.read('b', load('found'), isFound)).toBe('found');
  });

  it('does not keep a failure', async () => {
    const cache = new ReadCache();
    await expect(cache.read('a', () => Promise.reject(new Error('gone')))).rejects.toThrow('gone');
    expect(await cache.read('a', () => Promise.resolve('back'))).toBe('back');
  });
});
