import { fastify } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
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
});
