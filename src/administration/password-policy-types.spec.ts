import { describe, expect, it } from 'vitest';
import { PasswordPolicy } from '../realm/password-policy.js';
import { PASSWORD_RULES } from '../realm/password-rules.js';
import { PASSWORD_POLICY_TYPES } from './password-policy-types.js';

describe('password policies that consoles offer', () => {
  it.each(PASSWORD_POLICY_TYPES)('$id works', ({ id, defaultValue }) => {
    const argument = id === 'regexPattern' ? '^a+$' : defaultValue;
    expect(PasswordPolicy.parse(argument === undefined ? id : `${id}(${argument})`).unknown).toEqual([]);
  });

  it('are all there are', () => {
    const offered = new Set(PASSWORD_POLICY_TYPES.map(({ id }) => id));
    expect([...PASSWORD_RULES.keys()].filter((id) => !offered.has(id))).toEqual([]);
  });
});
