/**
 * A body as plain data, at every depth: what mapping functions take, so that a body that was read, a seed and a literal are all the
 * same to them.
 */
export type Data<T> =
  T extends ReadonlyMap<infer K, infer V>
    ? ReadonlyMap<K, Data<V>>
    : T extends readonly (infer Item)[]
      ? readonly Data<Item>[]
      : T extends object
        ? { readonly [K in keyof T]: Data<T[K]> }
        : T;
