import { MailError } from '../mail/mail-error.js';
import { smtpSettingsOf, type SmtpSettings } from '../mail/mail-server.js';
import type { Mailer } from '../mail/mailer.js';
import type { Client, ClientStore } from '../realm/client.js';
import type { Realm } from '../realm/realm.js';
import type { User } from '../realm/user.js';
import { MASK } from '../representations/kept-secrets.js';
import { adminLifespan } from '../tokens/action-tokens/action-lifespan.js';
import type { ActionMails } from '../tokens/action-tokens/action-mails.js';
import type { ActionTokenType } from '../tokens/action-tokens/action-token.js';
import { matchRedirectUri } from '../tokens/redirect-uris.js';
import { administrationErrors, MailNotSentError } from './administration-errors.js';

/** What an administrator says about a mail to a user. */
export interface MailWishes {
  /** Public id; the account client unless said. */
  readonly clientId?: string | undefined;
  /** Where the person may go on to; must be registered for the client. */
  readonly redirectUri?: string | undefined;
  /** Seconds; the realm's unless said. */
  readonly lifespan?: number | undefined;
}

/** Where the server is, as the administrator's request has it. */
export interface ServerAddress {
  readonly base: string;
  /** For links in mails; absent when the request's word for it cannot be trusted. */
  readonly linkBase: string | undefined;
}

const ACCOUNT = 'account';

/** Mails that administrators have sent to users, and the test of the SMTP settings (Admin API reference 5.3, 5.5). */
export class UserMails {
  constructor(
    private readonly clients: ClientStore,
    private readonly mails: ActionMails,
    private readonly mailer: Mailer,
  ) {}

  /**
   * A link to required actions.
   * @throws InvalidInputError in the reference's words; nothing is sent then
   * @throws MailNotSentError
   */
  async executeActions(
    realm: Realm,
    user: User,
    actions: readonly string[],
    wishes: MailWishes,
    server: ServerAddress,
  ): Promise<void> {
    const client = await this.checked(realm, user, wishes, server);
    const known = new Set(realm.requiredActions.flatMap(({ alias, providerId }) => [alias, providerId]));
    if (!actions.every((action) => known.has(action))) throw administrationErrors.actionsInvalid();
    const what = { type: 'execute-actions', actions } as const;
    await this.send('Failed to send execute actions email', realm, user, client, what, wishes, server);
  }

  /** A link that confirms the address. @throws as `executeActions` */
  async verifyEmail(realm: Realm, user: User, wishes: MailWishes, server: ServerAddress): Promise<void> {
    const client = await this.checked(realm, user, wishes, server);
    await this.send('Failed to send verify email', realm, user, client, { type: 'verify-email' }, wishes, server);
  }

  /**
   * Sends a test to the administrator who asks. The stored password stands in for its mask only where it would go to the very server
   * and account it is stored for.
   * @throws MailNotSentError in the reference's words
   */
  async testSmtp(realm: Realm, administrator: User, settings: SmtpSettings): Promise<void> {
    if (administrator.email === undefined) throw administrationErrors.administratorWithoutEmail();
    const stored = smtpSettingsOf(realm);
    const reuses =
      settings['password'] === MASK && ['host', 'port', 'user'].every((name) => same(settings, stored, name));
    const tried = reuses ? { ...settings, password: stored['password'] ?? '' } : settings;
    try {
      await this.mailer.send(realm, administrator, { kind: 'smtp-test' }, { settings: tried });
    } catch (error) {
      throw notSent('Failed to send email', error);
    }
  }

  private async checked(
    realm: Realm,
    user: User,
    { clientId, redirectUri }: MailWishes,
    { base }: ServerAddress,
  ): Promise<Client> {
    if (user.email === undefined || user.email === '') throw administrationErrors.userWithoutEmail();
    if (!user.enabled) throw administrationErrors.userDisabled();
    if (redirectUri !== undefined && clientId === undefined) throw administrationErrors.mailClientMissing();
    const client = await this.clients.byClientId(realm.id, clientId ?? ACCOUNT);
    if (!client) throw administrationErrors.mailClientUnknown();
    if (!client.enabled) throw administrationErrors.mailClientDisabled();
    if (redirectUri !== undefined && matchRedirectUri(redirectUri, client.redirectUris, client, base) === undefined)
      throw administrationErrors.mailRedirectUri();
    return client;
  }

  private async send(
    failure: string,
    realm: Realm,
    user: User,
    client: Client,
    what: { readonly type: ActionTokenType; readonly actions?: readonly string[] },
    { redirectUri, lifespan = adminLifespan(realm, what.type) }: MailWishes,
    { linkBase }: ServerAddress,
  ): Promise<void> {
    try {
      await this.mails.send({
        ...what,
        realm,
        client,
        user,
        lifespan,
        place: { linkBase },
        ...(redirectUri === undefined ? {} : { redirectUri }),
      });
    } catch (error) {
      throw notSent(error instanceof MailError ? `${failure}: ${error.message}` : failure, error);
    }
  }
}

const same = (a: SmtpSettings, b: SmtpSettings, name: string): boolean =>
  JSON.stringify(a[name] ?? '') === JSON.stringify(b[name] ?? '');

function notSent(message: string, error: unknown): unknown {
  if (!(error instanceof MailError)) return error;
  const { detail = error.message } = error.options;
  return new MailNotSentError(message, { detail, cause: error });
}
