import type { Realm } from '../realm/realm.js';
import type { JsonObject } from '../shared/json.js';
import { labelOf } from './profile-refusal.js';

/** Attribute in which people keep the language of their pages. */
export const LOCALE = 'locale';

const LENGTH = { max: 255, 'ignore.empty.value': true } as const;
const EMPTY_IS_FINE = { 'ignore.empty.value': true } as const;

/** Whether people may choose another user name. Where the address is the name, it changes with the address. */
export const mayRename = ({ settings }: Realm): boolean =>
  settings.editUsernameAllowed && !settings.registrationEmailAsUsername;

/** What a console needs to know to draw the form of a profile: the members of the default profile, in its order. */
export function profileMetadata(realm: Realm): JsonObject {
  const member = (name: string, readOnly: boolean, validators: JsonObject): JsonObject => ({
    name,
    displayName: labelOf(name),
    required: true,
    readOnly,
    validators,
    multivalued: false,
  });
  const person = { 'person-name-prohibited-characters': EMPTY_IS_FINE, length: LENGTH };
  return {
    attributes: [
      member('username', !mayRename(realm), {
        'username-prohibited-characters': EMPTY_IS_FINE,
        length: { min: 3, ...LENGTH },
        'up-username-not-idn-homograph': EMPTY_IS_FINE,
      }),
      member('email', false, { email: EMPTY_IS_FINE, length: LENGTH }),
      member('firstName', false, person),
      member('lastName', false, person),
      ...(realm.settings.internationalizationEnabled
        ? [{ ...member(LOCALE, false, {}), required: false, validators: {} }]
        : []),
    ],
    groups: [],
  };
}
