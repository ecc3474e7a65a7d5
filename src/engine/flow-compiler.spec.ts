import { getNextTransitions, initialTransition, transition } from 'xstate';
import type { AnyStateNode } from 'xstate';
import { describe, expect, it } from 'vitest';
import {
  alternative,
  attempted,
  conditional,
  disabled,
  fakeRegistry,
  flow,
  required,
  success,
} from '../../test/support/flow-builder.js';
import { hashDefinition } from './definition-hash.js';
import { compileFlow } from './flow-compiler.js';
import type { CompiledFlow } from './flow-compiler.js';
import type { FlowEvent, FlowSnapshot } from './flow-machine.js';
import { locate } from './flow-position.js';

const registry = fakeRegistry({
  a: { start: attempted },
  b: { start: attempted },
  c: { start: success() },
  if: { holds: true },
});
const definition = flow(
  'A flow: with (odd) names.',
  alternative('a', { id: 'id with spaces. and dots' }),
  alternative(flow('sub', required('b'), conditional(flow('guarded', required('if'), required('c'))))),
  disabled('off'),
);
const compiled = compileFlow(definition, registry);

/** Every state node of a machine. */
const nodesOf = (node: { readonly states: Readonly<Record<string, AnyStateNode>> }): AnyStateNode[] =>
  Object.values(node.states).flatMap((child) => [child, ...nodesOf(child)]);

function walk(flowToWalk: CompiledFlow, ...events: FlowEvent[]): FlowSnapshot {
  return events.reduce((snapshot, event) => flowToWalk.move(snapshot, event), flowToWalk.start);
}

function where(snapshot: FlowSnapshot, inFlow = compiled): string {
  const place = locate(inFlow, snapshot);
  return place.kind === 'end' ? place.end : `${place.leaf.execution.authenticator} ${place.phase}`;
}

