/**
 * Makes values safe to bind. The binding stores what it does not know without complaint: a plain object as the text
 * `[object Object]`, a bigint as NULL. Both would be data loss, so the first is refused and the second converted.
 *
 * @returns the same array when nothing had to be converted
 * @throws TypeError for a value that SQLite cannot hold without loss
 */
export function bindParameters(values: readonly unknown[]): readonly unknown[] {
  return values.every(isBindable) ? values : values.map(toBindable);
}

function isBindable(value: unknown): boolean {
  return (
    value === null ||
    value === undefined ||
    ['string', 'number', 'boolean'].includes(typeof value) ||
    value instanceof Uint8Array
  );
}

function toBindable(value: unknown): unknown {
  if (isBindable(value)) return value;
  if (typeof value === 'bigint' && Number.isSafeInteger(Number(value))) return Number(value);
  if (value instanceof Date) return value.getTime();
  throw new TypeError(
    `SQLite cannot bind a ${typeof value === 'bigint' ? 'bigint beyond 2^53' : typeof value} without loss`,
  );
}
