import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** An address whose connections go to one port or another: what a failover moves. */
export class Switch {
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    private target: number,
  ) {}

  /** @param target port of loopback to begin with */
  static async open(target: number): Promise<Switch> {
    const server = createServer();
    const opened = new Switch(server, target);
    server.on('connection', (socket) => opened.join(socket));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return opened;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** New connections go to another port from now on; those that are open are cut. */
  turnTo(target: number): void {
    this.target = target;
    for (const socket of this.sockets) socket.destroy();
  }

  close(): void {
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
  }

  private join(socket: Socket): void {
    const onward = connect({ host: '127.0.0.1', port: this.target });
    for (const [one, other] of [
      [socket, onward],
      [onward, socket],
    ] as const) {
      this.sockets.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        this.sockets.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  }
}
