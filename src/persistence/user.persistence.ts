import { UserStore, type Credential, type User, type UserQuery } from '../realm/user.js';
import { byText } from '../shared/by-text.js';
import { bigint, boolean, integer, json, key, nullable, tableOf, text, varchar } from './columns.js';
import { isUniqueViolationOf } from './database-errors.js';
import type { Database } from './database.js';
import { Parameters } from './sql.js';
import { Table } from './table.js';
import { attributeHashes, matching, orderOf } from './user-search.js';
import { emailExists, refuseTaken, usernameExists } from './user-uniqueness.js';

/** The document has all of the user, the columns what users are found by: texts in lower case, for searches in any case. */
interface UserRow {
  readonly realmId: string;
  readonly id: string;
  /** Unique in the realm. */
  readonly username: string;
  readonly email?: string;
  /** The e-mail where the realm wants it unique: a unique index, so that no race gets past it. */
  readonly uniqueEmail?: string;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly enabled: boolean;
  readonly emailVerified: boolean;
  readonly serviceAccountClientId?: string;
  readonly document: Omit<User, 'realmId' | 'id' | 'username'>;
}

/** What of a row makes a user. */
export interface UserColumns {
  readonly realm_id: string;
  readonly id: string;
  readonly username: string;
  readonly document: string;
}

export const userTable = tableOf<UserRow>('user_account', {
  realmId: key(),
  id: key(),
  username: varchar(),
  email: nullable(varchar()),
  uniqueEmail: nullable(varchar()),
  firstName: nullable(varchar()),
  lastName: nullable(varchar()),
  enabled: boolean(),
  emailVerified: boolean(),
  serviceAccountClientId: nullable(varchar()),
  document: json(),
});
/** A value of an attribute, hashed: values of any length are found by one short index. */
export const userAttributeTable = tableOf<{ realmId: string; userId: string; hash: string }>('user_attribute', {
  realmId: key(),
  userId: key(),
  hash: key(),
});
/** The table also has `otp_step`, the last used time step, which only `useOtpStep` touches. */
export const credentialTable = tableOf<Credential>('credential', {
  realmId: key(),
  id: key(),
  userId: varchar(),
  type: varchar(),
  userLabel: nullable(varchar()),
  createdDate: bigint(),
  data: text(),
  sealedSecret: text(),
  priority: integer(),
});

/** Tables without a foreign key to the user (they are written too often for one), cleared with the user. */
const HOT_TABLES = ['client_session', 'user_session', 'session_owner', 'login_failure', 'authorization_code'];

/** Users and what they prove themselves with. */
export class TypeOrmUserStore extends UserStore {
  private readonly users: Table<UserRow>;
  private readonly userCredentials: Table<Credential>;

  constructor(private readonly database: Database) {
    super();
    this.users = new Table(database, userTable, (_user, cause) =>
      isUniqueViolationOf('unique_email', cause) ? emailExists() : usernameExists(),
    );
    this.userCredentials = new Table(database, credentialTable);
  }

  override async byId(realmId: string, id: string): Promise<User | undefined> {
    return (await this.find('u.realm_id = $1 AND u.id = $2', new Parameters(realmId, id)))[0];
  }

  override async byIdForChange(realmId: string, id: string): Promise<User | undefined> {
    await this.users.hold({ realmId, id });
    return this.byId(realmId, id);
  }

  override async byUsername(realmId: string, username: string): Promise<User | undefined> {
    return (await this.find('u.realm_id = $1 AND u.username = $2', new Parameters(realmId, username.toLowerCase())))[0];
  }

  /** Of several with the address (a realm that allows duplicates) the first by username. */
  override async byEmail(realmId: string, email: string): Promise<User | undefined> {
    const found = await this.find('u.realm_id = $1 AND u.email = $2', new Parameters(realmId, email.toLowerCase()));
    return found.toSorted((a, b) => byText(a.username, b.username))[0];
  }

  override byIds(realmId: string, ids: readonly string[]): Promise<readonly User[]> {
    const parameters = new Parameters(realmId);
    return this.find(`u.realm_id = $1 AND u.id IN (${parameters.addAll(ids)})`, parameters);
  }

  override async serviceAccountOf(realmId: string, clientId: string): Promise<User | undefined> {
    return (
      await this.find('u.realm_id = $1 AND u.service_account_client_id = $2', new Parameters(realmId, clientId))
    )[0];
  }

  override list(realmId: string, query: UserQuery): Promise<readonly User[]> {
    const parameters = new Parameters(realmId);
    const condition = matching(query, parameters);
    return this.find(`${condition} ORDER BY ${orderOf(query)}${parameters.page(query.first, query.max)}`, parameters);
  }

