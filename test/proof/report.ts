import { alignedTable, quantile } from '../support/figures.js';
import type { ProofRow } from './proof-plan.js';

/** What came of a row. */
export interface ProvedRow {
  readonly row: ProofRow;
  readonly admitted: number;
  readonly denied: number;
  readonly evicted: number;
  readonly violations: readonly string[];
  /** Milliseconds of each raced request, from the signal to the end of its answer. */
  readonly latencies: readonly number[];
}

/** What the table does not say; printed with it. */
export const LIMITS_OF_THE_PROOF = `Proved for online sessions: a session of an offline token counts under no cap. Ending a session ends its refresh
token at once; an access token that was signed before is valid by its signature until it expires. One server process.`;

const HEAD = [
  'door',
  'behaviour',
  'cap',
  'hash',
  'rounds',
  'admitted',
  'denied',
  'evicted',
  'violations',
  'p50 ms',
  'p99 ms',
];

/** The table of a proof. */
export const provedTable = (rows: readonly ProvedRow[]): string =>
  alignedTable(
    HEAD,
    rows.map(({ row, admitted, denied, evicted, violations, latencies }) => [
      row.door,
      row.behaviour,
      String(row.cap),
      row.hash,
      `${row.rounds} x ${row.parallel}`,
      String(admitted),
      String(denied),
      String(evicted),
      String(violations.length),
      quantile(latencies, 0.5).toFixed(0),
      quantile(latencies, 0.99).toFixed(0),
    ]),
  );
