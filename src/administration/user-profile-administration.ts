import type { Realm } from '../realm/realm.js';
import type { ProfileConfig } from '../realm/user-profile/profile-config.js';
import { readProfile } from '../realm/user-profile/profile-reader.js';
import { PROFILE_COMPONENT, PROFILE_CONFIG_KEY, UserProfile } from '../realm/user-profile/user-profile.js';
import { toProfileRepresentation } from '../representations/user-profile-representation.js';
import type { Json, JsonObject } from '../shared/json.js';
import { newId } from '../shared/secrets.js';
import { administrationErrors } from './administration-errors.js';
import type { RealmEditing } from './realm-editing.js';

const PROVIDER = 'declarative-user-profile';

/** What users of a realm are described by (Admin API reference 5.3). It is kept as a component, as in realm files of the reference. */
export class UserProfileAdministration {
  constructor(private readonly editing: RealmEditing) {}

  read(realm: Realm): JsonObject {
    return toProfileRepresentation(UserProfile.of(realm).config);
  }

  /**
   * Replaces the profile. Users stay as they are; they are checked when somebody changes them.
   * @throws InvalidInputError `profile_invalid`, with everything that is wrong
   */
  async replace(realm: Realm, value: Json): Promise<JsonObject> {
    const read = readProfile(value);
    if ('problems' in read) throw administrationErrors.profileInvalid(read.problems);
    await this.editing.change(realm.id, (current) => ({
      ...current,
      extra: { ...current.extra, components: withProfile(current, read.config) },
    }));
    return toProfileRepresentation(read.config);
  }
}

function withProfile({ id: parentId, extra }: Realm, config: ProfileConfig): JsonObject {
  const components = (extra['components'] ?? {}) as Readonly<Record<string, readonly JsonObject[]>>;
  const before = components[PROFILE_COMPONENT]?.[0];
  const component = {
    id: newId(),
    parentId,
    providerId: PROVIDER,
    ...before,
    providerType: PROFILE_COMPONENT,
    config: {
      ...(before?.['config'] as JsonObject | undefined),
      [PROFILE_CONFIG_KEY]: [JSON.stringify(toProfileRepresentation(config))],
    },
  };
  return { ...components, [PROFILE_COMPONENT]: [component] };
}
