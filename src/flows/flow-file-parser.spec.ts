import { describe, expect, it } from 'vitest';
import { shippedFiles } from '../../test/support/flow-fixture.js';
import { parseFlowFile } from './flow-file-parser.js';

const step = { authenticator: 'auth-cookie', requirement: 'ALTERNATIVE', priority: 10 };
const subflow = {
  flow: { alias: 'inner', providerId: 'basic-flow' },
  requirement: 'REQUIRED',
  priority: 20,
  executions: [],
};
const file = { alias: 'a', description: '', providerId: 'basic-flow', order: 1, executions: [step, subflow] };

/** Paths of what is wrong. */
function problemPaths(content: unknown): readonly string[] {
  const parsed = parseFlowFile(typeof content === 'string' ? content : JSON.stringify(content));
  return parsed.kind === 'parsed' ? [] : parsed.problems.map(({ path }) => path);
}

describe('parseFlowFile', () => {
  it('takes a good file', () => {
    expect(problemPaths(file)).toEqual([]);
    expect(shippedFiles()).toHaveLength(8);
  });

  it.each([
    ['{\n  "alias": "a",\n  oops\n}', /line 3, column 3/],
    ['{"alias": "a"', /line 1, column 14/],
    ['', /line 1, column 1/],
  ])('says where %j stops being JSON', (text, place) => {
    const parsed = parseFlowFile(text);
    expect(parsed).toMatchObject({
      kind: 'refused',
      problems: [{ path: '$', message: expect.stringMatching(place) as string }],
    });
  });

  it.each<[string, unknown, readonly string[]]>([
    ['not an object', [], ['$']],
    ['no members', {}, ['$.alias', '$.description', '$.providerId', '$.order', '$.executions']],
    ['an unknown member', { ...file, extra: 1 }, ['$.extra']],
    ['an unknown binding', { ...file, bindsTo: 'someFlow' }, ['$.bindsTo']],
    ['an unknown kind', { ...file, providerId: 'odd' }, ['$.providerId']],
    ['executions that are not a list', { ...file, executions: {} }, ['$.executions']],
    ['an execution that is nothing', { ...file, executions: [null] }, ['requirement', 'priority', 'authenticator']],
    ['an unknown requirement', { ...file, executions: [{ ...step, requirement: 'OPTIONAL' }] }, ['requirement']],
    ['a priority that is text', { ...file, executions: [{ ...step, priority: '10' }] }, ['priority']],
    ['a step with executions', { ...file, executions: [{ ...step, executions: [] }] }, ['executions']],
    ['a sub-flow with a provider', { ...file, executions: [{ ...subflow, authenticator: 'x' }] }, ['authenticator']],
    ['a sub-flow that is text', { ...file, executions: [{ ...subflow, flow: 'inner' }] }, ['flow']],
    [
      'a form-flow without a page',
      { ...file, executions: [{ ...subflow, flow: { alias: 'i', providerId: 'form-flow' } }] },
      ['flow.formProvider'],
    ],
    [
      'a config that is no map of texts',
      { ...file, executions: [{ ...step, config: { alias: 'c', config: { limit: 1 } } }] },
      ['config.config'],
    ],
    [
      'a mistake deep below',
      { ...file, executions: [{ ...subflow, executions: [{ ...step, authenticator: '' }] }] },
      ['executions[0].authenticator'],
    ],
    ['steps out of order', { ...file, executions: [step, { ...step, priority: 10 }] }, ['$.executions[1].priority']],
  ])('names the place of %s', (_, content, paths) => {
    const expected = paths.map((path) => (path.startsWith('$') ? path : `$.executions[0].${path}`));
    expect([...new Set(problemPaths(content))].toSorted()).toEqual(expected.toSorted());
  });
});
