import {
  RoleStore,
  type ClientRole,
  type ClientRoleQuery,
  type CompositeQuery,
  type Role,
  type RoleQuery,
} from '../realm/role.js';
import { ConflictError } from '../shared/errors.js';
import { integer, json, key, nullable, tableOf, text, varchar } from './columns.js';
import type { Database } from './database.js';
import { inContainer, named, notAmong, rolesOfClients, toClientRole, type ClientRoleRow } from './role-lists.js';
import { EFFECTIVE_ROLES, foldRoles, GRANTING, holdersAmong, rolesWithComposites } from './role-queries.js';
import { Parameters, slices } from './sql.js';
import { Table } from './table.js';

/** A statement takes some tens of thousands of values at the most. */
const GRANTING_AT_ONCE = 1_000;

interface RoleRow extends Omit<Role, 'composites'> {
  /** Lower case, for searches. */
  readonly nameLower: string;
}

interface RoleComposite {
  readonly realmId: string;
  readonly roleId: string;
  readonly childId: string;
  /** Place among the composites of the role. */
  readonly position: number;
}

export const roleTable = tableOf<RoleRow>('role', {
  realmId: key(),
  id: key(),
  clientId: nullable(varchar()),
  name: varchar(),
  nameLower: varchar(),
  description: nullable(text()),
  attributes: json(),
});
export const roleCompositeTable = tableOf<RoleComposite>('role_composite', {
  realmId: key(),
  roleId: key(),
  childId: key(),
  position: integer(),
});
export const userRoleTable = tableOf<{ realmId: string; userId: string; roleId: string }>('user_role', {
  realmId: key(),
  userId: key(),
  roleId: key(),
});
export const groupRoleTable = tableOf<{ realmId: string; groupId: string; roleId: string }>('group_role', {
  realmId: key(),
  groupId: key(),
  roleId: key(),
});

/** Roles, what they bring along, and who has them. Mappings vanish with either end by foreign keys. */
export class TypeOrmRoleStore extends RoleStore {
  private readonly roles: Table<RoleRow>;
  private readonly composites: Table<RoleComposite>;

  /** @param grantingAtOnce most roles or groups whose holders are asked for in one statement */
  constructor(
    private readonly database: Database,
    private readonly grantingAtOnce = GRANTING_AT_ONCE,
  ) {
    super();
    this.roles = new Table(
      database,
      roleTable,
      ({ name }) => new ConflictError('role_exists', `Role with name ${name} already exists`),
      database.cache,
    );
    this.composites = new Table(database, roleCompositeTable, undefined, database.cache);
  }

  override async byId(realmId: string, id: string): Promise<Role | undefined> {
    return (await this.byIds(realmId, [id]))[0];
  }

  override byIds(realmId: string, ids: readonly string[]): Promise<readonly Role[]> {
    const parameters = new Parameters(realmId);
    const read = (): Promise<readonly Role[]> =>
      this.find(`WHERE realm_id = $1 AND id IN (${parameters.addAll(ids)})`, parameters);
    // Every token names its roles; who has them is always read, what they are called is known.
    return this.database.transaction ? read() : this.database.cache.read(JSON.stringify(['role', realmId, ids]), read);
  }

  override async byName(realmId: string, clientId: string | undefined, name: string): Promise<Role | undefined> {
    const parameters = new Parameters(realmId, name);
    const [role] = await this.find(
      `WHERE realm_id = $1 AND name = $2 AND ${inContainer(clientId, parameters)}`,
      parameters,
    );
    return role;
  }

  override list(realmId: string, { clientId, search, without, first, max }: RoleQuery): Promise<readonly Role[]> {
    const parameters = new Parameters(realmId);
    const conditions = [
      'realm_id = $1',
      inContainer(clientId, parameters),
      ...named(search, ['name_lower'], parameters),
      ...notAmong(without, '', parameters),
    ];
    return this.find(`WHERE ${conditions.join(' AND ')} ORDER BY name, id${parameters.page(first, max)}`, parameters);
  }

  override compositesOf(
    realmId: string,
    roleId: string,
    { container, search, first, max }: CompositeQuery,
  ): Promise<readonly Role[]> {
    const parameters = new Parameters(realmId, roleId);
    const conditions = [
      'realm_id = $1',
      'id IN (SELECT child_id FROM role_composite WHERE realm_id = $1 AND role_id = $2)',
      ...(container === undefined ? [] : [inContainer(container ?? undefined, parameters)]),
      ...named(search, ['name_lower'], parameters),
    ];
    return this.find(`WHERE ${conditions.join(' AND ')} ORDER BY name, id${parameters.page(first, max)}`, parameters);
  }

  override async ofClients(realmId: string, query: ClientRoleQuery): Promise<readonly ClientRole[]> {
    const parameters = new Parameters(realmId);
    const rows = await this.database.select<ClientRoleRow>(rolesOfClients(query, parameters), parameters.values);
    return rows.map(toClientRole);
  }

  override all(realmId: string): Promise<readonly Role[]> {
    return this.find('WHERE realm_id = $1', new Parameters(realmId));
  }

