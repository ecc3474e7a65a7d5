import type { ProfileActor, ProfileAttribute, ProfileConfig } from '../realm/user-profile/profile-config.js';
import type { UserProfile } from '../realm/user-profile/user-profile.js';
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
 * @param isReadOnly for attributes that something else than the profile closes
 */
export function toProfileMetadata(
  profile: UserProfile,
  actor: ProfileActor,
  isReadOnly: (name: string) => boolean = () => false,
): JsonObject {
  const shown = profile.attributes.filter(({ name }) => profile.mayView(name, actor));
  return {
    attributes: shown.map((attribute) =>
      present({
        name: attribute.name,
        displayName: attribute.displayName,
        required: profile.isRequired(attribute, actor),
        readOnly: isReadOnly(attribute.name) || !profile.mayEdit(attribute.name, actor),
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

const validatorsOf = ({ validations }: ProfileAttribute): JsonObject =>
  Object.fromEntries(
    Object.entries(validations).map(([id, config]) => [id, { ...config, 'ignore.empty.value': true }]),
  );

const withoutEmpty = (lists: Readonly<Record<string, readonly string[]>>): JsonObject =>
  Object.fromEntries(Object.entries(lists).filter(([, list]) => list.length > 0));
