import type { Message } from '../engine/index.js';
import type { RealmTexts } from '../realm/realm-texts.js';
import type { JsonObject } from '../shared/json.js';

/** One page as data: everything a template may show. Whatever it holds is escaped. */
export interface PageModel {
  /** Template name, one of `PageName`; what `data` may hold for it says `PageData`. */
  readonly page: string;
  /** Locale of all text, one of the shipped ones. */
  readonly locale: string;
  /** The realm's own words for the locale, which stand in for the server's. */
  readonly texts?: RealmTexts;
  readonly realmName: string;
  /** Shown as heading; the realm's display name or name. */
  readonly realmTitle: string;
  /** Message to show at the top or at a field. */
  readonly message?: Message & { readonly kind: 'error' | 'info' | 'warning' | 'success' };
  /** Name of the field that an error is about; it is shown there, or at the top where the page has no such field. */
  readonly field?: string;
  /** Where the page's form posts to. */
  readonly action?: string;
  /** A link back to the application or to the start of the login. */
  readonly links: {
    readonly restart?: string;
    /** Where a person goes on who cannot sign in. */
    readonly forgot?: string;
    /** Where a link of a mail does its work. */
    readonly proceed?: string;
    readonly application?: { readonly url: string; readonly name: string };
    readonly locales?: readonly { readonly locale: string; readonly label: string; readonly url: string }[];
  };
  /** True when "try another way" is offered. */
  readonly canTryAnotherWay: boolean;
  readonly data: JsonObject;
}
