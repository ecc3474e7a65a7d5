import { beforeEach, describe, expect, it, vi } from 'vitest';
import { FlowFixture, REALM_ID } from '../../test/support/flow-fixture.js';
import { hashDefinition } from '../engine/index.js';
import type { BindingField } from '../realm/realm.js';
import { BoundFlows } from './bound-flows.js';
import { definitionOf, flowByAlias } from './flow-catalog.js';

let fixture: FlowFixture;
beforeEach(() => {
  fixture = new FlowFixture();
});

/** A flow that may be bound to the browser binding. */
async function passableFlow(alias: string): Promise<string> {
  const id = await fixture.makeFlow(alias);
  await fixture.addRequired(alias, 'auth-username-password-form');
  return id;
}

/** Binds a flow to a member of a realm that binds none yet; gives its id. */
const bound = async (field: BindingField, alias: string): Promise<string | undefined> =>
  (await fixture.bindings.changeBindings({ id: REALM_ID, bindings: {} }, { [field]: alias }))[field];

const runningHash = (flowId: string): string | undefined => fixture.store.flows.get(flowId)?.runningHash;

/** Providers of the version that runs now. */
async function runningSteps(flowId: string): Promise<readonly string[]> {
  const compiled = await fixture.compiled.running(REALM_ID, flowId);
  return (compiled?.definition.executions ?? []).map((execution) =>
    execution.kind === 'step' ? execution.authenticator : execution.flow.alias,
  );
}

describe('what may be bound', () => {
  beforeEach(async () => {
    await passableFlow('good');
    await fixture.executions.addSubflow(REALM_ID, 'good', { alias: 'sub', type: 'basic-flow' });
    await fixture.makeFlow('empty');
    await fixture.makeFlow('switched off');
    await fixture.executions.addStep(REALM_ID, 'switched off', { provider: 'auth-otp-form' });
    await fixture.makeFlow('apps', 'client-flow');
    await fixture.addRequired('apps', 'client-secret');
    await fixture.makeFlow('capped');
    await fixture.addRequired('capped', 'user-session-limits');
  });

  it.each([
    ['browserFlow', 'not there', 'there is no flow "not there"'],
    ['browserFlow', '', 'there is no flow ""'],
    ['browserFlow', 'sub', 'flow "sub" cannot be bound. It is a sub-flow'],
    ['browserFlow', 'apps', 'flow "apps" cannot be bound. It is a client-flow where a basic-flow is needed'],
    [
      'clientAuthenticationFlow',
      'good',
      'flow "good" cannot be bound. It is a basic-flow where a client-flow is needed',
    ],
    ['directGrantFlow', 'empty', 'flow "empty" cannot be bound. Flow empty has no enabled execution'],
    [
      'directGrantFlow',
      'switched off',
      'flow "switched off" cannot be bound. Flow switched off has no enabled execution',
    ],
    ['registrationFlow', 'capped', 'flow "capped" cannot be bound. The session limiter has no config'],
  ] as const)('%s may not name %j', async (field, alias, message) => {
    const refused = expect(bound(field, alias)).rejects;
    await refused.toMatchObject({
      code: 'binding_refused',
      field,
      message: expect.stringContaining(message) as string,
    });
  });

  it('gives the id of what may be bound', async () => {
    const catalog = await fixture.store.catalog(REALM_ID);
    const idOf = (alias: string) => catalog.flows.find((flow) => flow.alias === alias)?.id;
    expect(await bound('browserFlow', 'good')).toBe(idOf('good'));
    expect(await bound('clientAuthenticationFlow', 'apps')).toBe(idOf('apps'));
  });

  it('lets a limiter pass once it has a config, or is out of reach', async () => {
    const rows = [...fixture.store.executions.values()];
    const limiter = rows.find((row) => row.authenticator === 'user-session-limits')?.id ?? '';
    const config = await fixture.configs.configure(REALM_ID, limiter, { alias: 'limits', values: {} });
    await expect(bound('browserFlow', 'capped')).resolves.toBeDefined();
    await fixture.configs.delete(REALM_ID, config);
    await fixture.executions.change(REALM_ID, 'capped', { id: limiter, requirement: 'DISABLED', priority: 0 });
    await fixture.addRequired('capped', 'allow-access-authenticator');
    await expect(bound('browserFlow', 'capped')).resolves.toBeDefined();
  });

  it('checks only the members that change', async () => {
    const catalog = await fixture.store.catalog(REALM_ID);
    const idOf = (alias: string) => catalog.flows.find((flow) => flow.alias === alias)?.id ?? '';
    const realm = { id: REALM_ID, bindings: { browserFlow: idOf('empty') } };
    const change = (aliases: object) => fixture.bindings.changeBindings(realm, aliases);
    expect(await change({ browserFlow: 'empty', directGrantFlow: 'good' })).toEqual({
      browserFlow: idOf('empty'),
      directGrantFlow: idOf('good'),
    });
    expect(await change({})).toEqual(realm.bindings);
    await expect(change({ directGrantFlow: 'empty' })).rejects.toMatchObject({ field: 'directGrantFlow' });
  });
});

