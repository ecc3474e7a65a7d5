import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/**
 * Lets a server that is being closed end its connections: each one that works on a request with its answer, all others at once.
 * Without it a close waits for connections that clients and proxies keep open for their next request, and for those that browsers
 * open ahead of their first one (Node counts neither as idle).
 */
export function endConnectionsOnClose(fastify: FastifyInstance): void {
  const quiet = new Set<Socket>();
  let closing = false;

  fastify.server.on('connection', (socket: Socket) => {
    quiet.add(socket);
    socket.once('close', () => quiet.delete(socket));
  });
  fastify.server.on('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    quiet.delete(socket);
    response.once('close', () => {
      if (!socket.destroyed) quiet.add(socket);
    });
  });
  fastify.addHook('preClose', (done) => {
    closing = true;
    for (const socket of quiet) socket.destroy();
    done();
  });
  fastify.addHook('onSend', (_request, reply, payload, done) => {
    if (closing) void reply.header('connection', 'close');
    done(null, payload);
  });
}
