import { beforeEach, describe, expect, it } from 'vitest';
import { FlowFixture, REALM_ID } from '../../test/support/flow-fixture.js';
import { AppError } from '../shared/errors.js';
import { flowByAlias } from './flow-catalog.js';

let fixture: FlowFixture;
beforeEach(async () => {
  fixture = new FlowFixture();
  await fixture.installBuiltIns();
});

/** Class, code and sentence of a refusal: what a door answers from. */
async function refusal(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return error instanceof AppError ? `${error.name} ${error.code}: ${error.message}` : `not refused: ${String(error)}`;
}

const flowId = async (alias: string): Promise<string> =>
  flowByAlias(await fixture.store.catalog(REALM_ID), alias)?.id ?? 'none';

describe('list', () => {
  it('shows the top-level flows as they came and hides the one that the reference hides', async () => {
    await fixture.makeFlow('mine');
    const { flows } = await fixture.flows.list(REALM_ID);
    expect(flows.map((flow) => flow.alias)).toEqual([
      'browser',
      'direct grant',
      'registration',
      'reset credentials',
      'clients',
      'first broker login',
      'docker auth',
      'mine',
    ]);
  });

  it('finds one by id, a sub-flow too, and nothing by alias', async () => {
    const { flow } = await fixture.flows.get(REALM_ID, await flowId('forms'));
    expect(flow).toMatchObject({ alias: 'forms', topLevel: false, builtIn: true });
    expect(await refusal(fixture.flows.get(REALM_ID, 'browser'))).toBe(
      'NotFoundError flow_id_unknown: Could not find flow with id',
    );
    expect(await refusal(fixture.flows.getByAlias(REALM_ID, 'nope'))).toBe(
      'NotFoundError flow_unknown: Flow not found',
    );
  });
});

describe('create', () => {
  it('makes an empty flow with the defaults of the reference', async () => {
    const id = await fixture.flows.create(REALM_ID, { alias: 'one', providerId: 'basic-flow', topLevel: true });
    const { flow } = await fixture.flows.get(REALM_ID, id);
    expect(flow).toMatchObject({
      alias: 'one',
      description: '',
      providerId: 'basic-flow',
      topLevel: true,
      builtIn: false,
    });
    expect(await fixture.outline('one')).toEqual([]);
  });

  it.each([
    [{ providerId: 'basic-flow' }, 'ConflictError flow_alias_empty: Failed to create flow with empty alias name'],
    [
      { alias: '', providerId: 'basic-flow' },
      'ConflictError flow_alias_empty: Failed to create flow with empty alias name',
    ],
    [{ alias: 'browser', providerId: 'basic-flow' }, 'ConflictError flow_alias_taken: Flow browser already exists'],
    [{ alias: 'a/b', providerId: 'basic-flow' }, "InvalidInputError character_refused: Character '/' not allowed."],
    [{ alias: 'x' }, 'ConflictError flow_kind_missing: Duplicate resource error'],
    [{ alias: 'x', providerId: 'odd' }, 'InvalidInputError flow_kind_unknown: Unknown kind of flow: odd'],
  ])('refuses %j', async (input, expected) => {
    expect(await refusal(fixture.flows.create(REALM_ID, input))).toBe(expected);
  });
});

describe('update', () => {
  it('renames a flow, built-in or not, and keeps it bound', async () => {
    const id = await flowId('browser');
    const body = { alias: 'web login', description: 'new', providerId: 'basic-flow', topLevel: true, builtIn: true };
    await fixture.flows.update(REALM_ID, id, body);
    const { flow } = await fixture.flows.get(REALM_ID, id);
    expect(flow).toMatchObject({ alias: 'web login', description: 'new', builtIn: true });
    expect(await refusal(fixture.flows.delete(REALM_ID, id))).toContain("Can't delete built in flow");
  });

  it('refuses', async () => {
    const id = await fixture.makeFlow('mine');
    const update = (input: object, of = id) => refusal(fixture.flows.update(REALM_ID, of, input));
    expect(await update({ alias: 'z' }, 'unknown')).toBe('NotFoundError flow_id_unknown: Could not find flow with id');
    expect(await update({ alias: 'forms' })).toBe('ConflictError flow_alias_taken: Flow alias name already exists');
    expect(await update({})).toBe('ConflictError flow_alias_empty: Failed to update flow with empty alias name');
    expect(await update({ alias: 'mine', topLevel: false })).toContain('InvalidInputError flow_top_level_fixed');
    expect(await update({ alias: 'other' })).toBe('ConflictError flow_kind_missing: Duplicate resource error');
  });
});

