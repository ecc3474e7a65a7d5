import { createHash, randomBytes } from 'node:crypto';
import type { Agent } from 'node:http';
import { HttpBrowser } from './http-browser.js';
import { httpRequest, type HttpAnswer } from './http-request.js';
import { formAction } from './login-page.js';

/** An application of a realm: a public client. */
export interface Application {
  /** `<server>/realms/<realm>` */
  readonly issuer: string;
  readonly clientId: string;
  readonly redirectUri: string;
}

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** Sends a form to the token endpoint as the application. */
export const askForTokens = (
  agent: Agent,
  { issuer, clientId }: Application,
  form: Readonly<Record<string, string>>,
): Promise<HttpAnswer> =>
  httpRequest(agent, 'POST', `${issuer}/protocol/openid-connect/token`, { form: { client_id: clientId, ...form } });

/** A login over the authorization code flow with PKCE in a browser of its own: a page, its form, the exchange of the code. */
export class CodeLogin {
  private constructor(
    private readonly agent: Agent,
    private readonly application: Application,
    private readonly browser: HttpBrowser,
    private readonly verifier: string,
    private readonly action: string,
  ) {}

  /** Opens the login page. */
  static async open(agent: Agent, application: Application): Promise<CodeLogin> {
    const browser = new HttpBrowser();
    const verifier = randomBytes(32).toString('base64url');
    const query = new URLSearchParams({
      client_id: application.clientId,
      redirect_uri: application.redirectUri,
      response_type: 'code',
      scope: 'openid',
      state: randomBytes(8).toString('hex'),
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
    });
    const page = await browser.get(agent, `${application.issuer}/protocol/openid-connect/auth?${query.toString()}`);
    return new CodeLogin(agent, application, browser, verifier, formAction(page.body));
  }

  /** Sends the login form, to another node when one is named. */
  submit({ username, password }: Credentials, agent = this.agent): Promise<HttpAnswer> {
    return this.browser.post(agent, this.action, { username, password });
  }

  /** Exchanges the code of an answer that went back to the application, at another node when one is named. */
  exchange(answer: HttpAnswer, agent = this.agent): Promise<HttpAnswer> {
    return askForTokens(agent, this.application, {
      grant_type: 'authorization_code',
      redirect_uri: this.application.redirectUri,
      code: returnedTo(this.application, answer)?.get('code') ?? '',
      code_verifier: this.verifier,
    });
  }
}

/** Parameters with which an answer went back to the application; undefined when it is no such redirect. */
export function returnedTo({ redirectUri }: Application, { status, headers }: HttpAnswer): URLSearchParams | undefined {
  const { location } = headers;
  if ((status !== 302 && status !== 303) || !location?.startsWith(`${redirectUri}?`)) return undefined;
  return new URL(location).searchParams;
}
