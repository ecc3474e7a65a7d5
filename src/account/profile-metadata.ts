import type { Realm } from '../realm/realm.js';
import { UserProfile } from '../realm/user-profile/user-profile.js';
import { mayRename as isRenamingAllowed } from '../realm/user-profile/username-edits.js';
import { toProfileMetadata } from '../representations/user-profile-representation.js';
import type { JsonObject } from '../shared/json.js';

/** Whether people may choose another user name. */
export const mayRename = (realm: Realm): boolean =>
  isRenamingAllowed(realm) && UserProfile.of(realm).mayEdit('username', 'user');

/** What a console needs to know to draw the form of a person's own profile. */
export const profileMetadata = (realm: Realm): JsonObject => toProfileMetadata(realm, 'user');
