/** A cookie as a server set it. */
export interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly path: string;
  /** Attributes in lower case, `true` for those without a value. */
  readonly attributes: Readonly<Record<string, string | true>>;
}

/** Reads one `Set-Cookie` header (RFC 6265 section 5.2). */
export function parseSetCookie(line: string): Cookie {
  const [pair = '', ...rest] = line.split(';').map((part) => part.trim());
  const separator = pair.indexOf('=');
  const attributes = Object.fromEntries(
    rest.map((part): [string, string | true] => {
      const [name = '', value] = part.split('=', 2);
      return [name.toLowerCase(), value ?? true];
    }),
  );
  const path = typeof attributes['path'] === 'string' ? attributes['path'] : '/';
  return { name: pair.slice(0, separator), value: pair.slice(separator + 1), path, attributes };
}

/** The cookies of one browser for one server. Loopback is a secure context, so `Secure` cookies are sent there. */
export class CookieJar {
  private readonly cookies = new Map<string, Cookie>();

  /** Takes the `Set-Cookie` headers of an answer; an expired cookie goes. */
  keep(lines: readonly string[]): void {
    for (const cookie of lines.map(parseSetCookie)) {
      const key = `${cookie.name} ${cookie.path}`;
      if (cookie.attributes['max-age'] === '0') this.cookies.delete(key);
      else this.cookies.set(key, cookie);
    }
  }

  /** Value of the `Cookie` header for a path; undefined when there is none to send. */
  header(path: string): string | undefined {
    const sent = [...this.cookies.values()].filter((cookie) => path.startsWith(cookie.path));
    return sent.length === 0 ? undefined : sent.map(({ name, value }) => `${name}=${value}`).join('; ');
  }

  get(name: string): Cookie | undefined {
    return [...this.cookies.values()].find((cookie) => cookie.name === name);
  }

  /** Forgets the named cookies, or all of them. */
  forget(...names: readonly string[]): void {
    for (const [key, { name }] of this.cookies)
      if (names.length === 0 || names.includes(name)) this.cookies.delete(key);
  }

  /** A browser with the same cookies from here on. */
  copy(): CookieJar {
    const copy = new CookieJar();
    for (const [key, cookie] of this.cookies) copy.cookies.set(key, cookie);
    return copy;
  }

  put(name: string, value: string, path: string): void {
    this.cookies.set(`${name} ${path}`, { name, value, path, attributes: {} });
  }
}
