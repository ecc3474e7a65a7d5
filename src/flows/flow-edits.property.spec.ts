import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FlowFixture, REALM_ID } from '../../test/support/flow-fixture.js';
import { AppError } from '../shared/errors.js';
import { checkBinding } from './bind-check.js';
import { definitionOf, executionRows, executionsOf, placementsOf } from './flow-catalog.js';
import type { FlowCatalog } from './stored-flow.js';

/** One call of an admin. Numbers choose among what is there at that time; anything may miss. */
const edit = fc.oneof(
  fc.record({ kind: fc.constant('create' as const), alias: fc.constantFrom('a', 'b', 'a/b', '') }),
  fc.record({ kind: fc.constant('copy' as const), flow: fc.nat(9), alias: fc.constantFrom('c', 'd', 'a') }),
  fc.record({ kind: fc.constant('deleteFlow' as const), flow: fc.nat(9) }),
  fc.record({ kind: fc.constant('addSubflow' as const), flow: fc.nat(9), alias: fc.constantFrom('s', 't', 'u', 'v') }),
  fc.record({
    kind: fc.constant('change' as const),
    execution: fc.nat(9),
    requirement: fc.constantFrom('REQUIRED', 'ALTERNATIVE', 'CONDITIONAL', 'DISABLED', 'OPTIONAL'),
    priority: fc.integer({ min: -3, max: 3 }),
  }),
  fc.record({ kind: fc.constant('remove' as const), execution: fc.nat(9) }),
  fc.record({
    kind: fc.constant('configure' as const),
    execution: fc.nat(9),
    alias: fc.constantFrom('k', 'l'),
    userRealmLimit: fc.constantFrom('1', 'abc'),
  }),
  fc.record({ kind: fc.constant('deleteConfig' as const), config: fc.nat(5) }),
);
/** Steps that come and move, often enough for several to stand in one flow. */
const growth = fc.oneof(
  fc.record({
    kind: fc.constant('addStep' as const),
    flow: fc.nat(9),
    provider: fc.constantFrom('auth-cookie', 'auth-username-password-form', 'user-session-limits', 'nothing'),
    priority: fc.option(fc.integer({ min: -3, max: 3 }), { nil: undefined }),
  }),
  fc.record({
    kind: fc.constant('move' as const),
    execution: fc.nat(9),
    direction: fc.constantFrom('raise' as const, 'lower' as const),
  }),
);
const command = fc.oneof({ weight: 2, arbitrary: edit }, { weight: 1, arbitrary: growth });
type Command = typeof command extends fc.Arbitrary<infer T> ? T : never;

/** One of the rows, or (for 9) none. */
const pick = <T>(rows: readonly T[], index: number): T | undefined =>
  index === 9 ? undefined : rows[index % rows.length];

function call(fixture: FlowFixture, catalog: FlowCatalog, step: Command): Promise<unknown> {
  const flow = (index: number) => pick(catalog.flows, index) ?? { id: 'none', alias: 'none' };
  const execution = (index: number): string => pick(catalog.executions, index)?.id ?? 'none';
  switch (step.kind) {
    case 'create':
      return fixture.makeFlow(step.alias);
    case 'copy':
      return fixture.flows.copy(REALM_ID, flow(step.flow).alias, step.alias);
    case 'deleteFlow':
      return fixture.flows.delete(REALM_ID, flow(step.flow).id);
    case 'addStep':
      return fixture.executions.addStep(REALM_ID, flow(step.flow).alias, step);
    case 'addSubflow':
      return fixture.executions.addSubflow(REALM_ID, flow(step.flow).alias, { alias: step.alias, type: 'basic-flow' });
    case 'change':
      return fixture.executions.change(REALM_ID, flow(0).alias, { ...step, id: execution(step.execution) });
    case 'move':
      return fixture.executions.move(REALM_ID, execution(step.execution), step.direction);
    case 'remove':
      return fixture.executions.remove(REALM_ID, execution(step.execution));
    case 'configure':
      return fixture.configs.configure(REALM_ID, execution(step.execution), {
        alias: step.alias,
        values: { userRealmLimit: step.userRealmLimit },
      });
    case 'deleteConfig':
      return fixture.configs.delete(REALM_ID, pick(catalog.configs, step.config)?.id ?? 'none');
  }
}

