import { describe, expect, it } from 'vitest';
import { bounded, flagOf, pageOf, slice, textsOf, wholeOf } from './query-parameters.js';

describe('query parameters', () => {
  it.each([
    [{}, { first: 0, max: 100 }],
    [
      { first: '5', max: '2' },
      { first: 5, max: 2 },
    ],
    [
      { first: '-3', max: '-7' },
      { first: 0, max: -1 },
    ],
    [{ max: '0' }, { first: 0, max: 0 }],
    [
      { first: '', max: '' },
      { first: 0, max: 100 },
    ],
  ])('reads the page of %j', (query, page) => {
    expect(pageOf(query, 100)).toEqual(page);
  });

  it.each(['abc', '1.5', '1e3', ' 1', '99999999999', '2147483648'])('finds no route for first=%j', (first) => {
    expect(() => wholeOf({ first }, 'first')).toThrow(expect.objectContaining({ code: 'malformed_parameter' }));
  });

  it('takes anything but true for no', () => {
    expect(['true', 'TRUE', 'yes', '1', 'false'].map((flag) => flagOf({ flag }, 'flag'))).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
    expect(flagOf({}, 'flag')).toBeUndefined();
  });

  it('reads parameters that are sent once, often or not at all as a list', () => {
    expect([{ type: 'A' }, { type: ['A', 'B'] }, {}].map((query) => textsOf(query, 'type'))).toEqual([
      ['A'],
      ['A', 'B'],
      [],
    ]);
  });

  it.each([
    [
      { first: 3, max: 20 },
      { first: 3, max: 20 },
    ],
    [
      { first: 3, max: -1 },
      { first: 3, max: 50 },
    ],
    [
      { first: 0, max: 51 },
      { first: 0, max: 50 },
    ],
    [
      { first: 0, max: 0 },
      { first: 0, max: 0 },
    ],
  ])('shortens %j where it is longer than a page may be', (page, short) => {
    expect(bounded(page, 50)).toEqual(short);
  });

  it('cuts a page out of a list', () => {
    expect(slice([1, 2, 3], { first: 1, max: 1 })).toEqual([2]);
    expect(slice([1, 2, 3], { first: 1, max: -1 })).toEqual([2, 3]);
    expect(slice([1, 2, 3], { first: 0, max: 0 })).toEqual([]);
  });
});
