import type { TokenReply } from '../../support/browser-session.js';
import type { RunningServer } from '../../support/running-server.js';

/** An answer of the account REST API, read to its end. */
export interface AccountAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** Undefined when there is none. */
  readonly body: unknown;
}

/** The account REST API as a program with an access token uses it. */
export class AccountApi {
  constructor(
    private readonly server: RunningServer,
    private readonly realm: string,
    private readonly token: string | undefined,
  ) {}

  static with(server: RunningServer, realm: string, { access_token: token }: TokenReply): AccountApi {
    return new AccountApi(server, realm, token);
  }

  async send(
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<AccountAnswer> {
    const response = await fetch(`${this.server.issuer(this.realm)}/account${path}`, {
      method,
      headers: {
        accept: 'application/json',
        ...(this.token === undefined ? {} : { authorization: `Bearer ${this.token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: text === '' ? undefined : (JSON.parse(text) as unknown),
    };
  }

  /** @throws Error when the answer is none of 200 */
  async read<T>(path: string): Promise<T> {
    const { status, body } = await this.send('GET', path);
    if (status !== 200) throw new Error(`GET ${path}: ${String(status)} ${JSON.stringify(body)}`);
    return body as T;
  }
}
