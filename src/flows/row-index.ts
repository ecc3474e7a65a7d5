import { changedPart } from './changed-part.js';

/**
 * Finds rows of a list by a key without looking through it. Lists of a catalog are never changed, only replaced, so what was made of one is
 * kept as long as the list itself.
 */
abstract class RowIndex<T, V> {
  private readonly made = new WeakMap<readonly T[], ReadonlyMap<string, V>>();

  of(rows: readonly T[]): ReadonlyMap<string, V> {
    let index = this.made.get(rows);
    if (index === undefined) this.made.set(rows, (index = this.make(rows)));
    return index;
  }

  protected abstract make(rows: readonly T[]): ReadonlyMap<string, V>;
}

/** The first row of each key. */
export class FirstByKey<T> extends RowIndex<T, T> {
  constructor(private readonly keyOf: (row: T) => string) {
    super();
  }

  protected override make(rows: readonly T[]): ReadonlyMap<string, T> {
    const index = new Map<string, T>();
    for (const row of rows) {
      const key = this.keyOf(row);
      if (!index.has(key)) index.set(key, row);
    }
    return index;
  }
}

/** All rows of each key, in the order of the list or in a given one; rows without a key are left out. */
export class GroupedByKey<T> extends RowIndex<T, readonly T[]> {
  /**
   * The list asked for last, and what was made of it: the next one is mostly the same list after an edit. An index serves all realms, so
   * where edits of several take turns it is made of the whole list each time.
   */
  private last: { readonly rows: readonly T[]; readonly index: ReadonlyMap<string, readonly T[]> } = {
    rows: [],
    index: new Map(),
  };

  constructor(
    private readonly keyOf: (row: T) => string | undefined,
    private readonly order?: (a: T, b: T) => number,
  ) {
    super();
  }

  protected override make(rows: readonly T[]): ReadonlyMap<string, readonly T[]> {
    const changed = new Set(changedPart(this.last.rows, rows).flatMap((part) => part.map(this.keyOf)));
    const index = new Map([...this.last.index].filter(([key]) => !changed.has(key)));
    for (const [key, group] of this.grouped(rows, changed)) index.set(key, group);
    this.last = { rows, index };
    return index;
  }

  /** The rows of these keys. */
  private grouped(rows: readonly T[], keys: ReadonlySet<string | undefined>): ReadonlyMap<string, readonly T[]> {
    const groups = new Map<string, T[]>();
    for (const row of rows) {
      const key = this.keyOf(row);
      if (key === undefined || !keys.has(key)) continue;
      const group = groups.get(key);
      if (group) group.push(row);
      else groups.set(key, [row]);
    }
    if (this.order) for (const group of groups.values()) group.sort(this.order);
    return groups;
  }
}
