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
  constructor(
    private readonly keyOf: (row: T) => string | undefined,
    private readonly order?: (a: T, b: T) => number,
  ) {
    super();
  }

  protected override make(rows: readonly T[]): ReadonlyMap<string, readonly T[]> {
    const index = new Map<string, T[]>();
    for (const row of rows) {
      const key = this.keyOf(row);
      if (key === undefined) continue;
      const group = index.get(key);
      if (group) group.push(row);
      else index.set(key, [row]);
    }
    if (this.order) for (const group of index.values()) group.sort(this.order);
    return index;
  }
}
