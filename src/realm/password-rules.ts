import { RE2JS } from 're2js';

/** Why a password was refused. `code` is a message key of Keycloak, `values` fill its places, `message` is the English text. */
export interface PolicyViolation {
  readonly code: string;
  readonly values: readonly (string | number)[];
  readonly message: string;
}

/** What a rule may compare the password with. */
export interface PasswordOwner {
  readonly username: string;
  readonly email?: string;
}

export type PasswordRule = (password: string, owner: PasswordOwner) => PolicyViolation | undefined;

/** Makes the rule from the text between the parentheses; undefined when that text makes no sense. */
type RuleFactory = (argument: string) => PasswordRule | undefined;

/**
 * Keycloak's policies that look at the password alone, by their ids, in the order in which the reference asks, whatever the order of the
 * text: the first rule that is broken is the one that is told.
 */
export const PASSWORD_RULES: ReadonlyMap<string, RuleFactory> = new Map<string, RuleFactory>([
  [
    'notContainsUsername',
    () =>
      refuseWhen(
        (password, { username }) => password.toLowerCase().includes(username.toLowerCase()),
        'invalidPasswordNotContainsUsernameMessage',
        'Can not contain the username.',
      ),
  ],
  ['specialChars', atLeast(/[^\p{L}\p{Nd}]/gu, 'invalidPasswordMinSpecialCharsMessage', 'special characters')],
  ['upperCase', atLeast(/\p{Uppercase}/gu, 'invalidPasswordMinUpperCaseCharsMessage', 'upper case characters')],
  ['lowerCase', atLeast(/\p{Lowercase}/gu, 'invalidPasswordMinLowerCaseCharsMessage', 'lower case characters')],
  [
    'length',
    withNumber(8, (min) =>
      refuseWhen(
        (password) => password.length < min,
        'invalidPasswordMinLengthMessage',
        `minimum length ${String(min)}.`,
        min,
      ),
    ),
  ],
  ['regexPattern', matchesPattern],
  ['digits', atLeast(/\p{Nd}/gu, 'invalidPasswordMinDigitsMessage', 'numerical digits')],
  [
    'notUsername',
    () =>
      refuseWhen(
        (password, { username }) => sameText(password, username),
        'invalidPasswordNotUsernameMessage',
        'must not be equal to the username.',
      ),
  ],
  [
    'maxLength',
    withNumber(64, (max) =>
      refuseWhen(
        (password) => password.length > max,
        'invalidPasswordMaxLengthMessage',
        `maximum length ${String(max)}.`,
        max,
      ),
    ),
  ],
  [
    'notEmail',
    () =>
      refuseWhen(
        (password, { email }) => email !== undefined && sameText(password, email),
        'invalidPasswordNotEmailMessage',
        'must not be equal to the email.',
      ),
  ],
]);

/** Reads the number of a policy: its default when the parentheses are empty, undefined when it is not a number. */
export function policyNumber(argument: string, standard: number): number | undefined {
  // Old admin consoles write `digits(undefined)` for a policy whose number was left alone.
  if (argument === '' || argument === 'undefined') return standard;
  return /^-?\d{1,9}$/.test(argument) ? Number(argument) : undefined;
}

function withNumber(standard: number, rule: (limit: number) => PasswordRule): RuleFactory {
  return (argument) => {
    const limit = policyNumber(argument, standard);
    return limit === undefined ? undefined : rule(limit);
  };
}

function atLeast(kind: RegExp, code: string, what: string): RuleFactory {
  return withNumber(1, (min) =>
    refuseWhen(
      (password) => (password.match(kind)?.length ?? 0) < min,
      code,
      `must contain at least ${String(min)} ${what}.`,
      min,
    ),
  );
}

/**
 * The whole password must match. Patterns run in RE2, in time linear to the password: no pattern of an admin can hang
 * the server. What RE2 does not know (look-ahead, back references) makes no rule.
 */
function matchesPattern(pattern: string): PasswordRule | undefined {
  if (pattern === '') return undefined;
  try {
    const compiled = RE2JS.compile(pattern);
    return refuseWhen(
      (password) => !compiled.matches(password),
      'invalidPasswordRegexPatternMessage',
      'fails to match regex pattern(s).',
      pattern,
    );
  } catch {
    return undefined;
  }
}

function refuseWhen(
  broken: (password: string, owner: PasswordOwner) => boolean,
  code: string,
  text: string,
  ...values: readonly (string | number)[]
): PasswordRule {
  const violation: PolicyViolation = { code, values, message: `Invalid password: ${text}` };
  return (password, owner) => (broken(password, owner) ? violation : undefined);
}

function sameText(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
