import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { Readiness } from '../shared/readiness.js';

/**
 * Lets a server that is being closed end its connections: each one that works on a request with its answer, all others at once.
 * Without it a close waits for connections that clients and proxies keep open for their next request, and for those that browsers
 * open ahead of their first one (Node counts neither as idle). Answers end their connections as soon as the server is not ready any
 * more because it stops, so that few are left by then.
 */
export function endConnectionsOnClose(fastify: FastifyInstance, readiness: Readiness): void {
  // By address: of an https connection `connection` tells the TCP socket and `request` the TLS one above it.
  const quiet = new Map<string, Socket>();
  let closing = false;

  fastify.server.on('connection', (socket: Socket) => {
    const peer = peerOf(socket);
    quiet.set(peer, socket);
    socket.once('close', () => quiet.delete(peer));
  });
  fastify.server.on('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    const peer = peerOf(socket);
    quiet.delete(peer);
    response.once('close', () => {
      if (!socket.destroyed) quiet.set(peer, socket);
    });
  });
  fastify.addHook('preClose', (done) => {
    closing = true;
    for (const socket of quiet.values()) socket.destroy();
    done();
  });
  fastify.addHook('onSend', (_request, reply, payload, done) => {
    if (closing || readiness.isStopping) void reply.header('connection', 'close');
    done(null, payload);
  });
}

const peerOf = ({ remoteAddress, remotePort }: Socket): string => `${remoteAddress ?? ''} ${String(remotePort)}`;
