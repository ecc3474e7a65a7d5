import type { ProfileViolation } from '../realm/user-profile/user-profile.js';
import { AppError } from '../shared/errors.js';

/** Members of a person's own profile that cannot be taken; nothing was changed. */
export class ProfileRefusal extends AppError {
  /** @param taken when somebody else has the name or the address: 409 instead of 400 */
  constructor(
    readonly problems: readonly ProfileViolation[],
    readonly taken = false,
  ) {
    super('profile_refused', 'The profile cannot be taken');
  }
}

/** One problem with a member. The first parameter is its label, which consoles translate, and all of them are texts. */
export const profileProblem = (
  field: string,
  errorMessage: string,
  more: ProfileViolation['params'] = [],
): ProfileViolation => ({
  field,
  errorMessage,
  params: [labelOf(field), ...more.map((param) => (param === null ? null : String(param)))],
});

/** How a member is labelled: a message key, as the reference writes it. */
const labelOf = (field: string): string => `\${${field}}`;
