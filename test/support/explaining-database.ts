import { Database } from '../../src/persistence/database.js';

/** Answers as any database, and keeps how it went about each question: the lines of the plan, in its own words. */
export class ExplainingDatabase extends Database {
  readonly plans: (readonly string[])[] = [];

  override async select<R = Record<string, unknown>>(sql: string, parameters: readonly unknown[]): Promise<R[]> {
    const [explain, column] = this.isPostgres
      ? ['EXPLAIN (COSTS OFF)', 'QUERY PLAN']
      : ['EXPLAIN QUERY PLAN', 'detail'];
    const rows = await super.select(`${explain} ${sql}`, parameters);
    this.plans.push(rows.map((row) => String(row[column])));
    return super.select<R>(sql, parameters);
  }
}
