import { parseArgs } from 'node:util';
import type { Browser } from 'playwright-core';
import { openConsole, type ConsoleTab } from '../../test/browser/console-tab.js';
import { launchChromium } from '../../test/support/chromium.js';
import type { ServerProcess } from '../../test/support/server-process.js';
import { makeLargeRealm } from '../admin/large-realm.js';
import { FULL_SIZE, type AdminRealmFile, type RealmSize } from '../admin/realm-file.js';
import { APP, CHEAP_HASH, PASSWORD } from '../bench-realm.js';
import { fillSessions } from '../growth/fill.js';
import { databaseNamed, DATABASES, machine, reportEach, withServer, type DatabaseName, type Place } from '../place.js';
import { measureLoad } from './first-load.js';
import { measureLongFlow } from './flow-edits.js';
import { ACCOUNT_LISTS, ADMIN_LISTS, measureLists } from './lists.js';
import { longFlow } from './long-flow.js';
import { consolesReport, type ConsolesRun } from './report.js';

/** Somebody who looks at many sessions of their own: the first of a crowd of one, named by its prefix. */
const BUSY = { prefix: 'busy-', username: 'busy-1', sessions: 5_000 } as const;

export interface ConsolesOptions {
  readonly databases: readonly DatabaseName[];
  /** How many users the realm has, ten sessions each; in tens. */
  readonly users: number;
  /** Prints the report instead of writing it. */
  readonly dry: boolean;
}

/**
 * @throws TypeError for an option that does not exist
 * @throws RangeError for a database that is not known, or a number of users that is not in tens
 */
export function readOptions(args: readonly string[]): ConsolesOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      database: { type: 'string', multiple: true, default: Object.keys(DATABASES) },
      users: { type: 'string', default: String(FULL_SIZE.users) },
      dry: { type: 'boolean', default: false },
    },
  });
  const users = Number(values.users);
  if (!(users > 0 && users % 10 === 0)) throw new RangeError(`--users must be a number in tens: ${values.users}`);
  return { databases: values.database.map(databaseNamed), users, dry: values.dry };
}

/** Measures and writes `bench/results/<date>-consoles-<database>.md`. */
export const consoles = (options: ConsolesOptions): Promise<void> =>
  reportEach(options, 'consoles', async (place, database, date) => {
    const size = { ...FULL_SIZE, users: options.users };
    return consolesReport({ database, ...(await measureRealm(place, size)) }, circumstances(date));
  });

/** Fills a realm and looks at it in a browser. */
async function measureRealm(place: Place, size: RealmSize): Promise<Omit<ConsolesRun, 'database'>> {
  await makeLargeRealm(place, size, withLongFlow);
  const filling = { realm: CHEAP_HASH.name, pattern: BUSY.username, clients: [APP.clientId] };
  await fillSessions(place.url, filling, [{ prefix: BUSY.prefix, each: BUSY.sessions, first: 1, last: 1 }]);
  const browser = await launchChromium();
  try {
    return await withServer(place, {}, async (server) => {
      const admin = await lookAsAdmin(browser, server);
      const account = await lookAsPerson(browser, server);
      return {
        size,
        ownSessions: BUSY.sessions,
        loads: [admin.load, account.load],
        lists: [...admin.lists, ...account.lists],
        flow: admin.flow,
      };
    });
  } finally {
    await browser.close();
  }
}

/** The realm with the flow that is edited, and with the person of many sessions. */
const withLongFlow = (file: AdminRealmFile): object => ({
  ...file,
  users: [
    ...file.users,
    {
      id: BUSY.username,
      username: BUSY.username,
      email: 'busy@bench.test',
      firstName: 'Busy',
      lastName: 'Person',
      enabled: true,
      credentials: [{ type: 'password', value: PASSWORD }],
      realmRoles: [`default-roles-${CHEAP_HASH.name}`],
    },
  ],
  authenticationFlows: [...file.authenticationFlows, ...longFlow()],
});

async function lookAsAdmin(browser: Browser, { url, admin: { name, password } }: ServerProcess) {
  const path = `/admin/master/console/${CHEAP_HASH.name}`;
  return inConsole(browser, { url, path, username: name, password }, async (tab) => {
    const load = await measureLoad('admin console', tab, `${url}${path}`);
    const lists = await measureLists(tab.page, path, ADMIN_LISTS);
    return { load, lists, flow: await measureLongFlow(tab.page, path) };
  });
}

async function lookAsPerson(browser: Browser, { url }: ServerProcess) {
  const path = `/realms/${CHEAP_HASH.name}/account`;
  return inConsole(browser, { url, path: `${path}/`, username: BUSY.username, password: PASSWORD }, async (tab) => {
    const load = await measureLoad('account console', tab, `${url}${path}/`);
    return { load, lists: await measureLists(tab.page, path, ACCOUNT_LISTS) };
  });
}

interface Visit {
  readonly url: string;
  readonly path: string;
  readonly username: string;
  readonly password: string;
}

async function inConsole<T>(
  browser: Browser,
  { url, path, ...credentials }: Visit,
  work: (tab: ConsoleTab) => Promise<T>,
): Promise<T> {
  const tab = await openConsole({ browser, server: { url }, path, credentials });
  try {
    return await work(tab);
  } finally {
    await tab.close();
  }
}

const circumstances = (date: string): string =>
  `${machine(date)}
- Command: \`npm run bench:consoles\`. Headless Chromium on the same machine; the middle of five or six for next pages and edits, of longest tasks
  and slowest frames the worst.`;
