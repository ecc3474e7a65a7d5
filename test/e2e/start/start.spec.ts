import { once } from 'node:events';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { askForTokens, passwordGrant, type App } from '../../support/browser-session.js';
import { RunningServer } from '../../support/running-server.js';
import { ServerProcess } from '../../support/server-process.js';
import { testRealm } from '../../support/test-realm.js';

const APP: App = { realm: 'started', clientId: 'app', redirectUri: 'http://app.test/cb' };
const REALM = testRealm({ realm: 'started', people: ['ann'], apps: [APP] });
/** The sources, so that nothing has to be built first. */
const PROGRAM = new URL('../../../src/main.ts', import.meta.url).pathname;
const FLOWS = new URL('../../../flows', import.meta.url).pathname;

let folder: string;
let running: ServerProcess[] = [];
let booted: RunningServer[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-start-'));
});

afterEach(async () => {
  await Promise.all(running.map((server) => server.kill()));
  await Promise.all(booted.map((server) => server.close()));
  running = [];
  booted = [];
  await rm(folder, { recursive: true, force: true });
});

const file = (name: string): string => join(folder, name);
const settings = (more: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> => ({
  SLUICE_DATABASE_URL: `sqlite:${file('sluice.sqlite')}`,
  ...more,
});

async function start(more?: Readonly<Record<string, string>>): Promise<ServerProcess> {
  const server = await ServerProcess.start({ settings: settings(more), program: PROGRAM });
  running.push(server);
  return server;
}

/** As `start`, in this process. */
async function boot(
  realms: string | readonly object[],
  more?: Readonly<Record<string, string>>,
): Promise<RunningServer> {
  const server = await RunningServer.start({ realms, settings: settings(more) });
  booted.push(server);
  return server;
}

/** What a server says that does not start. */
async function complaintOf(more: Readonly<Record<string, string>>): Promise<string> {
  const failure: unknown = await start(more).then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(failure instanceof Error)) throw new Error('It started');
  expect(failure.cause).toMatchObject({ message: 'It ended with 1' });
  return failure.message;
}

const write = async (name: string, content: unknown): Promise<string> => {
  await writeFile(file(name), typeof content === 'string' ? content : JSON.stringify(content));
  return file(name);
};

/** The issuer's addresses, as the support functions want them. */
const issuers = ({ url }: ServerProcess) => ({ issuer: (realm: string): string => `${url}/realms/${realm}` });

describe('a server that cannot start says why', () => {
  it('about every setting at once', async () => {
    const complaint = await complaintOf({
      SLUICE_PORT: 'eighty',
      SLUICE_HOST: '0.0.0.0',
      SLUICE_DATABASE_URL: 'mysql://x',
      SLUICE_LOG_LEVEL: 'loud',
      SLUICE_TYPO: 'x',
    });
    for (const name of ['SLUICE_PORT', 'SLUICE_PUBLIC_URL', 'SLUICE_DATABASE_URL', 'SLUICE_LOG_LEVEL', 'SLUICE_TYPO']) {
      expect(complaint).toContain(name);
    }
    expect(complaint).not.toMatch(/\n\s+at /);
  });

  it('about every problem of every flow file at once, with file and place', async () => {
    await cp(FLOWS, file('flows'), { recursive: true });
    await write('flows/browser.json', '{ "alias": "browser", "descr');
    await write('flows/mine.json', {
      alias: 'mine',
      description: '',
      providerId: 'basic-flow',
      order: 20,
      colour: 'red',
      executions: [
        { authenticator: 'auth-cookie', requirement: 'ALTERNATIV', priority: 10 },
        { authenticator: 'no-such-thing', requirement: 'REQUIRED', priority: 20 },
      ],
    });
    const complaint = await complaintOf({ SLUICE_FLOWS: file('flows') });
    expect(complaint).toContain('browser.json');
    expect(complaint).toMatch(/mine\.json.*colour/);
    expect(complaint).toMatch(/mine\.json.*executions\[0\]\.requirement/);
    expect(complaint).not.toMatch(/\n\s+at /);
  });

  it('about a provider that nobody knows', async () => {
    await cp(FLOWS, file('flows'), { recursive: true });
    await write('flows/mine.json', {
      alias: 'mine',
      description: '',
      providerId: 'basic-flow',
      order: 20,
      executions: [{ authenticator: 'no-such-thing', requirement: 'REQUIRED', priority: 20 }],
    });
    await expect(boot([], { SLUICE_FLOWS: file('flows') })).rejects.toThrow(
      /mine\.json.*executions\[0\].*no-such-thing/,
    );
  });

  it('about a realm file that is not JSON, with line and column', async () => {
    const path = await write('broken.json', '{\n  "realm": "broken",\n  "enabled": tru\n}');
    await expect(boot(path)).rejects.toThrow('broken.json: line 3 column');
  });

  it('about a database that another server uses; that one goes on', async () => {
    const first = await start();
    expect(await complaintOf({})).toContain('is in use by another server process');
    expect((await fetch(`${first.url}/health/ready`)).status).toBe(200);
  });

  it.each(['SLUICE_PORT', 'SLUICE_MANAGEMENT_PORT'])('about a port that another program has (%s)', async (setting) => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const complaint = await complaintOf({ [setting]: String(port) });
    other.close();
    expect(complaint).toContain(`${setting}: port ${port} of 127.0.0.1 cannot be used: another program listens there`);
    expect(complaint).not.toMatch(/^\s+at /m);
  });

  it('about a key file that is gone', async () => {
    await (await boot([])).close();
    await rm(file('sluice.sqlite.key'));
    await expect(boot([])).rejects.toThrow('sluice.sqlite.key is gone');
  });
});

