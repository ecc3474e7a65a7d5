import { RevokedTokenStore } from '../tokens/revoked-token.js';
import { bigint, key, tableOf } from './columns.js';
import type { Database } from './database.js';
import { deleteBatch } from './sql.js';
import { Table } from './table.js';

interface RevokedToken {
  readonly realmId: string;
  readonly jti: string;
  readonly expiresAt: number;
}

export const revokedTokenTable = tableOf<RevokedToken>('revoked_token', {
  realmId: key(),
  jti: key(),
  expiresAt: bigint(),
});

export class TypeOrmRevokedTokenStore extends RevokedTokenStore {
  private readonly tokens: Table<RevokedToken>;

  constructor(private readonly database: Database) {
    super();
    this.tokens = new Table(database, revokedTokenTable);
  }

  override async add(realmId: string, jti: string, expiresAt: number): Promise<void> {
    await this.tokens.insertNew({ realmId, jti, expiresAt });
  }

  override expire(before: number, limit: number): Promise<number> {
    return deleteBatch(this.database, {
      table: 'revoked_token',
      key: ['realm_id', 'jti'],
      condition: 'expires_at < $1',
      parameters: [before],
      oldest: 'expires_at',
      limit,
    });
  }
}
