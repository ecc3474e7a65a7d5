import { describe, expect, it } from 'vitest';
import { policyText, ruleProblem, rulesOf } from './password-policy.js';

describe('the password policy of a realm', () => {
  it.each([
    ['', []],
    ['length(12)', [{ kind: 'length', value: '12' }]],
    [
      'digits(2) and notUsername and regexPattern(^(salt and pepper|x)$)',
      [
        { kind: 'digits', value: '2' },
        { kind: 'notUsername', value: '' },
        { kind: 'regexPattern', value: '^(salt and pepper|x)$' },
      ],
    ],
  ])('%s is read and written', (text, rules) => {
    expect(rulesOf(text)).toEqual(rules);
    expect(policyText(rules)).toBe(text);
  });

  it('of a realm that has none is no rule', () => {
    expect(rulesOf(undefined)).toEqual([]);
  });
});

describe('the value of a policy', () => {
  it.each([
    ['length', 'int', '8', undefined],
    ['length', 'int', '', 'number'],
    ['length', 'int', '1.5', 'number'],
    ['length', 'int', '-1', 'number'],
    ['hashIterations', 'int', '-1', undefined],
    ['notEmail', undefined, '', undefined],
    ['hashAlgorithm', 'String', ' ', 'missing'],
    ['regexPattern', 'String', '^[a-z', 'pattern'],
    ['regexPattern', 'String', '^[a-z]+$', undefined],
  ])('%s (%s) may be %j: %s', (kind, configType, value, problem) => {
    expect(ruleProblem({ kind, value }, configType)).toBe(problem);
  });
});
