import {
  Table,
  TableForeignKey,
  TableIndex,
  type QueryRunner,
  type TableColumnOptions,
  type TableIndexOptions,
} from 'typeorm';

export const varchar = (name: string): TableColumnOptions => ({ name, type: 'varchar' });
export const text = (name: string): TableColumnOptions => ({ name, type: 'text' });
/** A document; stored as text on both databases. */
export const json = text;
export const integer = (name: string): TableColumnOptions => ({ name, type: 'integer' });
/** Milliseconds since the epoch, and versions. */
export const bigint = (name: string): TableColumnOptions => ({ name, type: 'bigint' });
export const boolean = (name: string): TableColumnOptions => ({ name, type: 'boolean' });
export const nullable = (column: TableColumnOptions): TableColumnOptions => ({ ...column, isNullable: true });

interface IndexPlan {
  readonly columns: readonly string[];
  readonly unique?: boolean;
  /** Condition of a partial index. */
  readonly where?: string;
}

interface ReferencePlan {
  readonly column: string;
  readonly table: string;
}

interface TablePlan {
  readonly name: string;
  /** Columns of the primary key, by order. */
  readonly key: readonly TableColumnOptions[];
  readonly columns?: readonly TableColumnOptions[];
  /** By name; the name of the index is `<table>_<name>`. */
  readonly indexes?: Readonly<Record<string, IndexPlan>>;
  /** Columns that, with `realm_id`, name a row of another table; this row is deleted with it. */
  readonly references?: readonly ReferencePlan[];
}

/** Makes one table with its indexes and foreign keys. */
export async function createTable(runner: QueryRunner, plan: TablePlan): Promise<void> {
  const columns = [...plan.key.map((column) => ({ ...column, isPrimary: true })), ...(plan.columns ?? [])];
  await runner.createTable(
    new Table({
      name: plan.name,
      columns: runner.dataSource.options.type === 'postgres' ? columns.map(comparedByBytes) : columns,
      foreignKeys: (plan.references ?? []).map((reference) => foreignKey(plan.name, reference)),
    }),
  );
  for (const [name, { columns, unique = false, where }] of Object.entries(plan.indexes ?? {})) {
    await runner.createIndex(
      plan.name,
      new TableIndex({
        name: `${plan.name}_${name}`,
        columnNames: [...columns],
        isUnique: unique,
        ...(where === undefined ? {} : { where }),
      }),
    );
  }
}

/** Makes an index again with more columns at its end: an older server reads by it too. */
export async function widenIndex(
  runner: QueryRunner,
  { table, ...index }: TableIndexOptions & { readonly table: string; readonly name: string },
): Promise<void> {
  await runner.dropIndex(table, index.name);
  await runner.createIndex(table, new TableIndex(index));
}

/**
 * Texts compare and sort byte by byte, as they do on SQLite: the collation of a PostgreSQL database depends on where it was
 * made, and few of them can find a prefix by an index.
 */
function comparedByBytes(column: TableColumnOptions): TableColumnOptions {
  return ['varchar', 'text'].includes(column.type) ? { ...column, collation: 'C' } : column;
}

/** Checked at the commit, so that an import may write rows in any order. */
function foreignKey(table: string, { column, table: referenced }: ReferencePlan): TableForeignKey {
  return new TableForeignKey({
    name: `${table}_${column}_fk`,
    columnNames: ['realm_id', column],
    referencedTableName: referenced,
    referencedColumnNames: ['realm_id', 'id'],
    onDelete: 'CASCADE',
    deferrable: 'INITIALLY DEFERRED',
  });
}
