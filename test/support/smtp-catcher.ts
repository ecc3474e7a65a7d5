import type { AddressInfo } from 'node:net';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';

/** A mail as a real SMTP server took it over. */
export interface CaughtMail {
  readonly from: string;
  readonly to: readonly string[];
  /** Who signed in to the server. */
  readonly user: string | undefined;
  readonly mail: ParsedMail;
}

/** The address a person would click in a mail. @throws Error when there is none */
export function linkIn({ mail }: CaughtMail): URL {
  const link = /https?:\/\/\S+/.exec(mail.text ?? '')?.[0];
  if (link === undefined) throw new Error(`No link in: ${mail.text ?? ''}`);
  return new URL(link);
}

/** The one account of a catcher. */
interface Account {
  readonly user: string;
  readonly password: string;
}

/** An SMTP server on a free port of loopback that keeps what it gets. It takes one account, or none at all. */
export class SmtpCatcher {
  readonly mails: CaughtMail[] = [];
  /** How many connections were made. */
  connections = 0;
  private refusal: string | undefined;
  private readonly server: SMTPServer;

  private constructor(account?: Account) {
    this.server = new SMTPServer({
      authOptional: account === undefined,
      disabledCommands: ['STARTTLS'],
      allowInsecureAuth: true,
      logger: false,
      onConnect: (_session, done) => {
        this.connections += 1;
        done();
      },
      onAuth: (auth, _session, done) => {
        const known = auth.username === account?.user && auth.password === account?.password;
        done(known ? null : new Error('Who are you?'), { user: auth.username });
      },
      onRcptTo: (_address, _session, done) => {
        done(this.refusal === undefined ? null : new Error(this.refusal));
      },
      onData: (stream, { envelope, user }, done) => {
        const { mailFrom, rcptTo } = envelope;
        const from = mailFrom === false ? '' : mailFrom.address;
        const to = rcptTo.map(({ address }) => address);
        void simpleParser(stream).then((mail) => {
          this.mails.push({ from, to, user: user as string | undefined, mail });
          done();
        }, done);
      },
    });
  }

  static async start(account?: Account): Promise<SmtpCatcher> {
    const catcher = new SmtpCatcher(account);
    await new Promise<void>((resolve) => catcher.server.listen(0, '127.0.0.1', resolve));
    return catcher;
  }

  get port(): number {
    return (this.server.server.address() as AddressInfo).port;
  }

  /** Member `smtpServer` of a realm that sends here. */
  settings(more: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
    return { host: '127.0.0.1', port: String(this.port), from: 'sluice@example.test', ...more };
  }

  /** From now on no recipient is taken; `undefined` ends that. */
  refuse(sentence: string | undefined): void {
    this.refusal = sentence;
  }

  /** The only mail there is, which is then forgotten. @throws Error when there is another number of them */
  take(): CaughtMail {
    const [mail, ...more] = this.mails.splice(0);
    if (!mail || more.length > 0) throw new Error(`${mail ? more.length + 1 : 0} mails in place of one`);
    return mail;
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.server.close(resolve));
  }
}
