import { In, IsNull } from 'typeorm';
import { GroupStore, type Group } from '../realm/group.js';
import { ConflictError } from '../shared/errors.js';
import { json, key, nullable, tableOf, text, varchar } from './columns.js';
import type { Database } from './database.js';
import { Parameters } from './sql.js';
import { Table } from './table.js';

interface GroupMember {
  readonly realmId: string;
  readonly groupId: string;
  readonly userId: string;
}

export const groupTable = tableOf<Group>('user_group', {
  realmId: key(),
  id: key(),
  parentId: nullable(varchar()),
  name: varchar(),
  description: nullable(text()),
  attributes: json(),
});
export const groupMemberTable = tableOf<GroupMember>('group_member', { realmId: key(), groupId: key(), userId: key() });

/** Groups and their members. Groups below, memberships and role mappings vanish with a group by foreign keys. */
export class TypeOrmGroupStore extends GroupStore {
  private readonly groups: Table<Group>;
  private readonly memberships: Table<GroupMember>;

  constructor(private readonly database: Database) {
    super();
    this.groups = new Table(
      database,
      groupTable,
      ({ name }) => new ConflictError('group_exists', `Group named '${name}' already exists.`),
    );
    this.memberships = new Table(database, groupMemberTable);
  }

  override byId(realmId: string, id: string): Promise<Group | undefined> {
    return this.groups.one({ realmId, id });
  }

  override async all(realmId: string): Promise<readonly Group[]> {
    return parentsFirst(await this.groups.many({ realmId }, { order: { name: 'ASC', id: 'ASC' } }));
  }

  override children(
    realmId: string,
    parentId: string | undefined,
    first: number,
    max: number,
  ): Promise<readonly Group[]> {
    return this.groups.many({ realmId, parentId: parentId ?? IsNull() }, { order: { name: 'ASC' }, first, max });
  }

  override insert(group: Group): Promise<void> {
    return this.groups.insert(group);
  }

  override async update(group: Group): Promise<void> {
    await this.groups.update({ realmId: group.realmId, id: group.id }, group);
  }

  override async delete(realmId: string, id: string): Promise<boolean> {
    return (await this.groups.delete({ realmId, id })) > 0;
  }

  override async ofUser(realmId: string, userId: string): Promise<readonly Group[]> {
    const memberships = await this.memberships.many({ realmId, userId });
    return this.groups.many(
      { realmId, id: In(memberships.map(({ groupId }) => groupId)) },
      { order: { name: 'ASC', id: 'ASC' } },
    );
  }

  override async addMember(realmId: string, groupId: string, userId: string): Promise<void> {
    await this.memberships.insertNew({ realmId, groupId, userId });
  }

  override async removeMember(realmId: string, groupId: string, userId: string): Promise<void> {
    await this.memberships.delete({ realmId, groupId, userId });
  }

  override async members(realmId: string, groupId: string, first: number, max: number): Promise<readonly string[]> {
    const parameters = new Parameters(realmId, groupId);
    const rows = await this.database.select<{ id: string }>(
      `SELECT u.id FROM group_member m JOIN user_account u ON u.realm_id = m.realm_id AND u.id = m.user_id
        WHERE m.realm_id = $1 AND m.group_id = $2 ORDER BY u.username${parameters.page(first, max)}`,
      parameters.values,
    );
    return rows.map(({ id }) => id);
  }
}

/** Level by level, each in the given order. */
function parentsFirst(groups: readonly Group[]): Group[] {
  const children = new Map<string | undefined, Group[]>();
  for (const group of groups) {
    const siblings = children.get(group.parentId);
    if (siblings) siblings.push(group);
    else children.set(group.parentId, [group]);
  }
  const ordered = [...(children.get(undefined) ?? [])];
  for (const group of ordered) ordered.push(...(children.get(group.id) ?? [])); // the loop also sees what is added here
  return ordered;
}
