import { chooseLocale } from '../realm/locale.js';
import type { Messages } from '../http/messages.js';
import type { AccountCaller } from './account-caller.js';

/** Says a text of an administrator in the language of a person. */
export type Words = (text: string | undefined) => string | undefined;

/** Names and descriptions that administrators wrote: keys of our own messages are translated, all else stays as written. */
export class AccountWords {
  constructor(private readonly messages: Messages) {}

  /** @param acceptLanguage the header, for people who chose no language */
  of({ realm, user }: AccountCaller, acceptLanguage: string | undefined): Words {
    const userLocale = user.attributes['locale']?.[0];
    const locale = chooseLocale({ realm: realm.settings, userLocale, acceptLanguage });
    return (text) => (text === undefined || text === '' ? undefined : this.messages.text(locale, { key: text, text }));
  }
}
