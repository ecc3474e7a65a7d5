import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changedPart } from './changed-part.js';
import { GroupedByKey } from './row-index.js';

interface Row {
  /** Of its own: rows that are equal are the same row. */
  readonly id: number;
  readonly key: string | undefined;
  readonly at: number;
}

const keyOf = ({ key }: Row): string | undefined => key;
const inOrder = (a: Row, b: Row): number => a.at - b.at;
let made = 0;
const row = fc
  .record({ key: fc.constantFrom(undefined, 'a', 'b', 'c'), at: fc.nat(9) })
  .map((given) => ({ id: (made += 1), ...given }));
/** Puts rows in the place of others. */
const edits = fc.array(fc.record({ from: fc.nat(12), gone: fc.nat(3), come: fc.array(row, { maxLength: 3 }) }));

/** The lists that a list becomes, one after the other; rows that stay are the same objects. */
const lists = (first: readonly Row[], changes: readonly { from: number; gone: number; come: Row[] }[]) =>
  changes.reduce<(readonly Row[])[]>(
    (all, { from, gone, come }) => [...all, (all.at(-1) ?? []).toSpliced(from, gone, ...come)],
    [first],
  );

describe('an index of rows by a key', () => {
  it.each([
    ['the order of the list', undefined],
    ['an order of its own', inOrder],
  ])('says of a list that was edited what it says of the list by itself, in %s', (_, order) => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 12 }), edits, (first, changes) => {
        const known = new GroupedByKey(keyOf, order);
        for (const rows of lists(first, changes))
          expect(known.of(rows)).toEqual(new GroupedByKey(keyOf, order).of(rows));
      }),
    );
  });

  it('is made of the changed part, from which both lists can be told', () => {
    fc.assert(
      fc.property(fc.array(row), edits, (first, changes) => {
        const all = lists(first, changes);
        const [before, after] = [all.at(-2) ?? [], all.at(-1) ?? []];
        const [were, are] = changedPart(before, after);
        const differs = before.findIndex((one, at) => one !== after[at]);
        const begin = differs < 0 ? before.length : differs;
        expect(before.toSpliced(begin, were.length, ...are)).toEqual(after);
        expect(before.slice(begin, begin + were.length)).toEqual(were);
      }),
    );
  });
});
