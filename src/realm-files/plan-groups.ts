import type { Group } from '../realm/group.js';
import type { GroupData } from '../representations/group-body.js';
import { groupPaths } from '../realm/group-paths.js';
import { NameIndex, requiredText } from './name-index.js';
import type { RoleNames } from './plan-roles.js';
import type { PlanContext, PlannedGroup } from './realm-plan.js';

/** Groups, parents before children, and their paths for the rest of the plan. @throws InvalidInputError */
export function planGroups(
  bodies: readonly GroupData[],
  roles: RoleNames,
  { realmId, newId }: PlanContext,
): { groups: readonly PlannedGroup[]; paths: NameIndex } {
  const groups: PlannedGroup[] = [];
  const places: string[] = [];
  const add = (body: GroupData, path: string, parentId?: string): void => {
    const group: Group = {
      id: body.id ?? newId(),
      realmId,
      ...(parentId !== undefined && { parentId }),
      name: requiredText(body.name, `${path}.name`),
      ...(body.description !== undefined && { description: body.description }),
      attributes: body.attributes ?? {},
    };
    groups.push({ group, roleIds: roles.ids(body.realmRoles, body.clientRoles, path) });
    places.push(path);
    for (const [at, child] of (body.subGroups ?? []).entries())
      add(child, `${path}.subGroups[${String(at)}]`, group.id);
  };
  for (const [at, body] of bodies.entries()) add(body, `groups[${String(at)}]`);

  const paths = new NameIndex('group');
  const byId = groupPaths(groups.map(({ group }) => group));
  for (const [at, { group }] of groups.entries())
    paths.add(byId.get(group.id) ?? group.name, group.id, places[at] ?? 'groups');
  return { groups, paths };
}
