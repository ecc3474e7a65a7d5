import { Raw, type FindOperator } from 'typeorm';
import type { Database } from './database.js';

/** A pattern for `LIKE ... ESCAPE '\'` that matches the text itself: `%`, `_` and `\` lose their meaning. */
export function likeLiteral(text: string): string {
  return text.replace(/[\\%_]/g, (character) => `\\${character}`);
}

/** For `Table`: the column has the text somewhere in it. (TypeORM's own LIKE names no escape character, and SQLite has none by default.) */
export function containing(text: string): FindOperator<string> {
  return Raw<string>((column) => `${column} LIKE :pattern ESCAPE '\\'`, {
    pattern: `%${likeLiteral(text)}%`,
  }) as FindOperator<string>;
}

/**
 * The condition that a member of a JSON column has a text.
 * @param path names from the outside in to the object that has the member; plain words of ours
 */
export function jsonTextEquals(
  database: Database,
  column: string,
  path: readonly string[],
  member: string,
  value: string,
  parameters: Parameters,
): string {
  const [name, text] = [parameters.add(member), parameters.add(value)];
  if (database.isPostgres)
    return `${column}::json ${path.map((step) => `-> '${step}' `).join('')}->> ${name} = ${text}`;
  return `EXISTS (SELECT 1 FROM json_each(${column}, '${['$', ...path].join('.')}') m
    WHERE m.key = ${name} AND m.value = ${text})`;
}

/** The condition that a list in a member of a JSON column holds a text; `{"team": ["a", "b"]}` does for `team` and `a`. */
export function jsonListHas(
  database: Database,
  column: string,
  member: string,
  value: string,
  parameters: Parameters,
): string {
  const [name, text] = [parameters.add(member), parameters.add(value)];
  if (database.isPostgres) return `jsonb_exists(${column}::jsonb -> ${name}, ${text})`;
  return `EXISTS (SELECT 1 FROM json_each(${column}) m JOIN json_each(m.value) v
    WHERE m.key = ${name} AND v.value = ${text})`;
}

/** For `Table`: the column is the text, in which `*` stands for anything. */
export function withStars(text: string): FindOperator<string> {
  return Raw<string>((column) => `${column} LIKE :stars ESCAPE '\\'`, {
    stars: likeLiteral(text).replaceAll('*', '%'),
  }) as FindOperator<string>;
}

/** Collects parameters while a statement is put together: `add` keeps a value and gives its placeholder. */
export class Parameters {
  readonly values: unknown[];

  constructor(...values: unknown[]) {
    this.values = values;
  }

  add(value: unknown): string {
    return `$${this.values.push(value)}`;
  }

  /** Placeholders of a list, for `IN (...)`; of no values one that nothing equals. */
  addAll(values: readonly unknown[]): string {
    return values.length === 0 ? 'NULL' : values.map((value) => this.add(value)).join(', ');
  }

  /** The LIMIT and OFFSET of a page; a negative or absent `max` is no bound. */
  page(first = 0, max = -1): string {
    const limit = max < 0 ? (first > 0 ? Number.MAX_SAFE_INTEGER : undefined) : max;
    return (limit === undefined ? '' : ` LIMIT ${this.add(limit)}`) + (first > 0 ? ` OFFSET ${this.add(first)}` : '');
  }
}

/** The values in their order, at most `size` at a time: for statements over many rows. */
export function* slices<T>(values: readonly T[], size: number): Generator<readonly T[]> {
  for (let at = 0; at < values.length; at += size) yield values.slice(at, at + size);
}

/** Some rows of a table, the oldest first. */
interface Batch {
  readonly table: string;
  readonly key: readonly string[];
  /** Over `$1`... */
  readonly condition: string;
  readonly parameters: readonly unknown[];
  readonly oldest: string;
  readonly limit: number;
}

/** Sets one column (`column = value`) of a batch, as `deleteBatch` deletes one: how many rows. */
export const clearBatch = (database: Database, batch: Batch & { readonly set: string }): Promise<number> =>
  changeBatch(database, `UPDATE ${batch.table} SET ${batch.set}`, batch);

/**
 * Deletes at most `limit` rows that fulfil `condition`, those with the lowest `oldest` first: how many went.
 * On PostgreSQL rows that another node is deleting now are skipped, so that sweepers do not queue.
 */
export const deleteBatch = (database: Database, batch: Batch): Promise<number> =>
  changeBatch(database, `DELETE FROM ${batch.table}`, batch);

async function changeBatch(database: Database, change: string, batch: Batch): Promise<number> {
  const parameters = new Parameters(...batch.parameters);
  const key = batch.key.join(', ');
  const { affected } = await database.execute(
    `${change} WHERE (${key}) IN (
       SELECT ${key} FROM ${batch.table} WHERE ${batch.condition}
       ORDER BY ${batch.oldest} LIMIT ${parameters.add(batch.limit)}${database.isPostgres ? ' FOR UPDATE SKIP LOCKED' : ''})`,
    parameters.values,
  );
  return affected;
}
