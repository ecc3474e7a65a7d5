import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..', '..');
const ROWS = 88;
const PAGE = readFileSync(join(ROOT, 'docs', 'seeds.md'), 'utf8');
const LINES = [...PAGE.matchAll(/^\| (\d+) \| (.+) \| \[[\w-]+\]\(\.\.\/([\w/.-]+)\): (.+) \|$/gm)].map(
  ([, row, what, file, title]) => ({ row: Number(row), what: what!, file: file!, title: title! }),
);

describe('the page of seed rows', () => {
  it('has one line for each row, in order', () => {
    expect(LINES.map(({ row }) => row)).toEqual(Array.from({ length: ROWS }, (_, index) => index + 1));
  });

  it.each(LINES)('names a test for row $row', ({ file, title }) => {
    const test = readFileSync(join(ROOT, file), 'utf8');
    const names = [...test.matchAll(/\b(?:it|describe)(?:\.each\([\s\S]*?\))?\(\s*(['"`])(.*?)\1,/g)].map(
      ([, , name]) => name!,
    );
    expect(names.filter((name) => name.startsWith(title))).not.toEqual([]);
  });
});
