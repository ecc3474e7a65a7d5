import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alternative, conditional, disabled, flow, required } from '../../test/support/flow-builder.js';
import type { Execution } from './flow-definition.js';
import { isPassed, isProcessed, nextElement, splitLevel } from './requirement-rules.js';
import type { Statuses, Walk } from './flow-context.js';

const isCondition = (authenticator: string): boolean => authenticator.startsWith('if');
const guarded = (alias: string): Execution =>
  conditional(flow(alias, required('if', { id: `${alias}-if` }), required(`${alias}-step`)));

function decide(executions: Execution[], statuses: Statuses = {}, walk: Walk = {}): string {
  const decision = nextElement(splitLevel(executions, isCondition), statuses, walk);
  return decision.kind === 'run' ? `run ${decision.execution.id}` : decision.kind;
}

describe('one level', () => {
  it.each<[string, Execution[], Statuses, Walk, string]>([
    ['an empty level fails', [], {}, {}, 'failed'],
    ['a level of disabled executions fails', [disabled('a')], {}, {}, 'failed'],
    ['REQUIRED runs in order', [required('a'), required('b')], {}, {}, 'run a'],
    ['the next REQUIRED runs after a success', [required('a'), required('b')], { a: 'SUCCESS' }, {}, 'run b'],
    ['SETUP_REQUIRED passes', [required('a'), required('b')], { a: 'SETUP_REQUIRED', b: 'SUCCESS' }, {}, 'succeeded'],
    ['attempted() in REQUIRED fails the level', [required('a'), required('b')], { a: 'ATTEMPTED' }, {}, 'failed'],
    ['a REQUIRED with a page runs again', [required('a')], { a: 'CHALLENGED' }, {}, 'run a'],
    [
      'a failed REQUIRED sub-flow fails the level',
      [required('a'), required('b')],
      { a: 'FAILED' },
      { a: 'failed' },
      'failed',
    ],
    ['a sub-flow that failed in an earlier walk runs again', [required('a')], { a: 'FAILED' }, {}, 'run a'],
    ['ALTERNATIVE: the first unprocessed runs', [alternative('a'), alternative('b')], { a: 'ATTEMPTED' }, {}, 'run b'],
    ['ALTERNATIVE: one success is enough', [alternative('a'), alternative('b')], { b: 'SUCCESS' }, {}, 'succeeded'],
    [
      'ALTERNATIVE: one set-up is enough',
      [alternative('a'), alternative('b')],
      { b: 'SETUP_REQUIRED' },
      {},
      'succeeded',
    ],
    [
      'ALTERNATIVE: failed in this walk is passed over',
      [alternative('a'), alternative('b')],
      { a: 'FAILED' },
      { a: 'failed' },
      'run b',
    ],
    ['ALTERNATIVE: all attempted fails', [alternative('a')], { a: 'ATTEMPTED' }, {}, 'failed'],
    ['REQUIRED silences ALTERNATIVE', [alternative('a'), required('b')], {}, {}, 'run b'],
    [
      'CONDITIONAL silences ALTERNATIVE even when its condition is false',
      [guarded('c'), alternative('a')],
      {},
      { c: 'skipped' },
      'failed',
    ],
    [
      'CONDITIONAL without an enabled condition still silences',
      [conditional(flow('c', required('x'))), alternative('a')],
      {},
      {},
      'failed',
    ],
    ['DISABLED silences nothing', [disabled('b'), alternative('a')], {}, {}, 'run a'],
    [
      'only skipped CONDITIONALs do not succeed',
      [guarded('c'), guarded('d')],
      {},
      { c: 'skipped', d: 'skipped' },
      'failed',
    ],
    [
      'a skipped CONDITIONAL does not spoil the rest',
      [guarded('c'), required('a')],
      { a: 'SUCCESS' },
      { c: 'skipped' },
      'succeeded',
    ],
    ['a CONDITIONAL alone can succeed', [guarded('c')], { c: 'SUCCESS' }, {}, 'succeeded'],
    [
      'a success stays, whatever the condition says later',
      [guarded('c')],
      { c: 'SUCCESS' },
      { c: 'skipped' },
      'succeeded',
    ],
    ['CONDITIONAL on a plain step is REQUIRED', [conditional('a'), required('b')], {}, {}, 'run a'],
    [
      'CONDITIONAL on a plain step fails as REQUIRED does',
      [conditional('a'), required('b')],
      { a: 'ATTEMPTED' },
      {},
      'failed',
    ],
    [
      'a CONDITIONAL sub-flow without a condition is disabled',
      [conditional(flow('c', required('x'))), required('a')],
      {},
      {},
      'run a',
    ],
    [
      'a CONDITIONAL sub-flow with a disabled condition is disabled',
      [conditional(flow('c', disabled('if'), required('x')))],
      {},
      {},
      'failed',
    ],
    ['conditions are not elements', [required('if'), alternative('a')], {}, {}, 'run a'],
  ])('%s', (_, executions, statuses, walk, expected) => {
    expect(decide(executions, statuses, walk)).toBe(expected);
  });

  it('names the conditions and the silenced', () => {
    const level = splitLevel([required('if'), disabled('if2'), required('a'), alternative('b')], isCondition);
    expect(level.conditions.map(({ id }) => id)).toEqual(['if']);
    expect(level.silenced.map(({ id }) => id)).toEqual(['b']);
  });
});

