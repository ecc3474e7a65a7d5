import { RealmKeyStore, type KeyBounds, type RealmKey } from '../tokens/signing-key.js';
import { bigint, json, key, nullable, tableOf, text, varchar } from './columns.js';
import type { Database } from './database.js';
import { Table } from './table.js';

export const realmKeyTable = tableOf<RealmKey>('realm_key', {
  realmId: key(),
  id: key(),
  componentId: varchar(),
  name: varchar(),
  providerId: varchar(),
  use: varchar(),
  algorithm: varchar(),
  status: varchar(),
  priority: bigint(),
  publicJwk: nullable(json()),
  sealedPrivate: text(),
  createdAt: bigint(),
  config: json(),
  signsFrom: nullable(bigint()),
  signsUntil: nullable(bigint()),
  verifiesUntil: nullable(bigint()),
});

const RETIRE =
  'UPDATE realm_key SET signs_until = $1, verifies_until = $2 WHERE realm_id = $3 AND id = $4 AND signs_until IS NULL';

export class TypeOrmRealmKeyStore extends RealmKeyStore {
  private readonly keys: Table<RealmKey>;

  constructor(private readonly database: Database) {
    super();
    this.keys = new Table(database, realmKeyTable);
  }

  /** Highest priority first, then the newest. */
  override list(realmId: string): Promise<readonly RealmKey[]> {
    return this.keys.many({ realmId }, { order: { priority: 'DESC', createdAt: 'DESC', id: 'ASC' } });
  }

  override insert(realmKey: RealmKey): Promise<boolean> {
    return this.keys.insertNew(realmKey);
  }

  override async update(realmKey: RealmKey): Promise<void> {
    await this.keys.update({ realmId: realmKey.realmId, id: realmKey.id }, realmKey);
  }

  override async retire(realmId: string, id: string, { signsUntil, verifiesUntil }: KeyBounds): Promise<boolean> {
    return (await this.database.execute(RETIRE, [signsUntil, verifiesUntil ?? null, realmId, id])).affected === 1;
  }

  override async delete(realmId: string, id: string): Promise<boolean> {
    return (await this.keys.delete({ realmId, id })) > 0;
  }

  override async deleteRetired(now: number): Promise<number> {
    return (await this.database.execute('DELETE FROM realm_key WHERE verifies_until <= $1', [now])).affected;
  }
}
