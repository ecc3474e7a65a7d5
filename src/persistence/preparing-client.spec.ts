import { describe, expect, it } from 'vitest';
import { StatementNames } from './preparing-client.js';

const namesOf = (names: StatementNames, text: string, uses: number): (string | undefined)[] =>
  Array.from({ length: uses }, () => names.nameFor(text));

describe('the names of statements', () => {
  it('are given at the fifth use, another one to each text, and stay', () => {
    const names = new StatementNames();
    expect(namesOf(names, 'SELECT a', 6)).toEqual([undefined, undefined, undefined, undefined, 's0', 's0']);
    expect(namesOf(names, 'SELECT b', 5).at(-1)).toBe('s1');
    expect(names.nameFor('SELECT a')).toBe('s0');
  });

  it('are not given to what selects all columns, which may be others in a moment', () => {
    const names = new StatementNames();
    for (const text of ['SELECT * FROM t', 'SELECT t.* FROM t', 'SELECT count(*), t.* FROM t'])
      expect(namesOf(names, text, 9)).not.toContain('s0');
    expect(namesOf(names, 'SELECT COUNT(*) AS n, count(*) FROM t', 5).at(-1)).toBe('s0');
  });

  it('are so many and no more', () => {
    const names = new StatementNames();
    for (let text = 0; text < 300; text++) namesOf(names, String(text), 5);
    expect(names.nameFor('255')).toBe('s255');
    expect(names.nameFor('256')).toBeUndefined();
  });
});
