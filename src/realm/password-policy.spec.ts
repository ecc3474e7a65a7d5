import { describe, expect, it } from 'vitest';
import { PasswordPolicy } from './password-policy.js';

const ALICE = { username: 'alice', email: 'Alice@acme.test' };
const codeOf = (policy: string, password: string): string | undefined =>
  PasswordPolicy.parse(policy).check(password, ALICE)?.code;

describe('rules', () => {
  it.each([
    ['length(8)', '1234567', 'invalidPasswordMinLengthMessage'],
    ['length(8)', '12345678', undefined],
    ['length', '1234567', 'invalidPasswordMinLengthMessage'],
    ['length(undefined)', '12345678', undefined],
    ['maxLength(4)', '12345', 'invalidPasswordMaxLengthMessage'],
    ['maxLength(4)', '1234', undefined],
    ['digits(2)', 'a1', 'invalidPasswordMinDigitsMessage'],
    ['digits(2)', '1a2', undefined],
    ['lowerCase(1)', 'ABC', 'invalidPasswordMinLowerCaseCharsMessage'],
    ['lowerCase(1)', 'ABCß', undefined],
    ['upperCase(1)', 'abc', 'invalidPasswordMinUpperCaseCharsMessage'],
    ['upperCase(1)', 'abcÄ', undefined],
    ['specialChars(1)', 'abcÄ1', 'invalidPasswordMinSpecialCharsMessage'],
    ['specialChars(1)', 'abc-', undefined],
    ['notUsername', 'ALICE', 'invalidPasswordNotUsernameMessage'],
    ['notUsername(undefined)', 'alice1', undefined],
    ['notEmail', 'alice@acme.test', 'invalidPasswordNotEmailMessage'],
    ['notEmail', 'alice@acme', undefined],
    ['notContainsUsername', 'xAlicex', 'invalidPasswordNotContainsUsernameMessage'],
    ['notContainsUsername', 'alic', undefined],
    ['regexPattern(^[a-z]+$)', 'abc1', 'invalidPasswordRegexPatternMessage'],
    ['regexPattern([a-z]+)', '1abc', 'invalidPasswordRegexPatternMessage'],
    ['regexPattern([a-z]+)', 'abc', undefined],
    ['regexPattern((a|b)+ and (c))', 'ab and c', undefined],
    ['', '', undefined],
  ])('%s on %j: %s', (policy, password, code) => {
    expect(codeOf(policy, password)).toBe(code);
  });

  it('asks in the order of the reference, whatever the order of the text', () => {
    const policy = 'notEmail and digits(1) and length(8) and upperCase(1) and specialChars(1) and notContainsUsername';
    expect(codeOf(policy, 'alice')).toBe('invalidPasswordNotContainsUsernameMessage');
    expect(codeOf(policy, 'x')).toBe('invalidPasswordMinSpecialCharsMessage');
    expect(codeOf(policy, 'x!')).toBe('invalidPasswordMinUpperCaseCharsMessage');
    expect(codeOf(policy, 'X!')).toBe('invalidPasswordMinLengthMessage');
    expect(codeOf(policy, 'X!xxxxxx')).toBe('invalidPasswordMinDigitsMessage');
  });

  it('answers with the first broken rule, its values and its text', () => {
    const policy = PasswordPolicy.parse('length(4) and notUsername and digits(3)');
    expect(policy.check('x', ALICE)).toEqual({
      code: 'invalidPasswordMinLengthMessage',
      values: [4],
      message: 'Invalid password: minimum length 4.',
    });
    expect(policy.check('alice', ALICE)?.message).toBe('Invalid password: must contain at least 3 numerical digits.');
    expect(codeOf('notUsername', 'alice')).toBe('invalidPasswordNotUsernameMessage');
  });

  it('is not hung by a pattern that hangs backtracking engines', () => {
    expect(codeOf('regexPattern((a+)+b)', 'a'.repeat(50_000))).toBe('invalidPasswordRegexPatternMessage');
  });

  it('does not compare with an e-mail address that is not there', () => {
    expect(PasswordPolicy.parse('notEmail').check('', { username: 'alice' })).toBeUndefined();
  });
});

describe('the text', () => {
  it.each([
    ['length(8) and passwordBlacklist(bad.txt) and maxAuthAge(5)', undefined],
    ['length(8) and nonsense(1)', 'Password policy not found'],
    ['length(many)', 'Invalid config for length: Not a valid number'],
    ['passwordHistory(x)', 'Invalid config for passwordHistory: Not a valid number'],
  ])('%j has the problem %j', (text, problem) => {
    expect(PasswordPolicy.parse(text).problem).toBe(problem);
  });
});

describe('settings', () => {
  it.each([
    [undefined, 'argon2', undefined, 0, undefined],
    ['hashAlgorithm(pbkdf2-sha512) and hashIterations(210000)', 'pbkdf2-sha512', 210_000, 0, undefined],
    ['hashIterations(-1)', 'argon2', undefined, 0, undefined],
    ['passwordHistory and forceExpiredPasswordChange', 'argon2', undefined, 3, 365],
    ['passwordHistory(5) and forceExpiredPasswordChange(30)', 'argon2', undefined, 5, 30],
  ])('of %j', (text, hashAlgorithm, hashIterations, historySize, maxAgeDays) => {
    const policy = PasswordPolicy.parse(text);
    expect(policy).toMatchObject({ hashAlgorithm, historySize, unknown: [] });
    expect(policy.hashIterations).toBe(hashIterations);
    expect(policy.maxAgeDays).toBe(maxAgeDays);
  });

  it('keeps what it does not understand, and applies the rest', () => {
    const policy = PasswordPolicy.parse(
      'passwordBlacklist(bad.txt) and length(abc) and regexPattern((?=.*x).+) and hashAlgorithm(bcrypt) and toString and digits(1)',
    );
    expect(policy.unknown).toEqual([
      'passwordBlacklist(bad.txt)',
      'length(abc)',
      'regexPattern((?=.*x).+)',
      'hashAlgorithm(bcrypt)',
      'toString',
    ]);
    expect(policy.hashAlgorithm).toBe('argon2');
    expect(policy.check('abc', ALICE)?.code).toBe('invalidPasswordMinDigitsMessage');
  });
});
