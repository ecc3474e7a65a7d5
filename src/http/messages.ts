import { readFileSync } from 'node:fs';
import { IntlMessageFormat } from 'intl-messageformat';
import type { Message } from '../engine/index.js';
import { FALLBACK_LOCALE, SHIPPED_LOCALES } from '../realm/locale.js';

type Catalogue = Readonly<Record<string, string>>;

/** `${key}`: how the reference writes a message key into a display name. */
const PLACEHOLDER = /^\$\{([^}]+)\}$/;

/**
 * The words of all pages, in every shipped language. Messages are ICU message format; markup in them has no meaning.
 * Formatters are parsed on first use and kept.
 */
export class Messages {
  private readonly catalogues: ReadonlyMap<string, Catalogue>;
  private readonly formatters = new Map<string, IntlMessageFormat>();

  constructor() {
    this.catalogues = new Map(SHIPPED_LOCALES.map((locale) => [locale, readCatalogue(locale)]));
  }

  /** True when there is a message of that key. */
  has(locale: string, key: string): boolean {
    return Object.hasOwn(this.catalogue(locale), key);
  }

  /**
   * A message in words. An admin's own text wins; it is shown as it is and never read as a format, unless it is a message
   * key, which is translated. Never throws: an unknown key is shown itself, a missing value as its placeholder.
   */
  text(locale: string, message: Message): string {
    const { text, values } = message;
    if (text === undefined || text === '') return this.format(locale, message.key, values);
    const key = PLACEHOLDER.exec(text)?.[1] ?? text;
    return this.has(locale, key) ? this.format(locale, key, values) : text;
  }

  /** Keys of a language. */
  keys(locale: string): readonly string[] {
    return Object.keys(this.catalogue(locale));
  }

  private format(locale: string, key: string, values: Message['values']): string {
    const pattern = this.has(locale, key) ? this.catalogue(locale)[key] : undefined;
    if (pattern === undefined) return key;
    try {
      return String(this.formatter(locale, key, pattern).format(values));
    } catch {
      return pattern; // a value is missing: the sentence with its placeholder still helps more than an error page
    }
  }

  private formatter(locale: string, key: string, pattern: string): IntlMessageFormat {
    const id = `${locale}/${key}`;
    const known = this.formatters.get(id);
    if (known !== undefined) return known;
    const formatter = new IntlMessageFormat(pattern, locale, undefined, { ignoreTag: true });
    this.formatters.set(id, formatter);
    return formatter;
  }

  private catalogue(locale: string): Catalogue {
    return this.catalogues.get(locale) ?? this.catalogues.get(FALLBACK_LOCALE) ?? {};
  }
}

function readCatalogue(locale: string): Catalogue {
  return JSON.parse(readFileSync(new URL(`./messages/${locale}.json`, import.meta.url), 'utf8')) as Catalogue;
}
