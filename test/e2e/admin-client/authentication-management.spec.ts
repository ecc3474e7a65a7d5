import type KcAdminClient from '@keycloak/keycloak-admin-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RunningServer } from '../../support/running-server.js';
import { testRealm } from '../../support/test-realm.js';
import { chiefClient, rawCall, refusal } from './admin-scene.js';

const NOT_FOUND = 'HTTP 404 Not Found';

let server: RunningServer;
let admin: KcAdminClient;

beforeAll(async () => {
  server = await RunningServer.start({ realms: [testRealm({ realm: 'flowing' })] });
  admin = await chiefClient(server, 'flowing');
});
afterAll(() => server.close());

const executionOf = async (flow: string, providerId: string): Promise<string> =>
  (await admin.authenticationManagement.getExecutions({ flow })).find((row) => row.providerId === providerId)?.id ?? '';
const aliases = async (): Promise<readonly (string | undefined)[]> =>
  (await admin.authenticationManagement.getRequiredActions()).map(({ alias }) => alias);

describe('flows', () => {
  it('lists the seven of a new realm in their order', async () => {
    const flows = await admin.authenticationManagement.getFlows();
    expect(flows.map(({ alias }) => alias)).toEqual([
      'browser',
      'direct grant',
      'registration',
      'reset credentials',
      'clients',
      'first broker login',
      'docker auth',
    ]);
  });

  it.each([
    ['first=1&max=2', ['direct grant', 'registration']],
    ['search=RE&first=1&max=2', ['registration', 'reset credentials']],
    // In its description.
    ['search=docker+CLIENTS', ['docker auth']],
    ['search=browser&exact=true', ['browser']],
    ['search=brows&exact=true', []],
    ['max=0', []],
  ])('gives a part of them where that is asked for (ours): %s', async (query, expected) => {
    const { status, body } = await rawCall(admin, 'GET', `/admin/realms/flowing/authentication/flows?${query}`);
    expect(status).toBe(200);
    expect((body as { alias: string }[]).map(({ alias }) => alias)).toEqual(expected);
  });

  it('makes one, renames it, and deletes it', async () => {
    const made = { alias: 'mine', providerId: 'basic-flow', topLevel: true, builtIn: false, description: '' };
    const { id } = await admin.authenticationManagement.createFlow(made);
    const flowId = id ?? '';
    expect(await admin.authenticationManagement.getFlow({ flowId })).toMatchObject(made);
    await admin.authenticationManagement.updateFlow({ flowId }, { ...made, alias: 'ours' });
    expect(await admin.authenticationManagement.getFlow({ flowId })).toMatchObject({ alias: 'ours' });
    await admin.authenticationManagement.deleteFlow({ flowId });
    expect(await refusal(admin.authenticationManagement.getFlow({ flowId }))).toEqual({
      status: 404,
      body: { error: 'Could not find flow with id' },
    });
  });

  it('copies one, and refuses a name that is taken before it looks at the source', async () => {
    await admin.authenticationManagement.copyFlow({ flow: 'browser', newName: 'copied' });
    expect(await executionOf('copied', 'auth-cookie')).not.toBe('');
    expect(await refusal(admin.authenticationManagement.copyFlow({ flow: 'nope', newName: 'copied' }))).toEqual({
      status: 409,
      body: { errorMessage: 'New flow alias name already exists' },
    });
  });

  it('moves, changes and deletes executions, and adds steps and sub-flows', async () => {
    const flow = 'edited';
    await admin.authenticationManagement.copyFlow({ flow: 'direct grant', newName: flow });
    const { id = '' } = await admin.authenticationManagement.addExecutionToFlow({
      flow,
      provider: 'deny-access-authenticator',
    });
    const added = await admin.authenticationManagement.addFlowToFlow({
      flow,
      alias: 'below',
      type: 'basic-flow',
      provider: 'registration-page-form',
      description: 'd',
    });
    expect(await admin.authenticationManagement.getFlow({ flowId: added.id ?? '' })).toMatchObject({ alias: 'below' });
    const places = async (): Promise<readonly (string | undefined)[]> =>
      (await admin.authenticationManagement.getExecutions({ flow }))
        .filter(({ level }) => level === 0)
        .map(({ providerId, displayName }) => providerId ?? displayName);
    const before = await places();
    await admin.authenticationManagement.raisePriorityExecution({ id });
    expect(await places()).not.toEqual(before);
    await admin.authenticationManagement.lowerPriorityExecution({ id });
    expect(await places()).toEqual(before);
    await admin.authenticationManagement.updateExecution(
      { flow },
      Object.assign({ id, requirement: 'REQUIRED' }, { priority: 90 }),
    );
    const rows = await admin.authenticationManagement.getExecutions({ flow });
    expect(rows.find((row) => row.id === id)).toMatchObject({ requirement: 'REQUIRED', priority: 90 });
    await admin.authenticationManagement.delExecution({ id });
    expect(await executionOf(flow, 'deny-access-authenticator')).toBe('');
  });

  it('has no route for the way of older versions', async () => {
    const call = admin.authenticationManagement.addExecution({ flow: 'browser' }, {});
    expect(await refusal(call)).toEqual({ status: 404, body: { error: NOT_FOUND } });
  });

  it('keeps the config of an execution, without its empty values', async () => {
    const flow = 'limited';
    await admin.authenticationManagement.copyFlow({ flow: 'browser', newName: flow });
    const { id = '' } = await admin.authenticationManagement.addExecutionToFlow({
      flow,
      provider: 'user-session-limits',
    });
    const config = { userRealmLimit: '2', behavior: 'Deny new session' };
    const made = await admin.authenticationManagement.createConfig({ id, alias: 'two', config });
    const configId = made.id ?? '';
    expect(await admin.authenticationManagement.getConfig({ id: configId })).toEqual({
      id: configId,
      alias: 'two',
      config,
    });
    const changed = { id: configId, alias: 'two', config: { ...config, errorMessage: '' } };
    await admin.authenticationManagement.updateConfig(changed);
    expect(await admin.authenticationManagement.getConfig({ id: configId })).toMatchObject({ config });
    await admin.authenticationManagement.delConfig({ id: configId });
    expect(await refusal(admin.authenticationManagement.getConfig({ id: configId }))).toEqual({
      status: 404,
      body: { error: 'Could not find authenticator config' },
    });
  });
});

