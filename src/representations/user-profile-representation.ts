import type { ProfileActor, ProfileAttribute, ProfileConfig } from '../realm/user-profile/profile-config.js';
import type { Realm } from '../realm/realm.js';
import { UserProfile } from '../realm/user-profile/user-profile.js';
import { mayRename } from '../realm/user-profile/username-edits.js';
import type { JsonObject } from '../shared/json.js';
import { present } from './present.js';

/** UPConfig as `GET users/profile` answers it. */
export const toProfileRepresentation = (config: ProfileConfig): JsonObject =>
  present({
    attributes: config.attributes.map((attribute) =>
      present({
        name: attribute.name,
        displayName: attribute.displayName,
        validations: attribute.validations,
        annotations: attribute.annotations,
        required: attribute.required && withoutEmpty({ ...attribute.required }),
        permissions: { ...attribute.permissions },
        group: attribute.group,
        multivalued: attribute.multivalued,
        defaultValue: attribute.defaultValue,
      }),
    ),
    groups: config.groups.map((group) => present({ ...group })),
    unmanagedAttributePolicy: config.unmanagedAttributePolicy,
  });

/**
 * UserProfileMetadata: what a form needs to know about the attributes that an actor may see.
 * @param ofNewUser for the form that makes an account: there a user name can be chosen
 */
export function toProfileMetadata(
  realm: Pick<Realm, 'extra' | 'name' | 'settings'>,
  actor: ProfileActor,
  ofNewUser = false,
): JsonObject {
  const profile = UserProfile.of(realm);
  const { registrationEmailAsUsername: isAddressTheName } = realm.settings;
  const isNameFixed = ofNewUser ? isAddressTheName : !mayRename(realm);
  const neededName = isAddressTheName ? 'email' : 'username';
  const shown = profile.attributes.filter(({ name }) => profile.mayView(name, actor));
  return {
    attributes: shown.map((attribute) =>
      present({
        name: attribute.name,
        displayName: attribute.displayName,
        required: attribute.name === neededName || profile.isRequired(attribute, actor),
        readOnly: (attribute.name === 'username' && isNameFixed) || !profile.mayEdit(attribute.name, actor),
        annotations: attribute.annotations,
        validators: validatorsOf(attribute),
        group: attribute.group,
        multivalued: attribute.multivalued,
        defaultValue: attribute.defaultValue,
      }),
    ),
    groups: profile.config.groups.map((group) => present({ ...group })),
  };
}

/** Those of the profile, and for an attribute with one value the one that says so: its bound is a text. */
const validatorsOf = ({ validations, multivalued }: ProfileAttribute): JsonObject => ({
  ...(!multivalued && { multivalued: { max: '1' } }),
  ...Object.fromEntries(
    Object.entries(validations).map(([id, config]) => [id, { ...config, 'ignore.empty.value': true }]),
  ),
});

const withoutEmpty = (lists: Readonly<Record<string, readonly string[]>>): JsonObject =>
  Object.fromEntries(Object.entries(lists).filter(([, list]) => list.length > 0));
