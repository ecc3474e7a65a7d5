import { RealmKeyStore, type RealmKey } from '../tokens/signing-key.js';
import { bigint, json, key, nullable, tableOf, text, varchar } from './columns.js';
import type { Database } from './database.js';
import { Table } from './table.js';

export const realmKeyTable = tableOf<RealmKey>('realm_key', {
  realmId: key(),
  id: key(),
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
});

export class TypeOrmRealmKeyStore extends RealmKeyStore {
  private readonly keys: Table<RealmKey>;

  constructor(database: Database) {
    super();
    this.keys = new Table(database, realmKeyTable);
  }

  /** Highest priority first, then the newest. */
  override list(realmId: string): Promise<readonly RealmKey[]> {
    return this.keys.many({ realmId }, { order: { priority: 'DESC', createdAt: 'DESC', id: 'ASC' } });
  }

  override insert(realmKey: RealmKey): Promise<void> {
    return this.keys.insert(realmKey);
  }

  override async update(realmKey: RealmKey): Promise<void> {
    await this.keys.update({ realmId: realmKey.realmId, id: realmKey.id }, realmKey);
  }

  override async delete(realmId: string, id: string): Promise<boolean> {
    return (await this.keys.delete({ realmId, id })) > 0;
  }
}
