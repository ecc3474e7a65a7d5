import { LRUCache } from 'lru-cache';
import {
  PASSWORD_RULES,
  policyNumber,
  type PasswordOwner,
  type PasswordRule,
  type PolicyViolation,
} from './password-rules.js';

export type { PasswordOwner, PolicyViolation } from './password-rules.js';

const HASH_ALGORITHMS = ['argon2', 'pbkdf2', 'pbkdf2-sha256', 'pbkdf2-sha512'] as const;
export type HashAlgorithm = (typeof HASH_ALGORITHMS)[number];

export function isHashAlgorithm(value: unknown): value is HashAlgorithm {
  return HASH_ALGORITHMS.some((algorithm) => algorithm === value);
}

/** Policies with a number that are not a rule about the password alone, and their defaults. */
const SETTINGS = { hashIterations: -1, passwordHistory: 3, forceExpiredPasswordChange: 365 } as const;

/** Policies of the reference that have no effect here: they may be written down. */
const WITHOUT_EFFECT = [
  'maxAuthAge',
  'passwordAge',
  'passwordBlacklist',
  'recoveryCodesWarningThreshold',
  'hashAlgorithm',
];

/**
 * The password policy of a realm, from Keycloak's text: policies joined by ` and `, each `name` or `name(argument)`.
 * Reading never fails: what is not understood is kept in `unknown`, and checks nothing.
 */
export class PasswordPolicy {
  private static readonly parsed = new LRUCache<string, PasswordPolicy>({ max: 100 });

  readonly hashAlgorithm: HashAlgorithm = 'argon2';
  /** Undefined: the default of the algorithm. */
  readonly hashIterations: number | undefined;
  /** The last this many passwords, the present one included, cannot be chosen again; 0 = no such rule. */
  readonly historySize: number = 0;
  /** Days after which a password must be changed at the next login. */
  readonly maxAgeDays: number | undefined;
  /** Policies, as written, that this server does not know or cannot apply. */
  readonly unknown: readonly string[];
  /** What is wrong with the text, in the words of the reference; undefined when all of it is understood or known to have no effect. */
  readonly problem: string | undefined;
  private readonly rules: readonly PasswordRule[];

  private constructor(text: string) {
    const unknown: string[] = [];
    const rules: [name: string, rule: PasswordRule][] = [];
    const problems: string[] = [];
    for (const policy of splitPolicies(text)) {
      const { name, argument } = readPolicy(policy);
      const rule = PASSWORD_RULES.get(name)?.(argument);
      const number = Object.hasOwn(SETTINGS, name)
        ? policyNumber(argument, SETTINGS[name as keyof typeof SETTINGS])
        : undefined;
      if (rule !== undefined) rules.push([name, rule]);
      else if (name === 'hashAlgorithm' && isHashAlgorithm(argument)) this.hashAlgorithm = argument;
      else if (name === 'hashIterations' && number !== undefined) this.hashIterations = positive(number);
      else if (name === 'passwordHistory' && number !== undefined) this.historySize = Math.max(0, number);
      else if (name === 'forceExpiredPasswordChange' && number !== undefined) this.maxAgeDays = positive(number);
      else {
        unknown.push(policy);
        if (name === 'regexPattern' && argument === '')
          problems.push('Invalid config for regexPattern: White space not acepted'); // as the reference writes it
        else if (name === 'regexPattern')
          problems.push('Invalid config for regexPattern: Not a valid regular expression');
        else if (PASSWORD_RULES.has(name) || Object.hasOwn(SETTINGS, name))
          problems.push(`Invalid config for ${name}: Not a valid number`);
        else if (!WITHOUT_EFFECT.includes(name)) problems.push('Password policy not found');
      }
    }
    const asked = [...PASSWORD_RULES.keys()];
    const rank = ([name]: (typeof rules)[number]): number => asked.indexOf(name);
    this.rules = rules.toSorted((a, b) => rank(a) - rank(b)).map(([, rule]) => rule);
    this.problem = problems[0];
    this.unknown = unknown;
  }

  /** @param text the realm's `passwordPolicy`; undefined or empty = no rules and the default hash. */
  static parse(text: string | undefined): PasswordPolicy {
    const key = text?.trim() ?? '';
    const known = this.parsed.get(key);
    if (known !== undefined) return known;
    const policy = new PasswordPolicy(key);
    this.parsed.set(key, policy);
    return policy;
  }

  /** The first rule that the password breaks, in the order of the reference. Old passwords are checked by UserService. */
  check(password: string, owner: PasswordOwner): PolicyViolation | undefined {
    for (const rule of this.rules) {
      const violation = rule(password, owner);
      if (violation !== undefined) return violation;
    }
    return undefined;
  }

  /** What to answer when the password is one of the last `historySize`. */
  historyViolation(): PolicyViolation {
    return {
      code: 'invalidPasswordHistoryMessage',
      values: [this.historySize],
      message: `Invalid password: must not be equal to any of last ${String(this.historySize)} passwords.`,
    };
  }
}

/** Splits before what looks like a policy, so that a pattern may contain the word "and". */
function splitPolicies(text: string): string[] {
  return text
    .split(/ and (?=[A-Za-z]+(?:\(| and |$))/)
    .map((policy) => policy.trim())
    .filter((policy) => policy !== '');
}

function readPolicy(policy: string): { name: string; argument: string } {
  const match = /^([^(]+)\((.*)\)$/s.exec(policy);
  return match === null ? { name: policy, argument: '' } : { name: match[1] ?? '', argument: (match[2] ?? '').trim() };
}

function positive(value: number): number | undefined {
  return value > 0 ? value : undefined;
}
