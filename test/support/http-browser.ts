import type { Agent } from 'node:http';
import { CookieJar } from './cookie-jar.js';
import { httpRequest, type HttpAnswer } from './http-request.js';

/**
 * A browser for load: cookies, over connections that many of them share, and nothing else. `BrowserSession` is the comfortable one.
 */
export class HttpBrowser {
  private readonly jar = new CookieJar();

  constructor(private readonly agent: Agent) {}

  get(url: string): Promise<HttpAnswer> {
    return this.send('GET', url);
  }

  /** Sends a form as a page of the server would: with the page's origin. */
  post(url: string, form: Readonly<Record<string, string>>): Promise<HttpAnswer> {
    return this.send('POST', url, form);
  }

  private async send(
    method: 'GET' | 'POST',
    url: string,
    form?: Readonly<Record<string, string>>,
  ): Promise<HttpAnswer> {
    const { pathname, origin } = new URL(url);
    const cookie = this.jar.header(pathname);
    const headers = { ...(cookie === undefined ? {} : { cookie }), ...(form ? { origin } : {}) };
    const answer = await httpRequest(this.agent, method, url, { headers, ...(form ? { form } : {}) });
    this.jar.keep(answer.headers['set-cookie'] ?? []);
    return answer;
  }
}
