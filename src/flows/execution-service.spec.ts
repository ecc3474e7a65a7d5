import { beforeEach, describe, expect, it } from 'vitest';
import { FlowFixture, REALM_ID } from '../../test/support/flow-fixture.js';
import { executionRows, flowByAlias } from './flow-catalog.js';

let fixture: FlowFixture;
beforeEach(async () => {
  fixture = new FlowFixture();
  await fixture.installBuiltIns();
  await fixture.makeFlow('mine');
});

const add = (provider: string, priority?: number) =>
  fixture.executions.addStep(REALM_ID, 'mine', { provider, priority });

/** Id of the first execution of that provider in a flow. */
async function executionOf(alias: string, provider: string): Promise<string> {
  const catalog = await fixture.store.catalog(REALM_ID);
  const rows = executionRows(catalog, flowByAlias(catalog, alias)?.id ?? '');
  return rows.find(({ execution }) => execution.authenticator === provider)?.execution.id ?? 'none';
}

describe('adding', () => {
  it('puts steps at the end, disabled unless the provider offers one requirement only', async () => {
    await add('auth-cookie');
    await add('auth-username-password-form');
    await add('auth-spnego', 30);
    await add('auth-otp-form');
    expect(await fixture.outline('mine')).toEqual([
      '0 auth-cookie DISABLED 0',
      '1 auth-username-password-form REQUIRED 1',
      '2 auth-spnego DISABLED 30',
      '3 auth-otp-form DISABLED 31',
    ]);
  });

  it('answers the id of the new flow for a sub-flow, and keeps a page for form-flows only', async () => {
    const subflow = (alias: string, type: string) =>
      fixture.executions.addSubflow(REALM_ID, 'mine', { alias, type, provider: 'registration-page-form' });
    const inner = await subflow('inner', 'basic-flow');
    await subflow('page', 'form-flow');
    await fixture.executions.addStep(REALM_ID, 'inner', { provider: 'auth-otp-form' });
    expect((await fixture.flows.get(REALM_ID, inner)).flow).toMatchObject({ alias: 'inner', topLevel: false });
    expect(await fixture.outline('mine')).toEqual([
      '0 inner DISABLED 0',
      '  0 auth-otp-form DISABLED 0',
      '1 page DISABLED 1',
    ]);
    const catalog = await fixture.store.catalog(REALM_ID);
    const pages = executionRows(catalog, flowByAlias(catalog, 'mine')?.id ?? '').map(
      (row) => row.execution.authenticator,
    );
    expect(pages).toEqual([undefined, 'auth-otp-form', 'registration-page-form']);
  });

  it.each([
    ['none', 'auth-cookie', "Parent flow doesn't exist"],
    ['browser', 'auth-cookie', 'It is illegal to add execution to a built in flow'],
    ['forms', 'auth-cookie', 'It is illegal to add execution to a built in flow'],
    ['mine', 'no-such-provider', 'No authentication provider found for id: no-such-provider'],
    ['mine', 'client-secret', 'No authentication provider found for id: client-secret'],
    ['mine', 'registration-user-creation', 'No authentication provider found for id: registration-user-creation'],
  ])('to %s of %s is refused', async (flow, provider, message) => {
    await expect(fixture.executions.addStep(REALM_ID, flow, { provider })).rejects.toThrow(message);
  });

  it('takes the providers of the kind of flow', async () => {
    await fixture.makeFlow('apps', 'client-flow');
    await fixture.executions.addStep(REALM_ID, 'apps', { provider: 'client-secret' });
    await expect(fixture.executions.addStep(REALM_ID, 'apps', { provider: 'auth-cookie' })).rejects.toMatchObject({
      code: 'provider_unknown',
    });
  });

  it.each([
    ['none', { alias: 'q', type: 'basic-flow' }, 'subflow_parent_unknown'],
    ['browser', { alias: 'q', type: 'basic-flow' }, 'builtin_add_subflow'],
    ['mine', { alias: 'forms', type: 'basic-flow' }, 'flow_alias_taken'],
    ['mine', { alias: '', type: 'basic-flow' }, 'flow_alias_empty'],
    ['mine', { alias: 'q' }, 'subflow_kind_missing'],
    ['mine', { alias: 'q', type: 'odd' }, 'flow_kind_unknown'],
    ['mine', { alias: 'q', type: 'basic-flow', priority: 1.5 }, 'priority_invalid'],
  ])('a sub-flow to %s as %j is refused', async (flow, input, code) => {
    await expect(fixture.executions.addSubflow(REALM_ID, flow, input)).rejects.toMatchObject({ code });
  });

  it('by the id of the parent takes the requirement too', async () => {
    const parent = flowByAlias(await fixture.store.catalog(REALM_ID), 'mine')?.id;
    const input = { provider: 'auth-cookie', requirement: 'ALTERNATIVE', priority: 5 };
    const id = await fixture.executions.addStepById(REALM_ID, parent, input);
    expect((await fixture.executions.get(REALM_ID, id)).execution).toMatchObject({
      requirement: 'ALTERNATIVE',
      priority: 5,
    });
    await expect(fixture.executions.addStepById(REALM_ID, 'unknown', input)).rejects.toMatchObject({
      code: 'execution_parent_unknown',
    });
    await expect(fixture.executions.addStepById(REALM_ID, undefined, input)).rejects.toMatchObject({
      code: 'parent_flow_missing',
    });
  });
});

