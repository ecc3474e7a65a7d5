import { parseArgs } from 'node:util';
import { keepAlive } from '../../src/proof/http-request.js';
import { Administrator } from '../../src/proof/administrator.js';
import type { ServerProcess } from '../../test/support/server-process.js';
import { APP } from '../bench-realm.js';
import { clientIdOf } from '../growth/lists.js';
import { CONNECTIONS, measure, type Measured } from '../measure.js';
import {
  databaseNamed,
  DATABASES,
  machine,
  measuredAt,
  reportEach,
  withServer,
  type DatabaseName,
  type Place,
} from '../place.js';
import { bareHash } from '../process-figures.js';
import { EDITORS, FLOW_EDITOR, flowEditors } from './flow-editor.js';
import { makeLargeRealm } from './large-realm.js';
import { BASE, lists, listWorkload, type List, type ListIds } from './lists.js';
import { measurePhases } from './phases.js';
import { plansOfLists } from './plans.js';
import { EVERYBODY, FULL_SIZE, type RealmSize } from './realm-file.js';
import { adminReport, type AdminRun, type EditorCall } from './report.js';

const WARM_UP_SECONDS = 1;
/** Of each kind, by each editor in a cycle; even. */
const CALLS_EACH = 10;

const PARTS = ['lists', 'editor'] as const;
type Part = (typeof PARTS)[number];

export interface AdminOptions {
  readonly databases: readonly DatabaseName[];
  readonly seconds: number;
  /** What is measured. */
  readonly parts: readonly Part[];
  /** Prints the report instead of writing it. */
  readonly dry: boolean;
}

/**
 * @throws TypeError for an option that does not exist
 * @throws RangeError for a database or a part that is not known, or seconds that are no number above 0
 */
export function readOptions(args: readonly string[]): AdminOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      database: { type: 'string', multiple: true, default: Object.keys(DATABASES) },
      seconds: { type: 'string', default: '5' },
      only: { type: 'string' },
      dry: { type: 'boolean', default: false },
    },
  });
  const seconds = Number(values.seconds);
  if (!(seconds > 0)) throw new RangeError(`--seconds must be a number above 0: ${values.seconds}`);
  const parts = PARTS.filter((part) => values.only === undefined || values.only === part);
  if (parts.length === 0) throw new RangeError(`--only must be lists or editor: ${String(values.only)}`);
  return { databases: values.database.map(databaseNamed), seconds, parts, dry: values.dry };
}

/** Measures and writes `bench/results/<date>-admin-<database>.md`. */
export const admin = (options: AdminOptions): Promise<void> =>
  reportEach(options, 'admin', async (place, database, date) =>
    adminReport({ database, ...(await measureRealm(place, FULL_SIZE, options)) }, circumstances(options, date)),
  );

/** Fills a realm and measures its lists and its flow editor. */
async function measureRealm(
  place: Place,
  size: RealmSize,
  { seconds, parts }: AdminOptions,
): Promise<Omit<AdminRun, 'database'>> {
  const hashMs = await bareHash();
  await makeLargeRealm(place, size);
  return withServer(place, {}, async (server) => {
    const agent = keepAlive(CONNECTIONS);
    try {
      const administrator = new Administrator(agent, server.url, server.admin);
      const all = parts.includes('lists') ? lists(size, await idsOf(administrator)) : [];
      return {
        size,
        hashMs,
        plans: await plansOfLists(place.url, all),
        lists: await measureLists(place, server, all, administrator, seconds),
        editor: parts.includes('editor') ? await measureEditor(place, server, size, administrator, seconds) : new Map(),
      };
    } finally {
      agent.destroy();
    }
  });
}

async function measureLists(
  place: Place,
  server: ServerProcess,
  all: readonly List[],
  administrator: Administrator,
  seconds: number,
): Promise<ReadonlyMap<string, Measured>> {
  const measured = new Map<string, Measured>();
  for (const list of all) {
    const workload = listWorkload(list, administrator);
    const at = measuredAt(place, server);
    await measure(workload, at, { seconds: Math.min(WARM_UP_SECONDS, seconds) });
    measured.set(list.name, tell(list.name, await measure(workload, at, { seconds })));
  }
  return measured;
}

async function measureEditor(
  place: Place,
  server: ServerProcess,
  { flows }: RealmSize,
  administrator: Administrator,
  seconds: number,
): Promise<ReadonlyMap<string, EditorCall>> {
  const editors = await flowEditors(administrator, flows, await clientIdOf(administrator, APP.clientId));
  const at = measuredAt(place, server);
  const extent = { seconds, calls: CALLS_EACH };
  await measurePhases(FLOW_EDITOR, editors, at, { ...extent, seconds: 0 });
  const alone = await measurePhases(FLOW_EDITOR, editors.slice(0, 1), at, extent);
  for (const [name, figures] of alone) tell(name, figures);
  const together = await measurePhases(FLOW_EDITOR, editors, at, extent);
  const calls = new Map<string, EditorCall>();
  for (const [name, figures] of together) {
    tell(`${name}, ${EDITORS} at once`, figures);
    const byItself = alone.get(name);
    if (byItself) calls.set(name, { alone: byItself, together: figures });
  }
  return calls;
}

function tell(name: string, measured: Measured): Measured {
  const { p50Ms, p99Ms, cpuMs, databaseCpuMs = 0 } = measured;
  console.error(
    `  ${name}: p50 ${p50Ms.toFixed(1)} ms, p99 ${p99Ms.toFixed(1)} ms, ${(cpuMs + databaseCpuMs).toFixed(2)} CPU-ms`,
  );
  return measured;
}

async function idsOf(administrator: Administrator): Promise<ListIds> {
  const read = async (path: string): Promise<string> => {
    const { body } = await administrator.read(`${BASE}${path}`);
    const [found] = [JSON.parse(body) as { id: string } | readonly { id: string }[]].flat();
    if (found === undefined) throw new Error(`There is nothing at ${path}`);
    return found.id;
  };
  return {
    realmId: await read(''),
    roleId: await read(`/roles/${EVERYBODY}`),
    groupId: await read(`/groups?search=${EVERYBODY}&exact=true`),
    clientId: await clientIdOf(administrator, APP.clientId),
  };
}

const circumstances = ({ seconds }: AdminOptions, date: string): string =>
  `${machine(date)}
- Command: \`npm run bench:admin\`. ${CONNECTIONS} connections, ${seconds} s for each line after a warm-up; durability as delivered. The load
  generator runs on the same machine.`;
