import { describe, expect, it } from 'vitest';
import { placeAfterStep, placeOfDrop } from './tree-moves.js';

const ROWS = [{ id: 'a' }, { id: 'b', children: [{ id: 'c' }, { id: 'd', children: [{ id: 'e' }] }] }, { id: 'f' }];
const holds = (id: string): boolean => ['b', 'd'].includes(id);

describe('a step by keys', () => {
  it.each([
    ['a', 'up', undefined],
    ['a', 'down', { parent: undefined, index: 1 }],
    ['d', 'up', { parent: 'b', index: 0 }],
    ['d', 'down', undefined],
    ['f', 'in', { parent: 'b', index: 2 }],
    ['b', 'in', undefined],
    ['a', 'out', undefined],
    ['c', 'out', { parent: undefined, index: 2 }],
    ['e', 'out', { parent: 'b', index: 2 }],
    ['none', 'up', undefined],
  ] as const)('%s %s', (id, step, place) => {
    expect(placeAfterStep(ROWS, id, step, holds)).toEqual(place);
  });
});

describe('a drop', () => {
  it.each([
    ['a', 'f', 'after', { parent: undefined, index: 2 }],
    ['f', 'a', 'before', { parent: undefined, index: 0 }],
    ['a', 'b', 'into', { parent: 'b', index: 2 }],
    ['c', 'b', 'into', { parent: 'b', index: 1 }],
    ['c', 'd', 'after', { parent: 'b', index: 1 }],
    ['b', 'c', 'after', undefined],
    ['b', 'b', 'into', undefined],
    ['e', 'c', 'before', { parent: 'b', index: 0 }],
  ] as const)('of %s on %s, %s', (id, on, where, place) => {
    expect(placeOfDrop(ROWS, id, on, where)).toEqual(place);
  });
});
