import { readFileSync } from 'node:fs';
import { IntlMessageFormat } from 'intl-messageformat';
import { SHIPPED_LOCALES } from '../realm/locale.js';
import { InvalidInputError } from '../shared/errors.js';
import { readCatalogue, type Catalogue } from './messages.js';
import { ownTemplates, pageAsset, type PageAsset } from './page-files.js';
import { themeFiles } from './theme-files.js';

/** What a theme folder has in place of, or beside, the server's own pages. */
export interface Theme {
  /** By name without the ending: `login`, `partials/layout`. */
  readonly templates: ReadonlyMap<string, string>;
  /** In place of the server's stylesheet. */
  readonly stylesheet?: string;
  /** After the stylesheet. */
  readonly moreStyles?: string;
  readonly logo?: PageAsset;
  /** By language and key. */
  readonly messages: ReadonlyMap<string, Catalogue>;
}

const NO_THEME: Theme = { templates: new Map(), messages: new Map() };

const PICTURES: ReadonlyMap<string, string> = new Map([
  ['logo.svg', 'image/svg+xml'],
  ['logo.png', 'image/png'],
  ['logo.webp', 'image/webp'],
]);
const TEMPLATE = /^((?:partials\/)?[a-z][a-z0-9-]*)\.eta$/;
const MESSAGES = new Map(SHIPPED_LOCALES.map((locale) => [`messages/${locale}.json`, locale]));
/** Beginning of message keys that a theme's own templates may bring. */
const OWN_KEYS = 'theme.';
const REFERENCE = /\b(?:include|layout)\(\s*['"]@([^'"]+)['"]/g;

/**
 * Reads a theme folder as a whole: a file with a name that no theme has, a message or a template that is broken is told at start, with its
 * name, and not when somebody signs in.
 * @param folder absolute, or relative to the working directory; undefined for no theme
 * @throws InvalidInputError `theme_broken`
 */
export function readTheme(folder: string | undefined): Theme {
  if (folder === undefined) return NO_THEME;
  const templates = new Map<string, string>();
  const messages = new Map<string, Catalogue>();
  const styles: { stylesheet?: string; moreStyles?: string } = {};
  const logos: PageAsset[] = [];
  for (const [file, path] of themeFiles(folder)) {
    const template = TEMPLATE.exec(file)?.[1];
    const locale = MESSAGES.get(file);
    const picture = PICTURES.get(file);
    if (template !== undefined) templates.set(template, readFileSync(path, 'utf8'));
    else if (locale !== undefined) messages.set(locale, readMessages(file, path, locale));
    else if (picture !== undefined) logos.push(pageAsset(file, picture, readFileSync(path)));
    else if (file === 'pages.css') styles.stylesheet = readFileSync(path, 'utf8');
    else if (file === 'theme.css') styles.moreStyles = readFileSync(path, 'utf8');
    else throw broken(file, 'a theme has no file of this name (docs/themes.md lists them)');
  }
  if (logos.length > 1) throw broken('logo', 'there is more than one; a theme has logo.svg, logo.png or logo.webp');
  checkTemplates(templates);
  return { templates, messages, ...styles, ...(logos[0] && { logo: logos[0] }) };
}

/** A page nobody shows is a slip of the pen, and so is a part that no template has. */
function checkTemplates(templates: Theme['templates']): void {
  const own = ownTemplates();
  for (const [name, source] of templates) {
    if (!name.startsWith('partials/') && !own.has(name)) throw broken(`${name}.eta`, 'there is no such page');
    for (const [, part = ''] of source.matchAll(REFERENCE))
      if (!own.has(part) && !templates.has(part)) throw broken(`${name}.eta`, `there is no template @${part}`);
  }
}

function readMessages(file: string, path: string, locale: string): Catalogue {
  const texts = parsed(file, readFileSync(path, 'utf8'));
  const own = readCatalogue(locale);
  for (const [key, text] of Object.entries(texts)) {
    if (typeof text !== 'string') throw broken(file, `${key} has to be a text`);
    if (!Object.hasOwn(own, key) && !key.startsWith(OWN_KEYS))
      throw broken(file, `there is no message ${key}; own ones begin with "${OWN_KEYS}"`);
    try {
      new IntlMessageFormat(text, locale, undefined, { ignoreTag: true });
    } catch (error) {
      throw broken(file, `${key} is not in ICU message format: ${error instanceof Error ? error.message : ''}`);
    }
  }
  return texts as Catalogue;
}

function parsed(file: string, text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch (error) {
    throw broken(file, error instanceof Error ? error.message : 'it is not JSON');
  }
  throw broken(file, 'it has to be an object of messages by key');
}

const broken = (file: string, why: string): InvalidInputError =>
  new InvalidInputError('theme_broken', `SLUICE_THEME: ${file}: ${why}`, { field: 'SLUICE_THEME' });
