/** What a statement gives back: the rows it selects or RETURNs, the id it inserted, or the count of rows it changed. */
export type StatementKind = 'rows' | 'insert' | 'insert-returning' | 'change' | 'change-returning';

const INSERT = /^\s*(?:INSERT|REPLACE)\b/i;
const CHANGE = /^\s*(?:UPDATE|DELETE)\b/i;
const RETURNING = /\bRETURNING\b/i;
const QUOTED = /'[^']*'|"[^"]*"|`[^`]*`/g;

/** Tells the kind of one statement by its first word and its RETURNING clause; quoted names and texts do not count. */
export function statementKind(sql: string): StatementKind {
  const verb = INSERT.test(sql) ? 'insert' : CHANGE.test(sql) ? 'change' : undefined;
  if (!verb) return 'rows';
  return RETURNING.test(sql) && RETURNING.test(sql.replace(QUOTED, '')) ? `${verb}-returning` : verb;
}
