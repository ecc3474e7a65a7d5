import KcAdminClient from '@keycloak/keycloak-admin-client';
import { createMachine, initialTransition, transition, type AnyStateMachine } from 'xstate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { passwordGrant, type App } from '../../support/browser-session.js';
import { ADMIN, RunningServer } from '../../support/running-server.js';
import { testRealm } from '../../support/test-realm.js';

const APP: App = { realm: 'proven', clientId: 'app', redirectUri: 'http://app.test/cb' };
const DESK: App = { ...APP, clientId: 'desk' };
const LIMITED = 'limited';

let server: RunningServer;
let admin: KcAdminClient;

interface Door {
  readonly door: string;
  readonly clientId?: string;
  readonly flow?: string;
  readonly verdict: string;
  readonly sentence: string;
  readonly limiters: readonly Readonly<Record<string, unknown>>[];
}
interface Proof {
  readonly verdict: string;
  readonly hash: string;
  readonly claims: readonly { id: string; verdict: string; sentence: string; counterExample?: readonly object[] }[];
}

beforeAll(async () => {
  server = await RunningServer.start({
    realms: [testRealm({ realm: APP.realm, people: ['ada'], apps: [APP, DESK] })],
  });
  admin = new KcAdminClient({ baseUrl: server.url, realmName: 'master' });
  await admin.auth({ ...ADMIN, grantType: 'password', clientId: 'admin-cli' });
  admin.setConfig({ realmName: APP.realm });
  await copyWithLimiter('browser', LIMITED, `${LIMITED} forms`);
});

afterAll(() => server.close());

async function copyWithLimiter(from: string, name: string, under: string): Promise<void> {
  const { authenticationManagement: flows } = admin;
  await flows.copyFlow({ flow: from, newName: name });
  await flows.addExecutionToFlow({ flow: under, provider: 'user-session-limits' });
  const limiter = await limiterOf(name);
  await flows.createConfig({
    id: limiter.id ?? '',
    alias: `${name} config`,
    config: { userRealmLimit: '2', userClientLimit: '1', behavior: 'Terminate oldest session' },
  });
  await flows.updateExecution({ flow: name }, { ...(await limiterOf(name)), requirement: 'REQUIRED' });
}

const limiterOf = async (flow: string): Promise<{ id?: string }> =>
  (await admin.authenticationManagement.getExecutions({ flow })).find(
    ({ providerId }) => providerId === 'user-session-limits',
  ) ?? {};

async function get<T>(path: string): Promise<T> {
  const response = await fetch(`${server.url}/admin/realms/${APP.realm}/${path}`, {
    headers: { authorization: `Bearer ${admin.accessToken ?? ''}` },
  });
  if (!response.ok) throw new Error(`${String(response.status)} ${await response.text()}`);
  return (await response.json()) as T;
}

const proofOf = (alias: string): Promise<Proof> => get(`authentication/flows/${encodeURIComponent(alias)}/proof`);
const claim = (proof: Proof, id: string): Proof['claims'][number] | undefined =>
  proof.claims.find((each) => each.id === id);

describe('the proof of a flow', () => {
  it('is red for a limiter without a config, and of a flow for token requests in a browser', async () => {
    await admin.authenticationManagement.copyFlow({ flow: 'direct grant', newName: 'by token' });
    expect(await proofOf('by token')).toMatchObject({ verdict: 'green', channel: 'direct' });
    const inBrowser = await get<Proof>('authentication/flows/by%20token/proof?channel=browser');
    expect(claim(inBrowser, 'can-finish')).toMatchObject({ verdict: 'fails' });
    await admin.authenticationManagement.addExecutionToFlow({ flow: 'by token', provider: 'user-session-limits' });
    await admin.authenticationManagement.updateExecution(
      { flow: 'by token' },
      { ...(await limiterOf('by token')), requirement: 'REQUIRED' },
    );
    expect(claim(await proofOf('by token'), 'can-finish')).toMatchObject({ verdict: 'fails' });
  });

  it('is green for the limiter next to the forms', async () => {
    const proof = await proofOf(LIMITED);
    expect(claim(proof, 'limited')).toMatchObject({
      verdict: 'holds',
      sentence: 'Every login that opens a session passes the session limiter.',
    });
    expect(claim(proof, 'authenticates')).toMatchObject({ verdict: 'holds' });
  });

  it('shows which login passes by a limiter that stands where it does nothing', async () => {
    const { authenticationManagement: flows } = admin;
    await copyWithLimiter('browser', 'misplaced', 'misplaced Browser - Conditional 2FA');
    const limited = claim(await proofOf('misplaced'), 'limited');
    expect(limited?.verdict).toBe('fails');
    expect(limited?.sentence).toMatch(
      /^A session can be opened past the session limiter: .*Username Password Form passes, then Condition - user configured does not hold\.$/,
    );
    await flows.deleteFlow({ flowId: (await flows.getFlows()).find(({ alias }) => alias === 'misplaced')?.id ?? '' });
  });

  it('is for those alone who may view the realm', async () => {
    const tokens = await passwordGrant(server, APP, 'ada');
    const response = await fetch(`${server.url}/admin/realms/${APP.realm}/authentication/flows/browser/proof`, {
      headers: { authorization: `Bearer ${tokens.access_token ?? ''}` },
    });
    expect(response.status).toBe(403);
  });

  it('of no flow is not found, and over no such channel refused', async () => {
    await expect(proofOf('nothing')).rejects.toThrow(/404 .*Flow not found/);
    await expect(proofOf('browser').then(() => get('authentication/flows/browser/proof?channel=x'))).rejects.toThrow(
      /400 .*channel/,
    );
  });
});

