import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ManualClock } from './clock.js';
import { RateLimit } from './rate-limit.js';

describe('RateLimit', () => {
  it('gives a minute at once, then says when the next one is due, and keeps to it', () => {
    const clock = new ManualClock();
    const limit = new RateLimit(6, clock);
    for (let taken = 0; taken < 6; taken++) expect(limit.take('a')).toBe(0);
    expect(limit.take('a')).toBe(10);
    expect(limit.take('b')).toBe(0);
    clock.advance(9_000);
    expect(limit.take('a')).toBe(1);
    clock.advance(1_000);
    expect(limit.take('a')).toBe(0);
    expect(limit.take('a')).toBe(10);
  });

  it('never gives more than a bucket and what time has refilled, whatever the times', () => {
    const rates = fc.integer({ min: 1, max: 30 });
    const pauses = fc.array(fc.integer({ min: 0, max: 20_000 }), { maxLength: 200 });
    fc.assert(
      fc.property(rates, pauses, (perMinute, steps) => {
        const clock = new ManualClock(0);
        const limit = new RateLimit(perMinute, clock);
        let given = 0;
        for (const step of steps) {
          clock.advance(step);
          if (limit.take('a') === 0) given++;
        }
        expect(given).toBeLessThanOrEqual(perMinute + (clock.now() * perMinute) / 60_000 + 1e-6);
      }),
    );
  });

  it('locks nobody out for long when the clock is set back', () => {
    const clock = new ManualClock();
    const limit = new RateLimit(1, clock);
    limit.take('a');
    clock.advance(-86_400_000);
    expect(limit.take('a')).toBe(60);
  });

  it('remembers a bounded number of keys', () => {
    const limit = new RateLimit(1, new ManualClock(), 2);
    for (const key of ['a', 'b', 'c']) expect(limit.take(key)).toBe(0);
    expect(limit.take('c')).toBe(60);
    expect(limit.take('a')).toBe(0);
  });
});
