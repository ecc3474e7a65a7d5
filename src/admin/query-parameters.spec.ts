import { describe, expect, it } from 'vitest';
import { eventQueryOf } from './event-query.js';
import { flagOf, pageOf, slice, textsOf, wholeOf } from './query-parameters.js';
import { userQueryOf } from './user-query.js';

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

  it('cuts a page out of a list', () => {
    expect(slice([1, 2, 3], { first: 1, max: 1 })).toEqual([2]);
    expect(slice([1, 2, 3], { first: 1, max: -1 })).toEqual([2, 3]);
    expect(slice([1, 2, 3], { first: 0, max: 0 })).toEqual([]);
  });
});

describe('userQueryOf', () => {
  it.each([
    [{}, {}],
    [{ search: ' ann ' }, { search: 'ann' }],
    [{ search: 'id:a  b' }, { ids: ['a', 'b'] }],
    [
      { username: 'ann', exact: 'true', enabled: 'false' },
      { username: 'ann', exact: true, enabled: false },
    ],
    [{ q: 'team:red "home town":"New York"' }, { attributes: { team: 'red', 'home town': 'New York' } }],
  ])('reads %j', (query, filters) => {
    expect(userQueryOf(query)).toEqual(filters);
  });
});

describe('eventQueryOf', () => {
  it('reads days to their end and instants as they are', () => {
    expect(eventQueryOf({ dateFrom: '2026-01-01', dateTo: '2026-01-01' })).toMatchObject({
      from: Date.UTC(2026, 0, 1),
      to: Date.UTC(2026, 0, 2) - 1,
    });
    expect(eventQueryOf({ dateFrom: '1234', direction: 'ASC' })).toMatchObject({ from: 1234, direction: 'asc' });
  });

  it.each([
    [{ dateFrom: '01.02.2026' }, "Invalid value for 'dateFrom', expected format is yyyy-MM-dd or an Epoch timestamp"],
    [{ dateTo: '2026-13-40' }, "Invalid value for 'dateTo', expected format is yyyy-MM-dd or an Epoch timestamp"],
    [{ direction: 'up' }, 'Invalid value for sortDirection, expected value is asc or desc'],
  ])('refuses %j', (query, message) => {
    expect(() => eventQueryOf(query)).toThrow(message);
  });
});
