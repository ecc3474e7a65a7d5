import type { FastifyInstance } from 'fastify';
import ipaddr from 'ipaddr.js';
import { TooManyRequestsError, UnavailableError } from '../shared/errors.js';
import type { RateLimit } from '../shared/rate-limit.js';

export interface OverloadLimits {
  /** Requests under way; one more is refused before it costs anything. */
  readonly most: number;
  /** Requests of one address; absent: any number. */
  readonly perAddress?: RateLimit | undefined;
}

/** Whoever watches the server has to hear of an overload. */
const HEALTH = /^\/health(\/|\?|$)/;

/** Refuses requests that come while too many are under way (503), or too often from one address (429), before they are read. */
export function refuseOverload(fastify: FastifyInstance, { most, perAddress }: OverloadLimits): void {
  let active = 0;
  fastify.addHook('onRequest', (request, reply, done) => {
    if (HEALTH.test(request.url)) {
      done();
      return;
    }
    active += 1;
    reply.raw.once('close', () => (active -= 1));
    if (active > most) {
      done(new UnavailableError('server_busy', 'The server is busy. Try again in a moment.'));
      return;
    }
    const seconds = perAddress?.take(networkOf(request.ip)) ?? 0;
    done(
      seconds === 0
        ? undefined
        : new TooManyRequestsError('too_many_requests', 'Too many requests. Try again later.', seconds),
    );
  });
}

/** What a trusted proxy says may be any text; of one that is no address so much is remembered. */
const LONGEST = 64;

/** Whoever has one IPv6 address has its whole /64. */
function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return address.slice(0, LONGEST);
  const parsed = ipaddr.process(address);
  return parsed instanceof ipaddr.IPv6 ? parsed.parts.slice(0, 4).join(':') : parsed.toString();
}
