import { PushedRequestStore, type PushedRequest } from '../tokens/pushed-request.js';
import { bigint, json, key, tableOf, varchar } from './columns.js';
import type { Database } from './database.js';
import { deleteBatch } from './sql.js';
import { Table } from './table.js';

export const pushedRequestTable = tableOf<PushedRequest>('pushed_request', {
  realmId: key(),
  hash: key(),
  clientId: varchar(),
  expiresAt: bigint(),
  parameters: json(),
});

const TAKE =
  'DELETE FROM pushed_request WHERE realm_id = $1 AND hash = $2 AND client_id = $3 RETURNING parameters, expires_at';

export class TypeOrmPushedRequestStore extends PushedRequestStore {
  private readonly requests: Table<PushedRequest>;

  constructor(private readonly database: Database) {
    super();
    this.requests = new Table(database, pushedRequestTable);
  }

  override insert(request: PushedRequest): Promise<void> {
    return this.requests.insert(request);
  }

  override async take(realmId: string, hash: string, clientId: string): Promise<PushedRequest | undefined> {
    const [row] = (await this.database.execute(TAKE, [realmId, hash, clientId])).rows;
    return (
      row && {
        realmId,
        hash,
        clientId,
        parameters: JSON.parse(row['parameters'] as string) as PushedRequest['parameters'],
        expiresAt: Number(row['expires_at']),
      }
    );
  }

  override expire(before: number, limit: number): Promise<number> {
    return deleteBatch(this.database, {
      table: 'pushed_request',
      key: ['realm_id', 'hash'],
      condition: 'expires_at < $1',
      parameters: [before],
      oldest: 'expires_at',
      limit,
    });
  }
}
