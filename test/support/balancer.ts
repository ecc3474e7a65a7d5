import { once } from 'node:events';
import {
  Agent,
  createServer,
  request as send,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

const PROBE_EVERY_MS = 100;

/** A server behind the balancer. */
interface Node {
  readonly url: URL;
  isReady: boolean;
  /** Requests it was given. */
  requests: number;
}

/**
 * A load balancer without sticky sessions, as plain as one can be: each request goes to the next node whose readiness is green, over
 * connections that are kept. Nothing is tried again: what a node does not answer is a 502, and a test sees it.
 */
export class Balancer {
  private readonly nodes = new Map<string, Node>();
  private readonly agent = new Agent({ keepAlive: true });
  private readonly probing: NodeJS.Timeout;
  private turn = 0;

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {
    server.on('request', (request: IncomingMessage, response: ServerResponse) => this.pass(request, response));
    this.probing = setInterval(() => void this.probe(), PROBE_EVERY_MS);
  }

  static async start(): Promise<Balancer> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new Balancer(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  }

  issuer(realm: string): string {
    return `${this.url}/realms/${realm}`;
  }

  /** Takes a node that is ready into the ring. */
  add(url: string): void {
    this.nodes.set(url, { url: new URL(url), isReady: true, requests: 0 });
  }

  remove(url: string): void {
    this.nodes.delete(url);
  }

  /** How many requests each node was given since the last call. */
  takeCounts(): readonly number[] {
    const counts = [...this.nodes.values()].map(({ requests }) => requests);
    for (const node of this.nodes.values()) node.requests = 0;
    return counts;
  }

  async close(): Promise<void> {
    clearInterval(this.probing);
    this.agent.destroy();
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async probe(): Promise<void> {
    await Promise.all(
      [...this.nodes.values()].map(async (node) => {
        node.isReady = await fetch(new URL('/health/ready', node.url)).then(
          ({ ok }) => ok,
          () => false,
        );
      }),
    );
  }

  private pass(request: IncomingMessage, response: ServerResponse): void {
    const ready = [...this.nodes.values()].filter(({ isReady }) => isReady);
    const node = ready[this.turn++ % ready.length];
    if (!node) {
      response.writeHead(502).end('No node is ready');
      return;
    }
    node.requests++;
    const { hostname, port } = node.url;
    const passed = send(
      { agent: this.agent, hostname, port, method: request.method, path: request.url, headers: request.headers },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
        answer.pipe(response);
      },
    );
    passed.on('error', (error) => {
      if (response.headersSent) response.destroy();
      else response.writeHead(502).end(`No answer: ${error.message}`);
    });
    request.pipe(passed);
  }
}
