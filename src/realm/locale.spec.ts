import { describe, expect, it } from 'vitest';
import { chooseLocale, localeLabel, offeredLocales, type LocaleSources } from './locale.js';

const REALM = { internationalizationEnabled: true, supportedLocales: ['en', 'de', 'es', 'fr'], defaultLocale: 'es' };

describe('chooseLocale', () => {
  const everything = { kcLocale: 'de', userLocale: 'es', uiLocales: 'en', cookie: 'de', acceptLanguage: 'es' };

  it.each<[string, Omit<LocaleSources, 'realm'>, string]>([
    ['the choice made on a page comes first', everything, 'de'],
    ['then the user', { ...everything, kcLocale: undefined }, 'es'],
    ['then the application', { uiLocales: 'en', cookie: 'de', acceptLanguage: 'de' }, 'en'],
    ['then the cookie', { cookie: 'de', acceptLanguage: 'en' }, 'de'],
    ['then the browser', { acceptLanguage: 'en' }, 'en'],
    ['then the realm', {}, 'es'],
    ['a wish the realm does not support is passed over', { kcLocale: 'it', userLocale: 'de' }, 'de'],
    ['a wish without words is passed over', { kcLocale: 'fr', userLocale: 'de' }, 'de'],
    ['a region falls back to its language', { kcLocale: 'de-AT' }, 'de'],
    ['a Java locale and odd case are understood', { userLocale: 'DE_at' }, 'de'],
    ['the application may name several', { uiLocales: 'fr-CA it de-CH en' }, 'de'],
    ['the browser may name several, by weight', { acceptLanguage: 'en;q=0.5, de-DE;q=0.8, fr' }, 'de'],
    ['equal weights keep their order', { acceptLanguage: 'fr, de, en' }, 'de'],
    ['a refused language is no wish', { acceptLanguage: 'de;q=0, *;q=0.5' }, 'es'],
    ['nonsense is no wish', { kcLocale: '../de', uiLocales: '  ', cookie: '-', acceptLanguage: ';;q=x,,' }, 'es'],
  ])('%s', (_, sources, expected) => {
    expect(chooseLocale({ realm: REALM, ...sources })).toBe(expected);
  });

  it.each([
    ['the realm default, whatever is wished', { ...REALM, internationalizationEnabled: false }, 'es'],
    ['English without a default', { internationalizationEnabled: false, supportedLocales: [] }, 'en'],
    [
      'English for a default without words',
      { ...REALM, internationalizationEnabled: false, defaultLocale: 'fr' },
      'en',
    ],
  ])('without internationalization: %s', (_, realm, expected) => {
    expect(chooseLocale({ realm, kcLocale: 'de', acceptLanguage: 'de' })).toBe(expected);
  });

  it('does not offer a language that the realm leaves out', () => {
    expect(chooseLocale({ realm: { ...REALM, supportedLocales: ['en', 'es'] }, kcLocale: 'de' })).toBe('es');
  });
});

describe('offeredLocales', () => {
  it('are those the realm supports and the server has words for, each once', () => {
    expect(offeredLocales({ ...REALM, supportedLocales: ['fr', 'de', 'de-CH', 'en'] })).toEqual(['de', 'en']);
  });

  it('are none without internationalization', () => {
    expect(offeredLocales({ ...REALM, internationalizationEnabled: false })).toEqual([]);
  });
});

it.each([
  ['en', 'English'],
  ['de', 'Deutsch'],
  ['es', 'Español'],
])('%s calls itself %s', (locale, label) => {
  expect(localeLabel(locale)).toBe(label);
});
