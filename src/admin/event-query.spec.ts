import { describe, expect, it } from 'vitest';
import { eventQueryOf } from './event-query.js';

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
