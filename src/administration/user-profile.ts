import type { Realm } from '../realm/realm.js';
import type { UserBody } from '../representations/user-body.js';
import { UserProfileError, type ProfileViolation } from './administration-errors.js';

const SHORTEST_USERNAME = 3;
const LONGEST = 255;
/** What the reference's default profile lets into names: no marks that a page or a shell gives a meaning to. */
const USERNAME = /^[^<>&"\s\v$%!#?§;*~/\\|^=[\]{}()\p{Cc}]+$/u;
const PERSON_NAME = /[<>&"\v$%!#?§;*~/\\|^=[\]{}()\p{Cc}]/u;
const EMAIL = /^[^\s@<>()[\]\\,;:"]+@[^\s@<>()[\]\\,;:"]+$/;

/**
 * Checks the members of a user against the default profile of the reference.
 * @param body what is to be stored; absent and empty members are not looked at, except an empty user name
 * @throws UserProfileError naming every member that is wrong
 */
export function checkUserProfile({ username, email, firstName, lastName }: UserBody): void {
  const violations = [
    ...personName('firstName', firstName),
    ...personName('lastName', lastName),
    ...(email ? emailAddress(email) : []),
    ...(username === undefined ? [] : userName(username)),
  ];
  const [first, ...more] = violations;
  if (first) throw new UserProfileError([first, ...more]);
}

function personName(field: string, value = ''): readonly ProfileViolation[] {
  return [
    ...(value.length > LONGEST
      ? [{ field, errorMessage: 'error-invalid-length-too-long', params: [field, null, LONGEST] }]
      : []),
    ...(PERSON_NAME.test(value)
      ? [{ field, errorMessage: 'error-person-name-invalid-character', params: [field, value] }]
      : []),
  ];
}

function emailAddress(email: string): readonly ProfileViolation[] {
  if (email.length <= LONGEST && EMAIL.test(email)) return [];
  return [{ field: 'email', errorMessage: 'error-invalid-email', params: ['email', email] }];
}

function userName(username: string): readonly ProfileViolation[] {
  const field = 'username';
  const isOfLength = username.length >= SHORTEST_USERNAME && username.length <= LONGEST;
  return [
    ...(isOfLength
      ? []
      : [{ field, errorMessage: 'error-invalid-length', params: [field, SHORTEST_USERNAME, LONGEST] }]),
    ...(USERNAME.test(username)
      ? []
      : [{ field, errorMessage: 'error-username-invalid-character', params: [field, username] }]),
  ];
}

/** The name under which a body's user is stored: the e-mail where the realm wants that. */
export const usernameOf = ({ settings }: Pick<Realm, 'settings'>, body: UserBody): string | undefined =>
  (settings.registrationEmailAsUsername && body.email ? body.email : body.username)?.trim();
