import { readFileSync } from 'node:fs';
import { IntlMessageFormat } from 'intl-messageformat';
import { LRUCache } from 'lru-cache';
import type { Message } from '../engine/index.js';
import { FALLBACK_LOCALE, SHIPPED_LOCALES } from '../realm/locale.js';
import type { RealmTexts } from '../realm/realm-texts.js';

/** Messages of one language by key. */
export type Catalogue = Readonly<Record<string, string>>;

/** `${key}`: how the reference writes a message key into a display name. */
const PLACEHOLDER = /^\$\{([^}]+)\}$/;

/**
 * The words of all pages, in every shipped language. Messages are ICU message format; markup in them has no meaning.
 * Formatters are parsed on first use and kept.
 */
export class Messages {
  private readonly catalogues: ReadonlyMap<string, Catalogue>;
  /** By language and pattern. Realms bring words of their own, so it has a bound. */
  private readonly formatters = new LRUCache<string, IntlMessageFormat>({ max: 2_000 });

  /** @param replaced words of a theme, by language and key: they stand in for the server's */
  constructor(replaced: ReadonlyMap<string, Catalogue> = new Map()) {
    this.catalogues = new Map(
      SHIPPED_LOCALES.map((locale) => [locale, { ...readCatalogue(locale), ...replaced.get(locale) }]),
    );
  }

  /** True when there is a message of that key. */
  has(locale: string, key: string, own: RealmTexts = {}): boolean {
    return Object.hasOwn(own, key) || Object.hasOwn(this.catalogue(locale), key);
  }

  /**
   * A message in words. An admin's own text wins; it is shown as it is and never read as a format, unless it is a message
   * key, which is translated. Never throws: an unknown key is shown itself, a missing value as its placeholder.
   * @param own the realm's own words, which stand in for the server's
   */
  text(locale: string, message: Message, own: RealmTexts = {}): string {
    const { text, values } = message;
    if (text === undefined || text === '') return this.format(locale, message.key, values, own);
    const key = PLACEHOLDER.exec(text)?.[1] ?? text;
    return this.has(locale, key, own) ? this.format(locale, key, values, own) : text;
  }

  /** The words of a key as they are written, with their placeholders; undefined where there are none. */
  pattern(locale: string, key: string): string | undefined {
    const catalogue = this.catalogue(locale);
    return Object.hasOwn(catalogue, key) ? catalogue[key] : undefined;
  }

  /** Keys of a language. */
  keys(locale: string): readonly string[] {
    return Object.keys(this.catalogue(locale));
  }

  private format(locale: string, key: string, values: Message['values'], own: RealmTexts): string {
    const pattern = Object.hasOwn(own, key) ? own[key] : this.pattern(locale, key);
    if (pattern === undefined) return key;
    try {
      return String(this.formatter(locale, pattern).format(values));
    } catch {
      return pattern; // a value is missing, or a realm's own text is no format: the sentence still helps more than an error page
    }
  }

  private formatter(locale: string, pattern: string): IntlMessageFormat {
    const id = `${locale}/${pattern}`;
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

/** The server's own words in a shipped language. */
export function readCatalogue(locale: string): Catalogue {
  return JSON.parse(readFileSync(new URL(`./messages/${locale}.json`, import.meta.url), 'utf8')) as Catalogue;
}
