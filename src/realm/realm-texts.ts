import type { Realm } from './realm.js';

/** Texts of a realm's own for one language, by message key. They stand in for the server's words. */
export type RealmTexts = Readonly<Record<string, string>>;

/** Where a realm keeps its texts, by language. */
export const TEXTS_MEMBER = 'localizationTexts';

const NONE: RealmTexts = {};

/** The realm's own texts by language, as they are stored. */
export function textsByLocale({ extra }: Pick<Realm, 'extra'>): Readonly<Record<string, RealmTexts>> {
  const texts = extra[TEXTS_MEMBER];
  return isRecord<RealmTexts>(texts) ? texts : {};
}

/** The realm's own texts for a language; none where it has none. */
export function textsOf(realm: Pick<Realm, 'extra'>, locale: string): RealmTexts {
  const all = textsByLocale(realm);
  const texts = Object.hasOwn(all, locale) ? all[locale] : undefined;
  return isRecord<string>(texts) ? texts : NONE;
}

const isRecord = <T>(value: unknown): value is Readonly<Record<string, T>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
