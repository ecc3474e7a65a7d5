import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { satisfies } from '../../../src/admin/admin-rights.js';
import { adminRoutes, type AdminRoute } from '../../../src/admin/admin-routes.js';
import { RunningServer } from '../../support/running-server.js';
import { chiefClient } from '../admin-client/admin-scene.js';
import { appointCallers, callerRealms, REALM, signIn, type Caller } from './callers.js';

/** What must not really happen while everybody is still to be asked: the realm would be gone, or everybody signed out. */
const FINAL = ['DELETE admin/realms/:realm', 'POST admin/realms/:realm/logout-all'];

/** Hundreds of requests on a machine that does other things, too (milliseconds). */
const PATIENCE = 120_000;

const routes = adminRoutes();
const inRealm = routes.filter(({ path }) => path.startsWith('admin/realms/:realm'));

let server: RunningServer;
let callers: readonly Caller[];

beforeAll(async () => {
  server = await RunningServer.start({ realms: callerRealms() });
  await appointCallers(await chiefClient(server, REALM));
  callers = await signIn(server);
});
afterAll(() => server.close());

/** Nothing that is named exists and no body can be read, so whoever is let in changes nothing. */
async function statusOf({ method, path }: AdminRoute, { token }: Pick<Caller, 'token'>): Promise<number> {
  const address = path.replace(':realm', REALM).replaceAll(/:\w+/g, 'no-such-thing').replace('*', 'no-such-thing');
  const response = await fetch(`${server.url}/${address}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(method === 'GET' ? {} : { body: '{"broken' }),
  });
  await response.arrayBuffer();
  return response.status;
}

const callerNamed = (name: string): Caller => {
  const caller = callers.find((each) => each.name === name);
  if (!caller) throw new Error(`${name} is not signed in`);
  return caller;
};

describe('Every route of the Admin API', () => {
  it('says what it needs', () => {
    expect(routes.length).toBeGreaterThan(200);
    expect(routes.filter(({ right, also }) => right === undefined && also === undefined)).toEqual([]);
    expect(inRealm.filter(({ right }) => right === undefined)).toEqual([]);
  });

  it(
    'turns away who has no token',
    async () => {
      for (const route of routes) expect([route, await statusOf(route, { token: 'none' })]).toEqual([route, 401]);
    },
    PATIENCE,
  );

  it.each([
    'viewer',
    'query-users',
    'query-clients',
    'query-groups',
    'query-realms',
    'boss',
    'nobody',
    'service-account-robot',
    'visitor',
    'stranger',
  ])(
    'lets %s do what the table says, and nothing else',
    async (name) => {
      const caller = callerNamed(name);
      const asked = inRealm.filter(({ method, path }) => !FINAL.includes(`${method} ${path}`));
      const wrong: string[] = [];
      for (const route of asked) {
        const may = route.right !== undefined && satisfies(caller.roles, route.right);
        const status = await statusOf(route, caller);
        const isRight = may ? ![401, 403, 500].includes(status) : status === 403;
        // What a route asks for beyond its right it may ask before it looks at the body.
        if (!isRight && !(may && status === 403 && route.also !== undefined))
          wrong.push(`${route.method} ${route.path} ${may ? 'should open' : 'should be closed'}: ${status}`);
      }
      expect(asked.length).toBeGreaterThan(200);
      expect(wrong).toEqual([]);
    },
    PATIENCE,
  );

  it('keeps everybody else from what cannot be undone', async () => {
    for (const { name, roles } of callers) {
      for (const route of inRealm.filter(({ method, path }) => FINAL.includes(`${method} ${path}`))) {
        if (satisfies(roles, route.right!)) continue;
        expect([name, route.path, await statusOf(route, callerNamed(name))]).toEqual([name, route.path, 403]);
      }
    }
  });

  it('lets those do it who may', async () => {
    const statuses = [
      await statusOf({ method: 'POST', path: 'admin/realms/:realm/logout-all' }, callerNamed('visitor')),
      await statusOf({ method: 'DELETE', path: 'admin/realms/:realm' }, callerNamed('visitor')),
    ];
    expect(statuses).toEqual([200, 403]);
    const boss = (await signIn(server)).find(({ name }) => name === 'boss')!;
    expect(await statusOf({ method: 'DELETE', path: 'admin/realms/:realm' }, boss)).toBe(204);
  });
});
