import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const FOLDER = new URL('../../src/persistence/migrations/', import.meta.url);
/** Those from here on meet servers that run: the database is brought up to date by the first new one, while old ones go on. */
const FIRST = 1_764_100_030_000;

/** What takes something away from a server of the last release, by the Table API or in SQL. */
const CONTRACTING = [
  /\b(?:drop|rename|change)(?:Table|Column|Columns|PrimaryKey)\b/,
  /\bDROP\s+(?:TABLE|COLUMN)\b/i,
  /\bRENAME\s+(?:TO|COLUMN)\b/i,
  /\bALTER\s+COLUMN\s+\S+\s+(?:TYPE|SET\s+NOT\s+NULL|SET\s+DATA)\b/i,
  /\bADD\s+COLUMN\b(?![^`'"]*\bDEFAULT\b)[^`'"]*\bNOT\s+NULL\b/i,
];

const contracting = (source: string): readonly string[] =>
  CONTRACTING.flatMap((pattern) => pattern.exec(source)?.[0] ?? []);

describe('Migrations', () => {
  it('only expand: what a server of the last release reads and writes stays', () => {
    const files = readdirSync(FOLDER).filter((name) => /^\d+-/.test(name) && Number.parseInt(name, 10) >= FIRST);
    expect(files.length).toBeGreaterThan(0);
    for (const file of files)
      expect([file, contracting(readFileSync(new URL(file, FOLDER), 'utf8'))]).toEqual([file, []]);
  });

  it.each([
    "await runner.dropColumn('user_session', 'notes');",
    "await runner.renameTable('role', 'realm_role');",
    'ALTER TABLE role RENAME COLUMN name TO title',
    'ALTER TABLE role DROP COLUMN name',
    'DROP TABLE role',
    'ALTER TABLE role ALTER COLUMN name SET NOT NULL',
    'ALTER TABLE role ADD COLUMN title varchar NOT NULL',
  ])('do not: %s', (source) => {
    expect(contracting(source)).not.toEqual([]);
  });

  it.each([
    "await runner.dropIndex('user_session', 'user_session_open');",
    "ALTER TABLE role ADD COLUMN title varchar NOT NULL DEFAULT ''",
    'ALTER TABLE role ADD COLUMN title varchar',
  ])('may: %s', (source) => {
    expect(contracting(source)).toEqual([]);
  });
});
