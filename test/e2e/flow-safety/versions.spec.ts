import KcAdminClient from '@keycloak/keycloak-admin-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BrowserSession, type App } from '../../support/browser-session.js';
import { ADMIN, RunningServer } from '../../support/running-server.js';
import { testRealm } from '../../support/test-realm.js';

const APP: App = { realm: 'versions', clientId: 'app', redirectUri: 'http://app.test/cb' };
const FLOW = 'mine';

let server: RunningServer;
let admin: KcAdminClient;

interface Version {
  readonly version: number;
  readonly hash: string;
  readonly at: number;
  readonly running: boolean;
  readonly editor?: { readonly username: string };
}

beforeAll(async () => {
  server = await RunningServer.start({ realms: [testRealm({ realm: APP.realm, people: ['ada'], apps: [APP] })] });
  admin = new KcAdminClient({ baseUrl: server.url, realmName: 'master' });
  await admin.auth({ ...ADMIN, grantType: 'password', clientId: 'admin-cli' });
  admin.setConfig({ realmName: APP.realm });
  await admin.authenticationManagement.copyFlow({ flow: 'browser', newName: FLOW });
});

afterAll(() => server.close());

async function call(
  method: string,
  path: string,
  body?: object,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(`${server.url}/admin/realms/${APP.realm}/authentication/flows/${path}`, {
    method,
    headers: {
      authorization: `Bearer ${admin.accessToken ?? ''}`,
      ...(body && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body && { body: JSON.stringify(body) }),
  });
}

const versions = async (): Promise<readonly Version[]> =>
  (await (await call('GET', `${FLOW}/versions`)).json()) as readonly Version[];
const addLimiter = (): Promise<object> =>
  admin.authenticationManagement.addExecutionToFlow({ flow: `${FLOW} forms`, provider: 'user-session-limits' });

describe('every change of a flow', () => {
  it('is a version, with who and when', async () => {
    const { authenticationManagement: flows } = admin;
    await addLimiter();
    const limiter = (await flows.getExecutions({ flow: FLOW })).find(
      ({ providerId }) => providerId === 'user-session-limits',
    );
    await flows.createConfig({ id: limiter?.id ?? '', alias: 'one', config: { userRealmLimit: '1' } });
    const list = await versions();
    expect(list.map(({ version }) => version)).toEqual([3, 2, 1]);
    expect(list[0]).toMatchObject({ editor: { username: ADMIN.username }, at: server.clock.now(), running: true });
    expect(new Set(list.map(({ hash }) => hash)).size).toBe(3);
  });

  it('can be compared with the one before, and with any other', async () => {
    const diff = async (path: string): Promise<unknown> => (await call('GET', `${FLOW}/versions/${path}`)).json();
    expect(await diff('2/diff')).toMatchObject([{ kind: 'added', name: 'user-session-limits' }]);
    expect(await diff('3/diff')).toMatchObject([
      { kind: 'changed', name: 'user-session-limits', members: { 'config userRealmLimit': ['', '1'] } },
    ]);
    expect(await diff('1/diff?from=3')).toMatchObject([{ kind: 'removed', name: 'user-session-limits' }]);
    expect((await call('GET', `${FLOW}/versions/9`)).status).toBe(404);
  });

  it('can be undone, as a version of its own, and people go on logging in', async () => {
    await admin.realms.update({ realm: APP.realm }, { browserFlow: FLOW });
    expect((await call('POST', `${FLOW}/versions/1/restore`)).status).toBe(204);
    const rows = await admin.authenticationManagement.getExecutions({ flow: FLOW });
    expect(rows.some(({ providerId }) => providerId === 'user-session-limits')).toBe(false);
    const [latest, , , first] = await versions();
    expect(latest).toMatchObject({ version: 4, hash: first?.hash, running: true });
    expect((await new BrowserSession(server).login(APP, 'ada')).answer.has('code')).toBe(true);
    await call('POST', `${FLOW}/versions/3/restore`);
    const again = await admin.authenticationManagement.getExecutions({ flow: FLOW });
    expect(again.find(({ providerId }) => providerId === 'user-session-limits')).toMatchObject({ alias: 'one' });
  });

  it('keeps what a built-in flow was before its first change', async () => {
    const { authenticationManagement: flows } = admin;
    const [row] = await flows.getExecutions({ flow: 'direct grant' });
    await flows.updateExecution({ flow: 'direct grant' }, { ...row, requirement: 'DISABLED' });
    const list = (await (await call('GET', 'direct%20grant/versions')).json()) as readonly Version[];
    expect(list).toHaveLength(2);
    expect(list[1]).not.toHaveProperty('editor');
  });
});

describe('an edit that rests on a version', () => {
  it('is refused when the flow is another by now, and changes nothing', async () => {
    const seen = (await call('GET', `${FLOW}/executions`)).headers.get('etag') ?? '';
    expect(seen).toBe(`"${(await versions())[0]?.hash ?? ''}"`);
    const tag = { 'if-match': seen };
    const edit = (): Promise<Response> =>
      call('POST', `${FLOW}/executions/execution`, { provider: 'allow-access-authenticator' }, tag);
    expect((await edit()).status).toBe(201);
    const refused = await edit();
    expect([refused.status, await refused.json()]).toEqual([
      412,
      { error: `Flow ${FLOW} was changed by somebody else` },
    ]);
    const rows = await admin.authenticationManagement.getExecutions({ flow: FLOW });
    expect(rows.filter(({ providerId }) => providerId === 'allow-access-authenticator')).toHaveLength(1);
  });

  it('of two admins at once never corrupts the order', async () => {
    const before = (await versions())[0]?.version ?? 0;
    const edits = await Promise.all(
      Array.from({ length: 12 }, () =>
        call('POST', `${FLOW}/executions/execution`, { provider: 'allow-access-authenticator' }),
      ),
    );
    expect(edits.map(({ status }) => status)).toEqual(Array.from({ length: 12 }, () => 201));
    const rows = (await admin.authenticationManagement.getExecutions({ flow: FLOW })).filter(
      ({ level }) => level === 0,
    );
    expect(new Set(rows.map((row) => (row as { priority?: number }).priority)).size).toBe(rows.length);
    expect((await versions())[0]?.version).toBe(before + 12);
  });
});
