import { describe, expect, it } from 'vitest';
import { jsonOf } from './json-body.js';
import { JsonText } from './parsers.js';

const read = (text: string): unknown =>
  jsonOf({ body: new JsonText(text, JSON.parse), headers: {} } as unknown as Parameters<typeof jsonOf>[0]).value;

const nested = (levels: number): string => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;

describe('jsonOf', () => {
  it('reads a deep body', () => {
    expect(read(nested(100))).toHaveProperty('a.a.a');
  });

  it.each([300, 500_000])('refuses one of %i levels, which nothing behind it could read', (levels) => {
    expect(() => read(nested(levels))).toThrow('Cannot parse the JSON');
  });
});
