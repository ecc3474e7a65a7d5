import { createServer, type IncomingMessage, type Server } from 'node:http';

/** A request, read to its end. */
export interface FloorRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly form: URLSearchParams;
  /** Token of the `Authorization` header; empty without one. */
  readonly bearer: string;
  /** `http://host:port` as the client names it. */
  readonly base: string;
}

export interface FloorAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export const json = (value: unknown, status = 200): FloorAnswer => ({
  status,
  headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  body: JSON.stringify(value),
});

export const html = (body: string): FloorAnswer => ({
  status: 200,
  headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
  body,
});

export const redirect = (location: string): FloorAnswer => ({ status: 302, headers: { location }, body: '' });

export const refusal = (error: string, status = 400): FloorAnswer => json({ error }, status);

/** A plain HTTP server around one function. What it throws is answered with 500 and said on standard error. */
export const serverOf = (answer: (request: FloorRequest) => Promise<FloorAnswer>): Server =>
  createServer((incoming, outgoing) => {
    readRequest(incoming)
      .then(answer)
      .catch((error: unknown) => {
        console.error(error);
        return refusal('server_error', 500);
      })
      .then(({ status, headers, body }) => {
        outgoing.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
        outgoing.end(body);
      })
      .catch((error: unknown) => outgoing.destroy(error instanceof Error ? error : undefined));
  });

async function readRequest(incoming: IncomingMessage): Promise<FloorRequest> {
  const { url = '/', headers, method = 'GET' } = incoming;
  const parts: Buffer[] = [];
  if (method === 'POST') for await (const part of incoming) parts.push(part as Buffer);
  const end = url.indexOf('?');
  return {
    method,
    path: end < 0 ? url : url.slice(0, end),
    query: new URLSearchParams(end < 0 ? '' : url.slice(end)),
    form: new URLSearchParams(Buffer.concat(parts).toString()),
    bearer: headers.authorization?.startsWith('Bearer ') ? headers.authorization.slice('Bearer '.length) : '',
    base: `http://${headers.host ?? ''}`,
  };
}
