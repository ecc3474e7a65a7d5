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

/** The table of a proof, in columns. */
export function table(rows: readonly ProvedRow[]): string {
  const cells = rows.map(({ row, admitted, denied, evicted, violations, latencies }) => [
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
  ]);
  const widths = HEAD.map((title, column) => Math.max(title.length, ...cells.map((line) => line[column]?.length ?? 0)));
  const line = (texts: readonly string[]): string =>
    `| ${texts.map((text, column) => text.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(HEAD), `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...cells.map(line)].join('\n');
}

/** The value below which the given part of the values lies; 0 for no values. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}