describe('copy', () => {
  it('copies everything below under the new name', async () => {
    await fixture.flows.copy(REALM_ID, 'browser', 'my browser');
    const names = (await fixture.outline('my browser')).map((line) => line.trim());
    expect(names).toEqual(
      (await fixture.outline('browser')).map((line) =>
        line.trim().replace(/^(\d+) (Organization|forms|Browser - .*)(?= [A-Z]+ \d+$)/, '$1 my browser $2'),
      ),
    );
    const catalog = await fixture.store.catalog(REALM_ID);
    expect(catalog.configs.map((config) => config.alias)).toContain('my browser browser-conditional-credential');
    const copies = catalog.flows.filter((flow) => flow.alias.startsWith('my browser'));
    expect(copies.map(({ builtIn, topLevel }) => ({ builtIn, topLevel }))).toEqual([
      { builtIn: false, topLevel: true },
      ...Array.from({ length: 4 }, () => ({ builtIn: false, topLevel: false })),
    ]);
  });

  it.each([
    ['browser', 'forms', 'ConflictError flow_alias_taken: New flow alias name already exists'],
    ['nothing', 'x', 'NotFoundError flow_unknown: Flow not found'],
    ['nothing', 'forms', 'ConflictError flow_alias_taken: New flow alias name already exists'],
    ['browser', undefined, 'ConflictError flow_alias_empty: Failed to create flow with empty alias name'],
  ])('of %s as %s is refused', async (alias, newName, expected) => {
    expect(await refusal(fixture.flows.copy(REALM_ID, alias, newName))).toBe(expected);
  });

  it('leaves nothing behind when a name below is taken', async () => {
    await fixture.makeFlow('two Browser - Conditional 2FA');
    const before = await fixture.store.catalog(REALM_ID);
    expect(await refusal(fixture.flows.copy(REALM_ID, 'browser', 'two'))).toContain('flow_alias_taken');
    expect(await fixture.store.catalog(REALM_ID)).toEqual(before);
  });
});

describe('delete', () => {
  it('takes everything below with it and nothing else', async () => {
    const before = await fixture.store.catalog(REALM_ID);
    const id = await fixture.flows.copy(REALM_ID, 'browser', 'free');
    await fixture.flows.delete(REALM_ID, id);
    expect(await fixture.store.catalog(REALM_ID)).toEqual(before);
    expect(await refusal(fixture.flows.delete(REALM_ID, id))).toBe('NotFoundError flow_unknown: Flow not found');
  });

  it('is refused for what is bound, naming who uses it', async () => {
    const id = await fixture.makeFlow('used');
    await fixture.bindRealm({ browserFlow: id });
    await fixture.overrideClient({ direct_grant: id });
    expect(await refusal(fixture.flows.delete(REALM_ID, id))).toBe(
      'ConflictError flow_in_use: Flow "used" is in use: browserFlow of the realm, direct_grant of client "app"',
    );
    expect((await fixture.flows.get(REALM_ID, id)).flow.alias).toBe('used');
  });

  it('is refused for a sub-flow that another flow places', async () => {
    await fixture.makeFlow('outer');
    const id = await fixture.executions.addSubflow(REALM_ID, 'outer', { alias: 'inner', type: 'basic-flow' });
    expect(await refusal(fixture.flows.delete(REALM_ID, id))).toBe(
      'ConflictError subflow_in_use: Flow "inner" is part of "outer"',
    );
  });

  it('keeps a sub-flow that a flow outside shares', async () => {
    const one = await fixture.makeFlow('one');
    const two = await fixture.makeFlow('two');
    const shared = await fixture.executions.addSubflow(REALM_ID, 'one', { alias: 'shared', type: 'basic-flow' });
    await fixture.executions.addStep(REALM_ID, 'shared', { provider: 'auth-otp-form' });
    const placement = { id: 'placed-again', realmId: REALM_ID, requirement: 'DISABLED', priority: 0 } as const;
    await fixture.unitOfWork.run(() =>
      fixture.store.insertExecutions([{ ...placement, parentFlowId: two, flowId: shared }]),
    );
    await fixture.flows.delete(REALM_ID, one);
    expect(await fixture.outline('two')).toEqual(['0 shared DISABLED 0', '  0 auth-otp-form DISABLED 0']);
    await fixture.flows.delete(REALM_ID, two);
    expect(await flowId('shared')).toBe('none');
  });
});
