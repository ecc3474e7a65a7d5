import type { EntitySchema, FindOperator, FindOptionsOrder, FindOptionsWhere } from 'typeorm';
import type { QueryDeepPartialEntity } from 'typeorm/query-builder/QueryPartialEntity.js';
import { ConflictError } from '../shared/errors.js';
import { fromRow, toRow, type RowOf } from './columns.js';
import { isUniqueViolation } from './database-errors.js';
import type { Database } from './database.js';

/** Columns that must have the value, or match TypeORM's operator. */
export type Where<T> = { readonly [K in keyof T]?: T[K] | FindOperator<T[K]> | FindOperator<unknown> };

/** Which part of the found rows, in what order. A negative or absent `max` is no bound. */
export interface Selection<T> {
  readonly order?: { readonly [K in keyof T]?: 'ASC' | 'DESC' };
  readonly first?: number | undefined;
  readonly max?: number | undefined;
}

/** One table as its store sees it: domain objects in, domain objects out. Never a save(): every call is one statement. */
export class Table<T extends object> {
  private insertSql: string | undefined;

  /** @param conflict makes the error for a value that a unique index has already; `cause` says which one, after an update */
  constructor(
    private readonly database: Database,
    private readonly schema: EntitySchema<RowOf<T>>,
    private readonly conflict: (value: T, cause?: unknown) => ConflictError = () =>
      new ConflictError('already_exists', 'Already exists'),
  ) {}

  async one(where: Where<T>): Promise<T | undefined> {
    const row = await this.database.read((manager) => manager.findOne(this.schema, { where: this.criteria(where) }));
    return row ? fromRow<T>(row) : undefined;
  }

  async many(where: Where<T>, { order = {}, first = 0, max = -1 }: Selection<T> = {}): Promise<T[]> {
    if (max === 0) return [];
    const rows = await this.database.read((manager) =>
      manager.find(this.schema, {
        where: this.criteria(where),
        order: order as FindOptionsOrder<RowOf<T>>,
        ...(first > 0 ? { skip: first } : {}),
        ...(max > 0 ? { take: max } : {}),
      }),
    );
    return rows.map((row) => fromRow<T>(row));
  }

  async count(where: Where<T>): Promise<number> {
    return this.database.read((manager) => manager.count(this.schema, { where: this.criteria(where) }));
  }

  /** Adds a row. Throws the conflict when a unique index has its value; the transaction stays usable. */
  async insert(value: T): Promise<void> {
    if (!(await this.insertNew(value))) throw this.conflict(value);
  }

  /** Adds a row unless a unique index has its value already: true when it was added. */
  async insertNew(value: T): Promise<boolean> {
    const { driver } = this.database.dataSource;
    const { columns } = this.database.dataSource.getMetadata(this.schema);
    const row: Record<string, unknown> = toRow(this.schema, value);
    const values = columns.map((column): unknown => driver.preparePersistentValue(row[column.propertyName], column));
    this.insertSql ??= insertInto(
      this.schema.options.name,
      columns.map((column) => column.databaseName),
    );
    return (await this.database.execute(this.insertSql, values)).affected === 1;
  }

  /**
   * Replaces the rows found: how many there were.
   * Throws the conflict when a unique index has the new value; on PostgreSQL the transaction is then lost, so let it throw on.
   */
  async update(where: Where<T>, value: T): Promise<number> {
    try {
      const updated = await this.database.write((manager) =>
        manager.update(this.schema, this.criteria(where), this.persistent(value)),
      );
      return updated.affected ?? 0;
    } catch (error) {
      throw isUniqueViolation(error) ? this.conflict(value, error) : error;
    }
  }

  /** Deletes the rows found: how many there were. */
  async delete(where: Where<T>): Promise<number> {
    const deleted = await this.database.write((manager) => manager.delete(this.schema, this.criteria(where)));
    return deleted.affected ?? 0;
  }

  // TypeORM's types cannot be followed through a generic row; these two are the only places where we say so.
  private criteria(where: Where<T>): FindOptionsWhere<RowOf<T>> {
    return where as FindOptionsWhere<RowOf<T>>;
  }

  private persistent(value: T): QueryDeepPartialEntity<RowOf<T>> {
    return toRow(this.schema, value) as unknown as QueryDeepPartialEntity<RowOf<T>>;
  }
}

/** Not TypeORM's `orIgnore`: on SQLite that also swallows a missing value, and it cannot tell whether it has inserted. */
function insertInto(table: string, columns: readonly string[]): string {
  const names = columns.map((column) => `"${column}"`).join(', ');
  return `INSERT INTO "${table}" (${names}) VALUES (${columns.map((_, index) => `$${index + 1}`).join(', ')}) ON CONFLICT DO NOTHING`;
}
