import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const page = readFileSync(new URL('../../docs/security.md', import.meta.url), 'utf8');
const section = page.slice(page.indexOf('## Promises')).split('\n## ')[0] ?? '';
const rows = section
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| Promise'))
  .map((line) => line.split('|').map((cell) => cell.trim()));
const filesIn = (cell = ''): readonly string[] =>
  [...cell.matchAll(/`((?:src|test)\/[^`]+)`/g)].map(([, path]) => path ?? '');

describe('the promises of docs/security.md', () => {
  it('name the code that keeps them and the tests that show them, and all of these are there', () => {
    expect(rows.length).toBeGreaterThan(20);
    for (const [, promise, where, test] of rows) {
      expect([promise, filesIn(where).length > 0, filesIn(test).length > 0]).toEqual([promise, true, true]);
      expect(filesIn(test).filter((path) => !path.endsWith('.spec.ts'))).toEqual([]);
      for (const path of [...filesIn(where), ...filesIn(test)])
        expect([path, existsSync(new URL(`../../${path}`, import.meta.url))]).toEqual([path, true]);
    }
  });
});