describe('changing a row', () => {
  it('stores requirement and priority, and an absent priority as 0', async () => {
    await add('auth-cookie', 5);
    const id = await executionOf('mine', 'auth-cookie');
    await fixture.executions.change(REALM_ID, 'mine', { id, requirement: 'ALTERNATIVE' });
    expect(await fixture.outline('mine')).toEqual(['0 auth-cookie ALTERNATIVE 0']);
  });

  it('renames a sub-flow only when nothing else changes', async () => {
    const flowId = await fixture.executions.addSubflow(REALM_ID, 'mine', { alias: 'inner', type: 'basic-flow' });
    const [placement] = executionRows(
      await fixture.store.catalog(REALM_ID),
      flowByAlias(await fixture.store.catalog(REALM_ID), 'mine')?.id ?? '',
    );
    const row = {
      id: placement?.execution.id ?? '',
      priority: 0,
      requirement: 'DISABLED',
      authenticationFlow: true,
      flowId,
      displayName: 'renamed',
      description: 'said',
    };
    await fixture.executions.change(REALM_ID, 'mine', { ...row, requirement: 'REQUIRED' });
    expect(await fixture.outline('mine')).toEqual(['0 inner REQUIRED 0']);
    await fixture.executions.change(REALM_ID, 'mine', { ...row, requirement: 'REQUIRED' });
    expect(await fixture.outline('mine')).toEqual(['0 renamed REQUIRED 0']);
    expect((await fixture.flows.get(REALM_ID, flowId)).flow.description).toBe('said');
    const again = (change: object) =>
      fixture.executions.change(REALM_ID, 'mine', { ...row, requirement: 'REQUIRED', ...change });
    await expect(again({ displayName: 'forms' })).rejects.toThrow('Flow alias name already exists');
    await expect(again({ flowId: 'unknown' })).rejects.toThrow('Illegal execution');
  });

  it('is allowed in built-in flows', async () => {
    const id = await executionOf('browser', 'auth-spnego');
    await fixture.executions.change(REALM_ID, 'browser', { id, requirement: 'ALTERNATIVE', priority: 20 });
    expect(await fixture.outline('browser')).toContain('1 auth-spnego ALTERNATIVE 20');
  });

  it.each([
    ['nope', {}, 'flow not found'],
    ['mine', { id: 'nope' }, 'Illegal execution'],
    ['mine', { requirement: 'SOMETIMES' }, 'requirement must be one of'],
    ['mine', { requirement: undefined }, 'requirement must be one of'],
    ['mine', { priority: 10 ** 12 }, 'priority must be'],
  ])('of %s with %j is refused', async (flow, change, message) => {
    const id = await add('auth-cookie');
    const row = { id, requirement: 'REQUIRED', priority: 0, ...change };
    await expect(fixture.executions.change(REALM_ID, flow, row)).rejects.toThrow(message);
    expect(await fixture.outline('mine')).toEqual(['0 auth-cookie DISABLED 0']);
  });
});

describe('moving', () => {
  it('swaps the priorities of neighbours and does nothing at the ends', async () => {
    const [first, second, third] = [
      await add('auth-cookie', 10),
      await add('auth-spnego', 20),
      await add('auth-otp-form', 25),
    ];
    await fixture.executions.move(REALM_ID, second, 'raise');
    expect(await fixture.outline('mine')).toEqual([
      '0 auth-spnego DISABLED 10',
      '1 auth-cookie DISABLED 20',
      '2 auth-otp-form DISABLED 25',
    ]);
    await fixture.executions.move(REALM_ID, second, 'raise');
    await fixture.executions.move(REALM_ID, third, 'lower');
    await fixture.executions.move(REALM_ID, first, 'lower');
    expect(await fixture.outline('mine')).toEqual([
      '0 auth-spnego DISABLED 10',
      '1 auth-otp-form DISABLED 20',
      '2 auth-cookie DISABLED 25',
    ]);
  });

  it('moves past a neighbour of the same priority, which the reference cannot', async () => {
    for (const provider of ['auth-cookie', 'auth-spnego', 'auth-otp-form']) await add(provider, 7);
    const before = await fixture.outline('mine');
    const lastId = (await fixture.store.catalog(REALM_ID)).executions
      .filter(({ priority }) => priority === 7)
      .at(-1)?.id;
    await fixture.executions.move(REALM_ID, lastId ?? '', 'raise');
    const providers = (lines: readonly string[]) => lines.map((line) => line.split(' ')[1]);
    const [a, b, c] = providers(before);
    expect(providers(await fixture.outline('mine'))).toEqual([a, c, b]);
  });

  it('is refused in built-in flows and for unknown ids', async () => {
    const id = await executionOf('browser', 'auth-spnego');
    await expect(fixture.executions.move(REALM_ID, id, 'raise')).rejects.toThrow(
      'It is illegal to modify execution in a built in flow',
    );
    await expect(fixture.executions.move(REALM_ID, 'nope', 'raise')).rejects.toThrow('Illegal execution');
  });
});

