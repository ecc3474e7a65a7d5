import type { ColumnMetadata } from 'typeorm/metadata/ColumnMetadata.js';
import type { EntityMetadata } from 'typeorm/metadata/EntityMetadata.js';

/** What a SELECT is made of, besides the names it compares. */
interface SelectShape {
  readonly order: Readonly<Record<string, unknown>>;
  readonly skips: boolean;
  readonly bounded: boolean;
}

/**
 * The texts of a table's statements for plain comparisons, each made once. Names are those of members, values are parameters in the
 * order of the text (see `Database`).
 */
export class TableStatements {
  private readonly texts = new Map<string, string>();

  /** @param metadata of the entity; asked for with the first statement, when the data source is there */
  constructor(private readonly metadata: () => EntityMetadata) {}

  /** In the order in which `insert` takes their values. */
  get columns(): readonly ColumnMetadata[] {
    return this.metadata().columns;
  }

  get keyColumns(): readonly ColumnMetadata[] {
    return this.metadata().primaryColumns;
  }

  /** What `update` sets, in this order: the primary key stays what it is, unless there is nothing else. */
  get replacedColumns(): readonly ColumnMetadata[] {
    const others = this.columns.filter(({ isPrimary }) => !isPrimary);
    return others.length > 0 ? others : this.columns;
  }

  /** Takes the values of the names, then the LIMIT, then the OFFSET. */
  select(names: readonly string[], shape: SelectShape): string {
    return this.once(`SELECT ${JSON.stringify([names, shape])}`, () => {
      const { order, skips, bounded } = shape;
      const sorting = Object.entries(order).map(([name, direction]) => `${this.column(name)} ${String(direction)}`);
      return [
        `SELECT ${list(this.columns)} FROM ${this.table}${this.where(names)}`,
        sorting.length > 0 ? `ORDER BY ${sorting.join(', ')}` : '',
        skips || bounded ? `LIMIT $${names.length + 1}` : '',
        skips ? `OFFSET $${names.length + 2}` : '',
      ].join(' ');
    });
  }

  /** One row, unless a unique index has its value already. */
  insert(): string {
    return this.once('INSERT', () => this.insertion(1));
  }

  /** Several rows, of which it gives the primary keys of those that were added. */
  insertMany(rows: number): string {
    return `${this.insertion(rows)} RETURNING ${list(this.keyColumns)}`;
  }

  /** Takes the values of `replacedColumns`, then those of the names. */
  update(names: readonly string[]): string {
    return this.once(`UPDATE ${names.join()}`, () => {
      const sets = this.replacedColumns.map(({ databaseName }, index) => `"${databaseName}" = $${index + 1}`);
      return `UPDATE ${this.table} SET ${sets.join(', ')}${this.where(names, sets.length)}`;
    });
  }

  delete(names: readonly string[]): string {
    return this.once(`DELETE ${names.join()}`, () => `DELETE FROM ${this.table}${this.where(names)}`);
  }

  /** Takes the values of the names, then `count` of those that `name` may have. */
  deleteMany(names: readonly string[], name: string, count: number): string {
    const condition = `${this.column(name)} IN (${placeholders(names.length, count)})`;
    return `DELETE FROM ${this.table}${this.where(names)} AND ${condition}`;
  }

  /** Not TypeORM's `orIgnore`: on SQLite that also swallows a missing value, and it cannot tell whether it has inserted. */
  private insertion(rows: number): string {
    const { columns } = this;
    const values = Array.from({ length: rows }, (_, row) => `(${placeholders(row * columns.length, columns.length)})`);
    return `INSERT INTO ${this.table} (${list(columns)}) VALUES ${values.join(', ')} ON CONFLICT DO NOTHING`;
  }

  private where(names: readonly string[], before = 0): string {
    const conditions = names.map((name, index) => `${this.column(name)} = $${before + index + 1}`);
    return conditions.length > 0 ? ` WHERE ${conditions.join(' AND ')}` : '';
  }

  private get table(): string {
    return `"${this.metadata().tableName}"`;
  }

  private column(member: string): string {
    return `"${this.columns.find(({ propertyName }) => propertyName === member)?.databaseName ?? member}"`;
  }

  private once(key: string, make: () => string): string {
    let text = this.texts.get(key);
    if (text === undefined) this.texts.set(key, (text = make()));
    return text;
  }
}

const list = (columns: readonly ColumnMetadata[]): string =>
  columns.map(({ databaseName }) => `"${databaseName}"`).join(', ');

/** `count` placeholders, the first of which follows `before` others. */
const placeholders = (before: number, count: number): string =>
  Array.from({ length: count }, (_, index) => `$${before + index + 1}`).join(', ');
