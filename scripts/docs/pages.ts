import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { authenticatorsPage } from './authenticators-page.js';
import { permissionsPage } from './permissions-page.js';
import { settingsPage } from './settings-page.js';

const ROOT = join(import.meta.dirname, '..', '..');

/** A page of the documentation that is made from the code. */
export interface GeneratedPage {
  readonly path: string;
  readonly text: string;
}

/** Every generated page as it should be now. */
export const generatedPages = (): readonly GeneratedPage[] => [
  {
    path: join(ROOT, 'docs', 'settings.md'),
    text: settingsPage(readFileSync(join(ROOT, 'src', 'config', 'settings.ts'), 'utf8')),
  },
  { path: join(ROOT, 'docs', 'authenticators.md'), text: authenticatorsPage() },
  { path: join(ROOT, 'docs', 'permissions.md'), text: permissionsPage() },
];
