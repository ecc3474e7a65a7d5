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
import { checkFlow } from './flow-checks.js';
import type { FlowDefinition } from './flow-definition.js';

const registry = fakeRegistry({
  find: { start: success() },
  password: { start: success(), needsUser: true },
  later: { start: attempted, available: false },
  only: { start: success(), requirements: ['REQUIRED'] },
  if: { holds: true },
  'user-session-limits': {
    start: success(),
    config: {
      properties: [],
      check: (values) => (values['max'] === 'abc' ? [{ field: 'max', message: 'must be a number' }] : []),
      read: () => ({}) as never,
    },
  },
});
const told = (definition: FlowDefinition): string[] =>
  checkFlow(definition, registry).map(({ severity, code, path }) => `${severity} ${code} ${path}`);

describe('checks of a flow', () => {
  it.each<[string, FlowDefinition, string[]]>([
    [
      'nothing to say',
      flow('f', required('find'), required('password'), conditional(flow('g', required('if'), required('only')))),
      [],
    ],
    ['empty', flow('f'), ['error empty_flow $.executions']],
    ['all disabled', flow('f', disabled('find')), ['error empty_flow $.executions']],
    [
      'an empty sub-flow',
      flow('f', required('find'), required(flow('g'))),
      ['warning empty_flow $.executions[1].flow.executions'],
    ],
    [
      'the same id twice',
      flow('f', required('find'), required(flow('g', required('find')))),
      ['error duplicate_execution_id $.executions[1].flow.executions[0].id'],
    ],
    [
      'the same alias twice',
      flow('f', required(flow('f', required('find')), { id: 'x' })),
      ['error duplicate_alias $.executions[0].flow.alias'],
    ],
    ['an unknown provider', flow('f', required('nobody')), ['error unknown_provider $.executions[0].authenticator']],
    [
      'an unknown provider, disabled',
      flow('f', required('find'), disabled('nobody')),
      ['warning unknown_provider $.executions[1].authenticator'],
    ],
    [
      'a provider to come',
      flow('f', required('find'), required('later'), disabled('later', { id: 'x' })),
      ['warning provider_unavailable $.executions[1].authenticator'],
    ],
    [
      'ALTERNATIVE beside REQUIRED',
      flow('f', alternative('find'), required('only')),
      ['warning alternatives_ignored $.executions[0]'],
    ],
    [
      'ALTERNATIVE beside CONDITIONAL',
      flow('f', conditional(flow('g', required('if'), required('only'))), alternative('find')),
      ['warning alternatives_ignored $.executions[1]'],
    ],
    [
      'CONDITIONAL without a condition',
      flow('f', conditional(flow('g', required('find')))),
      ['warning conditional_without_condition $.executions[0]'],
    ],
    [
      'a condition in a REQUIRED sub-flow',
      flow('f', required(flow('g', required('if'), required('find')))),
      ['warning condition_outside_conditional $.executions[0].flow.executions[0]'],
    ],
    [
      'a condition at the top',
      flow('f', required('if'), required('find')),
      ['warning condition_outside_conditional $.executions[0]'],
    ],
    [
      'a requirement nobody offered',
      flow('f', alternative('only')),
      ['warning requirement_not_offered $.executions[0].requirement'],
    ],
    [
      'a user needed too early',
      flow('f', required('password'), required('find')),
      ['warning user_needed_too_early $.executions[0]'],
    ],
    [
      'a user needed in the wrong alternative',
      flow('f', alternative('find'), alternative('password')),
      ['warning user_needed_too_early $.executions[1]'],
    ],
    [
      'a user found by an alternative',
      flow('f', required(flow('g', alternative('find'), alternative('only'))), required('password')),
      ['warning requirement_not_offered $.executions[0].flow.executions[1].requirement'],
    ],
    [
      'a bad config value',
      flow('f', required('find'), required('user-session-limits', { config: { max: 'abc' } })),
      ['error invalid_config $.executions[1].config.values["max"]'],
    ],
    [
      'a bad config value, disabled',
      flow('f', required('find'), disabled('user-session-limits', { config: { max: 'abc' } })),
      ['warning invalid_config $.executions[1].config.values["max"]'],
    ],
    [
      'a limiter without config',
      flow('f', required('find'), required('user-session-limits')),
      ['error limiter_without_config $.executions[1]'],
    ],
    ['a disabled limiter without config', flow('f', required('find'), disabled('user-session-limits')), []],
    [
      'nothing of what stands in a disabled sub-flow',
      flow('f', required('find'), disabled(flow('g', required('nobody'), required('user-session-limits')))),
      [],
    ],
  ])('%s', (_, definition, expected) => {
    expect(told(definition)).toEqual(expected);
  });

  it('reports everything at once', () => {
    expect(told(flow('f', required('nobody'), alternative('later'), required('nobody')))).toEqual([
      'error duplicate_execution_id $.executions[2].id',
      'error unknown_provider $.executions[0].authenticator',
      'warning alternatives_ignored $.executions[1]',
      'warning provider_unavailable $.executions[1].authenticator',
      'error unknown_provider $.executions[2].authenticator',
    ]);
  });

  it('names the field of a bad value', () => {
    const [problem] = checkFlow(flow('f', required('user-session-limits', { config: { max: 'abc' } })), registry);
    expect(problem?.detail).toEqual({ field: 'max' });
  });

  it('knows what form flows and client flows may be', () => {
    const registration: FlowDefinition = {
      ...flow('registration form', required('only')),
      kind: 'form-flow',
      formProvider: 'registration-page-form',
    };
    expect(told(flow('f', conditional(registration)))).toContain(
      'warning requirement_not_offered $.executions[0].requirement',
    );
    expect(told(flow('f', required(registration)))).toEqual([]);
  });
});
