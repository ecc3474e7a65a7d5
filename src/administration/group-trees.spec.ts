import { describe, expect, it } from 'vitest';
import type { Group } from '../realm/group.js';
import { treesOf, type GroupTree } from './group-trees.js';

const group = (id: string, parentId?: string): Group => ({
  id,
  realmId: 'r',
  name: `The ${id}`,
  attributes: {},
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