describe('a realm file', () => {
  it('that fails in its last part leaves nothing behind', async () => {
    const bad = { ...REALM, realm: 'half', browserFlow: 'no such flow' };
    await expect(boot([REALM, bad])).rejects.toThrow(/^realms\.json: .*no such flow/);

    const server = await boot([]);
    const wellKnown = (realm: string) => fetch(`${server.issuer(realm)}/.well-known/openid-configuration`);
    expect((await wellKnown('half')).status).toBe(404);
    expect((await wellKnown('master')).status).toBe(200);
    expect((await wellKnown('started')).status).toBe(200); // whole, and before the bad one in the file
  });

  it('is imported once: what changed since stays', async () => {
    await (await boot([REALM])).close();
    const server = await boot([{ ...REALM, enabled: false }]);
    expect(await passwordGrant(server, APP, 'ann')).toMatchObject({ status: 200 });
  });
});

describe('SIGTERM', () => {
  const form = new URLSearchParams({
    client_id: APP.clientId,
    grant_type: 'password',
    username: 'ann',
    password: 'ann-pw',
  }).toString();

  /** A request whose head the server has and whose body it waits for. */
  async function underWay({ url }: ServerProcess): Promise<{ socket: Socket; answer: Promise<string> }> {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    const head = [
      'POST /realms/started/protocol/openid-connect/token HTTP/1.1',
      `Host: ${hostname}:${port}`,
      'Content-Type: application/x-www-form-urlencoded',
      `Content-Length: ${form.length}`,
      'Expect: 100-continue',
    ];
    let text = '';
    socket.on('data', (part) => (text += part.toString()));
    const answer = once(socket, 'close').then(() => text);
    socket.write(`${head.join('\r\n')}\r\n\r\n`);
    await once(socket, 'data'); // 100 Continue: the server has taken the request on
    return { socket, answer };
  }

  /** Waits until no new connection is taken. */
  async function untilClosed(url: string): Promise<void> {
    const open = (): Promise<boolean> =>
      fetch(`${url}/health/live`).then(
        () => true,
        () => false,
      );
    while (await open());
  }

  it('lets a request under way finish, takes no new one, and ends with 0', async () => {
    const server = await start({ SLUICE_IMPORT: await write('realm.json', REALM) });
    const idle = connect(Number(new URL(server.url).port), '127.0.0.1');
    await once(idle, 'connect');
    const { socket, answer } = await underWay(server);
    const stopped = server.stop();
    await untilClosed(server.url);
    socket.write(form);
    expect(await answer).toMatch(/HTTP\/1\.1 200 OK[^]*"access_token"/);
    expect(await stopped).toBe(0);
    idle.destroy();
  });

  it('cuts off a request that never ends, and ends with 0 all the same', async () => {
    const server = await start({ SLUICE_IMPORT: await write('realm.json', REALM) });
    const { answer } = await underWay(server);
    expect(await server.stop()).toBe(0);
    expect(await answer).not.toContain('200 OK');
  });
});

describe('a power cut', () => {
  it('loses no login that was answered', async () => {
    const fixed = { SLUICE_PUBLIC_URL: 'http://login.test' };
    const first = await start({ ...fixed, SLUICE_IMPORT: await write('realm.json', REALM) });
    const tokens = await passwordGrant(issuers(first), APP, 'ann');
    await first.kill();
    const second = await start(fixed);
    const refreshed = await askForTokens(issuers(second), APP, {
      grant_type: 'refresh_token',
      refresh_token: tokens.refresh_token ?? '',
    });
    expect(refreshed).toMatchObject({ status: 200, session_state: tokens.session_state });
  });
});
