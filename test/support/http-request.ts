import { Agent, request as send, type IncomingHttpHeaders } from 'node:http';

/** An answer, read to its end. Redirects are answers like others: nobody follows them. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What is sent beside method and address. */
export interface HttpContent {
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as `application/x-www-form-urlencoded`. */
  readonly form?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly json?: object;
}

const ANSWER_WITHIN_MS = 60_000;

/** Connections that stay open between requests, as many at once as are asked for. */
export const keepAlive = (connections: number): Agent => new Agent({ keepAlive: true, maxSockets: connections });

/**
 * Sends a request over connections of the given agent.
 * @throws Error when the connection breaks or the answer takes longer than a minute
 */
export function httpRequest(
  agent: Agent,
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  url: string,
  { headers = {}, form, json }: HttpContent = {},
): Promise<HttpAnswer> {
  const [type, body] = contentOf(form, json);
  const described = type === undefined ? {} : { 'content-type': type };
  return new Promise((resolve, reject) => {
    const outgoing = send(url, { agent, method, headers: { ...described, ...headers } }, (incoming) => {
      const parts: Buffer[] = [];
      incoming.on('data', (part: Buffer) => parts.push(part));
      incoming.on('error', reject);
      incoming.on('end', () => {
        const { statusCode = 0 } = incoming;
        resolve({ status: statusCode, headers: incoming.headers, body: Buffer.concat(parts).toString('utf8') });
      });
    });
    outgoing.setTimeout(ANSWER_WITHIN_MS, () => outgoing.destroy(new Error(`No answer in time: ${method} ${url}`)));
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

function contentOf(form: HttpContent['form'], json: HttpContent['json']): [string?, string?] {
  if (form) return ['application/x-www-form-urlencoded', new URLSearchParams(form).toString()];
  return json ? ['application/json', JSON.stringify(json)] : [];
}

/** The members of a JSON answer; none when it is no JSON object. */
export function jsonOf({ body }: HttpAnswer): Readonly<Record<string, unknown>> {
  try {
    const parsed: unknown = JSON.parse(body);
    return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** A member of a JSON answer that has to be a text; empty when it is not. */
export function textOf(answer: HttpAnswer, member: string): string {
  const value = jsonOf(answer)[member];
  return typeof value === 'string' ? value : '';
}
