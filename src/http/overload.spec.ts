import { fastify } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../shared/clock.js';
import { RateLimit } from '../shared/rate-limit.js';
import { refuseOverload } from './overload.js';

describe('refuseOverload', () => {
  const app = () => {
    const server = fastify();
    refuseOverload(server, { most: 2 });
    server.setErrorHandler((error: { code?: string }, _request, reply) => reply.code(503).send(error.code));
    server.get('/slow', () => gate);
    server.get('/health/live', () => 'up');
    return server;
  };
  let gate: Promise<string>;
  let open: () => void;
  let server: ReturnType<typeof app>;
  let url: string;

  beforeEach(async () => {
    gate = new Promise((resolve) => (open = () => resolve('done')));
    server = app();
    url = await server.listen({ port: 0, host: '127.0.0.1' });
  });
  afterEach(() => server.close());

  const statusOf = async (path: string) => (await fetch(`${url}${path}`)).status;

  it('refuses one request too many, lets health through, and takes requests again', async () => {
    const slow = [statusOf('/slow'), statusOf('/slow')];
    while ((await statusOf('/nowhere')) !== 503);
    expect(await statusOf('/slow')).toBe(503);
    expect(await statusOf('/health/live')).toBe(200);
    open();
    expect(await Promise.all(slow)).toEqual([200, 200]);
    expect(await statusOf('/slow')).toBe(200);
  });

  it('counts a caller out who went away', async () => {
    const caller = new AbortController();
    const left = [1, 2].map(() => fetch(`${url}/slow`, { signal: caller.signal }).catch(() => 'gone'));
    while ((await statusOf('/nowhere')) !== 503);
    caller.abort();
    expect(await Promise.all(left)).toEqual(['gone', 'gone']);
    while ((await statusOf('/nowhere')) === 503);
    open();
    expect(await statusOf('/slow')).toBe(200);
  });

  it('remembers little of what a proxy says that is no address', async () => {
    const behind = fastify({ trustProxy: true });
    refuseOverload(behind, { most: 2, perAddress: new RateLimit(1, new ManualClock()) });
    behind.setErrorHandler((error: { code?: string }, _request, reply) => reply.code(429).send(error.code));
    behind.get('/', () => 'done');
    const ask = async (from: string): Promise<number> =>
      (await behind.inject({ url: '/', headers: { 'x-forwarded-for': from } })).statusCode;
    const long = 'x'.repeat(10_000);
    expect([await ask(`${long}1`), await ask(`${long}2`), await ask('unknown')]).toEqual([200, 429, 200]);
    await behind.close();
  });
});
