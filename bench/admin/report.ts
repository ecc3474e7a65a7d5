import { alignedTable, thousands } from '../../src/proof/figures.js';
import { HASH_MS_THERE } from '../keycloak.js';
import { CONNECTIONS, type Measured } from '../measure.js';
import type { ListPlan } from './plans.js';
import type { RealmSize } from './realm-file.js';

/** A call of the flow editor: when nobody else calls, and when several edit flows of the realm at once. */
export interface EditorCall {
  readonly alone: Measured;
  readonly together: Measured;
}

/** What one database gave. */
export interface AdminRun {
  readonly database: string;
  readonly size: RealmSize;
  /** By name. */
  readonly lists: ReadonlyMap<string, Measured>;
  readonly editor: ReadonlyMap<string, EditorCall>;
  readonly plans: readonly ListPlan[];
  /** CPU-milliseconds of one password hash by itself, before anything was measured. */
  readonly hashMs: number;
}

/** What the calls of the flow editor may take (issue 5). */
const EDITOR_P99_MS = 50;

/** The page of one database. */
export function adminReport({ database, size, lists, editor, plans, hashMs }: AdminRun, about: string): string {
  const withDatabase = database === 'PostgreSQL';
  const planOf = new Map(plans.map((plan) => [plan.name, plan]));
  const columns = ['per second', 'p50 ms', 'p99 ms', 'server CPU-ms', ...(withDatabase ? ['PostgreSQL CPU-ms'] : [])];
  const figures = ({ perSecond, p50Ms, p99Ms, cpuMs, databaseCpuMs = 0 }: Measured): string[] => [
    perSecond.toFixed(0),
    p50Ms.toFixed(1),
    p99Ms.toFixed(1),
    cpuMs.toFixed(2),
    ...(withDatabase ? [databaseCpuMs.toFixed(2)] : []),
  ];
  return `# Administering a large realm, ${database}

${about}

## Lists

${thousands(size.users)} users (10 sessions each), ${thousands(size.clients)} clients, ${thousands(size.flows)} flows, ${thousands(size.roles)} roles, ${thousands(size.groups)} groups, ${thousands(size.clientScopes)} client scopes more than a new
realm has, ${thousands(size.events)} events and as many admin events. Pages of 20; a deep page begins after nine tenths. "Pages": no statement gives more rows than the answer shows.

${alignedTable(
  ['list', ...columns, 'pages in the database'],
  [...lists].map(([name, measured]) => [name, ...figures(measured), verdict(planOf.get(name))]),
)}

${editor.size === 0 ? '' : editorSection(editor, hashMs, columns, figures)}## Query plans of the lists

${plans.map(planText).join('\n\n')}
`;
}

/** What the calls of the flow editor took, as Markdown with an empty line at its end. */
function editorSection(
  editor: AdminRun['editor'],
  hashMs: number,
  columns: readonly string[],
  figures: (measured: Measured) => string[],
): string {
  const slow = [...editor].filter(([, { alone }]) => alone.p99Ms >= EDITOR_P99_MS).map(([name]) => name);
  const slowest = Math.max(...[...editor.values()].map(({ alone }) => alone.p99Ms));
  return `## Flow editor

One administrator, call after call: ${slow.length === 0 ? `every p99 is below ${EDITOR_P99_MS} ms.` : `p99 of ${EDITOR_P99_MS} ms or more: ${slow.join('; ')}.`}
One password hash by itself took ${hashMs.toFixed(1)} CPU-ms; on the machine of Keycloak's figures it takes ${HASH_MS_THERE}, where the longest p99 would
be ${((slowest * HASH_MS_THERE) / hashMs).toFixed(0)} ms.

${alignedTable(
  ['call', ...columns],
  [...editor].map(([name, { alone }]) => [name, ...figures(alone)]),
)}

${thousands(CONNECTIONS)} administrators at once, without a pause. Their edits of one realm are made one at a time:

${alignedTable(
  ['call', ...columns],
  [...editor].map(([name, { together }]) => [name, ...figures(together)]),
)}

`;
}

function verdict(plan: ListPlan | undefined): string {
  if (!plan) return '';
  if (!plan.pages) return 'no';
  return plan.sorts ? 'yes, sorts what it finds' : 'yes';
}

const planText = ({ name, statements }: ListPlan): string =>
  [`**${name}**`, '', '```', statements.map((lines) => lines.join('\n')).join('\n--\n'), '```'].join('\n');