describe('the machine of a flow', () => {
  it('is what runs: XState takes it as it is', async () => {
    const { hash, machine } = await get<{ hash: string; machine: { id: string; states: object } }>(
      `authentication/flows/${LIMITED}/machine`,
    );
    expect(hash).toBe((await proofOf(LIMITED)).hash);
    const provided = createMachine(machine as never).provide({
      guards: { runs: () => true, succeeds: () => false, names: () => false },
      actions: { setStatus: () => undefined, skip: () => undefined, fail: () => undefined, endWalk: () => undefined },
    }) as AnyStateMachine;
    const [start] = initialTransition(provided);
    expect(JSON.stringify(start.value)).toContain('ask');
    expect(transition(provided, start, { type: 'SUCCESS' })[0].value).toBeDefined();
  });
});

describe('the proof of the limits of a realm', () => {
  it('says for each door whether the cap holds', async () => {
    await admin.realms.update({ realm: APP.realm }, { browserFlow: LIMITED });
    const [client] = await admin.clients.find({ clientId: DESK.clientId });
    const plain = (await admin.authenticationManagement.getFlows()).find(({ alias }) => alias === 'browser');
    await admin.clients.update(
      { id: client?.id ?? '' },
      { clientId: DESK.clientId, authenticationFlowBindingOverrides: { browser: plain?.id ?? '' } },
    );
    const { doors, notCovered } = await get<{ doors: readonly Door[]; notCovered: readonly string[] }>('limits/proof');
    expect(doors.map(({ door, clientId, flow, verdict }) => [door, clientId, flow, verdict])).toEqual([
      ['browser', undefined, LIMITED, 'capped'],
      ['direct_grant', undefined, 'direct grant', 'uncapped'],
      ['single_sign_on', undefined, LIMITED, 'dodged'],
      ['browser', DESK.clientId, 'browser', 'uncapped'],
      ['single_sign_on', DESK.clientId, 'browser', 'uncapped'],
      ['offline_access', undefined, undefined, 'uncapped'],
      ['service_account', undefined, undefined, 'opens_none'],
      ['action_link', undefined, undefined, 'opens_none'],
      ['refresh', undefined, undefined, 'opens_none'],
    ]);
    expect(doors[2]?.sentence).toBe('Somebody can join a second client past its cap: Cookie passes.');
    expect(doors[0]?.limiters).toMatchObject([{ realmMax: 2, clientMax: 1, whenFull: 'evict-oldest' }]);
    expect(notCovered.length).toBeGreaterThan(0);
  });

  it('says so of the way back in for forgotten passwords, where that is open', async () => {
    const reset = async (): Promise<Door | undefined> =>
      (await get<{ doors: readonly Door[] }>('limits/proof')).doors.find(({ door }) => door === 'reset_credentials');
    expect(await reset()).toBeUndefined();
    await admin.realms.update({ realm: APP.realm }, { resetPasswordAllowed: true });
    expect(await reset()).toMatchObject({ flow: 'reset credentials', verdict: 'uncapped' });
    await admin.realms.update({ realm: APP.realm }, { resetPasswordAllowed: false });
  });

  it('explains what a login would meet, and who would be evicted', async () => {
    const { id: user } = await server.user(APP.realm, 'ada');
    await server.endSessions(APP.realm, 'ada');
    const { session_state: session } = await passwordGrant(server, APP, 'ada');
    const [client] = await admin.clients.find({ clientId: APP.clientId });
    const explained = await get<object>(`limits/explain?user=${user}&client=${client?.id ?? ''}`);
    expect(explained).toMatchObject({
      flow: LIMITED,
      counts: { realm: 1, client: 1 },
      decision: { kind: 'evict', evicted: [{ id: session }] },
    });
    expect(await server.sessions(APP.realm, 'ada')).toHaveLength(1);
    await expect(get(`limits/explain?user=${user}`)).rejects.toThrow(/400 .*'client'/);
    await expect(get(`limits/explain?user=nobody&client=${client?.id ?? ''}`)).rejects.toThrow(/404/);
  });
});
