import type { JsonObject } from '../shared/json.js';
import type { Group } from '../realm/group.js';
import { present } from './present.js';

export interface GroupSurroundings {
  /** Path of the group (`/shops/online`). */
  readonly path: string;
  readonly subGroupCount: number;
  readonly subGroups: readonly JsonObject[];
  /** Absent where the list is brief. */
  readonly realmRoles?: readonly string[];
  readonly clientRoles?: Readonly<Record<string, readonly string[]>>;
  readonly access?: Readonly<Record<string, boolean>>;
}

/** @param brief leaves out attributes and roles. */
export const toGroupRepresentation = (group: Group, surroundings: GroupSurroundings, brief = false): JsonObject =>
  present({
    id: group.id,
    name: group.name,
    description: group.description,
    path: surroundings.path,
    parentId: group.parentId,
    subGroupCount: surroundings.subGroupCount,
    subGroups: surroundings.subGroups,
    attributes: brief ? undefined : group.attributes,
    realmRoles: brief ? undefined : (surroundings.realmRoles ?? []),
    clientRoles: brief ? undefined : (surroundings.clientRoles ?? {}),
    access: surroundings.access,
  });
