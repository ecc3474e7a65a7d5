import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

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

/** For a caller that went away. */
export const CALLER_GONE = 499;

/** Tells the meter of every request of a server. Call it before other hooks: what they refuse counts, too. */
export function measureRequests(fastify: FastifyInstance, meter: RequestMeter): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    const start = performance.now();
    meter.begun();
    // Of all ends of a response only this one comes always, and once.
    reply.raw.once('close', () => meter.ended(measuredAt(start, request, reply)));
    done();
  });
}

/** The route as it is declared. */
export const routeOf = (request: FastifyRequest): string => request.routeOptions.url ?? 'unmatched';

/** A request that has ended. @param start by `performance.now()` */
export const measuredAt = (start: number, request: FastifyRequest, reply: FastifyReply): MeasuredRequest => ({
  method: request.method,
  route: routeOf(request),
  status: reply.raw.writableFinished ? reply.raw.statusCode : CALLER_GONE,
  seconds: (performance.now() - start) / 1000,
});
