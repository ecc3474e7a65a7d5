import 'reflect-metadata';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { generatedPages } from '../../scripts/docs/pages.js';
import { settingsPage } from '../../scripts/docs/settings-page.js';

const ROOT = join(import.meta.dirname, '..', '..');
const handWritten = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'examples/README.md',
  ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => join('docs', file)),
];

/** Anchors of a page as forges make them from headings. */
const anchorsOf = (page: string): readonly string[] =>
  [...page.matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replaceAll(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  );

describe('links', () => {
  it.each(handWritten)('of %s lead somewhere', (file) => {
    const targets = [...readFileSync(join(ROOT, file), 'utf8').matchAll(/\]\((?!https?:)([^)\s]+)\)/g)].map(
      ([, to]) => to!,
    );
    const broken = targets.filter((to) => {
      const [path = '', anchor] = to.split('#');
      const target = join(ROOT, path === '' ? file : join(dirname(file), path));
      return !existsSync(target) || (anchor !== undefined && !anchorsOf(readFileSync(target, 'utf8')).includes(anchor));
    });
    expect(broken).toEqual([]);
  });
});

describe('generated pages', () => {
  it.each(generatedPages().map(({ path, text }) => ({ page: basename(path), path, text })))(
    '$page says what the code says (npm run docs writes it)',
    ({ path, text }) => {
      expect(readFileSync(path, 'utf8')).toBe(text);
    },
  );

  it('a setting has its values, its default and its meaning', () => {
    const page = settingsPage(`
      const COLOURS = ['red', 'blue'] as const;
      export class Settings {
        /** Colour of a|b. */ @IsIn(COLOURS) topColour: string = 'red';
        /** How many. */ @IsInt() @Min(1) @Max(2_000) count: number = 1_000;
        /** Where. */ place?: string;
      }`);
    expect(page).toContain('| `SLUICE_TOP_COLOUR` | `red`, `blue` | `red` | Colour of a\\|b. |');
    expect(page).toContain('| `SLUICE_COUNT` | whole number, 1 to 2000 | `1000` | How many. |');
    expect(page).toContain('| `SLUICE_PLACE` | text |  | Where. |');
  });

  it('a setting that nobody described is refused', () => {
    expect(() => settingsPage('export class Settings { secret?: string; }')).toThrow('secret');
  });
});
