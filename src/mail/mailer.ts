import { chooseLocale } from '../realm/locale.js';
import type { Realm } from '../realm/realm.js';
import type { User } from '../realm/user.js';
import type { Sealer } from '../shared/sealer.js';
import { headerText, isMailAddress } from './mail-address.js';
import type { MailComposer, MailContent } from './mail-composer.js';
import { MailError } from './mail-error.js';
import { readMailServer, smtpSettingsOf, type SmtpSettings } from './mail-server.js';
import type { MailTransport } from './mail-transport.js';

/** Sends mails to users, through the SMTP server of their realm. */
export class Mailer {
  constructor(
    private readonly composer: MailComposer,
    private readonly transport: MailTransport,
    private readonly sealer: Sealer,
  ) {}

  /**
   * Returns once the realm's server has taken the mail over.
   * @param locale the language the person reads now; otherwise the user's own, then the realm's
   * @param settings other SMTP settings than the realm's, to try them out
   * @throws MailError
   */
  async send(
    realm: Realm,
    user: Pick<User, 'email' | 'firstName' | 'lastName' | 'attributes'>,
    content: MailContent,
    { locale, settings }: { readonly locale?: string | undefined; readonly settings?: SmtpSettings } = {},
  ): Promise<void> {
    const { email, firstName, lastName } = user;
    if (email === undefined || !isMailAddress(email)) throw new MailError('The user has no usable email address');
    const server = readMailServer(settings ?? smtpSettingsOf(realm), this.sealer, realm.id);
    const language = chooseLocale({
      realm: realm.settings,
      kcLocale: locale,
      userLocale: user.attributes['locale']?.[0],
    });
    const name = headerText([firstName, lastName].filter(Boolean).join(' '));
    await this.transport.send(server, {
      to: { address: email, ...(name === '' ? {} : { name }) },
      ...this.composer.compose(realm, user, content, language),
    });
  }
}
