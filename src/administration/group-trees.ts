import type { Group } from '../realm/group.js';

/** A group, and the groups below it that are to be shown with it. */
export interface GroupTree {
  readonly group: Group;
  readonly below: readonly GroupTree[];
}

export interface GroupSearch {
  /** Part of the name in any case, or the whole name with `exact`. */
  readonly search?: string | undefined;
  readonly exact?: boolean | undefined;
  /** Attributes that all must have these values. */
  readonly attributes?: Readonly<Record<string, string>> | undefined;
}

/** Whether a search finds a group; an empty one finds every group. */
export function isFound({ name, attributes }: Group, { search, exact, attributes: wanted = {} }: GroupSearch): boolean {
  const byName =
    search === undefined || (exact ? name === search : name.toLowerCase().includes(search.trim().toLowerCase()));
  return byName && Object.entries(wanted).every(([key, value]) => attributes[key]?.includes(value) ?? false);
}

/** Groups each on its own. */
export const alone = (groups: readonly Group[]): readonly GroupTree[] => groups.map((group) => ({ group, below: [] }));

/**
 * The trees from the top of the realm down to the groups that were found, without what else stands in them.
 * @param all every group of the realm, in the order the trees are to have
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
