import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { generatedPages } from '../../scripts/docs/pages.js';
import { settingsPage } from '../../scripts/docs/settings-page.js';

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
