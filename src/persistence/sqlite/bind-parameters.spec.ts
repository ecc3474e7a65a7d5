import { expect, it } from 'vitest';
import { bindParameters } from './bind-parameters.js';

it('passes on what the binding understands, without a copy', () => {
  const values = ['text', 1, 1.5, true, null, undefined, Buffer.from('blob')];
  expect(bindParameters(values)).toBe(values);
});

it('converts small bigints and dates', () => {
  expect(bindParameters([7n, new Date(1_700_000_000_123)])).toEqual([7, 1_700_000_000_123]);
});

it.each([[2n ** 53n], [{}], [[1]], [Symbol('s')], [() => 1]])('refuses %o', (value) => {
  expect(() => bindParameters([value])).toThrow(TypeError);
});
