import { In } from 'typeorm';
import { LoginFailureStore, type LoginFailures } from '../realm/login-failures.js';
import { bigint, integer, key, nullable, tableOf, varchar } from './columns.js';
import type { Database } from './database.js';
import { clearBatch } from './sql.js';
import { Table } from './table.js';

/** The table also has `lock_version`: 0 in a row that `update` has just made. */
export const loginFailureTable = tableOf<LoginFailures>('login_failure', {
  realmId: key(),
  userId: key(),
  numFailures: integer(),
  numTemporaryLockouts: integer(),
  numSecondaryFailures: integer(),
  lastFailure: bigint(),
  lastIpFailure: nullable(varchar()),
  notBefore: bigint(),
});

/** Locks by writing: a row that is not there yet cannot be locked by reading it. */
const LOCK = `
INSERT INTO login_failure (realm_id, user_id, num_failures, num_temporary_lockouts, num_secondary_failures, last_failure, not_before, lock_version)
VALUES ($1, $2, 0, 0, 0, 0, 0, 0)
ON CONFLICT (realm_id, user_id) DO UPDATE SET lock_version = login_failure.lock_version + 1
RETURNING lock_version`;

export class TypeOrmLoginFailureStore extends LoginFailureStore {
  private readonly failures: Table<LoginFailures>;

  constructor(private readonly database: Database) {
    super();
    this.failures = new Table(database, loginFailureTable);
  }

  override find(realmId: string, userId: string): Promise<LoginFailures | undefined> {
    return this.failures.one({ realmId, userId });
  }

  override async ofUsers(realmId: string, userIds: readonly string[]): Promise<readonly LoginFailures[]> {
    return userIds.length === 0 ? [] : this.failures.many({ realmId, userId: In([...userIds]) });
  }

  override async update(
    realmId: string,
    userId: string,
    change: (current: LoginFailures | undefined) => LoginFailures,
  ): Promise<LoginFailures> {
    const { rows } = await this.database.execute(LOCK, [realmId, userId]);
    const isNew = rows[0]?.['lock_version'] === 0;
    const next = change(isNew ? undefined : await this.find(realmId, userId));
    await this.failures.update({ realmId, userId }, next);
    return next;
  }

  override async clear(realmId: string, userId: string): Promise<boolean> {
    return (await this.failures.delete({ realmId, userId })) > 0;
  }

  override forgetAddresses(before: number, limit: number): Promise<number> {
    return clearBatch(this.database, {
      table: 'login_failure',
      key: ['realm_id', 'user_id'],
      set: 'last_ip_failure = NULL',
      condition: 'last_ip_failure IS NOT NULL AND last_failure < $1',
      parameters: [before],
      oldest: 'last_failure',
      limit,
    });
  }

  override async clearAll(realmId: string): Promise<void> {
    await this.failures.delete({ realmId });
  }
}
