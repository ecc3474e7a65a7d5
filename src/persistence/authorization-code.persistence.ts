import { AuthorizationCodeStore, type AuthorizationCode, type RedeemedCode } from '../tokens/authorization-code.js';
import { bigint, boolean, json, key, tableOf, varchar } from './columns.js';
import type { Database } from './database.js';
import { deleteBatch } from './sql.js';
import { Table } from './table.js';

interface CodeRow {
  readonly realmId: string;
  readonly hash: string;
  readonly clientId: string;
  readonly userId: string;
  readonly expiresAt: number;
  readonly redeemed: boolean;
  readonly document: AuthorizationCode;
}

export const authorizationCodeTable = tableOf<CodeRow>('authorization_code', {
  realmId: key(),
  hash: key(),
  clientId: varchar(),
  userId: varchar(),
  expiresAt: bigint(),
  redeemed: boolean(),
  document: json(),
});

const REDEEM =
  'UPDATE authorization_code SET redeemed = TRUE WHERE realm_id = $1 AND hash = $2 AND redeemed = FALSE RETURNING document';

/** Codes stay after they were redeemed, until they expire, so that a replay is seen for what it is. */
export class TypeOrmAuthorizationCodeStore extends AuthorizationCodeStore {
  private readonly codes: Table<CodeRow>;

  constructor(private readonly database: Database) {
    super();
    this.codes = new Table(database, authorizationCodeTable);
  }

  override insert(code: AuthorizationCode): Promise<void> {
    const { realmId, hash, clientId, userId, expiresAt } = code;
    return this.codes.insert({ realmId, hash, clientId, userId, expiresAt, redeemed: false, document: code });
  }

  override async redeem(realmId: string, hash: string): Promise<RedeemedCode | undefined> {
    const [taken] = (await this.database.execute(REDEEM, [realmId, hash])).rows;
    if (taken) return { code: JSON.parse(taken['document'] as string) as AuthorizationCode, first: true };
    const row = await this.codes.one({ realmId, hash });
    return row && { code: row.document, first: false };
  }

  override expire(before: number, limit: number): Promise<number> {
    return deleteBatch(this.database, {
      table: 'authorization_code',
      key: ['realm_id', 'hash'],
      condition: 'expires_at < $1',
      parameters: [before],
      oldest: 'expires_at',
      limit,
    });
  }
}
