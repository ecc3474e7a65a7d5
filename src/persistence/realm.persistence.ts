import { RealmStore, type Realm } from '../realm/realm.js';
import { ConflictError } from '../shared/errors.js';
import { json, key, tableOf, varchar } from './columns.js';
import type { Database } from './database.js';
import { Table } from './table.js';

export interface RealmRow {
  readonly id: string;
  /** Unique. */
  readonly name: string;
  readonly document: Omit<Realm, 'id' | 'name'>;
}

export const realmTable = tableOf<RealmRow>('realm', { id: key(), name: varchar(), document: json() });

/** Realms: found by id and name, the rest is one document. */
export class TypeOrmRealmStore extends RealmStore {
  private readonly realms: Table<RealmRow>;

  constructor(private readonly database: Database) {
    super();
    this.realms = new Table(
      database,
      realmTable,
      ({ name }) => new ConflictError('realm_exists', `Realm ${name} already exists`),
      database.cache,
    );
  }

  override async byId(id: string): Promise<Realm | undefined> {
    const row = await this.realms.one({ id });
    return row && toRealm(row);
  }

  override async byName(name: string): Promise<Realm | undefined> {
    const row = await this.realms.one({ name });
    return row && toRealm(row);
  }

  override async list(): Promise<readonly Realm[]> {
    const rows = await this.realms.many({}, { order: { name: 'ASC' } });
    return rows.map(toRealm);
  }

  override insert(realm: Realm): Promise<void> {
    return this.realms.insert(toRow(realm));
  }

  override async update(realm: Realm): Promise<void> {
    await this.realms.update({ id: realm.id }, toRow(realm));
  }

  /** Every table that has a `realm_id` is cleared, by what the entities say, so that a new table cannot be forgotten. */
  override async delete(id: string): Promise<void> {
    for (const { tableName } of this.database.dataSource.entityMetadatas.filter((entity) =>
      entity.findColumnWithDatabaseName('realm_id'),
    )) {
      await this.database.execute(`DELETE FROM ${tableName} WHERE realm_id = $1`, [id]);
    }
    await this.realms.delete({ id });
  }
}

function toRow({ id, name, ...document }: Realm): RealmRow {
  return { id, name, document };
}

export const toRealm = ({ id, name, document }: RealmRow): Realm => ({ id, name, ...document });
