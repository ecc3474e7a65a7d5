import { describe, expect, it } from 'vitest';
import { alternative, conditional, flow, required } from '../../test/support/flow-builder.js';
import type { FlowDefinition } from './flow-definition.js';
import { planFlow } from './flow-plan.js';
import type { Statuses } from './flow-context.js';
import { orderSelection, selectionCandidates } from './selection-list.js';

const isCondition = (authenticator: string): boolean => authenticator.startsWith('if');
const planOf = (definition: FlowDefinition) => planFlow(definition, isCondition);

function candidates(definition: FlowDefinition, statuses: Statuses = {}, open: readonly string[] = []) {
  const walk = selectionCandidates(planOf(definition).top, statuses);
  let found = walk.next();
  while (!found.done) found = walk.next(open.includes(found.value.flow.alias));
  return found.value;
}
const idsOf = (leaves: ReturnType<typeof candidates>): string[] => leaves.map(({ execution }) => execution.id);

describe('candidates', () => {
  const guarded = conditional(flow('x', required('if'), required('c')));
  it.each<[string, FlowDefinition, Statuses, string[], string[]]>([
    [
      'every unprocessed alternative',
      flow('f', alternative('a'), alternative('b'), alternative('c')),
      { a: 'ATTEMPTED' },
      [],
      ['b', 'c'],
    ],
    ['only the first required', flow('f', required('a'), required('b')), {}, [], ['a']],
    ['nothing when the first required is processed', flow('f', required('a'), required('b')), { a: 'SUCCESS' }, [], []],
    ['a conditional that holds comes first', flow('f', guarded, required('b')), {}, ['x'], ['c']],
    ['a conditional that does not hold is passed over', flow('f', guarded, required('b')), {}, [], ['b']],
    ['nothing when no conditional holds', flow('f', guarded), {}, [], []],
    [
      'what stands inside alternatives',
      flow('f', alternative('a'), alternative(flow('g', required('b'), required('c')))),
      {},
      [],
      ['a', 'b'],
    ],
    [
      'nothing from a processed sub-flow',
      flow('f', alternative('a'), alternative(flow('g', required('b')))),
      { g: 'ATTEMPTED' },
      [],
      ['a'],
    ],
  ])('%s', (_, definition, statuses, open, expected) => {
    expect(idsOf(candidates(definition, statuses, open))).toEqual(expected);
  });
});

describe('order', () => {
  const describeStep = (authenticator: string) =>
    ({
      password: { credentialType: 'password', needsUser: true },
      otp: { credentialType: 'otp', needsUser: true },
      'otp-again': { credentialType: 'otp', needsUser: true },
      passkey: { credentialType: 'passkey', needsUser: false },
    })[authenticator];
  const all = candidates(
    flow('f', ...['plain', 'otp', 'password', 'otp-again', 'passkey', 'other'].map((id) => alternative(id))),
  );

  it.each<[string, string[] | undefined, string[]]>([
    ["the user's own credentials, then the others", ['password', 'otp'], ['password', 'otp', 'plain', 'other']],
    ['each type once', ['otp', 'otp'], ['otp', 'plain', 'other']],
    ['a user without credentials', [], ['plain', 'other']],
    ['without a user: the others, then what needs no user', undefined, ['plain', 'other', 'passkey']],
  ])('%s', (_, stored, expected) => {
    expect(idsOf(orderSelection(all, stored, describeStep))).toEqual(expected);
  });
});

describe('scope', () => {
  const deep = flow(
    'top',
    alternative('a'),
    alternative(flow('first', required('b'), required('late'))),
    alternative(flow('guarded', required(flow('inner', alternative('c'), alternative('d'))))),
  );
  it.each([
    ['a', 'top'],
    ['b', 'top'],
    ['late', undefined],
    ['c', 'top'],
    ['d', 'top'],
  ])('of %s is %s', (id, expected) => {
    expect(planOf(deep).leaves.get(id)?.scope?.flow.alias).toBe(expected);
  });

  it('stops at a sub-flow that is not the first of its flow', () => {
    const plan = planOf(flow('top', required('a'), required(flow('second', alternative('b'), alternative('c')))));
    expect(plan.leaves.get('b')?.scope?.flow.alias).toBe('second');
  });
});
