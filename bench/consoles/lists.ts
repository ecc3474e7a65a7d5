import type { Page } from 'playwright-core';
import { middle, timed, visit, type Timing } from './timing.js';

/** Pages that are turned of each list. */
const TURNS = 5;

/** A list of a console: its name, and its path below the console. */
interface ListPage {
  readonly name: string;
  readonly path: string;
  /** Whether it has more than one page. */
  readonly paged: boolean;
}

/** What a console lists, and how its rows are found in the page. */
export interface Lists {
  readonly pages: readonly ListPage[];
  /** An expression for the rows. */
  readonly rows: string;
}

export const ADMIN_LISTS: Lists = {
  rows: "document.querySelectorAll('main tbody tr')",
  pages: [
    { name: 'users', path: 'users', paged: true },
    { name: 'users by a part of the name', path: 'users?search=gen-7', paged: true },
    { name: 'sessions', path: 'sessions', paged: true },
    { name: 'sessions of a user', path: 'sessions?user=gen-77', paged: false },
    { name: 'sessions by user', path: 'sessions/users', paged: true },
    { name: 'clients', path: 'clients', paged: true },
    { name: 'realm roles', path: 'roles', paged: true },
    { name: 'groups', path: 'groups', paged: true },
    { name: 'events', path: 'events', paged: true },
    { name: 'admin events', path: 'events/admin', paged: true },
    { name: 'flows', path: 'authentication', paged: true },
  ],
};

export const ACCOUNT_LISTS: Lists = {
  rows: "document.querySelectorAll('main li')",
  pages: [{ name: 'my login sessions', path: 'sessions', paged: true }],
};

/** What one list took. */
export interface ListFigures {
  readonly name: string;
  /** Rows that are drawn. */
  readonly rows: number;
  /** Opened, its code loaded with it. */
  readonly opened: Timing;
  /** The middle of its next pages; absent where it has none. */
  readonly next?: Timing;
}

/** @param base address of the console, of the realm in it: a page without a list */
export async function measureLists(page: Page, base: string, { pages, rows }: Lists): Promise<readonly ListFigures[]> {
  const measured: ListFigures[] = [];
  for (const { name, path, paged } of pages) {
    // So that no row of the last one counts.
    await timed(page, visit(base), `${rows}.length === 0 && document.querySelector('main h1')`);
    const opened = await timed(page, visit(`${base}/${path}`), `${rows}.length > 0`);
    const count = await page.evaluate<number>(`${rows}.length`);
    const next = paged && (await turned(page, rows));
    console.error(`  ${name}: ${opened.ms.toFixed(0)} ms${next ? `, next page ${next.ms.toFixed(0)} ms` : ''}`);
    measured.push({ name, rows: count, opened, ...(next && { next }) });
  }
  return measured;
}

async function turned(page: Page, rows: string): Promise<Timing> {
  const timings: Timing[] = [];
  for (let turn = 0; turn < TURNS; turn++) {
    const all = `[...${rows}].map(({ textContent }) => textContent).join()`;
    const before = await page.evaluate<string>(all);
    timings.push(
      await timed(
        page,
        `[...document.querySelectorAll('main nav button')].at(-1).click()`,
        `${rows}.length > 0 && ${all} !== ${JSON.stringify(before)}`,
      ),
    );
  }
  return middle(timings);
}