describe('for every level', () => {
  const STATUSES = ['SUCCESS', 'ATTEMPTED', 'SETUP_REQUIRED', 'FAILED', 'CHALLENGED'] as const;
  const element = fc.tuple(fc.constantFrom(required, alternative, conditional, disabled), fc.boolean());
  const levels = fc
    .array(element, { maxLength: 6 })
    .map((elements) =>
      elements.map(([place, isSubflow], index) =>
        isSubflow
          ? place(flow(`e${index}`, required('if', { id: `if${index}` }), required(`s${index}`)))
          : place(`e${index}`),
      ),
    );
  const ids = fc.constantFrom('e0', 'e1', 'e2', 'e3', 'e4', 'e5');
  const statuses = fc.dictionary(ids, fc.constantFrom(...STATUSES));
  const walks = fc.dictionary(ids, fc.constantFrom('failed' as const, 'skipped' as const));

  it('runs only enabled elements that are neither processed nor marked', () => {
    fc.assert(
      fc.property(levels, statuses, walks, (executions, status, walk) => {
        const decision = nextElement(splitLevel(executions, isCondition), status, walk);
        if (decision.kind !== 'run') return;
        expect(executions).toContain(decision.execution);
        expect(decision.execution.requirement).not.toBe('DISABLED');
        expect(isProcessed(status[decision.execution.id])).toBe(false);
        expect(walk[decision.execution.id]).toBeUndefined();
      }),
    );
  });

  it('succeeds only with something that passed', () => {
    fc.assert(
      fc.property(levels, statuses, walks, (executions, status, walk) => {
        const decision = nextElement(splitLevel(executions, isCondition), status, walk);
        if (decision.kind === 'succeeded') expect(executions.some(({ id }) => isPassed(status[id]))).toBe(true);
      }),
    );
  });

  it('runs no ALTERNATIVE beside REQUIRED or CONDITIONAL', () => {
    fc.assert(
      fc.property(levels, statuses, walks, (executions, status, walk) => {
        const { required: must, alternatives } = splitLevel(executions, isCondition);
        expect(must.length === 0 || alternatives.length === 0).toBe(true);
        const decision = nextElement(splitLevel(executions, isCondition), status, walk);
        const silences = executions.some(
          ({ requirement }) => requirement === 'REQUIRED' || requirement === 'CONDITIONAL',
        );
        if (silences && decision.kind === 'run') expect(decision.execution.requirement).not.toBe('ALTERNATIVE');
      }),
    );
  });

  it('comes to an end when what runs becomes processed', () => {
    fc.assert(
      fc.property(
        levels,
        fc.array(fc.constantFrom(...STATUSES.slice(0, 3)), { minLength: 6, maxLength: 6 }),
        (executions, outcomes) => {
          const level = splitLevel(executions, isCondition);
          let status: Statuses = {};
          for (const outcome of outcomes) {
            const decision = nextElement(level, status, {});
            if (decision.kind === 'run') status = { ...status, [decision.execution.id]: outcome };
          }
          expect(nextElement(level, status, {}).kind).not.toBe('run');
        },
      ),
    );
  });
});
