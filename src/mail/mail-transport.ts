import type { Mailbox } from './mail-address.js';
import type { MailServer } from './mail-server.js';

/** One mail, ready to be sent: text and HTML say the same. */
export interface OutgoingMail {
  readonly to: Mailbox;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** Hands mails to SMTP servers (RFC 5321). */
export abstract class MailTransport {
  /**
   * Returns once the server has taken the mail over.
   * @throws MailError when it did not, or may not be talked to
   */
  abstract send(server: MailServer, mail: OutgoingMail): Promise<void>;
}
