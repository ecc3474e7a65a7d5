import { alignedTable, median, thousands } from '../../src/proof/figures.js';
import { SESSIONS_EACH } from '../growth/fill.js';
import type { RealmSize } from '../admin/realm-file.js';
import type { LoadFigures } from './first-load.js';
import type { FlowFigures } from './flow-edits.js';
import type { ListFigures } from './lists.js';
import { LONG_FLOW_STEPS } from './long-flow.js';
import type { Timing } from './timing.js';

/** What one database gave. */
export interface ConsolesRun {
  readonly database: string;
  readonly size: RealmSize;
  /** Sessions of the person who looks at their own. */
  readonly ownSessions: number;
  readonly loads: readonly LoadFigures[];
  readonly lists: readonly ListFigures[];
  readonly flow: FlowFigures;
}

/** What a page of a list and a first load may take (issue 7). */
const LIST_MS = 300;
const LOAD_MS = 1_000;

const kilobytes = (bytes: number): string => (bytes / 1000).toFixed(1);
const ms = (value: number): string => value.toFixed(0);
const figures = (timing: Timing): readonly string[] => [
  ms(timing.ms),
  String(timing.requests),
  ms(timing.slowestAnswerMs),
  kilobytes(timing.bytes),
  timing.longestTaskMs === 0 ? '-' : ms(timing.longestTaskMs),
  ms(timing.slowestFrameMs),
];
const COLUMNS = ['ms', 'requests', 'slowest answer ms', 'kB', 'longest task ms', 'slowest frame ms'];

/** The page of one database. */
export function consolesReport(
  { database, size, ownSessions, loads, lists, flow }: ConsolesRun,
  about: string,
): string {
  const next = lists.flatMap((list) => (list.next ? [{ name: list.name, ...list.next }] : []));
  const slow = next.filter((list) => list.ms >= LIST_MS).map(({ name }) => name);
  const slowLoads = loads.filter(({ emptyMs }) => median(emptyMs) >= LOAD_MS).map(({ console: name }) => name);
  return `# The consoles of a large realm, ${database}

${about}

## First load

From the address to a page that can be used, with a session at the server: the way over the login and back is part of it. Files are those of
the console. ${slowLoads.length === 0 ? `Every console is there within ${thousands(LOAD_MS)} ms.` : `Over ${thousands(LOAD_MS)} ms: ${slowLoads.join('; ')}.`}

${alignedTable(
  ['console', 'no file in the browser, ms', 'all of them, ms', 'files', 'kB compressed'],
  loads.map(({ console: name, emptyMs, filledMs, files, bytes }) => [
    name,
    emptyMs.map(ms).join(', '),
    filledMs.map(ms).join(', '),
    String(files),
    kilobytes(bytes),
  ]),
)}

## Lists

${thousands(size.users)} users, ${thousands(size.users * SESSIONS_EACH)} sessions, ${thousands(size.clients)} clients, ${thousands(size.roles)} roles, ${thousands(size.groups)} groups, ${thousands(size.events)} events and as many admin events,
${thousands(size.flows)} flows; the person with the account has ${thousands(ownSessions)} sessions. From the click to the frame that shows the rows. ${slow.length === 0 ? `Every next page is there within ${LIST_MS} ms.` : `Next pages of ${LIST_MS} ms or more: ${slow.join('; ')}.`}

${alignedTable(
  ['opened, with the code of the page', 'rows', ...COLUMNS],
  lists.map(({ name, rows, opened }) => [name, String(rows), ...figures(opened)]),
)}

${alignedTable(
  ['next page', ...COLUMNS],
  next.map((list) => [list.name, ...figures(list)]),
)}

## A flow of ${LONG_FLOW_STEPS} steps

${alignedTable(
  ['deed', ...COLUMNS],
  [
    ['opened, until every row is there', ...figures(flow.opened)],
    [`arrow keys through its rows`, ...figures(flow.walked)],
    ['a requirement changed', ...figures(flow.changed)],
    ['a requirement changed, until it is proved', ...figures(flow.proved)],
    ['a step moved by keys', ...figures(flow.moved)],
  ],
)}
`;
}
