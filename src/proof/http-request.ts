import { Agent, request as sendPlain, type IncomingHttpHeaders } from 'node:http';
import { Agent as TlsAgent, request as sendOverTls } from 'node:https';
import { connect } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { urlToHttpOptions } from 'node:url';

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
  /** Sent as `application/json`. */
  readonly json?: object;
}

const ANSWER_WITHIN_MS = 60_000;

/** Connections that stay open between requests, as many at once as are asked for. */
export const keepAlive = (connections: number): Agent => new Agent({ keepAlive: true, maxSockets: connections });

/**
 * Connections that all go to one node, whichever host is named by the addresses that are asked: as a load balancer in front of it
 * would send them there. The node sees the host that was named.
 * @param node `http://host:port` or `https://host:port`
 */
export function routeTo(node: string, connections: number): Agent {
  const { protocol, port, hostname } = urlToHttpOptions(new URL(node));
  const host = hostname ?? '';
  const options = { keepAlive: true, maxSockets: connections };
  const agent = protocol === 'https:' ? new TlsAgent(options) : new Agent(options);
  agent.createConnection =
    protocol === 'https:'
      ? () => connectTls({ host, port: Number(port ?? 443), servername: host, ALPNProtocols: ['http/1.1'] })
      : () => connect({ host, port: Number(port ?? 80) });
  return agent;
}

/**
 * Sends a request over connections of the given agent.
 * @throws Error when the connection breaks or the answer takes longer than a minute
 */
export function httpRequest(
  agent: Agent,
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  url: string,
  content: HttpContent = {},
): Promise<HttpAnswer> {
  const { body, type } = bodyOf(content);
  const overTls = agent instanceof TlsAgent;
  const options = {
    ...urlToHttpOptions(new URL(url)),
    protocol: overTls ? 'https:' : 'http:',
    agent,
    method,
    headers: { ...type, ...content.headers },
  };
  return new Promise((resolve, reject) => {
    const outgoing = (overTls ? sendOverTls : sendPlain)(options, (incoming) => {
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

function bodyOf({ form, json }: HttpContent): { body?: string; type?: { 'content-type': string } } {
  if (form !== undefined)
    return {
      body: new URLSearchParams(form).toString(),
      type: { 'content-type': 'application/x-www-form-urlencoded' },
    };
  return json === undefined ? {} : { body: JSON.stringify(json), type: { 'content-type': 'application/json' } };
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