function expectConsistent(catalog: FlowCatalog): void {
  const aliases = catalog.flows.map(({ alias }) => alias);
  expect(new Set(aliases).size).toBe(aliases.length);
  const flowIds = new Set(catalog.flows.map(({ id }) => id));
  const configIds = new Set(catalog.configs.map(({ id }) => id));
  for (const execution of catalog.executions) {
    expect(flowIds.has(execution.parentFlowId)).toBe(true);
    if (execution.flowId !== undefined) expect(flowIds.has(execution.flowId)).toBe(true);
    if (execution.configId !== undefined) expect(configIds.has(execution.configId)).toBe(true);
  }
  // Nothing is left lying about: every execution is below a flow that stands by itself (a top-level one, or the copy of a
  // sub-flow), and every config belongs to an execution.
  const roots = catalog.flows.filter(({ id }) => placementsOf(catalog, id).length === 0);
  const reached = roots.flatMap(({ id }) => executionRows(catalog, id));
  expect(new Set(reached.map(({ execution }) => execution.id)).size).toBe(catalog.executions.length);
  expect(new Set(catalog.executions.map(({ configId }) => configId).filter(Boolean))).toEqual(configIds);
}

function expectOrdered(catalog: FlowCatalog): void {
  for (const { id } of catalog.flows) {
    const rows = executionRows(catalog, id);
    const own = rows.filter(({ level }) => level === 0);
    expect(own.map(({ index }) => index)).toEqual(own.map((_, place) => place));
    expect(own.map(({ execution }) => execution.id)).toEqual(definitionOf(catalog, id)?.executions.map((e) => e.id));
    rows.forEach((row, place) => {
      expect(row.level).toBeLessThanOrEqual((rows[place - 1]?.level ?? -1) + 1);
    });
  }
}

/** After a move between two ends the neighbours have changed places and nobody else has. */
function expectMoved(before: FlowCatalog, after: FlowCatalog, executionId: string, direction: 'raise' | 'lower'): void {
  const parent = before.executions.find(({ id }) => id === executionId)?.parentFlowId ?? '';
  const order = (catalog: FlowCatalog) => executionsOf(catalog, parent).map(({ id }) => id);
  const from = order(before).indexOf(executionId);
  const to = Math.min(Math.max(from + (direction === 'raise' ? -1 : 1), 0), order(before).length - 1);
  const expected = order(before).filter((id) => id !== executionId);
  expected.splice(to, 0, executionId);
  expect(order(after)).toEqual(expected);
}

describe('any sequence of edits', () => {
  it('leaves whole, ordered flows, publishes each, and refuses only on purpose', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(command, { minLength: 5, maxLength: 40 }), async (commands) => {
        const fixture = new FlowFixture();
        await fixture.makeFlow('start');
        for (const step of commands) {
          const before = await fixture.store.catalog(REALM_ID);
          const refused = await call(fixture, before, step).then(
            () => undefined,
            (reason: unknown) => reason,
          );
          const after = await fixture.store.catalog(REALM_ID);
          if (refused !== undefined) {
            expect(refused).toBeInstanceOf(AppError);
            expect(after).toEqual(before);
            continue;
          }
          expectConsistent(after);
          expectOrdered(after);
          if (step.kind === 'move') {
            expectMoved(before, after, pick(before.executions, step.execution)?.id ?? '', step.direction);
          }
          for (const flow of after.flows) {
            if (!flow.topLevel) continue;
            const running = await fixture.compiled.running(REALM_ID, flow.id);
            expect(running?.definition).toEqual(definitionOf(after, flow.id));
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('a login that has begun', () => {
  it('goes on with the version it began with, whatever is edited meanwhile, and what is bound can be run', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(command, { minLength: 5, maxLength: 30 }), async (commands) => {
        const fixture = new FlowFixture();
        const id = await fixture.makeFlow('bound');
        await fixture.executions.addStep(REALM_ID, 'bound', { provider: 'auth-username-password-form' });
        for (const { id: row } of (await fixture.store.catalog(REALM_ID)).executions)
          await fixture.executions.change(REALM_ID, 'bound', { id: row, requirement: 'REQUIRED' });
        await fixture.bindRealm({ browserFlow: id });
        const began = await fixture.compiled.running(REALM_ID, id);
        if (!began) throw new Error('The bound flow does not run');
        for (const step of commands) {
          const before = await fixture.store.catalog(REALM_ID);
          await call(fixture, before, step).catch((reason: unknown) => expect(reason).toBeInstanceOf(AppError));
          const pinned = await fixture.compiled.byHash(REALM_ID, began.hash);
          expect(pinned?.definition).toEqual(began.definition);
          const running = await fixture.compiled.running(REALM_ID, id);
          const flow = (await fixture.store.catalog(REALM_ID)).flows.find((each) => each.id === id);
          expect(flow, 'a bound flow cannot be deleted').toBeDefined();
          if (!running || !flow) throw new Error('The bound flow does not run');
          expect(checkBinding('browserFlow', flow, running.definition, fixture.registry)).toBeUndefined();
        }
      }),
      { numRuns: 60 },
    );
  });
});
