import type { DataSource } from 'typeorm';
import { createDataSource } from '../../src/persistence/data-source-options.js';
import { TypeOrmSessionLists } from '../../src/persistence/session-lists.persistence.js';
import type { SessionCutoff } from '../../src/sessions/user-session.js';
import { ExplainingDatabase } from '../../test/support/explaining-database.js';

/** How the database goes about a list. */
export interface Plan {
  readonly name: string;
  /** One for each statement, in the words of the database. */
  readonly statements: readonly (readonly string[])[];
}

/** Ids say nothing, and a page has many. */
const IDS = /(?:[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12},?)+/g;

/** The plans of the lists, asked as the server asks them, of a realm with usual lifetimes. */
export async function plansOf(url: string, realm: string, clientId: string, userId: string): Promise<readonly Plan[]> {
  const dataSource = await createDataSource(url).initialize();
  try {
    const realmId = await realmIdOf(dataSource, realm);
    const cutoffs: readonly SessionCutoff[] = [false, true].flatMap((offline) =>
      [false, true].map((rememberMe) => ({ offline, rememberMe, ...over(Date.now()) })),
    );
    const online = cutoffs.filter(({ offline }) => !offline);
    const page = { first: 0, max: 20 };
    const asked: readonly (readonly [string, (lists: TypeOrmSessionLists) => Promise<unknown>])[] = [
      ['page of a client', (lists) => lists.ofClient(realmId, clientId, false, online, page)],
      ['count of a client', (lists) => lists.countOfClient(realmId, clientId, false, online)],
      ['statistics', (lists) => lists.countsByClient(realmId, cutoffs)],
      ['newest of the realm', (lists) => lists.search(realmId, { offline: false }, online, page)],
      ['search by user', (lists) => lists.search(realmId, { offline: false, userId }, online, page)],
      ['what is over', (lists) => lists.due(realmId, cutoffs, 200)],
    ];
    const plans: Plan[] = [];
    for (const [name, ask] of asked) {
      const database = new ExplainingDatabase(dataSource);
      await ask(new TypeOrmSessionLists(database));
      plans.push({ name, statements: database.plans.map((lines) => lines.map((line) => line.replaceAll(IDS, '…'))) });
    }
    return plans;
  } finally {
    await dataSource.destroy();
  }
}

/** Ten hours, as in a new realm. */
const over = (now: number): Pick<SessionCutoff, 'lastUsedUpTo' | 'startedUpTo'> => ({
  lastUsedUpTo: now - 36_000_000,
  startedUpTo: now - 36_000_000,
});

async function realmIdOf(dataSource: DataSource, realm: string): Promise<string> {
  const [row] = await dataSource.query<{ id: string }[]>('SELECT id FROM realm WHERE name = $1', [realm]);
  if (!row) throw new Error(`There is no realm ${realm}`);
  return row.id;
}
