import { LRUCache } from 'lru-cache';
import type { Clock } from '../../shared/clock.js';
import type { Outbound } from '../../shared/outbound.js';
import { keysOfSet, type ClientKey } from './public-keys.js';

/** How long a fetched set is taken as it is. A key that a client takes out of its set is refused after this at the latest. */
const FRESH_MS = 10 * 60_000;
/** How long a set still counts when its address does not answer. */
const STALE_MS = 60 * 60_000;
/** How soon an address is called again: for a key id that its set lacks (the client may have a new key), or after it failed. */
const PAUSE_MS = 10_000;
const MOST_ADDRESSES = 1_000;

interface Fetched {
  /** The last set that came, if one ever did. */
  readonly keys?: readonly ClientKey[];
  readonly keysAt: number;
  readonly askedAt: number;
}

/**
 * Key sets at addresses of clients (`jwks_uri`), fetched when they are needed and kept for a while. A signature with an unknown key
 * id fetches again, so that a rotation needs nothing from anybody; but never twice within ten seconds, whatever strangers send.
 */
export class FetchedKeySets {
  private readonly sets = new LRUCache<string, Fetched>({ max: MOST_ADDRESSES });
  private readonly running = new Map<string, Promise<Fetched>>();

  constructor(
    private readonly outbound: Outbound,
    private readonly clock: Clock,
  ) {}

  /**
   * The keys at an address; empty when there are none to be had.
   * @param kid of the key that is looked for
   */
  async at(url: string, kid: string | undefined): Promise<readonly ClientKey[]> {
    const known = this.sets.get(url);
    const set = known && !this.isDue(known, kid) ? known : await this.fetchOnce(url, known);
    return set.keys !== undefined && this.clock.now() - set.keysAt < STALE_MS ? set.keys : [];
  }

  private isDue({ keys, keysAt, askedAt }: Fetched, kid: string | undefined): boolean {
    const now = this.clock.now();
    if (now - askedAt < PAUSE_MS) return false;
    return now - keysAt >= FRESH_MS || !keys || (kid !== undefined && !keys.some((key) => key.kid === kid));
  }

  /** Callers of the same time share one call. */
  private fetchOnce(url: string, known: Fetched | undefined): Promise<Fetched> {
    const running = this.running.get(url);
    if (running) return running;
    const fetching = this.fetch(url, known).finally(() => this.running.delete(url));
    this.running.set(url, fetching);
    return fetching;
  }

  private async fetch(url: string, known: Fetched | undefined): Promise<Fetched> {
    const answer = await this.outbound.send({ method: 'GET', url, headers: { accept: 'application/json' } });
    const keys = answer.kind === 'answered' && answer.status === 200 ? keysOfSet(answer.body) : undefined;
    const now = this.clock.now();
    const fetched = keys ? { keys, keysAt: now, askedAt: now } : { keysAt: 0, ...known, askedAt: now };
    this.sets.set(url, fetched);
    return fetched;
  }
}
