import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSettings } from '../../../src/config/settings.js';
import { createServer } from '../../../src/server.js';
import { startUp } from '../../../src/start-up.js';
import { Balancer } from '../../support/balancer.js';
import { askForTokens, BrowserSession, type App } from '../../support/browser-session.js';
import { PostgresServer } from '../../support/postgres-server.js';
import { crowd, flowId, testRealm } from '../../support/test-realm.js';

const APP: App = { realm: 'shared', clientId: 'app', redirectUri: 'http://app.test/cb' };
const PEOPLE = crowd('person', 6);
const ADMIN = { username: 'admin', password: 'admin-pw' } as const;
/** For how long a node that stops goes on answering. */
const NOTICED_MS = 600;
/** Within which a change must have reached every node. */
const REACHES_ALL_MS = 2000;

/** A whole server with a pool, caches and timers of its own; that it shares this process with others saves the time to load it. */
interface Node {
  readonly url: string;
  /** As on SIGTERM. */
  stop(): Promise<void>;
}

let folder: string;
let postgres: PostgresServer;
let balancer: Balancer;
let nodes: Node[] = [];
let settings: Readonly<Record<string, string>>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-nodes-'));
  postgres = await PostgresServer.start();
  balancer = await Balancer.start();
  const realm = testRealm({
    realm: APP.realm,
    flows: new URL('flows.json', import.meta.url),
    people: PEOPLE,
    apps: [APP],
    settings: { browserFlow: 'two pages' },
  });
  await writeFile(join(folder, 'realm.json'), JSON.stringify(realm));
  settings = {
    SLUICE_DATABASE_URL: await postgres.createDatabase('nodes'),
    SLUICE_ENCRYPTION_KEY: '0f'.repeat(32),
    SLUICE_PUBLIC_URL: balancer.url,
    SLUICE_IMPORT: join(folder, 'realm.json'),
    SLUICE_PORT: '0',
    SLUICE_BOOTSTRAP_ADMIN_USERNAME: ADMIN.username,
    SLUICE_BOOTSTRAP_ADMIN_PASSWORD: ADMIN.password,
    SLUICE_DATABASE_POOL_SIZE: '5',
  };
  // At once: they queue for the tables, and one of them makes the realms.
  nodes = await Promise.all([1, 2, 3].map(() => startNode()));
  for (const { url } of nodes) balancer.add(url);
});

afterAll(async () => {
  await balancer.close();
  await Promise.all(nodes.map((node) => node.stop()));
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
});

async function startNode(): Promise<Node> {
  const logger = pino({ level: 'silent' });
  const read = readSettings(settings);
  const server = await createServer(read, logger);
  await startUp(server.app, read, logger);
  await server.app.listen(read.port, read.host);
  const stop = async (): Promise<void> => {
    await server.retire(NOTICED_MS);
    await server.close();
  };
  return { url: await server.app.getUrl(), stop };
}

/** Two pages, a code, tokens, and a refresh: six requests and more, each at the next node. */
async function wholeLogin(name: string): Promise<void> {
  const person = new BrowserSession(balancer);
  const second = await person.submit(await person.authorize(APP), { username: name });
  const done = await person.submit(second, { password: `${name}-pw` });
  const tokens = await person.exchange(APP, done);
  expect(tokens).toMatchObject({ status: 200 });
  const refresh = { grant_type: 'refresh_token', refresh_token: tokens.refresh_token ?? '' };
  expect(await askForTokens(balancer, APP, refresh)).toMatchObject({ status: 200 });
  expect((await person.authorize(APP)).answer.get('session_state')).toBe(tokens.session_state);
}

