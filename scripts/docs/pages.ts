import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { authenticatorsPage } from './authenticators-page.js';
import { openApiDocument } from './openapi/document.js';
import { permissionsPage } from './permissions-page.js';
import { cliPage } from './cli-page.js';
import { settingsPage } from './settings-page.js';

const ROOT = join(import.meta.dirname, '..', '..');

const versionOf = (manifest: string): string => (JSON.parse(manifest) as { readonly version: string }).version;

/** A page of the documentation that is made from the code. */
export interface GeneratedPage {
  readonly path: string;
  readonly text: string;
}

/** Every generated page as it should be now. */
export const generatedPages = (): readonly GeneratedPage[] => [
  {
    path: join(ROOT, 'docs', 'settings.md'),
    text: settingsPage(
      ...['network-settings.ts', 'settings.ts', 'limit-settings.ts', 'database-settings.ts'].map((file) =>
        readFileSync(join(ROOT, 'src', 'config', file), 'utf8'),
      ),
    ),
  },
  { path: join(ROOT, 'docs', 'authenticators.md'), text: authenticatorsPage() },
  { path: join(ROOT, 'docs', 'permissions.md'), text: permissionsPage() },
  {
    path: join(ROOT, 'src', 'web', 'api-docs', 'openapi.json'),
    text: openApiDocument(versionOf(readFileSync(join(ROOT, 'package.json'), 'utf8'))),
  },
  { path: join(ROOT, 'docs', 'cli.md'), text: cliPage() },
];
