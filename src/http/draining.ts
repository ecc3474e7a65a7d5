import type { FastifyInstance } from 'fastify';

/**
 * Lets a server that is being closed end each connection with the answer it is working on. Clients and proxies keep connections open
 * for their next request, and one that was busy when the close began would otherwise hold it up until its keep-alive time is over.
 */
export function endConnectionsOnClose(fastify: FastifyInstance): void {
  let closing = false;
  fastify.addHook('preClose', (done) => {
    closing = true;
    done();
  });
  fastify.addHook('onSend', (_request, reply, payload, done) => {
    if (closing) void reply.header('connection', 'close');
    done(null, payload);
  });
}
