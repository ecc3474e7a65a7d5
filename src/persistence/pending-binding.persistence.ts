import { LessThanOrEqual } from 'typeorm';
import { PendingBindingStore, type PendingBinding } from '../flows/pending-binding.js';
import { bigint, key, nullable, tableOf, varchar } from './columns.js';
import type { Database } from './database.js';
import { Table } from './table.js';

export const pendingBindingTable = tableOf<PendingBinding>('pending_binding', {
  realmId: key(),
  id: key(),
  field: varchar(),
  clientId: nullable(varchar()),
  flowBefore: nullable(varchar()),
  flowAfter: nullable(varchar()),
  createdAt: bigint(),
  dueAt: bigint(),
  editorId: nullable(varchar()),
  editorName: nullable(varchar()),
});

export class TypeOrmPendingBindingStore extends PendingBindingStore {
  private readonly rows: Table<PendingBinding>;

  constructor(database: Database) {
    super();
    this.rows = new Table(database, pendingBindingTable);
  }

  override ofRealm(realmId: string): Promise<readonly PendingBinding[]> {
    return this.rows.many({ realmId }, { order: { dueAt: 'ASC', id: 'ASC' } });
  }

  override byId(realmId: string, id: string): Promise<PendingBinding | undefined> {
    return this.rows.one({ realmId, id });
  }

  override insert(pending: PendingBinding): Promise<void> {
    return this.rows.insert(pending);
  }

  override async take(realmId: string, id: string): Promise<boolean> {
    return (await this.rows.delete({ realmId, id })) > 0;
  }

  override due(now: number, limit: number): Promise<readonly PendingBinding[]> {
    return this.rows.many({ dueAt: LessThanOrEqual(now) }, { order: { dueAt: 'ASC', id: 'ASC' }, max: limit });
  }
}
