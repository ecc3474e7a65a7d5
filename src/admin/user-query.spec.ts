import { describe, expect, it } from 'vitest';
import { userQueryOf } from './user-query.js';

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
