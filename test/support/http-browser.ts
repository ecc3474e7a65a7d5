import type { Agent } from 'node:http';
import { httpRequest, type HttpAnswer } from './http-request.js';

interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly path: string;
}

/**
 * A browser without a screen for the pages of one server: keeps cookies by path, posts forms, follows nothing by itself.
 * Loopback is a secure context, so `Secure` cookies are sent there as browsers do.
 */
export class HttpBrowser {
  private readonly jar = new Map<string, Cookie>();

  constructor(private readonly agent: Agent) {}

  get(url: string): Promise<HttpAnswer> {
    return this.send('GET', url);
  }

  /** Sends a form as the page would: with the origin of the page. */
  post(url: string, form: Readonly<Record<string, string>>): Promise<HttpAnswer> {
    return this.send('POST', url, form);
  }

  /** Value of a cookie, whatever its path. */
  cookie(name: string): string | undefined {
    return [...this.jar.values()].find((cookie) => cookie.name === name)?.value;
  }

  private async send(
    method: 'GET' | 'POST',
    url: string,
    form?: Readonly<Record<string, string>>,
  ): Promise<HttpAnswer> {
    const { pathname, origin } = new URL(url);
    const cookies = [...this.jar.values()].filter(({ path }) => pathname.startsWith(path));
    const headers = {
      ...(cookies.length > 0 ? { cookie: cookies.map(({ name, value }) => `${name}=${value}`).join('; ') } : {}),
      ...(form ? { origin } : {}),
    };
    const answer = await httpRequest(this.agent, method, url, { headers, ...(form ? { form } : {}) });
    for (const line of answer.headers['set-cookie'] ?? []) this.keep(line);
    return answer;
  }

  private keep(line: string): void {
    const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
    const separator = pair.indexOf('=');
    const attribute = (name: string): string | undefined =>
      attributes.find((given) => given.toLowerCase().startsWith(`${name}=`))?.slice(name.length + 1);
    const cookie = { name: pair.slice(0, separator), value: pair.slice(separator + 1), path: attribute('path') ?? '/' };
    const key = `${cookie.name} ${cookie.path}`;
    if (attribute('max-age') === '0' || cookie.value === '') this.jar.delete(key);
    else this.jar.set(key, cookie);
  }
}

/**
 * Where the form of a page is sent.
 * @throws Error when the page has no form that posts
 */
export function formAction({ body, status }: HttpAnswer): string {
  const form = /<form\b[^>]*\bmethod="post"[^>]*>/i.exec(body)?.[0];
  const action = form && /\baction="([^"]*)"/i.exec(form)?.[1];
  if (!action) throw new Error(`There is no form on the page (status ${status}): ${body.slice(0, 200)}`);
  return unescapeHtml(action);
}

/** The characters that templates escape. */
export const unescapeHtml = (text: string): string =>
  text
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
