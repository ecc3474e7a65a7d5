import { request } from 'node:http';

/** A request as it goes over the wire: no address is tidied up, no body is written anew. */
export interface RawRequest {
  readonly method: string;
  /** Path and query, encoded. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface RawAnswer {
  readonly status: number;
  readonly location: string | undefined;
  readonly text: string;
}

/** @throws Error when the connection breaks or the answer takes longer than it may */
export function sendRaw(server: string, { method, target, headers, body }: RawRequest, ms: number): Promise<RawAnswer> {
  const { hostname, port } = new URL(server);
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const outgoing = request(
      { hostname, port, path: target, method, headers: { ...headers, ...length } },
      (incoming) => {
        const parts: Buffer[] = [];
        incoming.on('data', (part: Buffer) => parts.push(part));
        incoming.on('error', reject);
        incoming.on('end', () => {
          clearTimeout(impatience);
          const text = Buffer.concat(parts).toString('utf8');
          resolve({ status: incoming.statusCode ?? 0, location: incoming.headers.location, text });
        });
      },
    );
    const impatience = setTimeout(() => outgoing.destroy(new Error(`no answer within ${ms / 1000} s`)), ms);
    outgoing.on('error', (error) => {
      clearTimeout(impatience);
      reject(error);
    });
    outgoing.end(body);
  });
}

/** Percent-encoding of any text, half characters too. */
export const encoded = (text: string): string =>
  [...text]
    .map((character) => (/^[\ud800-\udfff]$/.test(character) ? '%ED%A0%80' : encodeURIComponent(character)))
    .join('')
    .replace(/^\.{1,2}$/, (dots) => dots.replaceAll('.', '%2E'));
