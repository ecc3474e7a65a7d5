import { createDataSource } from '../../src/persistence/data-source-options.js';
import { createStoresOn } from '../../src/persistence/stores.js';
import { ExplainingDatabase } from '../../test/support/explaining-database.js';
import type { List } from './lists.js';

/** How the database goes about a list. */
export interface ListPlan {
  readonly name: string;
  /** It gave no more rows than the answer shows, or counted. */
  readonly pages: boolean;
  /** It sorts what it finds before it takes the page, where no index has the order. */
  readonly sorts: boolean;
  /** In the words of the database, one for each statement. */
  readonly statements: readonly (readonly string[])[];
}

/** Sorting by the last columns of an index's order within equal ones is cheap, and not meant. */
const SORTS = /USE TEMP B-TREE FOR ORDER BY|^\s*(->\s*)?Sort$/;

/** Asks each list as its door does, of stores that keep their plans. */
export async function plansOfLists(url: string, all: readonly List[]): Promise<readonly ListPlan[]> {
  const dataSource = await createDataSource(url).initialize();
  try {
    const plans: ListPlan[] = [];
    for (const list of all) {
      const { name, rows } = list;
      if (!list.ask) continue;
      const database = new CountingDatabase(dataSource);
      await list.ask(createStoresOn(database, reportNothing));
      plans.push({
        name,
        pages: database.mostRows <= (rows ?? 1),
        sorts: database.plans.some((lines) => lines.some((line) => SORTS.test(line))),
        statements: database.plans,
      });
    }
    return plans;
  } finally {
    await dataSource.destroy();
  }
}

const reportNothing = (error: unknown): never => {
  throw error;
};

/** Also knows how many rows its largest answer had. */
class CountingDatabase extends ExplainingDatabase {
  mostRows = 0;

  override async select<R = Record<string, unknown>>(sql: string, parameters: readonly unknown[]): Promise<R[]> {
    const rows = await super.select<R>(sql, parameters);
    this.mostRows = Math.max(this.mostRows, rows.length);
    return rows;
  }
}
