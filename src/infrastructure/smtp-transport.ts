import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { createTransport } from 'nodemailer';
import type { Mailbox } from '../mail/mail-address.js';
import { MailError } from '../mail/mail-error.js';
import type { MailServer } from '../mail/mail-server.js';
import { MailTransport, type OutgoingMail } from '../mail/mail-transport.js';

/** Ranges in which no mail server stands; cloud metadata services are link-local. */
const CLOSED_RANGES = new Set(['linkLocal', 'multicast', 'broadcast', 'unspecified', 'reserved']);

/**
 * Sends mails with nodemailer, one connection each. Administrators of realms choose the server, so it is looked at first: operators may
 * list the hosts that realms may use, and an address in a range without mail servers is never talked to. The connection goes to the
 * very address that was looked at.
 */
export class SmtpTransport extends MailTransport {
  /** @param allowed hosts, or `host:port`, that realms may use; empty = any */
  constructor(private readonly allowed: readonly string[] = []) {
    super();
  }

  override async send(server: MailServer, mail: OutgoingMail): Promise<void> {
    const address = await this.addressOf(server);
    const transport = createTransport({
      host: address,
      port: server.port,
      secure: server.encryption === 'implicit',
      requireTLS: server.encryption === 'starttls',
      ignoreTLS: server.encryption === 'none',
      connectionTimeout: server.connectTimeout,
      dnsTimeout: server.connectTimeout,
      greetingTimeout: server.replyTimeout,
      socketTimeout: server.replyTimeout,
      disableFileAccess: true,
      disableUrlAccess: true,
      tls: isIP(server.host) ? {} : { servername: server.host },
      ...(server.credentials ? { auth: { user: server.credentials.user, pass: server.credentials.password } } : {}),
    });
    try {
      await transport.sendMail({
        from: addressed(server.from),
        to: addressed(mail.to),
        subject: mail.subject,
        text: mail.text,
        html: mail.html,
        headers: { 'Auto-Submitted': 'auto-generated' },
        ...(server.replyTo ? { replyTo: addressed(server.replyTo) } : {}),
        ...(server.envelopeFrom === undefined
          ? {}
          : { envelope: { from: server.envelopeFrom, to: [mail.to.address] } }),
      });
    } catch (error) {
      throw notSent(error);
    } finally {
      transport.close();
    }
  }

  private async addressOf({ host, port }: MailServer): Promise<string> {
    const names = [host, `${host}:${String(port)}`].map((name) => name.toLowerCase());
    if (this.allowed.length > 0 && !names.some((name) => this.allowed.includes(name)))
      throw new MailError(
        'The SMTP host is not one that this server may use',
        `SLUICE_SMTP_HOSTS does not list ${host}`,
      );
    const { address } = await lookup(host).catch((error: unknown) => {
      throw notSent(error);
    });
    const range = ipaddr.process(address).range();
    if (CLOSED_RANGES.has(range))
      throw new MailError('The SMTP host is not one that this server may use', `${host} is ${address} (${range})`);
    return address;
  }
}

const addressed = ({ address, name = '' }: Mailbox): { name: string; address: string } => ({ name, address });

/** The sentence of the reference; what went wrong is for the log. */
const notSent = (error: unknown): MailError =>
  new MailError(
    'Error when attempting to send the email to the server. More information is available in the server log.',
    error instanceof Error ? error.message : String(error),
    error,
  );
