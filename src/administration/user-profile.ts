import type { Realm } from '../realm/realm.js';
import type { UserBody } from '../representations/user-body.js';
import { UserProfileError } from './administration-errors.js';

const SHORTEST_USERNAME = 3;
const LONGEST = 255;
/** What the reference's default profile lets into names: no marks that a page or a shell gives a meaning to. */
const USERNAME = /^[^<>&"\s\v$%!#?§;*~/\\|^=[\]{}()\p{Cc}]+$/u;
const PERSON_NAME = /[<>&"\v$%!#?§;*~/\\|^=[\]{}()\p{Cc}]/u;
const EMAIL = /^[^\s@<>()[\]\\,;:"]+@[^\s@<>()[\]\\,;:"]+$/;

/**
 * Checks the members of a user against the default profile of the reference.
 * @param body what is to be stored; absent members are not looked at
 * @throws UserProfileError naming the member
 */
export function checkUserProfile({ username, email, firstName, lastName }: UserBody): void {
  if (username !== undefined) checkUsername(username);
  if (email !== undefined && email !== '' && (email.length > LONGEST || !EMAIL.test(email))) {
    throw new UserProfileError('error-invalid-email', ['email', email], 'email');
  }
  for (const [field, value] of Object.entries({ firstName, lastName })) {
    if (value !== undefined && PERSON_NAME.test(value)) {
      throw new UserProfileError('error-person-name-invalid-character', [field, value], field);
    }
  }
}

function checkUsername(username: string): void {
  if (username.length < SHORTEST_USERNAME || username.length > LONGEST) {
    throw new UserProfileError('error-invalid-length', ['username', SHORTEST_USERNAME, LONGEST], 'username');
  }
  if (!USERNAME.test(username)) {
    throw new UserProfileError('error-username-invalid-character', ['username', username], 'username');
  }
}

/** The name under which a body's user is stored: the e-mail where the realm wants that. */
export const usernameOf = ({ settings }: Pick<Realm, 'settings'>, body: UserBody): string | undefined =>
  (settings.registrationEmailAsUsername && body.email ? body.email : body.username)?.trim();
