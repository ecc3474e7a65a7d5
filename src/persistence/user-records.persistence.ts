import { In } from 'typeorm';
import type { UserConsent } from '../realm/user-consent.js';
import { UserRecords, type UserRecord } from '../realm/user-records.js';
import type { Credential, User } from '../realm/user.js';
import type { Database } from './database.js';
import { Parameters } from './sql.js';
import { Table } from './table.js';
import { userConsentTable } from './user-consent.persistence.js';
import { credentialTable } from './user.persistence.js';

interface AccountRow {
  readonly realm_id: string;
  readonly id: string;
  readonly username: string;
  readonly document: string;
}

/** Five statements for a page, however many users are on it. */
export class TypeOrmUserRecords extends UserRecords {
  private readonly credentials: Table<Credential>;
  private readonly consents: Table<UserConsent>;

  constructor(private readonly database: Database) {
    super();
    this.credentials = new Table(database, credentialTable);
    this.consents = new Table(database, userConsentTable);
  }

  override async count(realmId: string): Promise<number> {
    const [row] = await this.database.select<{ n: number | string }>(
      'SELECT count(*) AS n FROM user_account WHERE realm_id = $1',
      [realmId],
    );
    return Number(row?.n ?? 0);
  }

  override page(realmId: string, after: string | undefined, max: number): Promise<readonly UserRecord[]> {
    const parameters = new Parameters(realmId);
    const behind = after === undefined ? '' : ` AND username > ${parameters.add(after)}`;
    return this.records(realmId, `realm_id = $1${behind}`, parameters, max);
  }

  override byNames(realmId: string, usernames: readonly string[]): Promise<readonly UserRecord[]> {
    const parameters = new Parameters(realmId);
    return this.records(realmId, `realm_id = $1 AND username IN (${parameters.addAll(usernames)})`, parameters);
  }

  private async records(
    realmId: string,
    condition: string,
    parameters: Parameters,
    max?: number,
  ): Promise<readonly UserRecord[]> {
    const rows = await this.database.select<AccountRow>(
      `SELECT realm_id, id, username, document FROM user_account WHERE ${condition}
        ORDER BY username${parameters.page(0, max)}`,
      parameters.values,
    );
    const ids = rows.map(({ id }) => id);
    const credentials = await this.credentials.many(
      { realmId, userId: In(ids) },
      { order: { priority: 'ASC', createdDate: 'ASC', id: 'ASC' } },
    );
    const consents = await this.consents.many({ realmId, userId: In(ids) }, { order: { createdAt: 'ASC' } });
    const byUser = { credentials: grouped(credentials), consents: grouped(consents) };
    const [roles, groups] = [await this.rolesOf(realmId, ids), await this.groupsOf(realmId, ids)];
    return rows.map(({ realm_id, id, username, document }) => ({
      user: { realmId: realm_id, id, username, ...(JSON.parse(document) as Omit<User, 'id' | 'realmId' | 'username'>) },
      credentials: byUser.credentials.get(id) ?? [],
      roleIds: roles.get(id) ?? [],
      groupIds: groups.get(id) ?? [],
      consents: byUser.consents.get(id) ?? [],
    }));
  }

  private rolesOf(realmId: string, ids: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
    return this.related(
      (wanted) => `SELECT m.user_id, m.role_id AS id FROM user_role m
        JOIN role r ON r.realm_id = m.realm_id AND r.id = m.role_id
        WHERE m.realm_id = $1 AND m.user_id IN (${wanted}) ORDER BY r.name, r.id`,
      realmId,
      ids,
    );
  }

  private groupsOf(realmId: string, ids: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
    return this.related(
      (wanted) => `SELECT m.user_id, m.group_id AS id FROM group_member m
        JOIN user_group g ON g.realm_id = m.realm_id AND g.id = m.group_id
        WHERE m.realm_id = $1 AND m.user_id IN (${wanted}) ORDER BY g.name, g.id`,
      realmId,
      ids,
    );
  }

  private async related(
    sql: (wanted: string) => string,
    realmId: string,
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, readonly string[]>> {
    const parameters = new Parameters(realmId);
    const rows = await this.database.select<{ user_id: string; id: string }>(
      sql(parameters.addAll(ids)),
      parameters.values,
    );
    const found = grouped(rows.map(({ user_id: userId, id }) => ({ userId, id })));
    return new Map([...found].map(([userId, related]) => [userId, related.map(({ id }) => id)]));
  }
}

function grouped<T extends { readonly userId: string }>(rows: readonly T[]): ReadonlyMap<string, readonly T[]> {
  const found = new Map<string, T[]>();
  for (const row of rows) {
    const list = found.get(row.userId);
    if (list) list.push(row);
    else found.set(row.userId, [row]);
  }
  return found;
}
