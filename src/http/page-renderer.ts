import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Eta } from 'eta';
import type { Messages } from './messages.js';
import type { PageModel } from './page-model.js';
import { PageView } from './page-view.js';

const OWN_PAGES = fileURLToPath(new URL('./pages', import.meta.url));
const TEMPLATE = '.eta';
const STYLESHEET = 'pages.css';

/** A file that pages link to, under a path that changes with its content, so that it may be cached forever. */
export interface PageAsset {
  readonly path: string;
  readonly contentType: string;
  readonly body: string;
}

/**
 * Turns pages into HTML. Templates and stylesheet are read and compiled once, here: a broken template stops the start,
 * and no request touches the disk. A theme folder may hold replacements of any of them under the same names; templates are
 * code and belong to who runs the server.
 *
 * @throws EtaParseError from the constructor for a template that does not parse.
 */
export class PageRenderer {
  /** The stylesheet, to be served at its path. */
  readonly stylesheet: PageAsset;
  private readonly eta = new Eta({ autoEscape: true, useWith: false });
  private readonly pages: ReadonlySet<string>;

  constructor(
    private readonly messages: Messages,
    theme?: string,
    /** Path below which browsers find the server; empty at the root. */
    private readonly pathPrefix = '',
  ) {
    const files = new Map([...filesBelow(OWN_PAGES), ...(theme === undefined ? [] : filesBelow(theme))]);
    const names = [...files.keys()].filter((file) => file.endsWith(TEMPLATE));
    for (const name of names) {
      this.eta.loadTemplate(`@${name.slice(0, -TEMPLATE.length)}`, readFileSync(files.get(name) ?? '', 'utf8'));
    }
    this.pages = new Set(names.filter((name) => !name.includes('/')).map((name) => name.slice(0, -TEMPLATE.length)));
    this.stylesheet = stylesheetOf(readFileSync(files.get(STYLESHEET) ?? '', 'utf8'));
  }

  /**
   * The page as an HTML document.
   * @throws Error when there is no template of that name (a mistake in the program or the theme, never the person's).
   */
  render(model: PageModel): string {
    if (!this.pages.has(model.page)) throw new Error(`There is no page template "${model.page}"`);
    return this.eta.render(`@${model.page}`, {
      page: new PageView(model, this.messages, `${this.pathPrefix}${this.stylesheet.path}`),
    });
  }
}

/** Templates and stylesheets in a folder and its partials, by their name relative to it. */
function filesBelow(folder: string): [string, string][] {
  if (!existsSync(folder)) throw new Error(`The theme folder ${folder} does not exist`);
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(TEMPLATE) || file === STYLESHEET)
    .map((file) => [file.replaceAll('\\', '/'), join(folder, file)]);
}

function stylesheetOf(body: string): PageAsset {
  const version = createHash('sha256').update(body).digest('hex').slice(0, 12);
  return { path: `/resources/${version}/${STYLESHEET}`, contentType: 'text/css; charset=utf-8', body };
}