describe('overrides of a client', () => {
  it('are set, kept, cleared and checked', async () => {
    const good = await passableFlow('good');
    const other = await passableFlow('other');
    const validate = (changes: Record<string, string | null>, current = {}) =>
      fixture.bindings.validateOverrides(
        REALM_ID,
        { id: 'client-1', clientId: 'app', flowOverrides: current },
        changes,
      );
    expect(await validate({ browser: good })).toEqual({ browser: good });
    expect(await validate({}, { browser: good })).toEqual({ browser: good });
    expect(await validate({ direct_grant: other }, { browser: good })).toEqual({ browser: good, direct_grant: other });
    for (const cleared of ['', '  ', null]) expect(await validate({ browser: cleared }, { browser: good })).toEqual({});
    expect(await validate({ unheard: good })).toEqual({ unheard: good });
    expect(await validate({ unheard: '' }, { unheard: good })).toEqual({});
    await expect(validate({ unheard: 'of' })).rejects.toMatchObject({ code: 'binding_refused', field: 'unheard' });
    expect(await validate({ browser: 'gone' }, { browser: 'gone' })).toEqual({ browser: 'gone' });
    await expect(validate({ browser: 'good' })).rejects.toMatchObject({ code: 'binding_refused', field: 'browser' });
    const empty = await fixture.makeFlow('empty');
    await expect(validate({ direct_grant: empty })).rejects.toMatchObject({ field: 'direct_grant' });
  });
});

