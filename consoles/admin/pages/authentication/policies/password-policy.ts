/** One policy of a realm: its kind, and the text between the parentheses. */
export interface PasswordRule {
  /** Id of its PasswordPolicyTypeRepresentation. */
  readonly kind: string;
  readonly value: string;
}

/** Policies of `passwordPolicy` in their order: joined by ` and `, each `name` or `name(value)`; a value may contain the word "and". */
export function rulesOf(text: string | undefined): readonly PasswordRule[] {
  return (text ?? '')
    .split(/ and (?=[A-Za-z]+(?:\(| and |$))/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      const match = /^([^(]+)\((.*)\)$/s.exec(part);
      return match ? { kind: match[1] ?? '', value: (match[2] ?? '').trim() } : { kind: part, value: '' };
    });
}

/** The text that `rulesOf` reads. Nothing stands for no value. */
export const policyText = (rules: readonly PasswordRule[]): string =>
  rules.map(({ kind, value }) => (value === '' ? kind : `${kind}(${value})`)).join(' and ');

/** What is wrong with the value of a policy: `number` it has to be a whole number, `missing` it needs one, `pattern` it is no pattern. */
export type RuleProblem = 'number' | 'missing' | 'pattern';

/** @param configType of the kind of policy; undefined where there is nothing to set */
export function ruleProblem({ kind, value }: PasswordRule, configType: string | undefined): RuleProblem | undefined {
  if (configType === undefined) return undefined;
  // Only iterations know a value below none: that of the algorithm.
  if (configType === 'int')
    return /^\d{1,9}$/.test(value) || (kind === 'hashIterations' && value === '-1') ? undefined : 'number';
  if (value.trim() === '') return 'missing';
  return kind === 'regexPattern' && !isPattern(value) ? 'pattern' : undefined;
}

function isPattern(text: string): boolean {
  try {
    new RegExp(text, 'u');
    return true;
  } catch {
    return false;
  }
}
