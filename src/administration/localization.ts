import type { Realm } from '../realm/realm.js';
import { textsByLocale, textsOf, TEXTS_MEMBER, type RealmTexts } from '../realm/realm-texts.js';
import { administrationErrors } from './administration-errors.js';
import type { RealmEditing } from './realm-editing.js';

/** A realm's own words for its pages, by language and message key (Admin API reference 5.5). */
export class Localization {
  constructor(private readonly editing: RealmEditing) {}

  /** Languages in which the realm has texts, in alphabetical order. */
  locales(realm: Realm): readonly string[] {
    return Object.keys(textsByLocale(realm)).sort();
  }

  texts(realm: Realm, locale: string): RealmTexts {
    return textsOf(realm, locale);
  }

  /** @throws NotFoundError `text_unknown` */
  text(realm: Realm, locale: string, key: string): string {
    const texts = textsOf(realm, locale);
    const text = Object.hasOwn(texts, key) ? texts[key] : undefined;
    if (text === undefined) throw administrationErrors.textUnknown();
    return text;
  }

  /** Adds texts to a language, those of a key it has already in their place. */
  add(realmId: string, locale: string, texts: RealmTexts): Promise<void> {
    return this.change(realmId, locale, (current) => ({ ...current, ...texts }));
  }

  /** @throws NotFoundError `text_unknown` */
  remove(realmId: string, locale: string, key: string): Promise<void> {
    return this.change(realmId, locale, (current) => {
      if (!Object.hasOwn(current, key)) throw administrationErrors.textUnknown();
      return Object.fromEntries(Object.entries(current).filter(([other]) => other !== key));
    });
  }

  /** Removes every text of a language. @throws NotFoundError `locale_unknown` */
  removeLocale(realmId: string, locale: string): Promise<void> {
    return this.change(realmId, locale, undefined);
  }

  private async change(
    realmId: string,
    locale: string,
    change: ((texts: RealmTexts) => RealmTexts) | undefined,
  ): Promise<void> {
    await this.editing.change(realmId, (realm) => {
      const all = textsByLocale(realm);
      const others = Object.entries(all).filter(([other]) => other !== locale);
      if (!change && others.length === Object.keys(all).length) throw administrationErrors.localeUnknown(locale);
      const own = change ? [[locale, change(textsOf(realm, locale))] as const] : [];
      return { ...realm, extra: { ...realm.extra, [TEXTS_MEMBER]: Object.fromEntries([...others, ...own]) } };
    });
  }
}