describe('the version that runs', () => {
  it('follows every edit of a flow that nobody uses', async () => {
    const id = await fixture.makeFlow('mine');
    const first = runningHash(id);
    const step = await fixture.executions.addStep(REALM_ID, 'mine', { provider: 'auth-otp-form' });
    expect(runningHash(id)).not.toBe(first);
    await fixture.executions.remove(REALM_ID, step);
    expect(runningHash(id)).toBe(first);
  });

  it('does not change with a description', async () => {
    const id = await fixture.makeFlow('mine');
    const before = runningHash(id);
    await fixture.flows.update(REALM_ID, id, { alias: 'mine', description: 'said', providerId: 'basic-flow' });
    expect(runningHash(id)).toBe(before);
    expect(fixture.store.flows.get(id)?.description).toBe('said');
  });

  it.each(['realm', 'client'])('stays at the last one that could be bound while a %s uses the flow', async (user) => {
    const id = await passableFlow('login');
    if (user === 'realm') await fixture.bindRealm({ browserFlow: id });
    else await fixture.overrideClient({ direct_grant: id });

    // Disabled it may stand there, and the version with it runs.
    const limiter = await fixture.executions.addStep(REALM_ID, 'login', { provider: 'user-session-limits' });
    const before = runningHash(id);
    await fixture.require('login', limiter);
    expect(runningHash(id)).toBe(before);

    await fixture.configs.configure(REALM_ID, limiter, { alias: 'limits', values: { userRealmLimit: '1' } });
    expect(runningHash(id)).not.toBe(before);
    const running = await fixture.compiled.running(REALM_ID, id);
    expect(running?.definition.executions[1]).toMatchObject({
      requirement: 'REQUIRED',
      config: { values: { userRealmLimit: '1' } },
    });
  });

  it('follows an edit deep below', async () => {
    const id = await passableFlow('login');
    await fixture.bindRealm({ browserFlow: id });
    await fixture.executions.addSubflow(REALM_ID, 'login', { alias: 'a', type: 'basic-flow' });
    await fixture.executions.addSubflow(REALM_ID, 'a', { alias: 'b', type: 'basic-flow' });
    const before = runningHash(id);
    await fixture.executions.addStep(REALM_ID, 'b', { provider: 'auth-otp-form' });
    expect(runningHash(id)).not.toBe(before);
  });

  it('keeps every version that a login may have begun with', async () => {
    const id = await passableFlow('login');
    const first = runningHash(id) ?? '';
    await fixture.addRequired('login', 'allow-access-authenticator');
    const pinned = await fixture.compiled.byHash(REALM_ID, first);
    expect(pinned?.definition.executions).toHaveLength(1);
    expect(pinned?.hash).toBe(first);
  });

  it('of an import without one stays what came in when the first edit breaks it', async () => {
    await fixture.installBuiltIns();
    const catalog = await fixture.store.catalog(REALM_ID);
    const browser = flowByAlias(catalog, 'browser')?.id ?? '';
    const form = catalog.executions.find(({ authenticator }) => authenticator === 'auth-username-password-form');
    const version = hashDefinition(definitionOf(catalog, browser) ?? { alias: '', kind: 'basic-flow', executions: [] });
    expect(runningHash(browser)).toBeUndefined();
    // The registry of this test knows few providers: any edit of the flow leaves a head that could not be bound.
    await fixture.executions.change(REALM_ID, 'browser', {
      id: form?.id ?? '',
      requirement: 'ALTERNATIVE',
      priority: 10,
    });
    expect(runningHash(browser)).toBe(version);
    expect((await fixture.compiled.running(REALM_ID, browser))?.hash).toBe(version);
  });

  it('is that of a new flow at once: nothing can be bound to it yet', async () => {
    const usesOf = vi.spyOn(BoundFlows.prototype, 'usesOf');
    const id = await fixture.makeFlow('login');
    expect(usesOf).not.toHaveBeenCalled();
    expect(runningHash(id)).toBeDefined();
    await fixture.addRequired('login', 'auth-username-password-form');
    expect(usesOf).toHaveBeenCalledWith(REALM_ID, id);
    usesOf.mockRestore();
  });

  it('moves to the head when a flow is bound', async () => {
    const id = await passableFlow('login');
    await fixture.bindRealm({ browserFlow: id });
    await fixture.addRequired('login', 'user-session-limits');
    await fixture.bindRealm({});
    const rows = [...fixture.store.executions.values()];
    const limiter = rows.find((row) => row.authenticator === 'user-session-limits')?.id ?? '';
    await fixture.unitOfWork.run(async () => {
      // As an import would bring it: without an edit that publishes.
      await fixture.store.insertConfigs([{ id: 'config', realmId: REALM_ID, alias: 'limits', values: {} }]);
      const execution = fixture.store.executions.get(limiter);
      if (execution) await fixture.store.updateExecution({ ...execution, configId: 'config' });
    });
    await bound('browserFlow', 'login');
    expect(await runningSteps(id)).toEqual(['auth-username-password-form', 'user-session-limits']);
  });
});
