import type { Realm } from '../realm/realm.js';
import { UserProfile } from '../realm/user-profile/user-profile.js';
import { toProfileMetadata } from '../representations/user-profile-representation.js';
import type { JsonObject } from '../shared/json.js';

/** Whether people may choose another user name. Where the address is the name, it changes with the address. */
export const mayRename = (realm: Realm): boolean =>
  realm.settings.editUsernameAllowed &&
  !realm.settings.registrationEmailAsUsername &&
  UserProfile.of(realm).mayEdit('username', 'user');

/** What a console needs to know to draw the form of a person's own profile. */
export const profileMetadata = (realm: Realm): JsonObject =>
  toProfileMetadata(UserProfile.of(realm), 'user', (name) => name === 'username' && !mayRename(realm));
