import { createHash, randomBytes } from 'node:crypto';
import { CookieJar, parseSetCookie, type Cookie } from '../../src/proof/cookie-jar.js';
import { HtmlPage } from './html-page.js';

/** Fields of a form, as typed. */
export type Fields = Readonly<Record<string, string>>;

/** An application of a realm. */
export interface App {
  readonly realm: string;
  readonly clientId: string;
  readonly redirectUri: string;
  /** Confidential clients. */
  readonly secret?: string;
}

/** How a request differs from what a browser sends by itself. */
export interface Sending {
  readonly headers?: Readonly<Record<string, string>>;
}

/** An answer of the server, read to its end. Redirects are not followed. */
export class Reply {
  constructor(
    readonly url: string,
    readonly status: number,
    readonly headers: Headers,
    readonly body: string,
  ) {}

  get page(): HtmlPage {
    return new HtmlPage(this.body);
  }

  /** @throws Error when the answer is no redirect */
  get location(): URL {
    const location = this.headers.get('location');
    if (location === null) throw new Error(`No redirect but ${this.status}: ${this.page.text.slice(0, 300)}`);
    return new URL(location, this.url);
  }

  /** Parameters an application gets in this redirect. @throws Error when it is none to an application */
  get answer(): URLSearchParams {
    const { location } = this;
    if (location.origin === new URL(this.url).origin) throw new Error(`A redirect within the server: ${location.href}`);
    return location.searchParams;
  }

  /** Cookies that this answer sets, by name. */
  get cookies(): Readonly<Record<string, Cookie>> {
    const cookies = this.headers.getSetCookie().map(parseSetCookie);
    return Object.fromEntries(cookies.map((cookie) => [cookie.name, cookie]));
  }

  json(): Readonly<Record<string, unknown>> {
    return JSON.parse(this.body) as Readonly<Record<string, unknown>>;
  }
}

/** A tokens answer, or an error. */
export interface TokenReply {
  readonly status: number;
  readonly access_token?: string;
  readonly refresh_token?: string;
  readonly id_token?: string;
  readonly session_state?: string;
  readonly error?: string;
  readonly error_description?: string;
}

const VERIFIER = randomBytes(32).toString('base64url');
const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url');

/** Sends a form to a realm's token endpoint. */
export async function askForTokens(
  server: { issuer(realm: string): string },
  app: App,
  form: Fields,
): Promise<TokenReply> {
  const response = await fetch(`${server.issuer(app.realm)}/protocol/openid-connect/token`, {
    method: 'POST',
    body: new URLSearchParams({
      client_id: app.clientId,
      ...(app.secret === undefined ? {} : { client_secret: app.secret }),
      ...form,
    }),
  });
  return { ...((await response.json()) as object), status: response.status };
}

/** The password grant. */
export const passwordGrant = (
  server: { issuer(realm: string): string },
  app: App,
  username: string,
  more: Fields = {},
): Promise<TokenReply> =>
  askForTokens(server, app, { grant_type: 'password', username, password: `${username}-pw`, scope: 'openid', ...more });

/** A person's browser at one server, without a screen: keeps cookies, fills in the forms of pages, follows what it is told to follow. */
export class BrowserSession {
  /** PKCE verifier of every code that a browser of a test gets. */
  static readonly verifier = VERIFIER;

  constructor(
    private readonly server: { readonly url: string; issuer(realm: string): string },
    readonly jar = new CookieJar(),
    private readonly language = 'en',
  ) {}

  /** A second browser with the same cookies as this one has now. */
  copy(): BrowserSession {
    return new BrowserSession(this.server, this.jar.copy(), this.language);
  }

  /** Goes to the application's login: the first page, or the redirect that single sign-on gives. */
  authorize(app: App, more: Fields = {}): Promise<Reply> {
    const query = new URLSearchParams({
      client_id: app.clientId,
      redirect_uri: app.redirectUri,
      response_type: 'code',
      scope: 'openid',
      state: 'st-1',
      code_challenge: CHALLENGE,
      code_challenge_method: 'S256',
      ...more,
    });
    return this.get(`${this.server.issuer(app.realm)}/protocol/openid-connect/auth?${query.toString()}`);
  }

  get(url: string | URL, sending: Sending = {}): Promise<Reply> {
    return this.send('GET', new URL(url, this.server.url), undefined, sending);
  }

  /** Posts a form as a page of the server would. */
  post(url: string | URL, fields: Fields | string, sending: Sending = {}): Promise<Reply> {
    const body = typeof fields === 'string' ? fields : new URLSearchParams(fields).toString();
    return this.send('POST', new URL(url, this.server.url), body, sending);
  }

  /** Sends the form on a page, with its hidden fields; then goes where the server says, as long as it stays there. */
  async submit(reply: Reply, fields: Fields): Promise<Reply> {
    return this.follow(await this.submitOnly(reply, fields));
  }

  /** As `submit`, without following the answer. */
  submitOnly(reply: Reply, fields: Fields, sending: Sending = {}): Promise<Reply> {
    const { action, hidden } = reply.page.form;
    return this.post(new URL(action, reply.url), { ...hidden, ...fields }, sending);
  }

  /** Follows redirects within the server. */
  async follow(reply: Reply): Promise<Reply> {
    let current = reply;
    for (let hops = 0; hops < 5 && current.headers.has('location'); hops++) {
      if (current.location.origin !== new URL(this.server.url).origin) return current;
      current = await this.get(current.location);
    }
    return current;
  }

  /** A whole login with name and password (`<name>-pw`): the last answer. */
  async login(app: App, username: string, more: Fields = {}): Promise<Reply> {
    return this.submit(await this.authorize(app, more), { username, password: `${username}-pw` });
  }

  /** Exchanges the code of a redirect to the application. */
  exchange(app: App, reply: Reply): Promise<TokenReply> {
    return askForTokens(this.server, app, {
      grant_type: 'authorization_code',
      code: reply.answer.get('code') ?? '',
      redirect_uri: app.redirectUri,
      code_verifier: VERIFIER,
    });
  }

  private async send(method: string, url: URL, body: string | undefined, { headers = {} }: Sending): Promise<Reply> {
    const cookie = this.jar.header(url.pathname);
    const response = await fetch(url, {
      method,
      redirect: 'manual',
      headers: {
        'accept-language': this.language,
        ...(cookie === undefined ? {} : { cookie }),
        ...(body === undefined ? {} : { origin: url.origin, 'content-type': 'application/x-www-form-urlencoded' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body }),
    });
    this.jar.keep(response.headers.getSetCookie());
    return new Reply(url.href, response.status, response.headers, await response.text());
  }
}
