import { replaceEqualDeep } from '@tanstack/react-query';
import { useMemo, useState } from 'react';

/**
 * Plain data that is made anew again and again, with every part that did not change kept as the same object: what shows only such parts
 * is not drawn again.
 * @param value as JSON has it: a NaN is never the same as itself, and would be taken for a change each time
 */
export function useStable<T>(value: T): T {
  const [kept, setKept] = useState(value);
  const stable = useMemo(() => replaceEqualDeep(kept, value), [kept, value]);
  if (stable !== kept) setKept(stable);
  return stable;
}
