import type { EntitySchema, FindOperator, FindOptionsOrder, FindOptionsWhere } from 'typeorm';
import type { QueryDeepPartialEntity } from 'typeorm/query-builder/QueryPartialEntity.js';
import { ConflictError } from '../shared/errors.js';
import { fromRow, toRow, type RowOf } from './columns.js';
import { isUniqueViolation } from './database-errors.js';
import type { Database } from './database.js';
import type { ReadCache } from './read-cache.js';

/** No bound: SQLite wants a LIMIT before an OFFSET. */
const ALL = Number.MAX_SAFE_INTEGER;

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
  private readonly selects = new Map<string, string>();

  /**
   * @param conflict makes the error for a value that a unique index has already; `cause` says which one, after an update
   * @param cache for a table that is read far more often than it changes
   */
  constructor(
    private readonly database: Database,
    private readonly schema: EntitySchema<RowOf<T>>,
    private readonly conflict: (value: T, cause?: unknown) => ConflictError = () =>
      new ConflictError('already_exists', 'Already exists'),
    private readonly cache?: ReadCache,
  ) {}

  async one(where: Where<T>): Promise<T | undefined> {
    return (await this.many(where, { max: 1 }))[0];
  }

  /**
   * Keeps others from changing the rows found until the running unit of work ends; for plain comparisons. SQLite has one writer, so nobody
   * else can. References to the rows may still be made.
   */
  async hold(where: Where<T>): Promise<void> {
    if (!this.database.isPostgres) return;
    const names = Object.keys(where) as (keyof T & string)[];
    const sql = `${this.selectFrom(names, {}, false, false)} FOR NO KEY UPDATE`;
    await this.database.select(
      sql,
      names.map((name) => where[name]),
    );
  }

  many(where: Where<T>, selection: Selection<T> = {}): Promise<readonly T[]> {
    if (selection.max === 0) return Promise.resolve([]);
    if (!this.cache || this.database.transaction) return this.select(where, selection);
    return this.cache.read(JSON.stringify([this.schema.options.name, where, selection]), () =>
      this.select(where, selection),
    );
  }

  /** Plain comparisons have a statement of their own, made once; operators are left to TypeORM. */
  private async select(where: Where<T>, selection: Selection<T>): Promise<T[]> {
    const names = Object.keys(where) as (keyof T & string)[];
    if (names.some((name) => typeof where[name] === 'object')) return this.selectByOperators(where, selection);
    const { order = {}, first = 0, max = -1 } = selection;
    const shape = JSON.stringify([names, order, first > 0, max > 0]);
    let sql = this.selects.get(shape);
    if (sql === undefined) this.selects.set(shape, (sql = this.selectFrom(names, order, first > 0, max > 0)));
    const page = [...(first > 0 || max > 0 ? [max > 0 ? max : ALL] : []), ...(first > 0 ? [first] : [])];
    const rows = await this.database.select(sql, [...names.map((name) => where[name]), ...page]);
    return rows.map((row) => this.hydrated(row));
  }

  private async selectByOperators(where: Where<T>, { order = {}, first = 0, max = -1 }: Selection<T>): Promise<T[]> {
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

  private selectFrom(
    names: readonly string[],
    order: NonNullable<Selection<T>['order']>,
    skips: boolean,
    bounded: boolean,
  ): string {
    const { columns, tableName } = this.database.dataSource.getMetadata(this.schema);
    const column = (name: string): string =>
      `"${columns.find(({ propertyName }) => propertyName === name)?.databaseName ?? name}"`;
    const conditions = names.map((name, index) => `${column(name)} = $${String(index + 1)}`);
    const sorting = Object.entries(order).map(([name, direction]) => `${column(name)} ${String(direction)}`);
    return [
      `SELECT ${columns.map(({ databaseName }) => `"${databaseName}"`).join(', ')} FROM "${tableName}"`,
      conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '',
      sorting.length > 0 ? `ORDER BY ${sorting.join(', ')}` : '',
      skips || bounded ? `LIMIT $${String(names.length + 1)}` : '',
      skips ? `OFFSET $${String(names.length + 2)}` : '',
    ].join(' ');
  }

  /** A row as the database gives it, with the types the columns have; NULL is an absent member. */
  private hydrated(row: Record<string, unknown>): T {
    const { driver } = this.database.dataSource;
    const { columns } = this.database.dataSource.getMetadata(this.schema);
    const members: Record<string, unknown> = {};
    for (const column of columns) {
      const value: unknown = driver.prepareHydratedValue(row[column.databaseName], column);
      if (value !== null && value !== undefined) members[column.propertyName] = value;
    }
    return members as T;
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
    this.changed();
    return (await this.database.execute(this.insertSql, values)).affected === 1;
  }

  /**
   * Replaces the rows found: how many there were.
   * Throws the conflict when a unique index has the new value; on PostgreSQL the transaction is then lost, so let it throw on.
   */
  async update(where: Where<T>, value: T): Promise<number> {
    this.changed();
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
    this.changed();
    const deleted = await this.database.write((manager) => manager.delete(this.schema, this.criteria(where)));
    return deleted.affected ?? 0;
  }

  /** Rows of the table change in the running unit of work: once it has committed, nobody reads the old ones. */
  changed(): void {
    const { cache } = this;
    if (cache) this.database.transaction?.effects.push(() => cache.clear());
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
