import type { RealmSettings } from './realm.js';

/** Languages the server has words for (`messages/<locale>.json` of pages and of mails). */
export const SHIPPED_LOCALES = ['en', 'de', 'es'] as const;

/** The language when nothing else decides. */
export const FALLBACK_LOCALE = 'en';

/** Where a page's language may come from, strongest first, below the realm's own settings. */
export interface LocaleSources {
  readonly realm: Pick<RealmSettings, 'internationalizationEnabled' | 'supportedLocales' | 'defaultLocale'>;
  /** `kc_locale` of the request: the person chose it on a page. */
  readonly kcLocale?: string | undefined;
  /** Attribute `locale` of the user. */
  readonly userLocale?: string | undefined;
  /** `ui_locales` of the request: language tags, best first, separated by spaces (OpenID Connect Core 3.1.2.1). */
  readonly uiLocales?: string | undefined;
  /** Cookie `KEYCLOAK_LOCALE`. */
  readonly cookie?: string | undefined;
  /** Header `Accept-Language` (RFC 9110 12.5.4). */
  readonly acceptLanguage?: string | undefined;
}

/**
 * The language of a page: the first wish that the realm supports and the server has words for, a tag matching its own
 * language too (`de-AT` -> `de`; RFC 4647 3.4 lookup). Where the realm has no internationalization, or no wish fits: the
 * realm's default, else English. Malformed input is no wish.
 */
export function chooseLocale(sources: LocaleSources): string {
  const { realm } = sources;
  const fallback = lookup(realm.defaultLocale, SHIPPED_LOCALES) ?? FALLBACK_LOCALE;
  if (!realm.internationalizationEnabled) return fallback;
  const offered = offeredLocales(realm);
  for (const wish of wishes(sources)) {
    const found = lookup(wish, offered);
    if (found !== undefined) return found;
  }
  return fallback;
}

/** The languages a realm offers on its pages: those it supports that the server has words for. */
export function offeredLocales(realm: LocaleSources['realm']): readonly string[] {
  if (!realm.internationalizationEnabled) return [];
  return [...new Set(realm.supportedLocales.flatMap((tag) => lookup(tag, SHIPPED_LOCALES) ?? []))];
}

/** A language's name in itself, for the list of languages (`Deutsch`). */
export function localeLabel(locale: string): string {
  const name = new Intl.DisplayNames([locale], { type: 'language' }).of(locale) ?? locale;
  return name.charAt(0).toLocaleUpperCase(locale) + name.slice(1);
}

function wishes(sources: LocaleSources): readonly string[] {
  return [
    sources.kcLocale ?? '',
    sources.userLocale ?? '',
    ...(sources.uiLocales ?? '').split(/\s+/),
    sources.cookie ?? '',
    ...acceptedLanguages(sources.acceptLanguage ?? ''),
  ];
}

/** The tag itself, or the tag with its last subtags cut off one by one, among the offered. */
function lookup(tag: string | undefined, offered: readonly string[]): string | undefined {
  let rest = (tag ?? '').trim().replaceAll('_', '-').toLowerCase();
  while (rest !== '') {
    const found = offered.find((locale) => locale.toLowerCase() === rest);
    if (found !== undefined) return found;
    rest = rest.slice(0, Math.max(0, rest.lastIndexOf('-')));
  }
  return undefined;
}

/** Language tags of the header by weight, `q=0` left out; at equal weight the order of the header counts. */
function acceptedLanguages(header: string): readonly string[] {
  return header
    .split(',')
    .map((range) => {
      const [tag = '', ...parameters] = range.split(';').map((part) => part.trim());
      const q = parameters.find((parameter) => /^q=/i.test(parameter))?.slice(2);
      return { tag, weight: q === undefined ? 1 : Number(q) };
    })
    .filter(({ tag, weight }) => tag !== '' && tag !== '*' && weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map(({ tag }) => tag);
}