/** A call of the Admin API at one node. */
async function admin(node: Node, method: string, path: string, body?: object): Promise<unknown> {
  const token = await fetch(`${node.url}/realms/master/protocol/openid-connect/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'password',
      client_id: 'admin-cli',
      ...ADMIN,
    }),
  });
  const { access_token: bearer } = (await token.json()) as { access_token: string };
  const response = await fetch(`${node.url}/admin/realms/${APP.realm}${path}`, {
    method,
    headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  expect(response.status, text).toBeLessThan(300);
  return text === '' ? undefined : JSON.parse(text);
}

/** Begins a login at one node. */
const loginAt = ({ url }: Node, clientId: string): Promise<Response> => {
  const query = new URLSearchParams({ client_id: clientId, redirect_uri: APP.redirectUri, response_type: 'code' });
  return fetch(`${url}/realms/${APP.realm}/protocol/openid-connect/auth?${query.toString()}`);
};

/** The first page of a login, as one node shows it. */
const loginPageAt = async (node: Node): Promise<string> => (await loginAt(node, APP.clientId)).text();

const loginStatusAt = async (node: Node, clientId: string): Promise<number> => (await loginAt(node, clientId)).status;

const keyIdsAt = async ({ url }: Node): Promise<readonly string[]> => {
  const response = await fetch(`${url}/realms/${APP.realm}/protocol/openid-connect/certs`);
  return ((await response.json()) as { keys: { kid: string }[] }).keys.map(({ kid }) => kid);
};

/** Asks every node until all see it; fails when one does not in time. */
async function expectEverywhere(sees: (node: Node) => Promise<boolean>): Promise<void> {
  const since = performance.now();
  for (const node of nodes) {
    for (;;) {
      const asked = performance.now();
      if (await sees(node)) break;
      expect(asked - since).toBeLessThan(REACHES_ALL_MS);
      await sleep(50);
    }
  }
}

describe('three servers on one database', () => {
  it('share a login whose every request comes to another of them', async () => {
    balancer.takeCounts();
    await Promise.all(PEOPLE.slice(0, 3).map(wholeLogin));
    for (const count of balancer.takeCounts()) expect(count).toBeGreaterThan(3);
  });

  it('made the realms once', async () => {
    const users = (await admin(nodes[1]!, 'GET', '/users?max=100')) as readonly { username: string }[];
    expect(users.map(({ username }) => username).sort()).toEqual([...PEOPLE].sort());
  });

  it('find at once what another of them has made, though they looked for it before', async () => {
    const [first, ...others] = nodes as [Node, ...Node[]];
    const made = { clientId: 'made-later', publicClient: true, redirectUris: [APP.redirectUri] };
    const answers = (): Promise<number[]> => Promise.all(others.map((node) => loginStatusAt(node, made.clientId)));
    expect(await answers()).toEqual([400, 400]);
    await admin(first, 'POST', '/clients', made);
    expect(await answers()).toEqual([200, 200]);
  });

  it('see each others changes of realm, client, bindings and keys within two seconds', async () => {
    const [first] = nodes as [Node];
    await Promise.all(nodes.map(loginPageAt)); // every node knows the rows of before
    await Promise.all(nodes.map(keyIdsAt));

    await admin(first, 'PUT', '', { displayName: 'Renamed by a node' });
    await expectEverywhere(async (node) => (await loginPageAt(node)).includes('Renamed by a node'));

    const [client] = (await admin(first, 'GET', `/clients?clientId=${APP.clientId}`)) as [{ id: string }];
    await admin(first, 'PUT', `/clients/${client.id}`, { enabled: false });
    await expectEverywhere(async (node) => !(await loginPageAt(node)).includes('name="username"'));
    await admin(first, 'PUT', `/clients/${client.id}`, {
      enabled: true,
      authenticationFlowBindingOverrides: { browser: flowId('one page') },
    });
    await expectEverywhere(async (node) => (await loginPageAt(node)).includes('name="password"'));
    await admin(first, 'PUT', `/clients/${client.id}`, { authenticationFlowBindingOverrides: { browser: '' } });
    await expectEverywhere(async (node) => !(await loginPageAt(node)).includes('name="password"'));

    const known = await keyIdsAt(first);
    const { id: parentId } = (await admin(first, 'GET', '')) as { id: string };
    await admin(first, 'POST', '/components', {
      name: 'added key',
      providerId: 'rsa-generated',
      providerType: 'org.keycloak.keys.KeyProvider',
      parentId,
      config: { priority: ['500'], keySize: ['2048'], algorithm: ['RS256'] },
    });
    await expectEverywhere(async (node) => (await keyIdsAt(node)).length > known.length);
    await wholeLogin('person4'); // signed at one node with the new key, taken at the next
  });

  it('are restarted one after the other under load, and no login is lost', async () => {
    let restarting = true;
    let logins = 0;
    const load = PEOPLE.slice(0, 3).map(async (name) => {
      while (restarting) {
        await wholeLogin(name);
        logins++;
      }
    });
    const restarts = (async () => {
      try {
        for (const [index, node] of [...nodes.entries()]) {
          await node.stop();
          balancer.remove(node.url);
          nodes[index] = await startNode();
          balancer.add(nodes[index].url);
        }
      } finally {
        restarting = false;
      }
    })();
    await Promise.all([restarts, ...load]);
    expect(logins).toBeGreaterThanOrEqual(3); // each person at least once, however slow the machine
  });
});
