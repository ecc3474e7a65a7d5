import { In } from 'typeorm';
import { ClientScopeStore, type ClientScope } from '../realm/client-scope.js';
import { ConflictError } from '../shared/errors.js';
import { json, key, nullable, tableOf, text, varchar } from './columns.js';
import type { Database } from './database.js';
import { Table } from './table.js';

export const clientScopeTable = tableOf<ClientScope>('client_scope', {
  realmId: key(),
  id: key(),
  name: varchar(),
  description: nullable(text()),
  protocol: varchar(),
  attributes: json(),
  protocolMappers: json(),
  scopeMappings: json(),
});

export class TypeOrmClientScopeStore extends ClientScopeStore {
  private readonly scopes: Table<ClientScope>;

  constructor(database: Database) {
    super();
    this.scopes = new Table(
      database,
      clientScopeTable,
      ({ name }) => new ConflictError('client_scope_exists', `Client Scope ${name} already exists`),
      database.cache,
    );
  }

  override byId(realmId: string, id: string): Promise<ClientScope | undefined> {
    return this.scopes.one({ realmId, id });
  }

  override byIds(realmId: string, ids: readonly string[]): Promise<readonly ClientScope[]> {
    return this.scopes.many({ realmId, id: In(ids) }, { order: { name: 'ASC' } });
  }

  override list(realmId: string): Promise<readonly ClientScope[]> {
    return this.scopes.many({ realmId }, { order: { name: 'ASC' } });
  }

  override insert(scope: ClientScope): Promise<void> {
    return this.scopes.insert(scope);
  }

  override async update(scope: ClientScope): Promise<void> {
    await this.scopes.update({ realmId: scope.realmId, id: scope.id }, scope);
  }

  override async delete(realmId: string, id: string): Promise<boolean> {
    return (await this.scopes.delete({ realmId, id })) > 0;
  }
}
