import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { listening } from './listening.js';

export interface ManagementAnswer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

/** What is served, by path. */
export type ManagementPages = Readonly<Record<string, () => Promise<ManagementAnswer>>>;

const REQUEST_MS = 10_000;

/**
 * A small server of its own for those who watch: on another port than logins, so that it can be closed to the world, and answering when
 * they are slow. It reads no bodies and knows no callers.
 */
export class ManagementServer {
  private constructor(private readonly server: Server) {}

  /** @throws AppError `address_unusable` when the address cannot be had */
  static async listen(
    { host, port }: { readonly host: string; readonly port: number },
    pages: ManagementPages,
    failed: (error: unknown) => void,
  ): Promise<ManagementServer> {
    const known = new Map(Object.entries(pages));
    const server = createServer({ requestTimeout: REQUEST_MS }, (request, response) => {
      const page = known.get((request.url ?? '').replace(/\?.*$/, '').replace(/(.)\/$/, '$1'));
      const send = ({ status, type, body }: ManagementAnswer): void => {
        response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' });
        response.end(request.method === 'HEAD' ? undefined : body);
      };
      if (!page) send({ status: 404, type: 'text/plain', body: 'Not Found\n' });
      else if (request.method !== 'GET' && request.method !== 'HEAD')
        send({ status: 405, type: 'text/plain', body: 'Method Not Allowed\n' });
      else
        page().then(send, (error: unknown) => {
          failed(error);
          send({ status: 500, type: 'text/plain', body: 'The log says why.\n' });
        });
    });
    await listening({ host, port }, 'SLUICE_MANAGEMENT_PORT', () => {
      server.listen(port, host);
      return once(server, 'listening');
    });
    return new ManagementServer(server);
  }

  /** `http://127.0.0.1:9000` */
  get url(): string {
    const { address, family, port } = this.server.address() as AddressInfo;
    return `http://${family === 'IPv6' ? `[${address}]` : address}:${String(port)}`;
  }

  async close(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    this.server.closeAllConnections();
    await closed;
  }
}
