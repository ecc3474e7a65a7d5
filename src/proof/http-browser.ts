import type { Agent } from 'node:http';
import { CookieJar } from './cookie-jar.js';
import { httpRequest, type HttpAnswer } from './http-request.js';

/** A browser for load: cookies, over connections that many of them share, and nothing else. Each request may go to another node. */
export class HttpBrowser {
  private readonly jar = new CookieJar();

  get(agent: Agent, url: string): Promise<HttpAnswer> {
    return this.send(agent, 'GET', url);
  }

  /** Sends a form as a page of the server would: with the page's origin. */
  post(agent: Agent, url: string, form: Readonly<Record<string, string>>): Promise<HttpAnswer> {
    return this.send(agent, 'POST', url, form);
  }

  private async send(
    agent: Agent,
    method: 'GET' | 'POST',
    url: string,
    form?: Readonly<Record<string, string>>,
  ): Promise<HttpAnswer> {
    const { pathname, origin } = new URL(url);
    const cookie = this.jar.header(pathname);
    const headers = { ...(cookie === undefined ? {} : { cookie }), ...(form ? { origin } : {}) };
    const answer = await httpRequest(agent, method, url, { headers, ...(form ? { form } : {}) });
    this.jar.keep(answer.headers['set-cookie'] ?? []);
    return answer;
  }
}
