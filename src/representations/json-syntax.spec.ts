import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { offsetOfSyntaxError } from './json-syntax.js';

describe('offsetOfSyntaxError', () => {
  it.each([
    ['', 0],
    ['{"a":1,}', 7],
    ['{"a" 1}', 5],
    ['{"a":tru}', 5],
    ['[1,2', 4],
    ['[1 2]', 3],
    ['{"a":"\n"}', 5],
    ['[01]', 1],
    ['{} x', 3],
    ["{'a':1}", 1],
  ])('%j breaks at %i', (text, offset) => {
    expect(offsetOfSyntaxError(text)).toBe(offset);
  });

  it('finds nothing wrong with JSON', () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(undefined, 2), (text, indent) => {
        expect(offsetOfSyntaxError(JSON.stringify(JSON.parse(text), null, indent))).toBeUndefined();
      }),
    );
  });

  it('agrees with JSON.parse on damaged texts', () => {
    const parses = (text: string): boolean => {
      try {
        JSON.parse(text);
        return true;
      } catch {
        return false;
      }
    };
    fc.assert(
      fc.property(fc.json(), fc.nat(), fc.string({ maxLength: 2 }), (text, at, put) => {
        const place = at % (text.length + 1);
        const damaged = text.slice(0, place) + put + text.slice(place + 1);
        expect(offsetOfSyntaxError(damaged) === undefined).toBe(parses(damaged));
      }),
      { numRuns: 1000 },
    );
  });
});
