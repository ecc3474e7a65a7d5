import type { OpenApi } from '../../src/web/api-docs/api-page.js';
import type { FuzzRealm, FuzzedServer } from './fuzz-realm.js';
import type { GeneratedBody, GeneratedCall, Place } from './generated-calls.js';
import { encoded, sendRaw, type RawAnswer, type RawRequest } from './raw-request.js';
import type { WatchedDatabase } from './watched-database.js';

/** Something that must not have happened. */
export interface Finding {
  readonly what: string;
  readonly request: string;
}

const ANSWER_WITHIN_MS = 10_000;

/** Makes calls and judges what came of each. */
export class FuzzRound {
  readonly statuses = new Map<number, number>();
  readonly findings: Finding[] = [];

  constructor(
    private readonly server: FuzzedServer,
    private readonly document: OpenApi,
    private readonly realm: FuzzRealm,
    private readonly database: WatchedDatabase,
  ) {}

  async make(call: GeneratedCall): Promise<void> {
    const request = await this.requestOf(call);
    await this.database.remember();
    let answer: RawAnswer;
    try {
      answer = await sendRaw(this.server.url, request, ANSWER_WITHIN_MS);
    } catch (error) {
      this.found(String(error), request);
      return;
    }
    const { status } = answer;
    this.statuses.set(status, (this.statuses.get(status) ?? 0) + 1);
    if (status >= 500 && !this.isDocumented(call, status))
      this.found(`${status} ${answer.text.slice(0, 200)}`, request);
    if (!mayChange(call, status)) {
      const changes = await this.database.changes();
      if (changes.length > 0) this.found(`${status} for ${call.caller}, and it changed ${changes.join('; ')}`, request);
    } else if (call.path === '/admin/realms/{realm}' && call.method === 'PUT') this.followRename(request);
  }

  /** What the document says of 500 (mails that cannot be sent), 501 and 503. */
  private isDocumented({ path, method }: GeneratedCall, status: number): boolean {
    return this.document.paths[path]?.[method.toLowerCase()]?.responses[String(status)] !== undefined;
  }

  private found(what: string, { method, target, headers, body }: RawRequest): void {
    const { authorization = '', ...rest } = headers;
    const who = authorization.slice(0, 20);
    this.findings.push({
      what,
      request: `${method} ${target} ${who} ${JSON.stringify(rest)} ${body?.slice(0, 2000) ?? ''}`,
    });
  }

  private followRename({ body = '' }: RawRequest): void {
    const { realm } = JSON.parse(body) as { realm?: unknown };
    if (typeof realm === 'string' && realm !== '') this.realm.name = realm;
  }

  private async requestOf(call: GeneratedCall): Promise<RawRequest> {
    const path = call.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encoded(this.textAt(name, call.inPath[name])));
    const query = call.inQuery.map(([name, value]) => `${encoded(name)}=${encoded(value)}`).join('&');
    const token = this.realm.token(call.caller);
    const { type, body } = await this.contentOf(path, call.body);
    return {
      method: call.method,
      target: `${path}${query === '' ? '' : `?${query}`}`,
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(type !== undefined && { 'content-type': type }),
        ...(call.ifMatch !== undefined && { 'if-match': call.ifMatch }),
      },
      ...(body !== undefined && { body }),
    };
  }

  private textAt(name: string, place: Place | undefined): string {
    if (!place) return name;
    return 'known' in place ? this.realm.pick(name, place.known) : place.text;
  }

  private async contentOf(path: string, body: GeneratedBody | undefined): Promise<{ type?: string; body?: string }> {
    if (!body) return {};
    switch (body.kind) {
      case 'bytes':
        return { ...(body.type !== undefined && { type: body.type }), body: body.text };
      case 'form': {
        const fields = body.fields.map(([name, place]) => `${encoded(name)}=${encoded(this.textAt(name, place))}`);
        return { type: 'application/x-www-form-urlencoded', body: fields.join('&') };
      }
      case 'json':
        return { type: 'application/json', body: textOf(body.value) };
      case 'changes':
        return { type: 'application/json', body: textOf(await this.changed(path, body.value)) };
    }
  }

  /** What is there now, with some members in place of its own. */
  private async changed(path: string, value: unknown): Promise<unknown> {
    const below = path.replace(/^\/admin\/realms\/[^/]*/, '');
    const current = path.startsWith('/admin/realms/') ? await this.realm.read(below) : undefined;
    const isObject = (each: unknown): each is object =>
      typeof each === 'object' && each !== null && !Array.isArray(each);
    return isObject(current) && isObject(value) ? { ...current, ...value } : value;
  }
}

/** JSON in which mail servers are on this machine, where nobody listens: nobody else is to hear of a fuzz. */
const textOf = (value: unknown): string =>
  JSON.stringify(value, (key, each: unknown) => (key === 'host' && typeof each === 'string' ? '127.0.0.1' : each));

/** Refusals change nothing, reading changes nothing, and who may only look changes nothing. */
function mayChange({ path, method, caller }: GeneratedCall, status: number): boolean {
  if (status >= 400) return false;
  if (!path.startsWith('/admin/')) return true;
  return caller === 'chief' && method !== 'GET';
}
