import { describe, expect, it } from 'vitest';
import type { Execution, Requirement } from '../../../flows/flow-api.js';
import { graphOf, type MachineState } from './flow-graph.js';

const step = (id: string): MachineState => ({
  meta: { executionId: id, authenticator: `a-${id}` },
  states: { ask: {}, wait: {}, answer: {} },
});
const condition = (id: string): MachineState => ({
  meta: { executionId: id, authenticator: `a-${id}` },
  states: { ask: {} },
});
const sub = (id: string, ...parts: readonly MachineState[]): MachineState => ({
  meta: { executionId: id, flow: id },
  states: { next: {}, ...Object.fromEntries(parts.map((part, index) => [`x${String(index)}`, part])) },
});
const row = (id: string, requirement: Requirement): Execution => ({
  id,
  requirement,
  displayName: id.toUpperCase(),
  requirementChoices: [],
  configurable: false,
  level: 0,
  index: 0,
  priority: 0,
});

describe('the ways through a flow', () => {
  const machine = sub('top', step('cookie'), sub('forms', step('form'), sub('otp', condition('has'), step('code'))));
  const graph = graphOf({ ...machine, meta: { flow: 'top' } }, [
    row('cookie', 'ALTERNATIVE'),
    row('forms', 'ALTERNATIVE'),
    row('form', 'REQUIRED'),
    row('otp', 'CONDITIONAL'),
    row('has', 'REQUIRED'),
    row('code', 'REQUIRED'),
  ]);
  const from = (id: string): unknown => graph.edges.filter((edge) => edge.from === id).map(({ on, to }) => [on, to]);

  it('try alternatives one after the other, and required parts in order', () => {
    expect(from('start')).toEqual([['begins', 'cookie']]);
    expect(from('cookie')).toEqual(
      expect.arrayContaining([
        ['passes', 'passed'],
        ['otherwise', 'form'],
      ]),
    );
    expect(from('form')).toEqual(
      expect.arrayContaining([
        ['passes', 'has'],
        ['otherwise', 'failed'],
      ]),
    );
  });

  it('go on behind a conditional sub-flow whose condition does not hold', () => {
    expect(from('has')).toEqual(
      expect.arrayContaining([
        ['holds', 'code'],
        ['fails', 'passed'],
      ]),
    );
  });

  it('keep the nesting and the names', () => {
    expect(graph.groups).toEqual([
      { id: 'forms', name: 'FORMS' },
      { id: 'otp', name: 'OTP', parent: 'forms' },
    ]);
    expect(graph.nodes.map(({ id }) => id)).toEqual(['start', 'cookie', 'form', 'has', 'code', 'passed', 'failed']);
    expect(graph.nodes.find(({ id }) => id === 'code')).toMatchObject({ name: 'CODE', group: 'otp' });
  });

  it('of an empty flow lead to its failure, and past an empty alternative to the next', () => {
    expect(graphOf({ states: {} }, []).edges).toEqual([{ from: 'start', to: 'failed', on: 'begins' }]);
    const { edges } = graphOf(sub('top', sub('none'), step('form')), [
      row('none', 'ALTERNATIVE'),
      row('form', 'ALTERNATIVE'),
    ]);
    expect(edges).toContainEqual({ from: 'start', to: 'form', on: 'begins' });
  });

  it('do not pass where the only part was kept out by its condition', () => {
    const only = sub('top', sub('outer', sub('inner', condition('has'), step('code'))), step('form'));
    const { edges } = graphOf(only, [
      row('outer', 'ALTERNATIVE'),
      row('inner', 'CONDITIONAL'),
      row('code', 'REQUIRED'),
      row('form', 'ALTERNATIVE'),
    ]);
    expect(edges).toContainEqual({ from: 'has', to: 'form', on: 'fails' });
    expect(edges).not.toContainEqual({ from: 'has', to: 'passed', on: 'fails' });
  });
});
