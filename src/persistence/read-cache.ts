import { performance } from 'node:perf_hooks';
import { LRUCache } from 'lru-cache';
import { KnownRows } from '../shared/known-rows.js';

/** How long a server may go on with rows that another one has changed (milliseconds). */
const TTL = 1000;
const MAX_ENTRIES = 5000;
/** Characters of all keys together, and of one: the name of a client in it is anybody's text. Longer ones are read every time. */
const MAX_KEYS = 16_000_000;
const LONGEST_KEY = 64_000;

interface Entry {
  readonly generation: number;
  readonly readAt: number;
  readonly rows: Promise<unknown>;
}

/**
 * Rows that are read with every login and change rarely (realms, clients, scopes, flows). This server's own changes are seen at
 * once, those of another server within a second. Reads inside of a unit of work never come from here: what is decided under a lock
 * is decided on what is stored.
 */
export class ReadCache extends KnownRows {
  private generation = 0;
  private readonly entries = new LRUCache<string, Entry>({
    max: MAX_ENTRIES,
    maxSize: MAX_KEYS,
    maxEntrySize: LONGEST_KEY,
    sizeCalculation: (_entry, key) => key.length,
  });

  /**
   * The rows of `key`, read with `load` when they are not known. They are shared: nobody changes them.
   * @param isKept whether what was read may be given again
   */
  read<T>(key: string, load: () => Promise<T>, isKept: (rows: T) => boolean = () => true): Promise<T> {
    const known = this.entries.get(key);
    const now = performance.now();
    if (known?.generation === this.generation && now - known.readAt < TTL) return known.rows as Promise<T>;
    // A change while the rows are being read makes them out of date: they belong to the generation of now.
    const entry: Entry = { generation: this.generation, readAt: now, rows: load() };
    this.entries.set(key, entry);
    const forget = (): unknown => this.entries.get(key) === entry && this.entries.delete(key);
    (entry.rows as Promise<T>).then((rows) => isKept(rows) || forget(), forget);
    return entry.rows as Promise<T>;
  }

  /** Also when a change was committed. */
  override clear(): void {
    this.generation++;
  }
}

/** Several that forget together. */
export class ReadCaches extends KnownRows {
  constructor(private readonly caches: readonly ReadCache[]) {
    super();
  }

  override clear(): void {
    for (const cache of this.caches) cache.clear();
  }
}