describe('removing', () => {
  it('takes config and sub-flow along', async () => {
    const before = await fixture.store.catalog(REALM_ID);
    const limiter = await add('user-session-limits');
    await fixture.configs.configure(REALM_ID, limiter, { alias: 'limits', values: { userRealmLimit: '1' } });
    await fixture.executions.addSubflow(REALM_ID, 'mine', { alias: 'inner', type: 'basic-flow' });
    await fixture.executions.addSubflow(REALM_ID, 'inner', { alias: 'innermost', type: 'basic-flow' });
    const placed = (await fixture.store.catalog(REALM_ID)).executions.find(
      ({ flowId }) => flowId !== undefined && fixture.store.flows.get(flowId)?.alias === 'inner',
    );
    await fixture.executions.remove(REALM_ID, limiter);
    await fixture.executions.remove(REALM_ID, placed?.id ?? '');
    const after = await fixture.store.catalog(REALM_ID);
    expect({ ...after, flows: after.flows.map(({ id }) => id) }).toEqual({
      ...before,
      flows: before.flows.map(({ id }) => id),
    });
    await expect(fixture.executions.remove(REALM_ID, limiter)).rejects.toThrow('Illegal execution');
  });

  it('is refused in built-in flows', async () => {
    const id = await executionOf('browser', 'auth-spnego');
    await expect(fixture.executions.remove(REALM_ID, id)).rejects.toThrow(
      'It is illegal to remove execution from a built in flow',
    );
  });
});

describe('editors at the same time', () => {
  it('queue: none loses what another wrote', async () => {
    await Promise.all(Array.from({ length: 20 }, () => add('auth-otp-form')));
    const expected = Array.from({ length: 20 }, (_, index) => `${index} auth-otp-form DISABLED ${index}`);
    expect(await fixture.outline('mine')).toEqual(expected);
  });
});

describe('placing', () => {
  const place = async (alias: string, provider: string, parent: string, index?: number): Promise<void> => {
    const catalog = await fixture.store.catalog(REALM_ID);
    return fixture.executions.place(REALM_ID, await executionOf(alias, provider), {
      parentFlow: flowByAlias(catalog, parent)?.id ?? 'none',
      index,
    });
  };

  beforeEach(async () => {
    await add('auth-cookie', 10);
    await add('auth-otp-form', 20);
    await add('auth-username-password-form', 30);
    await fixture.executions.addSubflow(REALM_ID, 'mine', { alias: 'inner', type: 'basic-flow', priority: 40 });
    await fixture.executions.addStep(REALM_ID, 'inner', { provider: 'auth-spnego' });
  });

  it('puts a step first, between two, or last, and the others keep their order', async () => {
    await place('mine', 'auth-username-password-form', 'mine', 0);
    await place('mine', 'auth-cookie', 'mine', 1);
    expect(await fixture.outline('mine')).toEqual([
      '0 auth-username-password-form REQUIRED 0',
      '1 auth-cookie DISABLED 1',
      '2 auth-otp-form DISABLED 20',
      '3 inner DISABLED 40',
      '  0 auth-spnego DISABLED 0',
    ]);
  });

  it('puts a step into a sub-flow and out of it', async () => {
    await place('mine', 'auth-otp-form', 'inner');
    await place('inner', 'auth-spnego', 'mine', 1);
    expect(await fixture.outline('mine')).toEqual([
      '0 auth-cookie DISABLED 10',
      '1 auth-spnego DISABLED 11',
      '2 auth-username-password-form REQUIRED 30',
      '3 inner DISABLED 40',
      '  0 auth-otp-form DISABLED 1',
    ]);
  });

  it('refuses built-in flows, a sub-flow inside itself, other kinds of flow, and places there are not', async () => {
    const catalog = await fixture.store.catalog(REALM_ID);
    const inner = flowByAlias(catalog, 'inner')?.id ?? '';
    const placed = catalog.executions.find(({ flowId }) => flowId === inner)?.id ?? '';
    await expect(fixture.executions.place(REALM_ID, placed, { parentFlow: inner })).rejects.toThrow('inside itself');
    await expect(place('mine', 'auth-cookie', 'forms', 0)).rejects.toThrow('built in flow');
    await expect(place('browser', 'auth-cookie', 'mine', 0)).rejects.toThrow('built in flow');
    await expect(place('mine', 'auth-cookie', 'nowhere', 0)).rejects.toThrow('does not exist');
    await expect(place('mine', 'auth-cookie', 'mine', -1)).rejects.toThrow('index must be');
    await fixture.executions.addSubflow(REALM_ID, 'mine', { alias: 'page', type: 'form-flow' });
    await expect(place('mine', 'auth-cookie', 'page', 0)).rejects.toThrow('No authentication provider');
    expect(await executionOf('mine', 'auth-cookie')).not.toBe('none');
  });
});
