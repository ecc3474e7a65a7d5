import type { Group } from '../realm/group.js';

/** A group, and the groups below it that are to be shown with it. */
export interface GroupTree {
  readonly group: Group;
  readonly below: readonly GroupTree[];
}

/** Groups each on its own. */
export const alone = (groups: readonly Group[]): readonly GroupTree[] => groups.map((group) => ({ group, below: [] }));

/**
 * The trees from the top of the realm down to the groups that were found, without what else stands in them.
 * @param all these groups and those above them, in the order the trees are to have
 */
export function treesOf(all: readonly Group[], found: readonly Group[]): readonly GroupTree[] {
  const byId = new Map(all.map((group) => [group.id, group]));
  const shown = new Set<string>();
  for (const group of found)
    for (let at: Group | undefined = group; at; at = at.parentId === undefined ? undefined : byId.get(at.parentId))
      shown.add(at.id);
  const grow = (parentId: string | undefined): readonly GroupTree[] =>
    all
      .filter((group) => group.parentId === parentId && shown.has(group.id))
      .map((group) => ({ group, below: grow(group.id) }));
  return grow(undefined);
}
