import { readFileSync } from 'node:fs';
import { Eta } from 'eta';
import type { Realm } from '../realm/realm.js';
import type { User } from '../realm/user.js';
import { headerText } from './mail-address.js';
import type { OutgoingMail } from './mail-transport.js';
import type { MailWords } from './mail-words.js';

/** A link that does something for the person who opens it. */
interface LinkData {
  readonly url: string;
  /** Seconds for which it works. */
  readonly lifespan: number;
}

/** What a mail is about. */
export type MailContent =
  | { readonly kind: 'reset-credentials'; readonly link: LinkData }
  | { readonly kind: 'verify-email'; readonly link: LinkData }
  /** `actions`: aliases of the required actions that the link leads to. */
  | { readonly kind: 'execute-actions'; readonly link: LinkData; readonly actions: readonly string[] }
  | { readonly kind: 'smtp-test' };

type Recipient = Pick<User, 'firstName' | 'lastName'>;
type Sender = Pick<Realm, 'name' | 'settings' | 'requiredActions'>;

/** A mail in words, as both forms show it. */
interface Letter {
  readonly locale: string;
  readonly realmTitle: string;
  readonly subject: string;
  readonly greeting: string;
  readonly intro: string;
  readonly items: readonly string[];
  readonly link?: {
    readonly url: string;
    readonly label: string;
    readonly lifespan: string;
    readonly copy: string;
    readonly otherwise: string;
  };
}

/** Writes mails: the same words as text and as HTML, which escapes everything that is not ours. */
export class MailComposer {
  private readonly eta = new Eta({ autoEscape: true, useWith: false });

  /** @throws EtaParseError for a template that does not parse */
  constructor(private readonly words: MailWords) {
    this.eta.loadTemplate('@mail.html', readFileSync(new URL('./templates/mail.html.eta', import.meta.url), 'utf8'));
  }

  /** @param locale a shipped one */
  compose(realm: Sender, user: Recipient, content: MailContent, locale: string): Omit<OutgoingMail, 'to'> {
    const letter = this.letter(realm, user, content, locale);
    return {
      subject: headerText(letter.subject),
      text: textOf(letter),
      html: this.eta.render('@mail.html', { mail: letter }),
    };
  }

  private letter(realm: Sender, { firstName }: Recipient, content: MailContent, locale: string): Letter {
    const say = (key: string, values?: Readonly<Record<string, string | number>>): string =>
      this.words.text(locale, key, values);
    const realmTitle = headerText(realm.settings.displayName || realm.name);
    const name = headerText(firstName ?? '');
    const { kind } = content;
    return {
      locale,
      realmTitle,
      subject: `${say(`${kind}.subject`)} · ${realmTitle}`,
      greeting: name === '' ? say('greeting.unnamed') : say('greeting', { name }),
      intro: say(`${kind}.intro`, { realm: realmTitle }),
      items: kind === 'execute-actions' ? content.actions.map((alias) => this.actionName(realm, alias, locale)) : [],
      ...(kind === 'smtp-test'
        ? {}
        : {
            link: {
              url: content.link.url,
              label: say(`${kind}.button`),
              lifespan: say('link.lifespan', { amount: this.words.duration(locale, content.link.lifespan) }),
              copy: say('link.copy'),
              otherwise: say(`${kind}.otherwise`),
            },
          }),
    };
  }

  private actionName(realm: Sender, alias: string, locale: string): string {
    const named = realm.requiredActions.find((action) => action.alias === alias)?.name;
    return this.words.find(locale, `action.${alias}`) ?? headerText(named ?? alias);
  }
}

function textOf({ greeting, intro, items, link }: Letter): string {
  const parts = [
    greeting,
    intro,
    ...(items.length > 0 ? [items.map((item) => `- ${item}`).join('\n')] : []),
    ...(link ? [link.url, link.lifespan, link.otherwise] : []),
  ];
  return `${parts.join('\n\n')}\n`;
}
