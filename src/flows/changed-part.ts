/**
 * What lies between the rows with which two lists begin alike and those with which they end alike. A row that is the same object did not
 * change, and an edit changes few of them: all others need not be compared by id.
 */
export function changedPart<T>(before: readonly T[], after: readonly T[]): readonly [readonly T[], readonly T[]] {
  const most = Math.min(before.length, after.length);
  let begin = 0;
  while (begin < most && before[begin] === after[begin]) begin += 1;
  let end = 0;
  while (end < most - begin && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  return [before.slice(begin, before.length - end), after.slice(begin, after.length - end)];
}
