import { DefaultNamingStrategy, EntitySchema, type EntitySchemaColumnOptions, type ValueTransformer } from 'typeorm';

/** A domain object as a row: members that may be absent are NULL. */
export type RowOf<T> = {
  [K in keyof T]-?: Partial<Pick<T, K>> extends Pick<T, K> ? Exclude<T[K], undefined> | null : T[K];
};

/** PostgreSQL gives a bigint as text, SQLite as a number. All of ours (milliseconds, versions) are far below 2^53. */
const asNumber: ValueTransformer = {
  to: (value: unknown) => value,
  from: (value: unknown) => (value === null || value === undefined ? value : Number(value)),
};

/** Column types that mean the same on both databases. */
export const key = (): EntitySchemaColumnOptions => ({ type: 'varchar', primary: true });
export const varchar = (): EntitySchemaColumnOptions => ({ type: 'varchar' });
export const text = (): EntitySchemaColumnOptions => ({ type: 'text' });
export const integer = (): EntitySchemaColumnOptions => ({ type: 'integer' });
export const bigint = (): EntitySchemaColumnOptions => ({ type: 'bigint', transformer: asNumber });
export const boolean = (): EntitySchemaColumnOptions => ({ type: 'boolean' });
export const json = (): EntitySchemaColumnOptions => ({ type: 'simple-json' });
export const nullable = (column: EntitySchemaColumnOptions): EntitySchemaColumnOptions => ({
  ...column,
  nullable: true,
});

/**
 * The entity of one table. The compiler insists on a column for every member of `T`; columns are named by `SnakeNaming`.
 *
 * @param name name of the table, as the migrations create it
 */
export function tableOf<T extends object>(
  name: string,
  columns: Record<keyof T & string, EntitySchemaColumnOptions>,
): EntitySchema<RowOf<T>> {
  return new EntitySchema<RowOf<T>>({
    name,
    tableName: name,
    columns: columns as EntitySchema<RowOf<T>>['options']['columns'],
  });
}

/** `lastAccess` is the column `last_access`. */
export class SnakeNaming extends DefaultNamingStrategy {
  override columnName(propertyName: string, customName: string): string {
    return customName || snakeCase(propertyName);
  }
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** Fills every column: what the domain object does not have becomes NULL, so that an update also clears. */
export function toRow<T extends object>(schema: EntitySchema<RowOf<T>>, value: T): RowOf<T> {
  const members = value as Record<string, unknown>;
  const names = Object.keys(schema.options.columns);
  return Object.fromEntries(names.map((name) => [name, members[name] ?? null])) as RowOf<T>;
}

/** Leaves out what is NULL: an absent member of a domain object is absent, not `null`. */
export function fromRow<T extends object>(row: RowOf<T>): T {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as T;
}
