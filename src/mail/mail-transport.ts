import type { MailServer } from './mail-server.js';

/** A mailbox, with the name a mail program shows. Both are free of line breaks. */
export interface Mailbox {
  readonly address: string;
  readonly name?: string;
}

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
