import type { Realm } from '../realm/realm.js';
import { mayRename } from '../realm/user-profile/username-edits.js';
import type { User } from '../realm/user.js';
import type { UserBody } from '../representations/user-body.js';
import { administrationErrors, UserProfileError } from './administration-errors.js';

/** What an account is called at first. Where the address is the name, a name that is given besides does not count. */
export function nameOfNewUser({ settings }: Pick<Realm, 'settings'>, body: UserBody): string {
  if (settings.registrationEmailAsUsername) return addressAsName(body.email);
  return asked(body.username) ?? missing();
}

/**
 * What an account is called after an administrator has changed it.
 * @throws InvalidInputError `user_name_missing`
 * @throws UserProfileError `error-user-attribute-read-only` for another name where names stay, `error-user-attribute-required` where
 * the address is the name and there is none
 */
export function changedName(realm: Pick<Realm, 'settings'>, user: User, body: UserBody): string {
  if (realm.settings.registrationEmailAsUsername) return addressAsName(body.email ?? user.email);
  const name = asked(body.username) ?? user.username;
  if (name !== user.username && !mayRename(realm)) throw refused('username', 'error-user-attribute-read-only');
  return name;
}

function asked(username: string | undefined): string | undefined {
  // Blanks at the ends stay: the profile refuses them.
  return username?.trim() === '' ? missing() : username?.toLowerCase();
}

function addressAsName(email: string | undefined): string {
  if (email === undefined) throw refused('email', 'error-user-attribute-required');
  return asked(email) ?? missing();
}

function missing(): never {
  throw administrationErrors.userNameMissing();
}

const refused = (field: string, errorMessage: string): UserProfileError =>
  new UserProfileError([{ field, errorMessage, params: [field] }]);
