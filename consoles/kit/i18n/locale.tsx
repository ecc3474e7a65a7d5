import { createContext, use, useEffect, useMemo, useState, type ReactNode } from 'react';
import { I18nProvider } from 'react-aria-components/I18nProvider';

/** Languages of the consoles. */
export const LOCALES = ['en', 'de', 'es'] as const;
export type Locale = (typeof LOCALES)[number];

/** Each language in its own words, for those who cannot read the present one. */
export const LOCALE_NAMES: Readonly<Record<Locale, string>> = { en: 'English', de: 'Deutsch', es: 'Español' };

const KEPT_AS = 'sluice.locale';

interface LocaleChoice {
  readonly locale: Locale;
  /** Remembered by this browser. */
  readonly choose: (locale: Locale) => void;
}

const LocaleContext = createContext<LocaleChoice | undefined>(undefined);

const isLocale = (text: string | null | undefined): text is Locale => LOCALES.some((locale) => locale === text);

/** What was chosen before, else the first language of the browser that there is, else English. */
export function preferredLocale(): Locale {
  const kept = localStorage.getItem(KEPT_AS);
  if (isLocale(kept)) return kept;
  return navigator.languages.map((language) => language.split('-')[0]).find(isLocale) ?? 'en';
}

/** Makes a language known to everything inside, and to the document. */
export function LocaleProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const [locale, setLocale] = useState(preferredLocale);
  useEffect(() => {
    document.documentElement.lang = locale;
  }, [locale]);
  const choice = useMemo<LocaleChoice>(
    () => ({
      locale,
      choose: (next) => {
        localStorage.setItem(KEPT_AS, next);
        setLocale(next);
      },
    }),
    [locale],
  );
  return (
    <LocaleContext value={choice}>
      <I18nProvider locale={locale}>{children}</I18nProvider>
    </LocaleContext>
  );
}

/** The language, and how to choose another. */
export function useLocale(): LocaleChoice {
  const choice = use(LocaleContext);
  if (!choice) throw new Error('There is no LocaleProvider around this');
  return choice;
}
