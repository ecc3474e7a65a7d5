import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { measuredAt, routeOf, type MeasuredRequest } from './request-meter.js';

/** A request whose head has arrived. */
export interface ArrivedRequest {
  readonly method: string;
  /** As it is declared, see `MeasuredRequest`. */
  readonly route: string;
  readonly headers: IncomingHttpHeaders;
}

/** What an observer made of a request. */
export interface ObservedRequest {
  /** Runs what answers it. */
  within(work: () => void): void;
  ended(request: MeasuredRequest): void;
}

/** Watches HTTP requests, for traces. Must not take long, and not throw. */
export abstract class RequestObserver {
  abstract begun(request: ArrivedRequest): ObservedRequest;
}

/** Load balancers ask every few seconds; nobody wants to read that. */
const PROBES = /^\/health(\/|$)/;

/** Lets the observer stand around every request of a server but probes. Call it before other hooks: what they do is part of the request. */
export function observeRequests(fastify: FastifyInstance, observer: RequestObserver): void {
  const underWay = new WeakMap<FastifyRequest, ObservedRequest>();
  fastify.addHook('onRequest', (request, reply, done) => {
    const route = routeOf(request);
    if (PROBES.test(route)) {
      done();
      return;
    }
    const start = performance.now();
    const observed = observer.begun({ method: request.method, route, headers: request.headers });
    underWay.set(request, observed);
    reply.raw.once('close', () => observed.ended(measuredAt(start, request, reply)));
    observed.within(done);
  });
  // What reads the body goes on from the socket's events, which know nothing of the request: enter it again.
  fastify.addHook('preValidation', (request, _reply, done) => {
    const observed = underWay.get(request);
    if (observed) observed.within(done);
    else done();
  });
}
