import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const OWN_PAGES = fileURLToPath(new URL('./pages', import.meta.url));
const TEMPLATE = '.eta';

/** A file that pages link to, under a path that changes with its content, so that it may be cached forever. */
export interface PageAsset {
  readonly path: string;
  readonly contentType: string;
  readonly body: string | Buffer;
}

/** An asset under a path of its content. @param name file name */
export function pageAsset(name: string, contentType: string, body: string | Buffer): PageAsset {
  const version = createHash('sha256').update(body).digest('hex').slice(0, 12);
  return { path: `/resources/${version}/${name}`, contentType, body };
}

/** The server's own templates, by name without the ending: `login`, `partials/layout`. */
export function ownTemplates(): ReadonlyMap<string, string> {
  const files = readdirSync(OWN_PAGES, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith(TEMPLATE));
  return new Map(
    files.map((file) => [
      file.replaceAll('\\', '/').slice(0, -TEMPLATE.length),
      readFileSync(join(OWN_PAGES, file), 'utf8'),
    ]),
  );
}

/** The server's own stylesheet: the tokens that the consoles have too, then what the pages are made of. */
export const ownStylesheet = (): string =>
  ['tokens.css', 'pages.css'].map((file) => readFileSync(join(OWN_PAGES, file), 'utf8')).join('\n');
