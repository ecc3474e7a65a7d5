import type { GroupStore } from '../realm/group.js';
import type { BoundMapper } from './mapped-claims.js';
import type { MapperContext } from './protocol-mappers/token-mapper.js';

/** Names and paths of a user's groups, read only when one of the mappers speaks of them. */
export async function groupsFor(
  mappers: readonly BoundMapper[],
  store: GroupStore,
  realmId: string,
  userId: string,
): Promise<MapperContext['groups']> {
  if (!mappers.some(({ kind }) => kind.needs === 'groups')) return [];
  const own = await store.ofUser(realmId, userId);
  if (own.length === 0) return [];
  const all = new Map(
    (
      await store.withAncestors(
        realmId,
        own.map(({ id }) => id),
      )
    ).map((group) => [group.id, group]),
  );
  const path = (id: string | undefined): string => {
    const group = id === undefined ? undefined : all.get(id);
    return group ? `${path(group.parentId)}/${group.name}` : '';
  };
  return own.map((group) => ({ name: group.name, path: path(group.id) }));
}
