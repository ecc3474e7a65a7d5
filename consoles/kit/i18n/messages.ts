import { IntlMessageFormat } from 'intl-messageformat';
import { useMemo } from 'react';
import { useLocale, type Locale } from './locale.js';

/** Messages of one language by key, in ICU message syntax. English says which keys there are. */
type Messages = Readonly<Record<string, string>>;
/** The same keys in another language: a missing or an unknown one does not compile. */
export type Translation<T extends Messages> = Readonly<Record<keyof T, string>>;
type Values = Readonly<Record<string, string | number | Date>>;
/** The message of a key, with values for its placeholders. */
export type Text<T extends Messages> = (key: keyof T & string, values?: Values) => string;

/**
 * The hook that gives the words of an area in the language of the page:
 * `const useText = messagesIn(en, { de, es })`, then `const t = useText(); t('saved', { name })`.
 */
export function messagesIn<T extends Messages>(
  en: T,
  others: Readonly<Record<Exclude<Locale, 'en'>, Translation<T>>>,
): () => Text<T> {
  const bundles: Readonly<Record<Locale, Translation<T>>> = { en, ...others };
  return function useText(): Text<T> {
    const { locale } = useLocale();
    return useMemo(() => (key, values) => formatMessage(bundles[locale][key], locale, values), [locale]);
  };
}

const compiled = new Map<string, IntlMessageFormat>();

/** A message in ICU syntax with its values. @throws Error when it is none, or a value is missing */
export function formatMessage(message: string, locale: Locale, values: Values | undefined): string {
  if (!message.includes('{')) return message;
  const id = `${locale} ${message}`;
  let known = compiled.get(id);
  if (!known) compiled.set(id, (known = new IntlMessageFormat(message, locale)));
  return String(known.format({ ...values }));
}
