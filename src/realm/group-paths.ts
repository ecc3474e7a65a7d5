import type { Group, GroupStore } from './group.js';

/** Paths of groups by id; the groups above each must be among them. A slash in a name is written `~/`. */
export function groupPaths(groups: readonly Group[]): ReadonlyMap<string, string> {
  const byId = new Map(groups.map((group) => [group.id, group]));
  const pathOf = (group: Group): string => {
    const parent = group.parentId === undefined ? undefined : byId.get(group.parentId);
    return `${parent ? pathOf(parent) : ''}/${group.name.replaceAll('/', '~/')}`;
  };
  return new Map(groups.map((group) => [group.id, pathOf(group)]));
}

/** The group at a path (`/shops/online`, the first slash may be missing); one short question for each level. */
export async function groupAtPath(groups: GroupStore, realmId: string, path: string): Promise<Group | undefined> {
  const names = path
    .replace(/^\//, '')
    .split(/(?<!~)\//)
    .map((name) => name.replaceAll('~/', '/'));
  let group: Group | undefined;
  for (const name of names) {
    [group] = await groups.list(realmId, { parentId: group?.id ?? null, search: name, exact: true, max: 1 });
    if (!group) return undefined;
  }
  return group;
}
