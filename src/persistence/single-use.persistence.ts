import { SingleUseStore } from '../tokens/single-use.js';
import { bigint, key, tableOf } from './columns.js';
import type { Database } from './database.js';
import { deleteBatch } from './sql.js';

interface SingleUse {
  readonly realmId: string;
  readonly name: string;
  readonly until: number;
}

export const singleUseTable = tableOf<SingleUse>('single_use', { realmId: key(), name: key(), until: bigint() });

export class TypeOrmSingleUseStore extends SingleUseStore {
  constructor(private readonly database: Database) {
    super();
  }

  override async take(realmId: string, name: string, now: number, until: number): Promise<boolean> {
    const { affected } = await this.database.execute(
      `INSERT INTO single_use (realm_id, name, until) VALUES ($1, $2, $3)
       ON CONFLICT (realm_id, name) DO UPDATE SET until = excluded.until WHERE single_use.until <= $4`,
      [realmId, name, until, now],
    );
    return affected === 1;
  }

  override async isTaken(realmId: string, name: string, now: number): Promise<boolean> {
    const rows = await this.database.select(
      'SELECT 1 FROM single_use WHERE realm_id = $1 AND name = $2 AND until > $3',
      [realmId, name, now],
    );
    return rows.length > 0;
  }

  override expire(before: number, limit: number): Promise<number> {
    return deleteBatch(this.database, {
      table: 'single_use',
      key: ['realm_id', 'name'],
      condition: 'until < $1',
      parameters: [before],
      oldest: 'until',
      limit,
    });
  }
}
