/** A kind of password policy as consoles list it: PasswordPolicyTypeRepresentation. */
export interface PasswordPolicyType {
  readonly id: string;
  readonly displayName: string;
  /** Absent where there is nothing to set. */
  readonly configType?: 'int' | 'String';
  readonly defaultValue?: string;
  readonly multipleSupported: boolean;
}

const policy = (
  id: string,
  displayName: string,
  defaultValue?: string,
  configType: 'int' | 'String' = 'int',
): PasswordPolicyType => ({
  id,
  displayName,
  ...(defaultValue !== undefined && { configType, defaultValue }),
  multipleSupported: id === 'regexPattern',
});

/** Every policy that works here; `password-policy-types.spec.ts` asks the parser. Names and defaults are the reference's. */
export const PASSWORD_POLICY_TYPES: readonly PasswordPolicyType[] = [
  policy('digits', 'Digits', '1'),
  policy('forceExpiredPasswordChange', 'Expire Password', '365'),
  policy('hashAlgorithm', 'Hashing Algorithm', 'argon2', 'String'),
  policy('hashIterations', 'Hashing Iterations', '-1'),
  policy('length', 'Minimum Length', '8'),
  policy('lowerCase', 'Lowercase Characters', '1'),
  policy('maxLength', 'Maximum Length', '64'),
  policy('notContainsUsername', 'Not Contains Username'),
  policy('notEmail', 'Not Email'),
  policy('notUsername', 'Not Username'),
  policy('passwordHistory', 'Not Recently Used', '3'),
  policy('regexPattern', 'Regular Expression', '', 'String'),
  policy('specialChars', 'Special Characters', '1'),
  policy('upperCase', 'Uppercase Characters', '1'),
];
