import type { JsonObject } from '../shared/json.js';
import { alignedTable, quantile } from './figures.js';
import type { ProofRow } from './proof-plan.js';

/** What came of a row. */
export interface ProvedRow {
  /** With the rounds that were really run. */
  readonly row: ProofRow;
  readonly admitted: number;
  readonly denied: number;
  /** Logins whose node died before it had answered. */
  readonly lost: number;
  readonly evicted: number;
  /** The most sessions of a user at once, in any of the rounds. */
  readonly most: number;
  readonly violations: readonly string[];
  /** Milliseconds of each raced request, from the signal to the end of its answer. */
  readonly latencies: readonly number[];
}

/** What the table does not say; printed with it. */
export const NOT_PROVED = [
  'A session of an offline token counts under no cap; the logins of a proof ask for none.',
  'Ending a session ends its refresh token at once; an access token that was signed before is good by its signature until it expires.',
  'This is a test: it shows that the cap held in these races, not why.',
] as const;

const HEAD = [
  'door',
  'behaviour',
  'cap',
  'hash',
  'rounds',
  'admitted',
  'denied',
  'lost',
  'evicted',
  'most at once',
  'violations',
  'p50 ms',
  'p99 ms',
];

/** The table of a proof. */
export const provedTable = (rows: readonly ProvedRow[]): string =>
  alignedTable(
    HEAD,
    rows.map(({ row, admitted, denied, lost, evicted, most, violations, latencies }) => [
      row.door,
      row.behaviour,
      String(row.cap),
      row.hash,
      `${row.rounds} x ${row.parallel}`,
      String(admitted),
      String(denied),
      String(lost),
      String(evicted),
      String(most),
      String(violations.length),
      quantile(latencies, 0.5).toFixed(0),
      quantile(latencies, 0.99).toFixed(0),
    ]),
  );

/** Violations of a row that are written out. */
const WRITTEN_OUT = 20;

/** Rows as JSON, with latencies in milliseconds and the first violations of each. */
export const provedJson = (rows: readonly ProvedRow[]): readonly JsonObject[] =>
  rows.map(({ row, latencies, violations, ...counts }) => ({
    ...row,
    ...counts,
    violations: violations.length,
    firstViolations: violations.slice(0, WRITTEN_OUT),
    latency: { p50: Math.round(quantile(latencies, 0.5)), p99: Math.round(quantile(latencies, 0.99)) },
  }));

/** Figures of all rows together. */
export interface ProofTotals {
  readonly rounds: number;
  readonly logins: number;
  readonly lost: number;
  readonly violations: number;
}

export function totalsOf(rows: readonly ProvedRow[]): ProofTotals {
  const sum = (figure: (row: ProvedRow) => number): number => rows.reduce((total, row) => total + figure(row), 0);
  return {
    rounds: sum(({ row }) => row.rounds),
    logins: sum(({ row }) => row.rounds * row.parallel),
    lost: sum(({ lost }) => lost),
    violations: sum(({ violations }) => violations.length),
  };
}
