import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An application on two origins: it takes the answer on one and shows its page on the other. */
export interface CallbackServer {
  /** Where logins answer to; redirects to the second origin at once. */
  readonly callback: string;
  /** Answers that arrived, in order. */
  readonly answers: readonly URLSearchParams[];
  close(): Promise<void>;
}

const listen = async (server: Server): Promise<string> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

const stop = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

/** Starts the application. */
export async function startCallbackServer(): Promise<CallbackServer> {
  const answers: URLSearchParams[] = [];
  const home = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end('<!doctype html><html lang="en"><title>Welcome</title><h1>Welcome to the application</h1></html>');
  });
  const homeOrigin = await listen(home);
  const callback = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const posted = Buffer.concat(parts).toString();
      const query = new URL(request.url ?? '/', 'http://callback').searchParams;
      if (request.url?.startsWith('/cb')) answers.push(posted === '' ? query : new URLSearchParams(posted));
      response.writeHead(303, { location: `${homeOrigin}/welcome` });
      response.end();
    });
  });
  const origin = await listen(callback);
  return {
    callback: `${origin}/cb`,
    answers,
    close: async () => {
      await Promise.all([stop(callback), stop(home)]);
    },
  };
}