describe('providers', () => {
  it('lists what may stand in flows', async () => {
    const steps = await admin.authenticationManagement.getAuthenticatorProviders();
    expect(steps).toContainEqual(expect.objectContaining({ id: 'user-session-limits' }));
    expect(await admin.authenticationManagement.getFormProviders()).toMatchObject([{ id: 'registration-page-form' }]);
    const actions = await admin.authenticationManagement.getFormActionProviders();
    expect(actions).toContainEqual(expect.objectContaining({ id: 'registration-password-action' }));
    const clients = await admin.authenticationManagement.getClientAuthenticatorProviders();
    expect(clients).toContainEqual(expect.objectContaining({ id: 'client-secret', supportsSecret: true }));
  });

  it('describes configs', async () => {
    const limits = await admin.authenticationManagement.getConfigDescription({ providerId: 'user-session-limits' });
    expect(limits.properties?.map(({ name }) => name)).toEqual([
      'userRealmLimit',
      'userClientLimit',
      'behavior',
      'errorMessage',
    ]);
  });
});

describe('required actions', () => {
  it('lists the fourteen of a new realm by priority', async () => {
    expect(await aliases()).toHaveLength(14);
    const actions = await admin.authenticationManagement.getRequiredActions();
    expect(actions.at(0)).toMatchObject({ alias: 'TERMS_AND_CONDITIONS', priority: 20, enabled: false });
    expect(actions.at(-1)).toMatchObject({ alias: 'update_user_locale', priority: 1000 });
  });

  it('changes one, and moves it up and down', async () => {
    const alias = 'UPDATE_PASSWORD';
    const action: object = (await admin.authenticationManagement.getRequiredActionForAlias({ alias })) as object;
    await admin.authenticationManagement.updateRequiredAction({ alias }, { ...action, defaultAction: true });
    expect(await admin.authenticationManagement.getRequiredActionForAlias({ alias })).toMatchObject({
      defaultAction: true,
    });
    const before = await aliases();
    await admin.authenticationManagement.raiseRequiredActionPriority({ alias });
    expect((await aliases()).indexOf(alias)).toBe(before.indexOf(alias) - 1);
    await admin.authenticationManagement.lowerRequiredActionPriority({ alias });
    expect(await aliases()).toEqual(before);
  });

  it('takes one away, offers it again, and registers it as the last', async () => {
    const alias = 'delete_credential';
    expect(await admin.authenticationManagement.getUnregisteredRequiredActions()).toEqual([]);
    await admin.authenticationManagement.deleteRequiredAction({ alias });
    expect(await admin.authenticationManagement.getRequiredActionForAlias({ alias })).toBeNull();
    const [offered] = await admin.authenticationManagement.getUnregisteredRequiredActions();
    expect(offered).toEqual({ providerId: alias, name: 'Delete Credential' });
    await admin.authenticationManagement.registerRequiredAction({ providerId: alias, name: 'Delete Credential' });
    expect((await aliases()).at(-1)).toBe(alias);
  });

  it('keeps the config of one: what is declared, and only seconds', async () => {
    const alias = 'VERIFY_EMAIL';
    const { properties } = await admin.authenticationManagement.getRequiredActionConfigDescription({ alias });
    expect(properties?.map(({ name }) => name)).toEqual(['max_auth_age', 'emailResendCooldownSeconds']);
    const config = { max_auth_age: '60', emailResendCooldownSeconds: '5', unheard_of: 'x' };
    await admin.authenticationManagement.updateRequiredActionConfig({ alias }, { config });
    const kept = { config: { max_auth_age: '60', emailResendCooldownSeconds: '5' } };
    expect(await admin.authenticationManagement.getRequiredActionConfig({ alias })).toEqual(kept);
    const refusalOf = (value: string) =>
      refusal(
        admin.authenticationManagement.updateRequiredActionConfig({ alias }, { config: { max_auth_age: value } }),
      );
    const field = 'max_auth_age';
    const body = { errorMessage: 'error-invalid-value', field, params: [field] };
    expect(await refusalOf('soon')).toEqual({ status: 400, body });
    const tooSmall = { errorMessage: 'error-number-out-of-range-too-small', field, params: [field, 0] };
    expect(await refusalOf('-1')).toEqual({ status: 400, body: tooSmall });
    expect(await admin.authenticationManagement.getRequiredActionConfig({ alias })).toEqual(kept);
    await admin.authenticationManagement.removeRequiredActionConfig({ alias });
    expect(await admin.authenticationManagement.getRequiredActionConfig({ alias })).toEqual({ config: {} });
  });

  it('describes no action that is not there', async () => {
    const call = admin.authenticationManagement.getRequiredActionConfigDescription({ alias: 'nope' });
    expect(await refusal(call)).toEqual({
      status: 404,
      body: { error: 'Could not find configurable RequiredAction provider' },
    });
    expect(await refusal(admin.authenticationManagement.getRequiredActionConfig({ alias: 'nope' }))).toEqual({
      status: 400,
      body: { error: 'RequiredAction is not configurable' },
    });
  });
});
