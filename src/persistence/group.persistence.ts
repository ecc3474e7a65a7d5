import { GroupStore, type Group, type GroupQuery } from '../realm/group.js';
import { ConflictError } from '../shared/errors.js';
import { json, key, nullable, tableOf, text, varchar } from './columns.js';
import type { Database } from './database.js';
import { jsonListHas, likeLiteral, Parameters } from './sql.js';
import { Table } from './table.js';

interface GroupMember {
  readonly realmId: string;
  readonly groupId: string;
  readonly userId: string;
}

interface GroupRow extends Group {
  /** The name in lower case, for searches. NULL in rows that an older version of the server wrote. */
  readonly nameLower?: string;
}

export const groupTable = tableOf<GroupRow>('user_group', {
  realmId: key(),
  id: key(),
  parentId: nullable(varchar()),
  name: varchar(),
  nameLower: nullable(varchar()),
  description: nullable(text()),
  attributes: json(),
});
export const groupMemberTable = tableOf<GroupMember>('group_member', { realmId: key(), groupId: key(), userId: key() });

/** Groups and their members. Groups below, memberships and role mappings vanish with a group by foreign keys. */
export class TypeOrmGroupStore extends GroupStore {
  private readonly groups: Table<GroupRow>;
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

  override async byId(realmId: string, id: string): Promise<Group | undefined> {
    const row = await this.groups.one({ realmId, id });
    return row && toGroup(row);
  }

  override async list(realmId: string, query: GroupQuery): Promise<readonly Group[]> {
    const parameters = new Parameters(realmId);
    if (query.max === 0) return [];
    return this.find(
      `WHERE ${this.matching(query, parameters)} ORDER BY g.name, g.id${parameters.page(query.first, query.max)}`,
      parameters,
    );
  }

  override async count(realmId: string, query: GroupQuery): Promise<number> {
    const parameters = new Parameters(realmId);
    const [row] = await this.database.select<{ count: number | string }>(
      `SELECT count(*) AS count FROM user_group g WHERE ${this.matching(query, parameters)}`,
      parameters.values,
    );
    return Number(row?.count ?? 0);
  }

  override async withAncestors(realmId: string, ids: readonly string[]): Promise<readonly Group[]> {
    if (ids.length === 0) return [];
    const parameters = new Parameters(realmId);
    const found = await this.find(
      `JOIN (
        WITH RECURSIVE line (id) AS (
          SELECT id FROM user_group WHERE realm_id = $1 AND id IN (${parameters.addAll(ids)})
          UNION
          SELECT p.parent_id FROM line JOIN user_group p ON p.realm_id = $1 AND p.id = line.id
            WHERE p.parent_id IS NOT NULL
        )
        SELECT id FROM line
      ) lines ON lines.id = g.id WHERE g.realm_id = $1 ORDER BY g.name, g.id`,
      parameters,
    );
    return parentsFirst(found);
  }

  override async childCounts(realmId: string, ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
    if (ids.length === 0) return new Map();
    const parameters = new Parameters(realmId);
    const rows = await this.database.select<{ parent_id: string; count: number | string }>(
      `SELECT parent_id, count(*) AS count FROM user_group
        WHERE realm_id = $1 AND parent_id IN (${parameters.addAll(ids)}) GROUP BY parent_id`,
      parameters.values,
    );
    return new Map(rows.map(({ parent_id: parentId, count }) => [parentId, Number(count)]));
  }

  override async all(realmId: string): Promise<readonly Group[]> {
    const rows = await this.groups.many({ realmId }, { order: { name: 'ASC', id: 'ASC' } });
    return parentsFirst(rows.map(toGroup));
  }

  override insert(group: Group): Promise<void> {
    return this.groups.insert(toRow(group));
  }

  override async update(group: Group): Promise<void> {
    await this.groups.update({ realmId: group.realmId, id: group.id }, toRow(group));
  }

  override async delete(realmId: string, id: string): Promise<boolean> {
    return (await this.groups.delete({ realmId, id })) > 0;
  }

  override ofUser(realmId: string, userId: string): Promise<readonly Group[]> {
    return this.list(realmId, { memberId: userId });
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

  /** @param selection joins, WHERE, ORDER BY and LIMIT over `user_group g` */
  private async find(selection: string, parameters: Parameters): Promise<readonly Group[]> {
    const rows = await this.database.select<StoredRow>(
      `SELECT g.realm_id, g.id, g.parent_id, g.name, g.description, g.attributes FROM user_group g ${selection}`,
      parameters.values,
    );
    return rows.map(({ realm_id: realmId, id, parent_id: parentId, name, description, attributes }) => ({
      realmId,
      id,
      ...(parentId === null ? {} : { parentId }),
      name,
      ...(description === null ? {} : { description }),
      attributes: JSON.parse(attributes) as Group['attributes'],
    }));
  }

  private matching(query: GroupQuery, parameters: Parameters): string {
    const { parentId, search, exact, attributes = {}, memberId, roleId } = query;
    const conditions = ['g.realm_id = $1'];
    if (parentId === null) conditions.push('g.parent_id IS NULL');
    else if (parentId !== undefined) conditions.push(`g.parent_id = ${parameters.add(parentId)}`);
    if (search !== undefined && exact) conditions.push(`g.name = ${parameters.add(search)}`);
    else if (search !== undefined) {
      const pattern = parameters.add(`%${likeLiteral(search.toLowerCase())}%`);
      conditions.push(`COALESCE(g.name_lower, lower(g.name)) LIKE ${pattern} ESCAPE '\\'`);
    }
    for (const [name, value] of Object.entries(attributes))
      conditions.push(jsonListHas(this.database, 'g.attributes', name, value, parameters));
    if (memberId !== undefined)
      conditions.push(
        `g.id IN (SELECT group_id FROM group_member WHERE realm_id = $1 AND user_id = ${parameters.add(memberId)})`,
      );
    if (roleId !== undefined)
      conditions.push(
        `g.id IN (SELECT group_id FROM group_role WHERE realm_id = $1 AND role_id = ${parameters.add(roleId)})`,
      );
    return conditions.join(' AND ');
  }
}

interface StoredRow {
  readonly realm_id: string;
  readonly id: string;
  readonly parent_id: string | null;
  readonly name: string;
  readonly description: string | null;
  readonly attributes: string;
}

const toRow = (group: Group): GroupRow => ({ ...group, nameLower: group.name.toLowerCase() });

const toGroup = ({ nameLower: _nameLower, ...group }: GroupRow): Group => group;

/** Level by level, each in the given order. */
function parentsFirst(groups: readonly Group[]): Group[] {
  const children = new Map<string | undefined, Group[]>();
  for (const group of groups) {
    const siblings = children.get(group.parentId);
    if (siblings) siblings.push(group);
    else children.set(group.parentId, [group]);
  }
  const ids = new Set(groups.map(({ id }) => id));
  const ordered = groups.filter(({ parentId }) => parentId === undefined || !ids.has(parentId));
  for (const group of ordered) ordered.push(...(children.get(group.id) ?? [])); // the loop also sees what is added here
  return ordered;
}
