import KcAdminClient from '@keycloak/keycloak-admin-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { passwordGrant, type App } from '../../support/browser-session.js';
import { ADMIN, RunningServer } from '../../support/running-server.js';
import { testRealm } from '../../support/test-realm.js';

const APP: App = { realm: 'guided', clientId: 'app', redirectUri: 'http://app.test/cb' };
const OTHER: App = { ...APP, clientId: 'other' };
const LIMITED = 'Direct Grant - Limited Sessions';
const MESSAGE = 'One session is enough.';

let server: RunningServer;
let admin: KcAdminClient;

beforeAll(async () => {
  server = await RunningServer.start({
    realms: [testRealm({ realm: APP.realm, people: ['ada'], apps: [APP, OTHER] })],
  });
  admin = new KcAdminClient({ baseUrl: server.url, realmName: 'master' });
  await admin.auth({ ...ADMIN, grantType: 'password', clientId: 'admin-cli' });
  admin.setConfig({ realmName: APP.realm });
});

afterAll(() => server.close());

/** The flow of that alias, with its id. */
async function flowCalled(alias: string): Promise<string> {
  const flow = (await admin.authenticationManagement.getFlows()).find((each) => each.alias === alias);
  return flow?.id ?? `no flow ${alias}`;
}

const clientCalled = async (clientId: string): Promise<string> => (await admin.clients.find({ clientId }))[0]?.id ?? '';
const login = (app: App): ReturnType<typeof passwordGrant> => passwordGrant(server, app, 'ada');

describe('The official admin client, unmodified', () => {
  it('limits the sessions of the direct grant as the guide says', async () => {
    const { authenticationManagement: flows } = admin;
    await flows.copyFlow({ flow: 'direct grant', newName: LIMITED });
    await flows.addExecutionToFlow({ flow: LIMITED, provider: 'user-session-limits' });
    const limiter = (await flows.getExecutions({ flow: LIMITED })).find(
      ({ providerId }) => providerId === 'user-session-limits',
    );
    await flows.createConfig({
      id: limiter?.id ?? '',
      alias: 'one session',
      config: { userRealmLimit: '1', behavior: 'Deny new session', errorMessage: MESSAGE },
    });
    await flows.updateExecution({ flow: LIMITED }, { ...limiter, requirement: 'REQUIRED' });
    await admin.realms.update({ realm: APP.realm }, { directGrantFlow: LIMITED });

    expect(await login(APP)).toMatchObject({ status: 200 });
    const denied = { status: 403, error: 'session_limit_exceeded', error_description: MESSAGE };
    expect(await login(APP)).toMatchObject(denied);
  });

  it('sees the session, ends it, and makes room', async () => {
    const [ada] = await admin.users.find({ username: 'ada', exact: true });
    const id = ada?.id ?? '';
    expect(await admin.users.listSessions({ id })).toMatchObject([{ username: 'ada' }]);
    expect(await admin.clients.listSessions({ id: await clientCalled(APP.clientId), first: 0, max: 10 })).toHaveLength(
      1,
    );
    await admin.users.logout({ id });
    expect(await admin.users.listSessions({ id })).toEqual([]);
    expect(await login(APP)).toMatchObject({ status: 200 });
  });

  it('gives one client a flow of its own, and takes it back', async () => {
    const id = await clientCalled(OTHER.clientId);
    const override = (flow: string): Promise<void> =>
      admin.clients.update(
        { id },
        { clientId: OTHER.clientId, authenticationFlowBindingOverrides: { direct_grant: flow } },
      );
    await override(await flowCalled('direct grant'));
    expect(await login(OTHER)).toMatchObject({ status: 200 });
    await override('');
    expect(await login(OTHER)).toMatchObject({ status: 403, error: 'session_limit_exceeded' });
  });

  it('deletes the flow once nothing uses it', async () => {
    const id = await flowCalled(LIMITED);
    await expect(admin.authenticationManagement.deleteFlow({ flowId: id })).rejects.toThrow();
    await admin.realms.update({ realm: APP.realm }, { directGrantFlow: 'direct grant' });
    await admin.authenticationManagement.deleteFlow({ flowId: id });
    expect(await flowCalled(LIMITED)).toBe(`no flow ${LIMITED}`);
    expect(await login(APP)).toMatchObject({ status: 200 });
  });

  it('makes a realm, a client, a role and a user, and removes them', async () => {
    await admin.realms.create({ realm: 'made', enabled: true });
    const realm = 'made';
    const { id: user } = await admin.users.create({
      realm,
      username: 'eve',
      enabled: true,
      email: 'eve@example.test',
      firstName: 'Eve',
      lastName: 'E',
    });
    await admin.users.resetPassword({
      realm,
      id: user,
      credential: { type: 'password', value: 'eve-pw', temporary: false },
    });
    await admin.clients.create({ realm, clientId: 'app', publicClient: true, directAccessGrantsEnabled: true });
    await admin.roles.create({ realm, name: 'reader' });
    const role = await admin.roles.findOneByName({ realm, name: 'reader' });
    await admin.users.addRealmRoleMappings({ realm, id: user, roles: [{ id: role?.id ?? '', name: 'reader' }] });
    const held = await admin.users.listRealmRoleMappings({ realm, id: user });
    expect(held.map(({ name }) => name).sort()).toEqual(['default-roles-made', 'reader']);
    expect(await passwordGrant(server, { ...APP, realm }, 'eve')).toMatchObject({ status: 200 });
    await admin.users.del({ realm, id: user });
    await admin.realms.del({ realm });
    expect(await admin.realms.findOne({ realm })).toBeNull();
  });
});
