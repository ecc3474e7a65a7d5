import { describe, expect, it } from 'vitest';
import type { Group } from '../realm/group.js';
import { isFound, treesOf, type GroupTree } from './group-trees.js';

const group = (id: string, parentId?: string, attributes: Group['attributes'] = {}): Group => ({
  id,
  realmId: 'r',
  name: `The ${id}`,
  attributes,
  ...(parentId !== undefined && { parentId }),
});
const ALL = [group('shops'), group('online', 'shops'), group('mail', 'shops'), group('eu', 'online'), group('staff')];
const shape = ({ group: { id }, below }: GroupTree): unknown => ({ [id]: below.map(shape) });

describe('treesOf', () => {
  it.each([
    [['eu'], [{ shops: [{ online: [{ eu: [] }] }] }]],
    [['shops'], [{ shops: [] }]],
    [
      ['mail', 'eu', 'staff'],
      [{ shops: [{ online: [{ eu: [] }] }, { mail: [] }] }, { staff: [] }],
    ],
    [[], []],
  ])('shows %j from the top, and nothing else', (found, trees) => {
    const groups = ALL.filter(({ id }) => found.includes(id));
    expect(treesOf(ALL, groups).map(shape)).toEqual(trees);
  });
});

describe('isFound', () => {
  it.each([
    [{}, true],
    [{ search: 'ONL' }, true],
    [{ search: 'The online', exact: true }, true],
    [{ search: 'the online', exact: true }, false],
    [{ search: 'x' }, false],
    [{ attributes: { area: 'eu' } }, true],
    [{ attributes: { area: 'eu', size: 'big' } }, false],
    [{ attributes: { area: 'u' } }, false],
  ])('by %j: %s', (search, found) => {
    expect(isFound(group('online', undefined, { area: ['eu', 'us'] }), search)).toBe(found);
  });
});
