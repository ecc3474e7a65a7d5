import { Eta } from 'eta';
import { InvalidInputError } from '../shared/errors.js';
import type { Messages } from './messages.js';
import { ownStylesheet, ownTemplates, pageAsset, type PageAsset } from './page-files.js';
import type { PageModel } from './page-model.js';
import { PageView, type PageFiles } from './page-view.js';
import { readTheme, type Theme } from './theme.js';

/**
 * Turns pages into HTML. Templates and stylesheet are read and compiled once, here: a broken template stops the start, and no request
 * touches the disk. A theme may replace any of them; templates are code and belong to who runs the server.
 */
export class PageRenderer {
  /** The stylesheet, to be served at its path. */
  readonly stylesheet: PageAsset;
  /** Every file that pages link to. */
  readonly assets: readonly PageAsset[];
  private readonly eta = new Eta({ autoEscape: true, useWith: false });
  private readonly pages: ReadonlySet<string>;
  private readonly files: PageFiles;

  /** @throws InvalidInputError `theme_broken` for a template that does not parse */
  constructor(
    private readonly messages: Messages,
    theme: Theme = readTheme(undefined),
    /** Path below which browsers find the server; empty at the root. */
    pathPrefix = '',
  ) {
    const templates = new Map([...ownTemplates(), ...theme.templates]);
    for (const [name, source] of templates) this.load(name, source);
    this.pages = new Set([...templates.keys()].filter((name) => !name.includes('/')));
    const styles = [theme.stylesheet ?? ownStylesheet(), theme.moreStyles].filter((part) => part !== undefined);
    this.stylesheet = pageAsset('pages.css', 'text/css; charset=utf-8', styles.join('\n'));
    this.assets = [this.stylesheet, ...(theme.logo ? [theme.logo] : [])];
    this.files = {
      stylesheet: `${pathPrefix}${this.stylesheet.path}`,
      logo: theme.logo && `${pathPrefix}${theme.logo.path}`,
    };
  }

  /**
   * The page as an HTML document.
   * @throws Error when there is no template of that name (a mistake in the program or the theme, never the person's).
   */
  render(model: PageModel): string {
    if (!this.pages.has(model.page)) throw new Error(`There is no page template "${model.page}"`);
    return this.eta.render(`@${model.page}`, { page: new PageView(model, this.messages, this.files) });
  }

  private load(name: string, source: string): void {
    try {
      this.eta.loadTemplate(`@${name}`, source);
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : '';
      throw new InvalidInputError('theme_broken', `SLUICE_THEME: ${name}.eta: ${why}`, { cause });
    }
  }
}
