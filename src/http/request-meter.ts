import type { FastifyInstance } from 'fastify';

/** A request that was answered, or whose caller went away. */
export interface MeasuredRequest {
  readonly method: string;
  /** As it is declared (`/realms/:realm/...`); `unmatched` where no route fits, so that strangers cannot invent any. */
  readonly route: string;
  /** 499 when the caller went away before the answer was written. */
  readonly status: number;
  readonly seconds: number;
}

/** Counts HTTP requests. Must not take long, and not throw. */
export abstract class RequestMeter {
  abstract begun(): void;
  abstract ended(request: MeasuredRequest): void;
}

const CALLER_GONE = 499;

/** Tells the meter of every request of a server. Call it before other hooks: what they refuse counts, too. */
export function measureRequests(fastify: FastifyInstance, meter: RequestMeter): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    const start = performance.now();
    meter.begun();
    // Of all ends of a response only this one comes always, and once.
    reply.raw.once('close', () =>
      meter.ended({
        method: request.method,
        route: request.routeOptions.url ?? 'unmatched',
        status: reply.raw.writableFinished ? reply.raw.statusCode : CALLER_GONE,
        seconds: (performance.now() - start) / 1000,
      }),
    );
    done();
  });
}
