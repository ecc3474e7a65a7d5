import { LRUCache } from 'lru-cache';
import pg from 'pg';

/** A text that is sent so often is worth a place in the memory of every connection; as many as PostgreSQL's own driver for Java takes. */
const PREPARED_AT = 5;
/** Texts with a name; the server keeps the plans of each in every connection. */
const MOST_NAMES = 256;
/** Texts whose uses are counted. */
const MOST_COUNTED = 1000;

/** A star that stands for columns, and not for rows that are counted. */
const COLUMNS_BY_STAR = /(?<!count\()\*/i;

/**
 * Names of the statements that PostgreSQL keeps parsed and planned in its connections. A statement that selects `*` has none: while
 * another version of the server adds a column, PostgreSQL refuses it in every connection that has it.
 */
export class StatementNames {
  private readonly uses = new LRUCache<string, number>({ max: MOST_COUNTED });
  private readonly names = new Map<string, string>();

  /** Counts one use of the text. Undefined: it is sent without a name, and planned anew. */
  nameFor(text: string): string | undefined {
    const known = this.names.get(text);
    if (known !== undefined || this.names.size >= MOST_NAMES) return known;
    const uses = (this.uses.get(text) ?? 0) + 1;
    this.uses.set(text, uses);
    if (uses < PREPARED_AT || COLUMNS_BY_STAR.test(text)) return undefined;
    const name = `s${this.names.size}`;
    this.names.set(text, name);
    return name;
  }
}

/**
 * A class of clients for one pool that prepare what is sent to them often: half of what PostgreSQL does for a short statement is to
 * plan it. Not for a pooler in transaction mode, behind which a connection is another one in every transaction.
 */
export function preparingClient(): typeof pg.Client {
  const names = new StatementNames();
  return class PreparingClient extends pg.Client {
    /** As `pg` has it; TypeORM sends a text and its values. */
    override readonly query = ((first: unknown, ...rest: unknown[]): unknown => {
      const query = super.query.bind(this) as (...parameters: unknown[]) => unknown;
      const [values, ...others] = rest;
      if (typeof first !== 'string' || !Array.isArray(values) || values.length === 0) return query(first, ...rest);
      const name = names.nameFor(first);
      return query({ text: first, values, ...(name !== undefined && { name }) }, ...others);
    }) as pg.Client['query'];
  };
}
