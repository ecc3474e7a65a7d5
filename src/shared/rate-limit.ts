import { LRUCache } from 'lru-cache';
import type { Clock } from './clock.js';

/** Keys that are remembered; beyond it the one that was quiet the longest is forgotten, and begins anew. */
const KEYS = 100_000;
const MINUTE_MS = 60_000;

/**
 * A token bucket for each key: as many at once as a minute allows, then one by one as time passes. Of a bucket only one number is kept,
 * the time at which it will be full again (the generic cell rate algorithm). Each process counts for itself.
 */
export class RateLimit {
  private readonly fullAt: LRUCache<string, number>;
  private readonly interval: number;

  /** @param perMinute at least 1 */
  constructor(
    perMinute: number,
    private readonly clock: Clock,
    keys = KEYS,
  ) {
    this.interval = MINUTE_MS / perMinute;
    this.fullAt = new LRUCache({ max: keys });
  }

  /** Takes one for the key: 0 when there was one, else the seconds (at least 1) after which there will be. */
  take(key: string): number {
    const now = this.clock.now();
    // Never further away than an empty bucket, also when the clock was set back.
    const fullAt = Math.min(Math.max(this.fullAt.get(key) ?? now, now), now + MINUTE_MS);
    const wait = fullAt + this.interval - (now + MINUTE_MS);
    if (wait > 0) return Math.ceil(wait / 1000);
    this.fullAt.set(key, fullAt + this.interval);
    return 0;
  }
}
