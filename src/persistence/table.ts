import type { EntitySchema, FindOperator, FindOptionsOrder, FindOptionsWhere } from 'typeorm';
import type { ColumnMetadata } from 'typeorm/metadata/ColumnMetadata.js';
import { ConflictError } from '../shared/errors.js';
import { fromRow, toRow, type RowOf } from './columns.js';
import { isUniqueViolation } from './database-errors.js';
import type { Database } from './database.js';
import type { ReadCache } from './read-cache.js';
import { slices } from './sql.js';
import { TableStatements } from './table-statements.js';

/** No bound: SQLite wants a LIMIT before an OFFSET. */
const ALL = Number.MAX_SAFE_INTEGER;

/**
 * Parameters of one statement over many rows. SQLite takes 32,766 and PostgreSQL 65,535, but SQLite looks each one up by its name
 * among all before it.
 */
const MAX_PARAMETERS = 1000;

/** Columns that must have the value. */
type Equal<T> = { readonly [K in keyof T]?: T[K] };

/** Columns that must have the value, or match TypeORM's operator. */
export type Where<T> = { readonly [K in keyof T]?: T[K] | FindOperator<T[K]> | FindOperator<unknown> };

/** Which part of the found rows, in what order. A negative or absent `max` is no bound. */
export interface Selection<T> {
  readonly order?: { readonly [K in keyof T]?: 'ASC' | 'DESC' };
  readonly first?: number | undefined;
  readonly max?: number | undefined;
}

/** One table as its store sees it: domain objects in, domain objects out. Never a save(): every call is one statement. (Very many rows are several.) */
export class Table<T extends object> {
  private readonly statements: TableStatements;

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
  ) {
    this.statements = new TableStatements(() => database.dataSource.getMetadata(schema));
  }

  async one(where: Where<T>): Promise<T | undefined> {
    return (await this.many(where, { max: 1 }))[0];
  }

  /**
   * Keeps others from changing the rows found until the running unit of work ends. SQLite has one writer, so nobody else can. References
   * to the rows may still be made.
   */
  async hold(where: Equal<T>): Promise<void> {
    if (!this.database.isPostgres) return;
    const sql = this.statements.select(Object.keys(where), { order: {}, skips: false, bounded: false });
    await this.database.select(`${sql} FOR NO KEY UPDATE`, Object.values(where));
  }

  many(where: Where<T>, selection: Selection<T> = {}): Promise<readonly T[]> {
    if (selection.max === 0) return Promise.resolve([]);
    if (!this.cache || this.database.transaction) return this.select(where, selection);
    return this.cache.read(
      JSON.stringify([this.schema.options.name, where, selection]),
      () => this.select(where, selection),
      // That one row is absent is not remembered: what another server has just made is there for whoever was told of it.
      (rows) => selection.max !== 1 || rows.length > 0,
    );
  }

  /** Plain comparisons have a statement of their own, made once; operators are left to TypeORM. */
  private async select(where: Where<T>, selection: Selection<T>): Promise<T[]> {
    const names = Object.keys(where) as (keyof T & string)[];
    if (names.some((name) => typeof where[name] === 'object')) return this.selectByOperators(where, selection);
    const { order = {}, first = 0, max = -1 } = selection;
    const sql = this.statements.select(names, { order, skips: first > 0, bounded: max > 0 });
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

  /** A row as the database gives it, with the types the columns have; NULL is an absent member. */
  private hydrated(row: Record<string, unknown>): T {
    const { driver } = this.database.dataSource;
    const members: Record<string, unknown> = {};
    for (const column of this.statements.columns) {
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
    const { columns } = this.statements;
    this.changed();
    return (await this.database.execute(this.statements.insert(), this.persistent(value, columns))).affected === 1;
  }

  /**
   * Adds rows, many with one statement; none for an empty list.
   * Throws the conflict of a value that a unique index has already. Others may be there then, so let it throw on.
   */
  async insertMany(values: readonly T[]): Promise<void> {
    const { columns } = this.statements;
    for (const slice of slices(values, Math.floor(MAX_PARAMETERS / columns.length))) {
      this.changed();
      const { rows } = await this.database.execute(
        this.statements.insertMany(slice.length),
        slice.flatMap((value) => this.persistent(value, columns)),
      );
      const refused = this.missing(slice, rows);
      if (refused !== undefined) throw this.conflict(refused);
    }
  }

  /**
   * Replaces the rows found: how many there were.
   * Throws the conflict when a unique index has the new value; on PostgreSQL the transaction is then lost, so let it throw on.
   */
  async update(where: Equal<T>, value: T): Promise<number> {
    const names = compared(where);
    const values = [...this.persistent(value, this.statements.replacedColumns), ...Object.values(where)];
    this.changed();
    try {
      return (await this.database.execute(this.statements.update(names), values)).affected;
    } catch (error) {
      throw isUniqueViolation(error) ? this.conflict(value, error) : error;
    }
  }

  /** Deletes the rows found: how many there were. */
  async delete(where: Equal<T>): Promise<number> {
    const names = compared(where);
    this.changed();
    return (await this.database.execute(this.statements.delete(names), Object.values(where))).affected;
  }

  /** Deletes the rows found that have one of the values in a column, many with one statement; none for an empty list. */
  async deleteMany<K extends keyof T & string>(where: Equal<T>, name: K, values: readonly T[K][]): Promise<void> {
    const names = compared(where);
    for (const slice of slices(values, MAX_PARAMETERS - names.length)) {
      this.changed();
      const sql = this.statements.deleteMany(names, name, slice.length);
      await this.database.execute(sql, [...Object.values(where), ...slice]);
    }
  }

  /** Rows of the table change in the running unit of work: once it has committed, nobody reads the old ones. */
  changed(): void {
    const { cache } = this;
    if (cache) this.database.transaction?.effects.push(() => cache.clear());
  }

  /** The first of the values whose row was not added, by the primary keys of those that were. */
  private missing(values: readonly T[], added: readonly object[]): T | undefined {
    const key = (row: object, name: 'databaseName' | 'propertyName'): string =>
      JSON.stringify(
        this.statements.keyColumns.map((column) => String((row as Record<string, unknown>)[column[name]])),
      );
    const keys = new Set(added.map((row) => key(row, 'databaseName')));
    return values.find((value) => !keys.delete(key(value, 'propertyName')));
  }

  /** What the columns are given for a value, in their order. */
  private persistent(value: T, columns: readonly ColumnMetadata[]): unknown[] {
    const { driver } = this.database.dataSource;
    const row: Record<string, unknown> = toRow(this.schema, value);
    return columns.map((column): unknown => driver.preparePersistentValue(row[column.propertyName], column));
  }

  // TypeORM's types cannot be followed through a generic row; this is the only place where we say so.
  private criteria(where: Where<T>): FindOptionsWhere<RowOf<T>> {
    return where as FindOptionsWhere<RowOf<T>>;
  }
}

/** The names that a change looks for. @throws Error for none, which would change every row: a mistake in the program */
function compared(where: object): string[] {
  const names = Object.keys(where);
  if (names.length === 0) throw new Error('A change names the rows that it changes');
  return names;
}