  override async insert({ composites, ...role }: Role): Promise<void> {
    await this.roles.insert({ ...role, nameLower: role.name.toLowerCase() });
    await this.addComposites(role.realmId, role.id, composites);
  }

  override async update(role: Omit<Role, 'composites'>): Promise<void> {
    const { realmId, id, clientId, name, description, attributes } = role;
    const row = { realmId, id, name, nameLower: name.toLowerCase(), attributes };
    const optional = { ...(clientId !== undefined && { clientId }), ...(description !== undefined && { description }) };
    await this.roles.update({ realmId, id }, { ...row, ...optional });
  }

  override async addComposites(realmId: string, id: string, childIds: readonly string[]): Promise<void> {
    const last = await this.composites.many({ realmId, roleId: id }, { order: { position: 'DESC' }, max: 1 });
    let position = last[0]?.position ?? -1;
    for (const childId of new Set(childIds)) {
      await this.composites.insertNew({ realmId, roleId: id, childId, position: ++position });
    }
  }

  override async removeComposites(realmId: string, id: string, childIds: readonly string[]): Promise<void> {
    for (const childId of childIds) await this.composites.delete({ realmId, roleId: id, childId });
  }

  override async delete(realmId: string, id: string): Promise<boolean> {
    return (await this.roles.delete({ realmId, id })) > 0;
  }

  override ofUser(realmId: string, userId: string): Promise<readonly Role[]> {
    return this.find(
      'WHERE realm_id = $1 AND id IN (SELECT role_id FROM user_role WHERE realm_id = $1 AND user_id = $2)',
      new Parameters(realmId, userId),
    );
  }

  override ofGroup(realmId: string, groupId: string): Promise<readonly Role[]> {
    return this.find(
      'WHERE realm_id = $1 AND id IN (SELECT role_id FROM group_role WHERE realm_id = $1 AND group_id = $2)',
      new Parameters(realmId, groupId),
    );
  }

  override mapToUser(realmId: string, userId: string, roleIds: readonly string[]): Promise<void> {
    return this.map('user_role', 'user_id', realmId, userId, roleIds);
  }

  override unmapFromUser(realmId: string, userId: string, roleIds: readonly string[]): Promise<void> {
    return this.unmap('user_role', 'user_id', realmId, userId, roleIds);
  }

  override mapToGroup(realmId: string, groupId: string, roleIds: readonly string[]): Promise<void> {
    return this.map('group_role', 'group_id', realmId, groupId, roleIds);
  }

  override unmapFromGroup(realmId: string, groupId: string, roleIds: readonly string[]): Promise<void> {
    return this.unmap('group_role', 'group_id', realmId, groupId, roleIds);
  }

  override async holders(realmId: string, roleId: string, first: number, max: number): Promise<readonly string[]> {
    const parameters = new Parameters(realmId, roleId);
    const rows = await this.database.select<{ id: string }>(
      `SELECT u.id FROM user_role m JOIN user_account u ON u.realm_id = m.realm_id AND u.id = m.user_id
        WHERE m.realm_id = $1 AND m.role_id = $2 ORDER BY u.username${parameters.page(first, max)}`,
      parameters.values,
    );
    return rows.map(({ id }) => id);
  }

  override async enabledHolders(realmId: string, roleId: string, max: number): Promise<readonly string[]> {
    const granting = await this.database.select<{ kind: 'role' | 'group'; id: string }>(GRANTING, [realmId, roleId]);
    const holders = new Set<string>();
    for (const some of slices(granting, this.grantingAtOnce)) {
      if (holders.size >= max) break;
      const idsOf = (wanted: string): string[] => some.filter(({ kind }) => kind === wanted).map(({ id }) => id);
      const parameters = new Parameters(realmId);
      const sql = holdersAmong(parameters, idsOf('role'), idsOf('group'), max);
      for (const { id } of await this.database.select<{ id: string }>(sql, parameters.values)) holders.add(id);
    }
    return [...holders].slice(0, max);
  }

  override async effectiveRoleIds(realmId: string, userId: string): Promise<ReadonlySet<string>> {
    const rows = await this.database.select<{ id: string }>(EFFECTIVE_ROLES, [realmId, userId]);
    return new Set(rows.map(({ id }) => id));
  }

  private async find(selection: string, parameters: Parameters): Promise<readonly Role[]> {
    return foldRoles(await this.database.select(rolesWithComposites(selection), parameters.values));
  }

  private async map(
    table: string,
    owner: string,
    realmId: string,
    ownerId: string,
    roleIds: readonly string[],
  ): Promise<void> {
    const sql = `INSERT INTO ${table} (realm_id, ${owner}, role_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`;
    for (const roleId of roleIds) await this.database.execute(sql, [realmId, ownerId, roleId]);
  }

  private async unmap(
    table: string,
    owner: string,
    realmId: string,
    ownerId: string,
    roleIds: readonly string[],
  ): Promise<void> {
    const sql = `DELETE FROM ${table} WHERE realm_id = $1 AND ${owner} = $2 AND role_id = $3`;
    for (const roleId of roleIds) await this.database.execute(sql, [realmId, ownerId, roleId]);
  }
}
