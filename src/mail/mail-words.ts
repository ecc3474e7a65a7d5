import { readFileSync } from 'node:fs';
import { IntlMessageFormat } from 'intl-messageformat';
import { FALLBACK_LOCALE, SHIPPED_LOCALES } from '../realm/locale.js';

type Catalogue = Readonly<Record<string, string>>;
type Values = Readonly<Record<string, string | number>>;

/** The words of mails in every shipped language (ICU message format). They stand apart from those of pages: nobody needs both. */
export class MailWords {
  private readonly catalogues: ReadonlyMap<string, Catalogue>;

  constructor() {
    this.catalogues = new Map(SHIPPED_LOCALES.map((locale) => [locale, readCatalogue(locale)]));
  }

  /** A message in words; undefined when there is none of that key. */
  find(locale: string, key: string, values?: Values): string | undefined {
    const catalogue = this.catalogues.get(locale) ?? this.catalogues.get(FALLBACK_LOCALE) ?? {};
    const pattern = Object.hasOwn(catalogue, key) ? catalogue[key] : undefined;
    if (pattern === undefined) return undefined;
    return String(new IntlMessageFormat(pattern, locale, undefined, { ignoreTag: true }).format(values));
  }

  /** As `find`. @throws Error for an unknown key: a mistake in the program */
  text(locale: string, key: string, values?: Values): string {
    const text = this.find(locale, key, values);
    if (text === undefined) throw new Error(`Mails have no message "${key}"`);
    return text;
  }

  /** A length of time in its largest whole unit. @param seconds at least 1 */
  duration(locale: string, seconds: number): string {
    const [unit, size] = UNITS.find(([, each]) => seconds >= each && seconds % each === 0) ?? ['seconds', 1];
    return this.text(locale, `amount.${unit}`, { count: Math.floor(seconds / size) });
  }
}

const UNITS = [
  ['days', 86_400],
  ['hours', 3600],
  ['minutes', 60],
] as const;

const readCatalogue = (locale: string): Catalogue =>
  JSON.parse(readFileSync(new URL(`./messages/${locale}.json`, import.meta.url), 'utf8')) as Catalogue;