  override async count(realmId: string, query: UserQuery): Promise<number> {
    const parameters = new Parameters(realmId);
    const [row] = await this.database.select<{ count: number | string }>(
      `SELECT count(*) AS count FROM user_account u WHERE ${matching(query, parameters)}`,
      parameters.values,
    );
    return Number(row?.count ?? 0);
  }

  override async insert(user: User, uniqueEmail: boolean): Promise<void> {
    await refuseTaken(this.database, user, uniqueEmail);
    if (!(await this.users.insertNew(toRow(user, uniqueEmail)))) {
      await refuseTaken(this.database, user, uniqueEmail); // lost a race: now it is seen which of the two
      throw usernameExists();
    }
    await this.insertAttributes(user);
  }

  override async update(user: User, uniqueEmail: boolean): Promise<void> {
    const { realmId, id } = user;
    await refuseTaken(this.database, user, uniqueEmail);
    if ((await this.users.update({ realmId, id }, toRow(user, uniqueEmail))) === 0) return;
    await this.database.execute('DELETE FROM user_attribute WHERE realm_id = $1 AND user_id = $2', [realmId, id]);
    await this.insertAttributes(user);
  }

  /** Credentials, attributes, mappings and memberships go by foreign keys. */
  override async delete(realmId: string, id: string): Promise<boolean> {
    for (const table of HOT_TABLES)
      await this.database.execute(`DELETE FROM ${table} WHERE realm_id = $1 AND user_id = $2`, [realmId, id]);
    return (await this.users.delete({ realmId, id })) > 0;
  }

  override credentials(realmId: string, userId: string): Promise<readonly Credential[]> {
    return this.userCredentials.many(
      { realmId, userId },
      { order: { priority: 'ASC', createdDate: 'ASC', id: 'ASC' } },
    );
  }

  override async withCredential(
    realmId: string,
    userIds: readonly string[],
    type: string,
  ): Promise<ReadonlySet<string>> {
    if (userIds.length === 0) return new Set();
    const parameters = new Parameters(realmId);
    const rows = await this.database.select<{ user_id: string }>(
      `SELECT DISTINCT user_id FROM credential
        WHERE realm_id = $1 AND user_id IN (${parameters.addAll(userIds)}) AND type = ${parameters.add(type)}`,
      parameters.values,
    );
    return new Set(rows.map(({ user_id: userId }) => userId));
  }

  override insertCredential(credential: Credential): Promise<void> {
    return this.userCredentials.insert(credential);
  }

  override async updateCredential(credential: Credential): Promise<void> {
    await this.userCredentials.update({ realmId: credential.realmId, id: credential.id }, credential);
  }

  override async deleteCredential(realmId: string, userId: string, id: string): Promise<boolean> {
    return (await this.userCredentials.delete({ realmId, userId, id })) > 0;
  }

  override async useOtpStep(realmId: string, credentialId: string, step: number): Promise<boolean> {
    const { affected } = await this.database.execute(
      'UPDATE credential SET otp_step = $1 WHERE realm_id = $2 AND id = $3 AND (otp_step IS NULL OR otp_step < $1)',
      [step, realmId, credentialId],
    );
    return affected === 1;
  }

  /** Who is looked up comes without an order: SQLite would rather walk through all users in that order than look one up. */
  private async find(condition: string, parameters: Parameters): Promise<User[]> {
    const rows = await this.database.select<UserColumns>(
      `SELECT u.realm_id, u.id, u.username, u.document FROM user_account u WHERE ${condition}`,
      parameters.values,
    );
    return rows.map(toUser);
  }

  private async insertAttributes({ realmId, id, attributes }: User): Promise<void> {
    for (const hash of attributeHashes(attributes)) {
      await this.database.execute('INSERT INTO user_attribute (realm_id, user_id, hash) VALUES ($1, $2, $3)', [
        realmId,
        id,
        hash,
      ]);
    }
  }
}

/** A user of its row. */
export const toUser = ({ realm_id: realmId, id, username, document }: UserColumns): User => ({
  realmId,
  id,
  username,
  ...(JSON.parse(document) as UserRow['document']),
});

function toRow({ realmId, id, username, ...document }: User, uniqueEmail: boolean): UserRow {
  const { firstName, lastName, enabled, emailVerified, serviceAccountClientId } = document;
  const email = document.email?.toLowerCase();
  return {
    realmId,
    id,
    username: username.toLowerCase(),
    ...(email === undefined ? {} : { email, ...(uniqueEmail ? { uniqueEmail: email } : {}) }),
    ...(firstName === undefined ? {} : { firstName: firstName.toLowerCase() }),
    ...(lastName === undefined ? {} : { lastName: lastName.toLowerCase() }),
    enabled,
    emailVerified,
    ...(serviceAccountClientId === undefined ? {} : { serviceAccountClientId }),
    document,
  };
}
