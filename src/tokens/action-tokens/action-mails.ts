import type { EventKind } from '../../events/auth-events.js';
import type { EventRecorder } from '../../events/event-recorder.js';
import { MailError } from '../../mail/mail-error.js';
import type { MailContent } from '../../mail/mail-composer.js';
import type { MailQueue } from '../../mail/mail-queue.js';
import type { Mailer } from '../../mail/mailer.js';
import type { Client } from '../../realm/client.js';
import type { Realm } from '../../realm/realm.js';
import type { User } from '../../realm/user.js';
import type { Clock } from '../../shared/clock.js';
import type { UnitOfWork } from '../../shared/unit-of-work.js';
import type { SingleUseStore } from '../single-use.js';
import { userLifespan } from './action-lifespan.js';
import type { ActionTokenType } from './action-token.js';
import type { ActionTokens } from './action-tokens.js';

/** Where links of mails lead. */
export interface LinkPlace {
  /** Address of this server; absent when the request's word for it cannot be trusted, and then no mail goes out. */
  readonly linkBase: string | undefined;
  /** Login in progress that the link goes on with. */
  readonly loginId?: string;
  /** Language in which the person reads. */
  readonly locale?: string;
}

/** A mail with a link. */
export interface ActionMail {
  readonly realm: Realm;
  readonly client: Pick<Client, 'clientId'>;
  readonly user: User;
  readonly place: LinkPlace;
  readonly type: ActionTokenType;
  /** Seconds. */
  readonly lifespan: number;
  readonly actions?: readonly string[];
  readonly redirectUri?: string;
}

/** A mail that a user asked for in a login. */
export type RequestedMail = Omit<ActionMail, 'type' | 'lifespan'> & {
  readonly type: 'reset-credentials' | 'verify-email';
  readonly remoteAddress: string;
  readonly details: Readonly<Record<string, string>>;
};

/** A reset for a name that no mail can go to. */
export interface RefusedReset {
  readonly realm: Realm;
  readonly clientId: string | undefined;
  readonly userId?: string;
  readonly remoteAddress: string;
  /** As typed. */
  readonly username: string;
  /** Keycloak's word for it. */
  readonly error: 'user_not_found' | 'user_disabled';
}

const SENT: Readonly<Record<RequestedMail['type'], EventKind>> = {
  'reset-credentials': 'SEND_RESET_PASSWORD',
  'verify-email': 'SEND_VERIFY_EMAIL',
};

/** Seconds between two mails of one kind to one user: nobody's mailbox can be flooded with our mails. */
const MAIL_PAUSE = 30;

/** Sends the mails whose links do something: reset a password, confirm an address, complete an account. */
export class ActionMails {
  constructor(
    private readonly tokens: ActionTokens,
    private readonly mailer: Mailer,
    private readonly queue: MailQueue,
    private readonly singleUse: SingleUseStore,
    private readonly recorder: EventRecorder,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Sends a mail and returns once the server of the realm has taken it over. @throws MailError */
  async send({ realm, client, user, place, type, lifespan, actions, redirectUri }: ActionMail): Promise<void> {
    const { linkBase, loginId, locale } = place;
    if (linkBase === undefined)
      throw new MailError('The address of this server is not known', 'SLUICE_PUBLIC_URL is not set');
    const issuer = `${linkBase}/realms/${encodeURIComponent(realm.name)}`;
    const token = {
      type,
      userId: user.id,
      clientId: client.clientId,
      expiresAt: this.clock.seconds() + lifespan,
      email: user.email ?? '',
      ...(loginId === undefined ? {} : { loginId }),
      ...(actions === undefined ? {} : { actions }),
      ...(redirectUri === undefined ? {} : { redirectUri }),
    };
    const query = new URLSearchParams({
      key: await this.tokens.issue(realm, token, issuer),
      client_id: client.clientId,
    });
    const link = { url: `${issuer}/login-actions/action-token?${query.toString()}`, lifespan };
    const content: MailContent =
      type === 'execute-actions' ? { kind: type, link, actions: actions ?? [] } : { kind: type, link };
    await this.mailer.send(realm, user, content, { locale });
  }

  /**
   * Queues a mail that a user asked for, unless one of its kind has just gone to the same user. What came of it is an event
   * (`SEND_RESET_PASSWORD`, `SEND_VERIFY_EMAIL`), and a failure is logged as well.
   */
  request(mail: RequestedMail, pause = MAIL_PAUSE): void {
    this.queue.add(() => this.deliver(mail, pause));
  }

  /** Writes down a reset that no mail is sent for, in the turn in which the mail would have been. */
  noteRefusedReset({ realm, clientId, userId, remoteAddress, username, error }: RefusedReset): void {
    this.queue.add(() =>
      this.recorder.record(
        { id: realm.id, ...realm.settings },
        {
          type: 'RESET_PASSWORD_ERROR',
          ...(clientId === undefined ? {} : { clientId }),
          ...(userId === undefined ? {} : { userId }),
          ipAddress: remoteAddress,
          error,
          details: { username },
        },
      ),
    );
  }

  private async deliver(mail: RequestedMail, pause: number): Promise<void> {
    const { realm, user, type } = mail;
    const now = this.clock.now();
    const name = `mail:${type}:${user.id}`;
    if (!(await this.unitOfWork.run(() => this.singleUse.take(realm.id, name, now, now + pause * 1000)))) return;
    if (!user.email) return this.record(mail, 'invalid_email');
    try {
      await this.send({ ...mail, lifespan: userLifespan(realm, type) });
    } catch (error) {
      await this.record(mail, 'email_send_failed');
      throw error;
    }
    await this.record(mail);
  }

  private record({ realm, client, user, type, remoteAddress, details }: RequestedMail, error?: string): Promise<void> {
    return this.recorder.record(
      { id: realm.id, ...realm.settings },
      {
        type: error === undefined ? SENT[type] : `${SENT[type]}_ERROR`,
        clientId: client.clientId,
        userId: user.id,
        ipAddress: remoteAddress,
        details: { ...details, username: user.username, email: user.email ?? '' },
        ...(error === undefined ? {} : { error }),
      },
    );
  }
}