describe('a compiled flow', () => {
  it('uses plain state ids and keeps the real names in meta', () => {
    for (const { key } of nodesOf(compiled.machine.root)) expect(key).toMatch(/^[a-z0-9_-]+$/);
    expect(Object.keys(compiled.start.value as object)).toEqual(['x0']);
    expect(compiled.machine.getStateNodeById('x0').meta).toEqual({
      executionId: 'id with spaces. and dots',
      authenticator: 'a',
    });
  });

  it('is pure: nothing is invoked, nothing is timed', () => {
    for (const node of nodesOf(compiled.machine.root)) {
      expect(node.invoke).toEqual([]);
      expect(node.after).toEqual([]);
    }
  });

  it('leaves out what can never run', () => {
    expect([...compiled.leaves.keys()]).toEqual(['id with spaces. and dots', 'b', 'if', 'c']);
    expect([...compiled.subflows.keys()]).toEqual(['sub', 'guarded']);
  });

  it.each<[string, FlowEvent[], string]>([
    ['begins with the first alternative', [], 'a ask'],
    ['goes on to the next', [{ type: 'ATTEMPTED' }], 'b ask'],
    ['passes', [{ type: 'SUCCESS' }], 'passed'],
    ['waits', [{ type: 'CHALLENGE' }], 'a wait'],
    ['answers', [{ type: 'CHALLENGE' }, { type: 'SUBMIT' }], 'a answer'],
    ['waits again', [{ type: 'CHALLENGE' }, { type: 'SUBMIT' }, { type: 'CHALLENGE' }], 'a wait'],
    ['evaluates the condition', [{ type: 'ATTEMPTED' }, { type: 'SUCCESS' }], 'if ask'],
    ['opens the sub-flow', [{ type: 'ATTEMPTED' }, { type: 'SUCCESS' }, { type: 'TRUE' }], 'c ask'],
    ['skips the sub-flow', [{ type: 'ATTEMPTED' }, { type: 'SUCCESS' }, { type: 'FALSE' }], 'passed'],
    ['swallows an error', [{ type: 'ERROR', executionId: 'a', code: 'unknown_user' }], 'b ask'],
    ['fails', [{ type: 'ATTEMPTED' }, { type: 'ATTEMPTED' }], 'failed'],
    ['is refused', [{ type: 'REFUSE' }], 'refused'],
    ['walks again', [{ type: 'CHALLENGE' }, { type: 'REFRESH' }], 'a ask'],
    ['switches to a step in scope', [{ type: 'CHALLENGE' }, { type: 'SELECT', executionId: 'b' }], 'b ask'],
    ['does not switch out of scope', [{ type: 'CHALLENGE' }, { type: 'SELECT', executionId: 'c' }], 'a wait'],
    [
      'ignores what means nothing',
      [{ type: 'SUBMIT' }, { type: 'TRUE' }, { type: 'SELECT', executionId: 'b' }],
      'a ask',
    ],
  ])('%s', (_, events, expected) => {
    expect(where(walk(compiled, ...events))).toBe(expected);
  });

  it('forgets the marks of a walk at a page', () => {
    const twice = compileFlow(
      flow('f', conditional(flow('g', required('if'), required('c'))), required('a')),
      registry,
    );
    const skipped = walk(twice, { type: 'FALSE' });
    expect(skipped.context.walk).toEqual({ g: 'skipped' });
    expect(twice.move(skipped, { type: 'CHALLENGE' }).context.walk).toEqual({});
    expect(
      where(walk(twice, { type: 'FALSE' }, { type: 'CHALLENGE' }, { type: 'SUBMIT' }, { type: 'SUCCESS' }), twice),
    ).toBe('if ask');
  });

  it('tells from every state which executions can be chosen', () => {
    const waiting = walk(compiled, { type: 'CHALLENGE' });
    const ways = getNextTransitions(waiting).filter(({ eventType }) => eventType === 'SELECT');
    expect(ways.map(({ guard }) => (guard as { params: { executionId: string } }).params.executionId)).toEqual([
      'id with spaces. and dots',
      'b',
    ]);
  });

  it('moves as XState says, and has nothing to execute', () => {
    const events: FlowEvent[] = [
      { type: 'CHALLENGE' },
      { type: 'SUBMIT' },
      { type: 'ATTEMPTED' },
      { type: 'ATTEMPTED' },
      { type: 'TRUE' },
      { type: 'SUCCESS' },
    ];
    let [theirs] = initialTransition(compiled.machine);
    let ours = compiled.start;
    expect(ours.toJSON()).toEqual(theirs.toJSON());
    for (const event of events) {
      const [next, actions] = transition(compiled.machine, theirs, event);
      theirs = next;
      ours = compiled.move(ours, event);
      expect(ours.toJSON()).toEqual(theirs.toJSON());
      expect(actions).toEqual([]);
    }
  });

  it('copies nothing that an event does not change', () => {
    const before = walk(compiled, { type: 'ERROR', executionId: 'a', code: 'unknown_user' });
    const after = compiled.move(before, { type: 'CHALLENGE' });
    expect(after.context.errors).toBe(before.context.errors);
  });

  it('refuses an execution id that is used twice', () => {
    expect(() =>
      compileFlow(flow('f', required('a'), required(flow('g', required('b', { id: 'a' })))), registry),
    ).toThrow(expect.objectContaining({ code: 'duplicate_execution_id' }));
  });
});

describe('the hash of a definition', () => {
  it('is the same whatever the order of members', () => {
    const reordered = { executions: definition.executions, kind: definition.kind, alias: definition.alias };
    expect(hashDefinition(reordered)).toBe(compiled.hash);
    expect(compiled.hash).toMatch(/^[\w-]{43}$/);
  });

  it('ignores members that are absent', () => {
    const step = { kind: 'step', id: 'a', requirement: 'REQUIRED', authenticator: 'a' } as const;
    const absent = { ...step, config: undefined } as unknown as typeof step;
    expect(hashDefinition(flow('f', absent))).toBe(hashDefinition(flow('f', step)));
  });

  it.each([
    ['the order of executions', flow('f', required('b'), required('a'))],
    ['a requirement', flow('f', alternative('a'), required('b'))],
    ['an id', flow('f', required('a', { id: 'x' }), required('b'))],
    ['a config', flow('f', required('a', { config: { x: '1' } }), required('b'))],
    ['the alias', flow('g', required('a'), required('b'))],
  ])('changes with %s', (_, other) => {
    expect(hashDefinition(other)).not.toBe(hashDefinition(flow('f', required('a'), required('b'))));
  });
});
